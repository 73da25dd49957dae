//! Lists, spaces, people and computers.

use anstyle::Style;
use rota_api::{
    Computer, ComputerState, Invitation, JoinResult, List, Member, Role, Space, SpaceKind,
};

use super::look::{ACCENT, Look, QUIET, STRONG, WARNING, WRONG, count};
use super::table::{Cell, Table, styled};
use super::{text, when};

/// Lists with what is in them.
pub(crate) fn lists(lists: &[List], look: &Look) -> String {
    let mut table = Table::new().flex(0);
    for list in lists {
        table.row([
            Cell::new(&list.name, STRONG),
            Cell::new(&list.space.name, QUIET),
            Cell::plain(format!("{} open", list.open)),
            Cell::new(format!("{} done", list.done), QUIET),
            Cell::new(if list.archived { "archived" } else { "" }, QUIET),
        ]);
    }
    table.render(look.columns)
}

/// What a command did to a list.
pub(crate) fn list_changed(verb: &str, list: &List) -> String {
    format!(
        "{} {} · {}\n",
        styled(verb, STRONG),
        text::one_line(&list.name),
        text::one_line(&list.space.name)
    )
}

/// Spaces with who and what is in them.
pub(crate) fn spaces(spaces: &[Space], look: &Look) -> String {
    let mut table = Table::new().flex(0);
    for space in spaces {
        table.row(space_cells(space));
    }
    table.render(look.columns)
}

/// The cells of a space's line.
pub(super) fn space_cells(space: &Space) -> [Cell; 6] {
    let role = match space.kind {
        SpaceKind::Mine => "yours alone",
        SpaceKind::Shared => role_word(space.role),
    };
    [
        Cell::new(&space.name, STRONG),
        Cell::new(role, QUIET),
        Cell::plain(count(space.people, "person", "people")),
        Cell::plain(count(space.computers, "computer", "computers")),
        Cell::plain(count(space.lists, "list", "lists")),
        Cell::plain(count(space.tasks, "task", "tasks")),
    ]
}

/// What a command did to a space.
pub(crate) fn space_changed(verb: &str, space: &Space) -> String {
    format!("{} {}\n", styled(verb, STRONG), text::one_line(&space.name))
}

/// Who is in a space.
pub(crate) fn members(members: &[Member], look: &Look) -> String {
    let mut table = Table::new().flex(3);
    for member in members {
        let computers: Vec<&str> = member
            .computers
            .iter()
            .map(|computer| computer.name.as_str())
            .collect();
        let gone = member
            .removed_at
            .as_ref()
            .map(|at| format!("removed {}", when::say(at, &look.now).words));
        table.row([
            Cell::new(
                &member.person.name,
                if gone.is_some() { QUIET } else { STRONG },
            ),
            Cell::plain(role_word(member.role)),
            Cell::new(
                gone.unwrap_or_else(|| {
                    format!("since {}", when::say(&member.joined_at, &look.now).words)
                }),
                QUIET,
            ),
            Cell::plain(computers.join(", ")),
        ]);
    }
    table.render(look.columns)
}

/// Computers and where they stand against this one.
pub(crate) fn computers(computers: &[Computer], look: &Look) -> String {
    let mut table = Table::new().flex(0);
    for computer in computers {
        let (state, style) = state(computer, look);
        table.row([
            Cell::new(&computer.name, STRONG),
            Cell::plain(&computer.person.name),
            Cell::new(state, style),
            Cell::new(
                computer
                    .addresses
                    .first()
                    .map(String::as_str)
                    .unwrap_or_default(),
                QUIET,
            ),
        ]);
    }
    table.render(look.columns)
}

/// One computer that was reached.
pub(crate) fn computer(verb: &str, computer: &Computer) -> String {
    let owner = format!("({})", text::one_line(&computer.person.name));
    format!(
        "{} {} {}\n",
        styled(verb, STRONG),
        text::one_line(&computer.name),
        styled(&owner, QUIET)
    )
}

/// An invitation: the code stands alone, as it is to be read aloud.
pub(crate) fn invitation(invitation: &Invitation, look: &Look) -> String {
    let code = text::one_line(&invitation.code);
    let space = text::one_line(&invitation.space.name);
    let until = when::say(&invitation.expires_at, &look.now).words;
    let uses = count(u64::from(invitation.uses), "use", "uses");
    let facts = format!(
        "{space} · as {} · {uses} · until {until}",
        role_word(invitation.role)
    );
    let step = format!("On the other computer: rota join {code}");
    format!(
        "{}\n{}\n{step}\n",
        styled(&code, ACCENT.bold()),
        styled(&facts, QUIET)
    )
}

/// What a newcomer has now.
pub(crate) fn joined(result: &JoinResult) -> String {
    format!(
        "{} {} with {}\n",
        styled("Joined", STRONG),
        text::one_line(&result.space.name),
        count(result.tasks, "task", "tasks")
    )
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Viewer => "viewer",
        Role::Editor => "editor",
        Role::Owner => "owner",
    }
}

fn state(computer: &Computer, look: &Look) -> (String, Style) {
    if computer.this {
        return ("this computer".to_owned(), QUIET);
    }
    match computer.state {
        ComputerState::UpToDate => ("up to date".to_owned(), ACCENT),
        ComputerState::Sending => (
            format!("sending {}", count(computer.to_send, "change", "changes")),
            ACCENT,
        ),
        ComputerState::Receiving => (
            format!(
                "receiving {}",
                count(computer.to_receive, "change", "changes")
            ),
            ACCENT,
        ),
        ComputerState::Offline => match &computer.last_seen {
            Some(at) => (
                format!("last seen {}", when::say(at, &look.now).words),
                QUIET,
            ),
            None => ("never seen".to_owned(), QUIET),
        },
        ComputerState::ClockWrong => ("its clock is wrong".to_owned(), WARNING),
        ComputerState::Incompatible => ("another version of Rota".to_owned(), WARNING),
        ComputerState::Removed => ("removed".to_owned(), WRONG),
    }
}
