//! What lies beside or above a view: the panel, menus, dialogs, fields, messages.

use rota_tests::webdriver::Window;

use crate::go::{at_list, click, find, open_task, row, type_in};
use crate::screens::{Screen, screen};

pub(crate) const SCREENS: &[Screen] = &[
    screen(
        "task",
        |w| open_task(w, "Buy paint"),
        "[data-testid=panel]:has([data-testid=notes-shown]) [data-testid=history-entry]",
    ),
    screen(
        "subtask",
        |w| open_task(w, "Two coats"),
        "[data-testid=panel]:has([data-testid=crumb]) [data-testid=history-entry]",
    ),
    screen(
        "merged",
        |w| open_task(w, "Transfer the rent"),
        "[data-testid=panel] [data-testid=merged]",
    ),
    screen(
        "history",
        |w| {
            row(w, "Transfer the rent");
            w.keys("Shift+H");
        },
        "[data-testid=panel] [data-testid=history-entry]:focus",
    ),
    screen(
        "bulk",
        |w| w.keys("Ctrl+A"),
        "[data-testid=bulk-bar] button",
    ),
    screen(
        "palette",
        |w| find(w, "pai"),
        "[data-testid=palette] [data-testid=palette-option] b",
    ),
    screen(
        "palette-commands",
        |w| find(w, ">"),
        "[data-testid=palette] [data-testid=palette-option] kbd",
    ),
    screen("keys", |w| w.keys("F1"), "[data-testid=key-sheet] kbd"),
    screen(
        "task-menu",
        |w| w.keys("."),
        "[role=menu] [data-testid=menu-delete]",
    ),
    screen(
        "view-menu",
        |w| click(w, "view-options"),
        "[role=menu] [data-testid=menu-show_done]",
    ),
    screen(
        "list-menu",
        |w| {
            at_list(w, "Garden");
            w.keys(".");
        },
        "[role=menu] [role=menuitemradio]",
    ),
    screen(
        "rename",
        |w| w.keys("F2"),
        "[data-view=list] [data-testid=task-title-field]:focus",
    ),
    screen(
        "new-list",
        |w| w.keys("Ctrl+Shift+N"),
        "[data-testid=new-list-field]:focus",
    )
    .leaving(|w| w.keys("Escape")),
    screen(
        "new-task",
        |w| {
            w.keys("n");
            type_in(w, "new-task-field", "sand the door !1 +");
        },
        "main:has([data-testid=quick-chip]) [data-testid=quick-completion]",
    )
    .leaving(|w| w.keys("Ctrl+A Backspace Escape")),
    screen(
        "names",
        |w| {
            w.keys("Ctrl+,");
            click(w, "setting-names");
        },
        "[role=dialog] [data-testid=person-name-field], dialog [data-testid=person-name-field]",
    ),
    screen(
        "confirm",
        |w| {
            w.keys("Ctrl+,");
            click(w, "setting-rekey");
        },
        "[data-testid=confirm] [data-testid=confirm-no]:focus",
    ),
    screen(
        "confirm-removal",
        |w| {
            click(w, "computers-button");
            click(w, "remove-person");
        },
        "[data-testid=confirm] .stop",
    ),
    screen(
        "toast",
        |w| {
            w.keys("Delete");
            hold_toast(w);
        },
        "[data-testid=toast] [data-testid=undo-button]:focus",
    )
    .leaving(|w| click(w, "undo-button")),
];

/// A message with the focus in it stays.
fn hold_toast(window: &Window) {
    let _ = window.wait("undo-button");
    let _ = window.script("document.querySelector('[data-testid=undo-button]').focus()");
}
