//! Every field of a task, set in the panel of the real window as a person sets it, found where the command line finds it,
//! and taken back.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod panel;

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;
use serde_json::{Value, json};

use crate::panel::Panel;

/// A field, and how a person sets it.
struct Field {
    name: &'static str,
    /// By keys and clicks, from the panel that has the focus; nothing is open above it afterwards.
    set: fn(&Panel),
    /// Whether the task has it.
    has: fn(&Value) -> bool,
}

const FIELDS: &[Field] = &[
    Field {
        name: "a due date with its time, typed",
        set: |p| p.type_in("panel-date", "10 march 2090 17:30 Enter"),
        has: |t| {
            t["due"]
                .as_str()
                .is_some_and(|due| due.starts_with("2090-03-10T17:30"))
        },
    },
    Field {
        name: "a due date, clicked",
        set: |p| {
            p.click("panel-date");
            p.click("date.tomorrow");
        },
        has: |t| {
            t["due"]
                .as_str()
                .is_some_and(|due| due.len() == 10 && !due.starts_with("2090"))
        },
    },
    Field {
        name: "the day from which on it counts",
        set: |p| p.type_in("panel-start", "1 march 2090 Enter"),
        has: |t| t["start"] == "2090-03-01",
    },
    Field {
        name: "a reminder",
        set: |p| {
            p.click("panel-reminder");
            p.click_key("before 30m");
        },
        has: |t| t["reminder"] == "before 30m",
    },
    Field {
        name: "a repeat",
        set: |p| {
            p.click("panel-repeat");
            p.click_key("FREQ=DAILY");
        },
        has: |t| t["repeat"] == "FREQ=DAILY",
    },
    Field {
        name: "who takes turns",
        set: |p| {
            p.click("panel-rotation");
            p.click("rotation-add");
            p.click("rotation-add");
            p.click("rotation-set");
        },
        has: |t| names(&t["rotation"]) == ["Anna", "Ben"],
    },
    Field {
        name: "who does it",
        set: |p| p.type_in("panel-who", "ben Enter"),
        has: |t| t["assignee"]["name"] == "Ben",
    },
    Field {
        name: "a tag",
        set: |p| p.type_in("panel-tags", "wet Enter Escape"),
        has: |t| t["tags"] == json!(["wet"]),
    },
    Field {
        name: "a priority",
        set: |p| p.type_in("panel-priority", "ArrowDown ArrowDown Enter"),
        has: |t| t["priority"] == 2,
    },
    Field {
        name: "its list",
        set: |p| p.type_in("panel-list", "garden Enter"),
        has: |t| t["list"]["name"] == "Garden",
    },
    Field {
        name: "what it waits for",
        set: |p| p.type_in("panel-waits_for", "elm Enter Escape"),
        has: |t| t["waits_for"][0]["title"] == "Elm",
    },
    Field {
        name: "notes",
        set: |p| {
            p.keys("m", "notes-field");
            p.type_more("**tall** Enter Enter - Space one Ctrl+Enter");
        },
        has: |t| t["notes"] == "**tall**\n\n- one",
    },
    Field {
        name: "a subtask",
        set: |p| {
            p.keys("a", "subtask-field");
            p.type_more("twig Enter Escape");
        },
        has: |t| t["subtasks_total"] == 1,
    },
    Field {
        name: "its title",
        set: |p| {
            p.keys("F2", "panel-title-field");
            p.type_more("larch Enter");
        },
        has: |t| t["title"] == "larch",
    },
];

#[test]
fn every_field_is_set_in_the_panel_and_taken_back() {
    if !can_run("every_field_is_set_in_the_panel_and_taken_back", NEEDS) {
        return;
    }
    let panel = Panel::open();
    for (n, field) in FIELDS.iter().enumerate() {
        let (before, drawn) = (panel.task(), panel.drawn());
        assert!(!(field.has)(&before), "{}: there before", field.name);
        (field.set)(&panel);
        panel.until(field.name, || (field.has)(&panel.task()));
        let subtasks = if field.name == "a subtask" {
            "twig"
        } else {
            ""
        };
        panel.until("its subtasks are shown", || {
            panel.subtasks().trim().contains(subtasks)
        });
        // Once by the pointer, else by the key.
        if n == 0 {
            panel.click("undo-button");
        } else {
            panel.undo();
        }
        panel.until_as_before(field.name, &before);
        panel.until("the panel shows that", || {
            panel.drawn() == drawn && panel.subtasks().is_empty()
        });
    }
}

fn names(people: &Value) -> Vec<&str> {
    let people = people.as_array().into_iter().flatten();
    people
        .filter_map(|person| person["name"].as_str())
        .collect()
}
