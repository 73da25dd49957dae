//! Every key of the window does what the sheet says, in the real window.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod page;

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;
use rota_tests::until;

use crate::page::Page;

const LINES: &str = "Ash\nBeech\n  Bark\nCedar\nElm\n";

#[test]
fn keys_move_through_a_list_and_between_the_parts() {
    if !can_run("keys_move_through_a_list_and_between_the_parts", NEEDS) {
        return;
    }
    let page = Page::open(LINES);
    let at = |title: &'static str| move |page: &Page| page.at().as_deref() == Some(title);
    for (keys, title) in [
        ("j", "Beech"),
        ("ArrowDown", "Bark"),
        ("k", "Beech"),
        ("ArrowUp", "Ash"),
        ("End", "Elm"),
        ("Home", "Ash"),
        ("PageDown", "Elm"),
        ("PageUp", "Ash"),
    ] {
        page.press(keys, title, || at(title)(&page));
    }
    page.press("j h", "the subtask is folded away", || {
        !page.rows().contains(&"Bark".to_owned())
    });
    page.press("l", "and shown again", || {
        page.rows().contains(&"Bark".to_owned())
    });
    page.press("ArrowLeft", "folded", || page.rows().len() == 4);
    page.press("ArrowRight", "unfolded", || page.rows().len() == 5);

    page.press("Enter", "the task is open in the panel", || {
        page.has("panel")
    });
    page.press("Escape", "the panel is closed", || !page.has("panel"));
    let from = page.focus();
    page.press("F6", "the next part has the focus", || page.focus() != from);
    page.press("Shift+F6", "the part before has it again", || {
        page.focus() == from
    });

    page.press("g t", "Today", || page.view() == "today");
    page.press("Alt+ArrowLeft", "back", || page.view() == "list");
    page.press("Alt+ArrowRight", "forward", || page.view() == "today");
}

#[test]
fn keys_go_to_every_view() {
    if !can_run("keys_go_to_every_view", NEEDS) {
        return;
    }
    let page = Page::open(LINES);
    for (keys, view) in [
        ("g t", "today"),
        ("g u", "upcoming"),
        ("g m", "me"),
        ("g a", "all"),
        ("g f", "done"),
        ("g x", "trash"),
    ] {
        page.list("Garden");
        page.press(keys, view, || page.view() == view);
    }
    for (keys, testid) in [
        ("g c", "computer-row"),
        ("g p", "join-code-field"),
        ("Ctrl+,", "settings-view"),
    ] {
        page.list("Garden");
        page.press(keys, testid, || page.has(testid));
    }
    page.list("Garden");
    page.press("Ctrl+2", "the second entry of the sidebar", || {
        page.view() == "upcoming"
    });
    page.list("Garden");
    for (keys, testid) in [
        ("g l", "palette"),
        ("Ctrl+K", "palette"),
        ("F1", "key-sheet"),
        ("?", "key-sheet"),
    ] {
        page.press(keys, testid, || page.has(testid));
        page.press("Escape", "closed", || !page.has(testid));
    }
    page.press("/", "the filter", || page.focus().contains("filter"));
}

#[test]
fn keys_write_and_take_back() {
    if !can_run("keys_write_and_take_back", NEEDS) {
        return;
    }
    let page = Page::open(LINES);
    page.press("Ctrl+N", "the field has the focus", || {
        page.focus() == "new-task-field"
    });
    page.window.keys("f i r Enter");
    page.computer.wait_for("fir");
    page.press("Escape", "a row has the focus", || page.at().is_some());

    page.press("Home F2", "the title can be typed", || {
        page.focus() == "task-title-field"
    });
    page.press("Ctrl+A o a k Enter", "it is renamed", || {
        page.rows()[0] == "oak"
    });
    page.press("d", "it is done", || page.task("oak")["status"] == "done");
    page.press("Ctrl+Z", "it is open again", || {
        page.task("oak")["status"] == "open"
    });
    page.press("Ctrl+Shift+Z", "and done again", || {
        page.task("oak")["status"] == "done"
    });
    page.press("Ctrl+Z", "and open", || {
        page.task("oak")["status"] == "open"
    });
    page.list("Garden");
    for priority in ["1", "2", "3", "0"] {
        page.press(priority, "the priority", || {
            page.task("oak")["priority"] == priority.parse::<u64>().unwrap()
        });
    }
    page.press("Alt+ArrowDown", "it is one further down", || {
        page.rows().iter().position(|row| row == "oak") > Some(0)
    });
    page.press("Alt+ArrowUp", "and back", || page.rows()[0] == "oak");

    page.press("End Alt+Shift+ArrowRight", "it is a subtask", || {
        !page.task("fir")["parent"].is_null()
    });
    page.press("Alt+Shift+ArrowLeft", "and is none", || {
        page.task("fir")["parent"].is_null()
    });
    page.press("Ctrl+D", "there are two", || {
        page.rows().iter().filter(|row| *row == "fir").count() == 2
    });
    page.press("Delete", "and one", || {
        page.rows().iter().filter(|row| *row == "fir").count() == 1
    });

    page.press("Home n", "a field below", || {
        page.focus().contains("new-task")
    });
    page.press("y e w Enter", "the new task stands below the first", || {
        page.rows().get(1).is_some_and(|row| row == "yew")
    });
    page.press("Escape", "a row has the focus", || page.at().is_some());
    page.press("Home a", "a field for a subtask", || {
        page.focus().contains("new-task")
    });
    page.press("n u t Enter", "the subtask is there", || {
        page.task("nut")["parent"] == page.task("oak")["id"]
    });
    page.press("Escape", "a row has the focus", || page.at().is_some());
    page.press("Ctrl+Shift+N", "a field for a list", || {
        page.focus() == "new-list-field"
    });
    page.window.keys("w o o d Enter");
    until("the list is there", 20, || {
        page.computer
            .json(&["lists"])
            .to_string()
            .contains("\"wood\"")
    });
}

#[test]
fn keys_select_and_open_what_changes_many() {
    if !can_run("keys_select_and_open_what_changes_many", NEEDS) {
        return;
    }
    let page = Page::open(LINES);
    page.press("x", "one is selected", || page.selected() == ["Ash"]);
    page.press("Shift+ArrowDown", "two are", || {
        page.selected() == ["Ash", "Beech"]
    });
    page.press("Shift+J", "three are", || page.selected().len() == 3);
    page.press("Escape", "none is", || !page.has("bulk-bar"));
    page.press("Ctrl+A", "all are", || page.selected().len() == 5);
    page.press("2", "all have it", || {
        ["Ash", "Beech", "Bark", "Cedar", "Elm"]
            .iter()
            .all(|title| page.task(title)["priority"] == 2)
    });
    page.press("Ctrl+Z", "one step takes it back from all", || {
        ["Ash", "Elm"]
            .iter()
            .all(|title| page.task(title)["priority"] == 0)
    });
    page.list("Garden");
    page.press("Escape", "nothing is selected", || !page.has("bulk-bar"));
    for keys in ["s", "e", "w", "t"] {
        page.list("Garden");
        page.press(keys, "its picker", || page.has("picker"));
        page.press("Escape", "it is closed", || !page.has("picker"));
        until("the row has the focus again", 20, || page.at().is_some());
    }
    page.press(".", "the menu of the task", || page.has("menu-delete"));
    page.press("Escape", "it is closed", || !page.has("menu-delete"));
    page.press("m", "the notes can be typed", || {
        page.focus() == "notes-field"
    });
    page.press("Escape Escape", "the panel is closed", || {
        !page.has("panel")
    });
    page.list("Garden");
    page.press("Shift+H", "the history", || page.has("history-entry"));
    page.press("Escape", "the panel is closed", || !page.has("panel"));
    page.list("Garden");
    page.press("o", "she is on it", || {
        page.window
            .script("return document.querySelector('main').innerText.includes('on it')")
            == true
    });
}

#[test]
fn keys_change_how_the_window_looks() {
    if !can_run("keys_change_how_the_window_looks", NEEDS) {
        return;
    }
    let page = Page::open(LINES);
    let density = || {
        page.window
            .script("return document.documentElement.dataset.density")
    };
    page.press("v c", "compact", || density() == "compact");
    page.press("v c", "comfortable", || density() == "comfortable");
    page.press("Home d", "one is done", || {
        page.task("Ash")["status"] == "done"
    });
    page.press("v d", "done tasks are shown", || {
        page.window.script(
            "return !!document.querySelector('[data-testid=done-fold][aria-expanded=true]')",
        ) == true
    });
    let zoom = || page.window.script("return window.innerWidth");
    let before = zoom();
    page.press("Ctrl+=", "larger", || zoom() != before);
    page.press("Ctrl+0", "as before", || zoom() == before);
    page.press("Ctrl+-", "smaller", || zoom() != before);
    page.press("Ctrl+0", "as before again", || zoom() == before);
    page.list("Garden");
    page.press("Delete g x", "the trash", || {
        page.view() == "trash" && !page.rows().is_empty()
    });
    let gone = page.rows()[0].clone();
    let _ = page
        .window
        .script("document.querySelector('[data-testid=task-row]').focus()");
    page.press("r", "it is restored", || {
        page.task(&gone)["deleted_at"].is_null()
    });
    page.window.keys("Ctrl+W");
    until("the window is closed", 20, || !page.display.shows("Rota"));
    assert_eq!(
        page.computer.json(&["status"])["running"],
        true,
        "it goes on in the tray"
    );
}
