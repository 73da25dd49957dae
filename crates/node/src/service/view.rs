//! Rows of the store as the types that cross the border.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use rota_api::{
    AddedLine, Assignee, AssigneeKind, Author, HistoryEntry, List, Named, Role, Space, SpaceKind,
    Task, TaskStatus, WaitedFor,
};
use rota_model::cell;
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::payload;
use rota_model::task::{Assignee as Given, Status};
use rota_net::peer_id_text;
use rota_store::{HistoryView, ListView, SpaceView, TaskView};

use super::{add, values};
use crate::clock::rfc3339;

pub(super) fn task(view: TaskView, zone: &TimeZone) -> Task {
    let also_written = view
        .also_written
        .iter()
        .filter_map(|(field, beside)| {
            let name = cell::task::name(*field)?;
            let beside = beside
                .iter()
                .map(|value| values::of_field(*field, &[], value, zone));
            Some((name.to_owned(), beside.collect()))
        })
        .collect::<BTreeMap<_, _>>();
    Task {
        id: view.id.uuid(),
        short: view.short,
        title: view.title,
        notes: view.notes,
        status: status(view.status),
        list: entity(view.list.id, view.list.name),
        space: space_named(view.space.id, view.space.name),
        parent: view.parent.map(|parent| parent.uuid()),
        tags: view.tags,
        priority: view.priority,
        start: view.start.map(|text| values::when(&text, zone)),
        due: view.due.map(|text| values::when(&text, zone)),
        repeat: view.repeat,
        also_written,
        assignee: view.assignee.map(|(given, name)| assignee(given, name)),
        order: view.order,
        created_at: rfc3339(view.created_ms),
        created_by: author(view.created_by),
        updated_at: rfc3339(view.updated_ms),
        completed_at: view.completed_ms.map(rfc3339),
        completed_by: view.completed_by.map(author),
        deleted_at: view.deleted_ms.map(rfc3339),
        deleted_by: view.deleted_by.map(author),
        reminder: view.reminder,
        rotation: view
            .rotation
            .into_iter()
            .map(|person| entity(person.id, person.name))
            .collect(),
        blocked: view.waits_for.iter().any(|waited| waited.holds_up),
        waits_for: view
            .waits_for
            .into_iter()
            .map(|waited| WaitedFor {
                short: waited.id.short(),
                id: waited.id.uuid(),
                title: waited.title,
                status: status(waited.status),
            })
            .collect(),
        predecessor: view.predecessor.map(|task| task.uuid()),
        depth: view.depth,
        subtasks_total: view.subtasks,
        subtasks_done: view.subtasks_done,
        recovered: view.recovered,
        merged: None,
        subtasks: None,
        step: None,
    }
}

pub(super) fn added_line(id: EntityId, title: String) -> AddedLine {
    AddedLine {
        id: id.uuid(),
        short: id.short(),
        title,
        step: None,
    }
}

pub(super) fn history(view: HistoryView, zone: &TimeZone) -> HistoryEntry {
    let field = cell::task::name(view.field)
        .map_or_else(|| format!("field {}", view.field.0), str::to_owned);
    let version = super::merged::version(&view);
    let by = author(view.by);
    // Whoever made the task need not say when: the op does.
    let value = match (
        view.field,
        values::of_field(view.field, &view.key, &view.value, zone),
    ) {
        (cell::task::CREATED, serde_json::Value::Null) => rfc3339(view.at_ms).into(),
        (_, value) => value,
    };
    HistoryEntry {
        field,
        value,
        at: rfc3339(view.at_ms),
        person: by.person,
        computer: by.computer,
        current: view.current,
        also_written: view.also_written,
        counts: view.counts,
        version,
        shown: view.shown,
    }
}

pub(super) fn list(view: ListView) -> List {
    List {
        inbox: add::is_inbox(&view),
        color: view
            .color
            .unwrap_or_else(|| hue(&view.id.uuid()).to_owned()),
        id: view.id.uuid(),
        name: view.name,
        space: space_named(view.space.id, view.space.name),
        open: view.open,
        done: view.done,
        archived: view.archived,
        deleted_at: view.deleted_ms.map(rfc3339),
        deleted_by: view.deleted_by.map(author),
        recovered: view.recovered,
        step: None,
    }
}

pub(super) fn space(view: SpaceView, role_before: Role) -> Space {
    let kind = match view.kind {
        Some(payload::SpaceKind::Mine) => SpaceKind::Mine,
        Some(payload::SpaceKind::Shared) | None => SpaceKind::Shared,
    };
    Space {
        id: view.id.to_string(),
        name: view.name,
        kind,
        role: view.role.map_or(role_before, role),
        people: view.people,
        computers: view.computers,
        lists: view.lists,
        tasks: view.tasks,
    }
}

pub(super) fn role(role: payload::Role) -> Role {
    match role {
        payload::Role::Viewer => Role::Viewer,
        payload::Role::Editor => Role::Editor,
        payload::Role::Owner => Role::Owner,
    }
}

pub(super) fn role_of(role: Role) -> payload::Role {
    match role {
        Role::Viewer => payload::Role::Viewer,
        Role::Editor => payload::Role::Editor,
        Role::Owner => payload::Role::Owner,
    }
}

pub(super) fn entity(id: EntityId, name: String) -> Named {
    Named {
        id: id.uuid(),
        name,
    }
}

pub(super) fn computer(key: AuthorKey, name: String) -> Named {
    Named {
        id: peer_id_text(&key.0),
        name,
    }
}

pub(super) fn space_named(id: SpaceId, name: String) -> Named {
    Named {
        id: id.to_string(),
        name,
    }
}

fn status(status: Status) -> TaskStatus {
    match status {
        Status::Open => TaskStatus::Open,
        Status::Done => TaskStatus::Done,
        Status::Cancelled => TaskStatus::Cancelled,
    }
}

pub(super) fn assignee(given: Given, name: String) -> Assignee {
    match given {
        Given::Person(id) => Assignee {
            kind: AssigneeKind::Person,
            id: id.uuid(),
            name,
        },
        Given::Computer(key) => Assignee {
            kind: AssigneeKind::Computer,
            id: peer_id_text(&key.0),
            name,
        },
    }
}

fn author(author: rota_store::Author) -> Author {
    Author {
        person: entity(author.person.id, author.person.name),
        computer: computer(author.computer.id, author.computer.name),
    }
}

/// The hues that a list can have.
pub(super) const HUES: [&str; 10] = [
    "tomato", "orange", "ochre", "olive", "green", "teal", "blue", "indigo", "violet", "rose",
];

/// The hue of this name.
pub(super) fn hue_named(name: &str) -> Option<&'static str> {
    let name = name.trim();
    HUES.into_iter().find(|hue| hue.eq_ignore_ascii_case(name))
}

/// The hue of a list without a chosen one: it follows from the id, the same on every computer and in every window.
fn hue(id: &str) -> &'static str {
    let hash = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    HUES[hash as usize % HUES.len()]
}
