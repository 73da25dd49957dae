//! Keys inside the task panel.

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;

use crate::page::Page;

#[test]
fn keys_work_the_panel() {
    if !can_run("keys_work_the_panel", NEEDS) {
        return;
    }
    let page = Page::open();
    page.new_list();
    page.press("Enter", "the task is open", || title(&page) == "Ash");
    page.press("F6", "the panel has the focus", || page.part() == "panel");
    for (key, shown) in [
        ("Ctrl+ArrowDown", "Beech"),
        ("Ctrl+ArrowDown", "Bark"),
        ("Ctrl+ArrowUp", "Beech"),
    ] {
        page.press(key, shown, || {
            title(&page) == shown && page.part() == "panel"
        });
    }

    // The keys of a row are for the open task.
    page.press("1", "its priority", || page.task("Beech")["priority"] == 1);
    page.press("s", "its date", || {
        page.finds("[data-testid=picker] [role=grid]")
    });
    page.press("Escape", "the picker is closed, not the panel", || {
        !page.has("picker") && page.part() == "panel"
    });
    let is_done =
        |done: bool| page.finds(&format!("[data-testid=panel-check][aria-checked={done}]"));
    page.press("d", "it is done", || {
        page.task("Beech")["status"] == "done" && is_done(true)
    });
    page.press("d", "it is open", || {
        page.task("Beech")["status"] == "open" && is_done(false)
    });

    page.press("m", "its notes can be typed", || {
        page.focus() == "notes-field"
    });
    page.press("t a l l Ctrl+Enter", "they are written and left", || {
        page.task("Beech")["notes"] == "tall"
            && page.has("notes-shown")
            && page.focus() == "notes-edit"
    });
    page.press("a", "a subtask can be typed", || {
        page.focus() == "subtask-field"
    });
    page.press("t w i g Enter", "it is there", || {
        page.task("twig")["parent"] == page.task("Beech")["id"]
    });
    page.press("Escape", "the field is left", || {
        page.focus() != "subtask-field"
    });
    page.press("F6", "the status line has the focus", || {
        page.part() == "status"
    });
    page.press("Shift+F6", "the panel has it again", || {
        page.part() == "panel"
    });
    page.press(
        "Escape",
        "the panel is closed, and its row has the focus",
        || !page.has("panel") && page.is_at("Beech"),
    );
}

fn title(page: &Page) -> String {
    let title =
        page.text("return document.querySelector('[data-testid=panel-title]')?.innerText ?? ''");
    title.trim().to_owned()
}
