//! Fixed views for the tests of what people read.

use std::collections::BTreeMap;

use rota_api::{
    Assignee, AssigneeKind, Author, Computer, ComputerState, HistoryEntry, Invitation, List,
    Member, Named, Role, Space, SpaceKind, Status, Task, TaskStatus,
};
use serde_json::json;

use super::Look;

pub(crate) fn look(columns: Option<usize>) -> Look {
    Look {
        now: "2026-03-18T12:00:00+01:00[Europe/Berlin]".parse().unwrap(),
        columns,
    }
}

pub(crate) fn named(id: &str, name: &str) -> Named {
    Named {
        id: id.to_owned(),
        name: name.to_owned(),
    }
}

pub(crate) fn author() -> Author {
    Author {
        person: named("p1", "Mia"),
        computer: named("c1", "Mia's laptop"),
    }
}

pub(crate) fn task(short: &str, title: &str) -> Task {
    Task {
        id: format!("00000000-0000-4000-8000-0000{short}"),
        short: short.to_owned(),
        title: title.to_owned(),
        notes: String::new(),
        status: TaskStatus::Open,
        list: named("l1", "Groceries"),
        space: named("s1", "Mine"),
        parent: None,
        tags: Vec::new(),
        priority: 0,
        start: None,
        due: None,
        repeat: None,
        also_written: BTreeMap::new(),
        assignee: None,
        order: "a0".to_owned(),
        created_at: "2026-03-17T08:00:00Z".to_owned(),
        created_by: author(),
        updated_at: "2026-03-17T08:00:00Z".to_owned(),
        completed_at: None,
        completed_by: None,
        deleted_at: None,
        deleted_by: None,
        reminder: None,
        rotation: Vec::new(),
        waits_for: Vec::new(),
        predecessor: None,
        depth: 0,
        subtasks_total: 0,
        subtasks_done: 0,
        blocked: false,
        recovered: false,
        merged: None,
        subtasks: None,
        step: None,
    }
}

/// Tasks of two lists with everything that a line can show.
pub(crate) fn tasks() -> Vec<Task> {
    let milk = Task {
        tags: vec!["dairy".to_owned(), "home".to_owned()],
        priority: 1,
        due: Some("2026-03-19T16:00:00Z".to_owned()),
        assignee: Some(Assignee {
            kind: AssigneeKind::Person,
            id: "p2".to_owned(),
            name: "Jonas".to_owned(),
        }),
        ..task("k3f9abcd", "Buy milk")
    };
    let oat = Task {
        parent: Some(milk.id.clone()),
        status: TaskStatus::Done,
        ..task("m7q2xxyz", "オートミルク")
    };
    let rent = Task {
        list: named("l2", "House"),
        space: named("s2", "Home\u{202e}"),
        due: Some("2026-03-01".to_owned()),
        repeat: Some("FREQ=MONTHLY".to_owned()),
        also_written: BTreeMap::from([("title".to_owned(), vec![json!("Pay the rent")])]),
        ..task(
            "0w1e2r3t",
            "Transfer the rent\u{1b}[2J and ask about the window in the hall",
        )
    };
    vec![milk, oat, rent]
}

pub(crate) fn whole() -> Task {
    let mut all = tasks();
    let oat = all.remove(1);
    Task {
        notes: "the red one\n\u{7}not the blue one".to_owned(),
        status: TaskStatus::Done,
        completed_at: Some("2026-03-18T09:00:00Z".to_owned()),
        completed_by: Some(author()),
        subtasks: Some(vec![oat]),
        also_written: BTreeMap::from([(
            "title".to_owned(),
            vec![json!("Get milk"), json!("Milk")],
        )]),
        ..all.remove(0)
    }
}

pub(crate) fn history() -> Vec<HistoryEntry> {
    let entry = |field: &str, value, at: &str, current, also_written, counts| HistoryEntry {
        field: field.to_owned(),
        value,
        at: at.to_owned(),
        person: named("p1", "Mia"),
        computer: named("c1", "Mia's laptop"),
        current,
        also_written,
        counts,
        version: String::new(),
        shown: None,
    };
    vec![
        entry(
            "title",
            json!("Buy milk"),
            "2026-03-18T09:00:00Z",
            true,
            false,
            true,
        ),
        entry(
            "title",
            json!("Get milk"),
            "2026-03-18T08:59:00Z",
            false,
            true,
            true,
        ),
        entry(
            "due",
            json!("2026-03-19T16:00:00Z"),
            "2026-03-17T08:01:00Z",
            true,
            false,
            true,
        ),
        entry(
            "tags",
            json!({"element": "dairy", "in": true}),
            "2026-03-17T08:00:00Z",
            true,
            false,
            true,
        ),
        entry(
            "order",
            json!("a04OC68n"),
            "2026-03-17T08:00:00Z",
            true,
            false,
            true,
        ),
        entry(
            "due",
            json!(null),
            "2026-03-17T08:00:00Z",
            false,
            false,
            true,
        ),
        entry(
            "list",
            json!({"id": "l1", "name": "Groceries"}),
            "2026-03-16T08:00:00Z",
            false,
            false,
            false,
        ),
    ]
}

pub(crate) fn list() -> List {
    List {
        id: "l1".to_owned(),
        name: "Groceries".to_owned(),
        color: "teal".to_owned(),
        space: named("s1", "Mine"),
        open: 3,
        done: 12,
        archived: false,
        deleted_at: None,
        deleted_by: None,
        recovered: 0,
        inbox: false,
        step: None,
    }
}

pub(crate) fn space(name: &str, kind: SpaceKind) -> Space {
    Space {
        id: "s1".to_owned(),
        name: name.to_owned(),
        kind,
        role: Role::Owner,
        people: 1,
        computers: 2,
        lists: 1,
        tasks: 15,
    }
}

pub(crate) fn members() -> Vec<Member> {
    let member = |name: &str, role, removed_at: Option<&str>| Member {
        person: named("p", name),
        role,
        computers: vec![named("c1", "laptop"), named("c2", "台所")],
        joined_at: "2026-03-01T08:00:00Z".to_owned(),
        removed_at: removed_at.map(str::to_owned),
    };
    vec![
        member("Mia", Role::Owner, None),
        member("Jonas", Role::Viewer, Some("2026-03-18T09:00:00Z")),
    ]
}

pub(crate) fn computers() -> Vec<Computer> {
    let computer = |name: &str, this, online, last_seen: Option<&str>, state, to_send| Computer {
        id: "12D3KooW".to_owned(),
        name: name.to_owned(),
        person: named("p1", "Mia"),
        this,
        online,
        last_seen: last_seen.map(str::to_owned),
        addresses: if online {
            vec!["/ip4/192.168.1.7/tcp/4001".to_owned()]
        } else {
            Vec::new()
        },
        state,
        to_send,
        to_receive: 0,
    };
    vec![
        computer("laptop", true, true, None, ComputerState::UpToDate, 0),
        computer("nas", false, true, None, ComputerState::Sending, 1),
        computer(
            "old",
            false,
            false,
            Some("2026-03-17T19:05:00Z"),
            ComputerState::Offline,
            0,
        ),
    ]
}

pub(crate) fn invitation() -> Invitation {
    Invitation {
        code: "7-amber-river-stone".to_owned(),
        space: named("s2", "Home"),
        role: Role::Editor,
        uses: 1,
        expires_at: "2026-03-18T11:10:00Z".to_owned(),
    }
}

pub(crate) fn status() -> Status {
    Status {
        version: "0.1.0".to_owned(),
        computer: named("12D3KooWexample", "laptop"),
        person: named("p1", "Mia"),
        running: true,
        spaces: vec![
            space("Mine", SpaceKind::Mine),
            space("Home", SpaceKind::Shared),
        ],
        health: vec![rota_api::HealthCondition {
            code: "port_taken".to_owned(),
            severity: rota_api::Severity::Warning,
            message: "port 4001 is taken by another program".to_owned(),
            hint: Some("rota node --port N takes another one".to_owned()),
            remedy: None,
        }],
        safe: None,
    }
}
