//! What the tray's menu says, from what the service answers.

use rota_api::{
    ApiError, Computer, ComputerState, ComputersShow, DateFilter, HealthCondition, Settings, Sort,
    Status, StatusShow, Task, TaskFilter, TaskPageShow,
};

use crate::node::Node;
use crate::words::{Standing, Words};

/// Tasks of today that the menu has.
pub(super) const TASKS_MAX_COUNT: u64 = 5;
/// Longest title that it shows, in characters.
const TITLE_MAX_CHARACTERS: usize = 60;

/// The menu's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) quick_add: String,
    pub(super) today: String,
    pub(super) tasks: Vec<Entry>,
    pub(super) open: String,
    pub(super) status: String,
    pub(super) quit: String,
}

/// A task in the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) title: String,
}

impl Content {
    /// The words without what only the service knows.
    pub(super) fn bare(settings: &Settings) -> Self {
        let words = Words::of(settings);
        Self {
            quick_add: words.quick_add.to_owned(),
            today: words.today(0),
            tasks: Vec::new(),
            open: words.open.to_owned(),
            status: words.status(&Standing::Alone),
            quit: words.quit.to_owned(),
        }
    }

    /// Asks the service.
    pub(super) async fn read(node: &Node, settings: &Settings) -> Result<Self, ApiError> {
        let due_today = TaskPageShow {
            filter: TaskFilter {
                due: Some(DateFilter::Today),
                sort: Some(Sort::Due),
                ..TaskFilter::default()
            },
            offset: 0,
            limit: TASKS_MAX_COUNT,
        };
        let page = node.ask(&due_today).await?;
        let computers = node.ask(&ComputersShow {}).await?;
        let status: Status = node.ask(&StatusShow {}).await?;
        let words = Words::of(settings);
        Ok(Self {
            today: words.today(page.total),
            tasks: page.tasks.into_iter().map(Entry::of).collect(),
            status: words.status(&standing(&computers, &status.health)),
            ..Self::bare(settings)
        })
    }
}

impl Entry {
    fn of(task: Task) -> Self {
        let mut title: String = task
            .title
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(TITLE_MAX_CHARACTERS)
            .collect();
        if task.title.chars().nth(TITLE_MAX_CHARACTERS).is_some() {
            title.push('…');
        }
        Self { id: task.id, title }
    }
}

/// Not saving > clock > cannot be reached > other version > sending or getting > up to date > alone.
fn standing(computers: &[Computer], health: &[HealthCondition]) -> Standing {
    let stands = |codes: &[&str]| health.iter().any(|c| codes.contains(&c.code.as_str()));
    let named = |state: ComputerState| {
        let found = computers.iter().find(|computer| computer.state == state);
        found.map(|computer| computer.name.clone())
    };
    let online = || {
        let others = computers.iter().filter(|computer| !computer.this);
        others.filter(|computer| computer.online && computer.state != ComputerState::Removed)
    };
    if stands(&["disk_full"]) {
        return Standing::DiskFull;
    }
    if stands(&["read_only"]) {
        return Standing::ReadOnly;
    }
    if let Some(name) = named(ComputerState::ClockWrong) {
        return Standing::Clock(name);
    }
    if stands(&["port_in_use", "cannot_listen"]) {
        return Standing::Unreached;
    }
    if let Some(name) = named(ComputerState::Incompatible) {
        return Standing::Older(name);
    }
    if let Some(to) = online().find(|computer| computer.to_send > 0) {
        return Standing::Sending(to.to_send, to.name.clone());
    }
    if let Some(from) = online().find(|computer| computer.to_receive > 0) {
        return Standing::Getting(from.to_receive, from.name.clone());
    }
    match online().count() as u64 {
        0 => Standing::Alone,
        others => Standing::UpToDate(others + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rota_api::{Named, Severity};

    fn computer(name: &str, this: bool, online: bool) -> Computer {
        Computer {
            id: name.to_owned(),
            name: name.to_owned(),
            person: Named {
                id: "p".to_owned(),
                name: "Anna".to_owned(),
            },
            this,
            online,
            last_seen: None,
            addresses: Vec::new(),
            state: ComputerState::UpToDate,
            to_send: 0,
            to_receive: 0,
        }
    }

    #[test]
    fn the_first_that_holds_is_said() {
        let mut computers = vec![computer("desk", true, true), computer("nas", false, false)];
        assert_eq!(standing(&computers, &[]), Standing::Alone);
        computers[1].online = true;
        assert_eq!(standing(&computers, &[]), Standing::UpToDate(2));
        computers[1].to_receive = 3;
        assert_eq!(
            standing(&computers, &[]),
            Standing::Getting(3, "nas".to_owned())
        );
        computers[1].to_send = 2;
        assert_eq!(
            standing(&computers, &[]),
            Standing::Sending(2, "nas".to_owned())
        );
        computers[1].state = ComputerState::ClockWrong;
        assert_eq!(standing(&computers, &[]), Standing::Clock("nas".to_owned()));
        let full: HealthCondition = serde_json::from_value(serde_json::json!({
            "code": "disk_full", "severity": Severity::Error, "message": "", "hint": null, "remedy": null,
        }))
        .unwrap();
        assert_eq!(standing(&computers, &[full]), Standing::DiskFull);
    }
}
