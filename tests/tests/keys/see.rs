//! What a view and the window show.

use rota_tests::until;
use serde_json::json;

use crate::case::{Case, press_all, ready};
use crate::page::Page;

pub(crate) const CASES: &[Case] = &[
    Case {
        command: "show_done",
        key: "v d",
        before: |p| {
            p.set(&json!({"show_done": false}));
            p.press("d", "one is done", || {
                p.finds("[data-testid=done-fold][aria-expanded=false]")
            });
        },
        seen: |p| p.finds("[data-testid=done-fold][aria-expanded=true]"),
    },
    Case {
        command: "compact",
        key: "v c",
        before: |p| {
            p.set(&json!({"density": "comfortable"}));
            until("rows are as high as usual", 20, || !is_compact(p));
        },
        seen: is_compact,
    },
    Case {
        command: "order",
        key: "v o",
        before: |p| p.edit("Elm", &["--due", "tomorrow"]),
        seen: |p| p.rows().first().is_some_and(|row| row == "Elm"),
    },
    Case {
        command: "filter",
        key: "/",
        before: ready,
        seen: |p| p.focus() == "filter-field",
    },
    Case {
        command: "filter",
        key: "Ctrl+F",
        before: ready,
        seen: |p| p.focus() == "filter-field",
    },
    Case {
        command: "actions",
        key: ".",
        before: ready,
        seen: |p| p.has("menu-delete"),
    },
    Case {
        command: "actions",
        key: "ContextMenu",
        before: ready,
        seen: |p| p.has("menu-delete"),
    },
    Case {
        command: "actions",
        key: "Shift+F10",
        before: ready,
        seen: |p| p.has("menu-delete"),
    },
    Case {
        command: "zoom_in",
        key: "Ctrl+Plus",
        before: usual_size,
        seen: |p| width(p) < USUAL_WIDTH,
    },
    Case {
        command: "zoom_in",
        key: "Ctrl+=",
        before: usual_size,
        seen: |p| width(p) < USUAL_WIDTH,
    },
    Case {
        command: "zoom_out",
        key: "Ctrl+-",
        before: usual_size,
        seen: |p| width(p) > USUAL_WIDTH,
    },
    Case {
        command: "zoom_reset",
        key: "Ctrl+0",
        before: |p| {
            p.set(&json!({"zoom": 150}));
            until("it is larger", 20, || width(p) < USUAL_WIDTH);
        },
        seen: |p| width(p) == USUAL_WIDTH,
    },
    Case {
        command: "sheet",
        key: "F1",
        before: ready,
        seen: |p| p.has("key-sheet"),
    },
    Case {
        command: "sheet",
        key: "?",
        before: ready,
        seen: |p| p.has("key-sheet"),
    },
    Case {
        command: "sidebar",
        key: "Ctrl+\\",
        before: ready,
        seen: |p| !has_sidebar(p),
    },
];

/// How wide the window opens, in CSS pixels.
const USUAL_WIDTH: i64 = 1200;

#[test]
fn keys_change_what_is_seen() {
    press_all("keys_change_what_is_seen", CASES);
}

fn is_compact(page: &Page) -> bool {
    page.text("return document.documentElement.dataset.density ?? ''") == "compact"
}

fn width(page: &Page) -> i64 {
    page.window
        .script("return window.innerWidth")
        .as_i64()
        .unwrap()
}

fn usual_size(page: &Page) {
    page.set(&json!({"zoom": 100}));
    until("it is as large as usual", 20, || width(page) == USUAL_WIDTH);
}

fn has_sidebar(page: &Page) -> bool {
    page.window
        .script("return document.querySelector('nav.side').offsetParent !== null")
        == true
}
