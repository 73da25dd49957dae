//! Moving through a list and between the parts of the window.

use crate::case::{Case, press_all, ready};
use crate::page::Page;

pub(crate) const CASES: &[Case] = &[
    Case {
        command: "next",
        key: "j",
        before: ready,
        seen: |p| p.is_at("Beech"),
    },
    Case {
        command: "next",
        key: "ArrowDown",
        before: ready,
        seen: |p| p.is_at("Beech"),
    },
    Case {
        command: "previous",
        key: "k",
        before: at_elm,
        seen: |p| p.is_at("Cedar"),
    },
    Case {
        command: "previous",
        key: "ArrowUp",
        before: at_elm,
        seen: |p| p.is_at("Cedar"),
    },
    Case {
        command: "next_group",
        key: "Ctrl+ArrowDown",
        before: |p| {
            two_days(p);
            p.focus_row("Elm");
        },
        seen: |p| p.is_at("Ash"),
    },
    Case {
        command: "previous_group",
        key: "Ctrl+ArrowUp",
        before: |p| {
            two_days(p);
            p.focus_row("Ash");
        },
        seen: |p| p.is_at("Elm"),
    },
    Case {
        command: "first",
        key: "Home",
        before: at_elm,
        seen: |p| p.is_at("Ash"),
    },
    Case {
        command: "last",
        key: "End",
        before: ready,
        seen: |p| p.is_at("Elm"),
    },
    Case {
        command: "page_down",
        key: "PageDown",
        before: many,
        seen: |p| (6..60).contains(&p.position()),
    },
    Case {
        command: "page_up",
        key: "PageUp",
        before: |p| {
            many(p);
            p.press("End", "the last of many", || p.is_at("Shrub 59"));
        },
        seen: |p| (6..60).contains(&p.position()),
    },
    Case {
        command: "open",
        key: "Enter",
        before: ready,
        seen: |p| p.has("panel"),
    },
    Case {
        command: "unfold",
        key: "l",
        before: folded,
        seen: bark_is_shown,
    },
    Case {
        command: "unfold",
        key: "ArrowRight",
        before: folded,
        seen: bark_is_shown,
    },
    Case {
        command: "fold",
        key: "h",
        before: at_beech,
        seen: |p| !bark_is_shown(p),
    },
    Case {
        command: "fold",
        key: "ArrowLeft",
        before: at_beech,
        seen: |p| !bark_is_shown(p),
    },
    Case {
        command: "next_part",
        key: "F6",
        before: ready,
        seen: |p| p.part() == "status",
    },
    Case {
        command: "previous_part",
        key: "Shift+F6",
        before: ready,
        seen: |p| p.part() == "sidebar",
    },
    Case {
        command: "back",
        key: "Alt+ArrowLeft",
        before: to_today,
        seen: |p| p.view() == "list",
    },
    Case {
        command: "forward",
        key: "Alt+ArrowRight",
        before: |p| {
            to_today(p);
            p.press("Alt+ArrowLeft", "back", || p.view() == "list");
        },
        seen: |p| p.view() == "today",
    },
];

#[test]
fn keys_move() {
    press_all("keys_move", CASES);
}

fn at_elm(page: &Page) {
    page.focus_row("Elm");
}

fn at_beech(page: &Page) {
    page.focus_row("Beech");
}

fn folded(page: &Page) {
    at_beech(page);
    page.press("h", "folded", || !bark_is_shown(page));
}

fn bark_is_shown(page: &Page) -> bool {
    page.rows().contains(&"Bark".to_owned())
}

fn to_today(page: &Page) {
    page.press("g t", "Today", || page.view() == "today");
}

/// The list by date: Elm alone on a day, then the others.
fn two_days(page: &Page) {
    page.edit("Elm", &["--due", "tomorrow"]);
    page.press("v o", "by date", || {
        page.rows().first().is_some_and(|row| row == "Elm")
    });
}

/// More rows than the window shows.
fn many(page: &Page) {
    let lines: String = (0..60).map(|n| format!("Shrub {n}\n")).collect();
    page.add_lines(&lines);
    rota_tests::until("there is more than a page", 20, || page.rows().len() > 20);
    page.focus_row("Ash");
}
