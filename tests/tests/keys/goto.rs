//! Going to views, lists and dates.

use crate::case::{Case, press_all, ready};
use crate::page::Page;

pub(crate) const CASES: &[Case] = &[
    Case {
        command: "palette",
        key: "Ctrl+K",
        before: ready,
        seen: |p| p.focus() == "palette-field",
    },
    Case {
        command: "go_inbox",
        key: "g i",
        before: ready,
        seen: |p| p.view() == "list" && p.heading() == "Wood 1",
    },
    Case {
        command: "go_today",
        key: "g t",
        before: ready,
        seen: |p| p.view() == "today",
    },
    Case {
        command: "go_upcoming",
        key: "g u",
        before: ready,
        seen: |p| p.view() == "upcoming",
    },
    Case {
        command: "go_me",
        key: "g m",
        before: ready,
        seen: |p| p.view() == "me",
    },
    Case {
        command: "go_all",
        key: "g a",
        before: ready,
        seen: |p| p.view() == "all",
    },
    Case {
        command: "go_done",
        key: "g f",
        before: ready,
        seen: |p| p.view() == "done",
    },
    Case {
        command: "go_trash",
        key: "g x",
        before: ready,
        seen: |p| p.view() == "trash",
    },
    Case {
        command: "go_computers",
        key: "g c",
        before: ready,
        seen: |p| p.has("computer-row"),
    },
    Case {
        command: "go_list",
        key: "g l",
        before: ready,
        seen: |p| palette(p) == "+|",
    },
    Case {
        command: "go_date",
        key: "g d",
        before: ready,
        seen: |p| p.finds("[data-testid=picker] [role=grid]"),
    },
    Case {
        command: "go_add",
        key: "g p",
        before: ready,
        seen: |p| p.has("join-code-field"),
    },
    Case {
        command: "go_settings",
        key: "Ctrl+,",
        before: ready,
        seen: |p| p.has("settings-view"),
    },
    Case {
        command: "entry_1",
        key: "Ctrl+1",
        before: ready,
        seen: |p| entry(p) == 1 && p.view() == "today",
    },
    Case {
        command: "entry_2",
        key: "Ctrl+2",
        before: ready,
        seen: |p| entry(p) == 2 && p.view() == "upcoming",
    },
    Case {
        command: "entry_3",
        key: "Ctrl+3",
        before: ready,
        seen: |p| entry(p) == 3 && p.view() == "me",
    },
    Case {
        command: "entry_4",
        key: "Ctrl+4",
        before: ready,
        seen: |p| entry(p) == 4 && p.view() == "all",
    },
    Case {
        command: "entry_5",
        key: "Ctrl+5",
        before: ready,
        seen: |p| entry(p) == 5 && p.view() == "done",
    },
    Case {
        command: "entry_6",
        key: "Ctrl+6",
        before: ready,
        seen: |p| entry(p) == 6 && p.view() == "list",
    },
    Case {
        command: "entry_7",
        key: "Ctrl+7",
        before: ready,
        seen: |p| entry(p) == 7 && p.view() == "list",
    },
    Case {
        command: "entry_8",
        key: "Ctrl+8",
        before: ready,
        seen: |p| entry(p) == 8 && p.view() == "list",
    },
    Case {
        command: "entry_9",
        key: "Ctrl+9",
        before: ready,
        seen: |p| entry(p) == 9 && p.view() == "list",
    },
];

#[test]
fn keys_go_everywhere() {
    press_all("keys_go_everywhere", CASES);
}

/// Which entry of the sidebar is open, the first being 1; 0 for none of them.
fn entry(page: &Page) -> u64 {
    let entry = page.window.script(
        "return [...document.querySelectorAll('[data-entry]')]
            .findIndex((entry) => entry.getAttribute('aria-current') === 'page') + 1",
    );
    entry.as_u64().unwrap()
}

/// What the palette's field has, with the caret as a bar in it.
fn palette(page: &Page) -> String {
    page.text(
        "const field = document.querySelector('[data-testid=palette-field]');
         return field ? `${field.value.slice(0, field.selectionStart)}|${field.value.slice(field.selectionEnd)}` : ''",
    )
}
