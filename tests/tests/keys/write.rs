//! New tasks and lists, names, and taking back.

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;

use crate::case::{Case, press_all, ready};
use crate::page::Page;

pub(crate) const CASES: &[Case] = &[
    Case {
        command: "new_task",
        key: "Ctrl+N",
        before: ready,
        seen: |p| above_field(p) == ["Ash", "Beech", "Bark", "Cedar", "Elm"],
    },
    Case {
        command: "new_below",
        key: "n",
        before: ready,
        seen: |p| above_field(p) == ["Ash"],
    },
    Case {
        command: "new_above",
        key: "Shift+N",
        before: |p| p.focus_row("Beech"),
        seen: |p| above_field(p) == ["Ash"],
    },
    Case {
        command: "new_subtask",
        key: "a",
        before: |p| p.focus_row("Cedar"),
        seen: |p| above_field(p) == ["Ash", "Beech", "Bark", "Cedar"],
    },
    Case {
        command: "rename",
        key: "F2",
        before: ready,
        seen: |p| p.focus() == "task-title-field",
    },
    Case {
        command: "notes",
        key: "m",
        before: ready,
        seen: |p| p.focus() == "notes-field",
    },
    Case {
        command: "new_list",
        key: "Ctrl+Shift+N",
        before: ready,
        seen: |p| p.focus() == "new-list-field",
    },
    Case {
        command: "undo",
        key: "Ctrl+Z",
        before: done,
        seen: |p| !is_done(p),
    },
    Case {
        command: "redo",
        key: "Ctrl+Shift+Z",
        before: undone,
        seen: is_done,
    },
    Case {
        command: "redo",
        key: "Ctrl+Y",
        before: undone,
        seen: is_done,
    },
    // The last: it takes the focus to another window.
    Case {
        command: "quick_add",
        key: "Ctrl+Alt+Space",
        before: ready,
        seen: |p| p.display.shows("Rota: quick add"),
    },
];

#[test]
fn keys_begin_to_write_and_take_back() {
    press_all("keys_begin_to_write_and_take_back", CASES);
}

#[test]
fn what_is_typed_in_the_fields_is_written() {
    if !can_run("what_is_typed_in_the_fields_is_written", NEEDS) {
        return;
    }
    let page = Page::open();
    page.new_list();
    let fields = [
        (
            "n",
            "y e w Enter",
            &["Ash", "yew", "Beech", "Bark", "Cedar", "Elm"][..],
        ),
        (
            "Shift+N",
            "f i r Enter",
            &["fir", "Ash", "yew", "Beech", "Bark", "Cedar", "Elm"],
        ),
        (
            "Ctrl+N",
            "o a k Enter",
            &["fir", "Ash", "yew", "Beech", "Bark", "Cedar", "Elm", "oak"],
        ),
    ];
    for (key, text, rows) in fields {
        page.focus_row("Ash");
        page.press(key, "a field", || page.focus() == "new-task-field");
        page.press(text, "the new row stands in its place", || {
            page.rows() == rows
        });
        page.press("Escape", "a row has the focus", || page.at().is_some());
    }
    page.focus_row("oak");
    page.press("a", "a field", || page.focus() == "new-task-field");
    page.press("n u t Enter", "the subtask is there", || {
        page.task("nut")["parent"] == page.task("oak")["id"]
    });
    page.press("Escape", "a row has the focus", || page.at().is_some());
    page.focus_row("fir");
    page.press("F2", "the title can be typed", || {
        page.focus() == "task-title-field"
    });
    page.press("Ctrl+A l a r c h Enter", "it is renamed", || {
        page.rows()[0] == "larch"
    });
    page.press("m", "the notes can be typed", || {
        page.focus() == "notes-field"
    });
    page.press("t a l l Escape", "they are written", || {
        page.task("larch")["notes"] == "tall"
    });
    page.press("Ctrl+Shift+N", "a field for a list", || {
        page.focus() == "new-list-field"
    });
    page.press("h e d g e Enter", "the list is there", || {
        page.computer
            .json(&["lists"])
            .to_string()
            .contains("\"hedge\"")
    });
}

/// The rows above the field for a new task, when it has the focus.
fn above_field(page: &Page) -> Vec<String> {
    page.texts(
        "const field = document.activeElement;
         if (field?.dataset.testid !== 'new-task-field') return [];
         const top = (element) => element.getBoundingClientRect().top;
         return [...document.querySelectorAll('[data-testid=task-row]')]
             .filter((row) => top(row) < top(field))
             .sort((a, b) => top(a) - top(b))
             .map((row) => row.querySelector('[data-testid=task-title]').innerText)",
    )
}

fn is_done(page: &Page) -> bool {
    page.task("Ash")["status"] == "done"
}

fn done(page: &Page) {
    page.press("d", "done", || is_done(page));
}

fn undone(page: &Page) {
    done(page);
    page.press("Ctrl+Z", "undone", || !is_done(page));
}
