//! Moving rows and making subtasks of them.

use crate::case::{Case, press_all, ready};

pub(crate) const CASES: &[Case] = &[
    Case {
        command: "move_up",
        key: "Alt+ArrowUp",
        before: |p| p.focus_row("Cedar"),
        seen: |p| p.rows() == ["Ash", "Cedar", "Beech", "Bark", "Elm"],
    },
    Case {
        command: "move_down",
        key: "Alt+ArrowDown",
        before: ready,
        seen: |p| p.rows() == ["Beech", "Bark", "Ash", "Cedar", "Elm"],
    },
    Case {
        command: "indent",
        key: "Alt+Shift+ArrowRight",
        before: |p| p.focus_row("Elm"),
        seen: |p| p.task("Elm")["parent"] == p.task("Cedar")["id"],
    },
    Case {
        command: "outdent",
        key: "Alt+Shift+ArrowLeft",
        before: |p| p.focus_row("Bark"),
        seen: |p| p.task("Bark")["parent"].is_null(),
    },
    Case {
        command: "duplicate",
        key: "Ctrl+D",
        before: ready,
        seen: |p| p.rows().iter().filter(|row| *row == "Ash").count() == 2,
    },
];

#[test]
fn keys_arrange() {
    press_all("keys_arrange", CASES);
}
