//! Selecting rows, and a key that changes all that are selected.

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;

use crate::case::{Case, press_all, ready};
use crate::page::Page;

pub(crate) const CASES: &[Case] = &[
    Case {
        command: "select",
        key: "x",
        before: ready,
        seen: |p| p.selected() == ["Ash"],
    },
    Case {
        command: "extend_next",
        key: "Shift+J",
        before: ready,
        seen: |p| p.selected() == ["Ash", "Beech"],
    },
    Case {
        command: "extend_next",
        key: "Shift+ArrowDown",
        before: ready,
        seen: |p| p.selected() == ["Ash", "Beech"],
    },
    Case {
        command: "extend_previous",
        key: "Shift+K",
        before: at_elm,
        seen: |p| p.selected() == ["Cedar", "Elm"],
    },
    Case {
        command: "extend_previous",
        key: "Shift+ArrowUp",
        before: at_elm,
        seen: |p| p.selected() == ["Cedar", "Elm"],
    },
    Case {
        command: "extend_first",
        key: "Shift+Home",
        before: |p| p.focus_row("Bark"),
        seen: |p| p.selected() == ["Ash", "Beech", "Bark"],
    },
    Case {
        command: "extend_last",
        key: "Shift+End",
        before: |p| p.focus_row("Cedar"),
        seen: |p| p.selected() == ["Cedar", "Elm"],
    },
    Case {
        command: "select_all",
        key: "Ctrl+A",
        before: ready,
        seen: |p| p.selected().len() == 5,
    },
    Case {
        command: "out",
        key: "Escape",
        before: |p| p.press("x", "selected", || p.has("bulk-bar")),
        seen: |p| p.selected().is_empty() && !p.has("bulk-bar"),
    },
];

#[test]
fn keys_select() {
    press_all("keys_select", CASES);
}

#[test]
fn a_key_changes_all_that_are_selected_and_one_undo_takes_it_back() {
    if !can_run(
        "a_key_changes_all_that_are_selected_and_one_undo_takes_it_back",
        NEEDS,
    ) {
        return;
    }
    let page = Page::open();
    page.new_list();
    let all_have = |priority: u64| {
        ["Ash", "Beech", "Bark", "Cedar", "Elm"]
            .iter()
            .all(|title| page.task(title)["priority"] == priority)
    };
    page.press("Ctrl+A", "all are selected", || page.selected().len() == 5);
    page.press("2", "all have it", || all_have(2));
    page.press("Ctrl+Z", "none has it", || all_have(0));
}

fn at_elm(page: &Page) {
    page.focus_row("Elm");
}
