//! Keys inside the palette.

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;

use crate::page::Page;

#[test]
fn keys_work_the_palette() {
    if !can_run("keys_work_the_palette", NEEDS) {
        return;
    }
    let page = Page::open();
    page.new_list();
    page.focus_row("Cedar");
    open(&page);
    page.press("Escape", "it is closed, and the row has the focus", || {
        !page.has("palette") && page.is_at("Cedar")
    });

    // A task by a part of its title; arrows choose.
    open(&page);
    page.press("b e e", "it is found", || chosen(&page).contains("Beech"));
    page.press("ArrowDown", "the next is chosen", || {
        !chosen(&page).is_empty() && !chosen(&page).contains("Beech")
    });
    page.press("ArrowUp Enter", "it is open", || {
        page.text("return document.querySelector('[data-testid=panel-title]')?.innerText ?? ''")
            .contains("Beech")
    });
    page.leave_all();

    // A task by the title it had before.
    page.edit("Cedar", &["--title", "Larch"]);
    open(&page);
    page.press("c e d a r", "it is found, and says why", || {
        let chosen = chosen(&page);
        chosen.contains("Larch") && chosen.contains("was ") && chosen.contains("Cedar")
    });
    page.press("Enter", "it is open", || {
        page.text("return document.querySelector('[data-testid=panel-title]')?.innerText ?? ''")
            .contains("Larch")
    });
    page.leave_all();

    // A view, a list and a command by their names.
    open(&page);
    page.press("u p c o m i n g", "the view is found", || {
        chosen(&page).contains("Upcoming")
    });
    page.press("Enter", "it is open", || page.view() == "upcoming");
    open(&page);
    page.press("Plus w o o d", "the list is found", || {
        chosen(&page).contains("Wood 1")
    });
    page.press("Enter", "it is open", || {
        page.view() == "list" && page.heading() == "Wood 1"
    });
    page.focus_row("Elm");
    open(&page);
    page.press("> p r i o r i t y Space 3", "the command is found", || {
        chosen(&page).contains("Priority 3")
    });
    page.press("Enter", "it is done to the row", || {
        page.task("Elm")["priority"] == 3
    });

    // What was typed becomes a task, or a search.
    open(&page);
    page.press("l i m e", "it is offered", || page.text(FIELD) == "lime");
    page.press("Shift+Enter", "it is a task", || {
        page.computer.find("lime").is_some()
    });
    open(&page);
    page.press("l i m e", "it is typed", || page.text(FIELD) == "lime");
    page.press("Ctrl+Enter", "all results", || {
        page.view() == "search" && page.rows() == ["lime"]
    });
}

const FIELD: &str = "return document.querySelector('[data-testid=palette-field]')?.value ?? ''";

fn open(page: &Page) {
    page.press("Ctrl+K", "the palette", || page.focus() == "palette-field");
}

/// The option that Enter would take.
fn chosen(page: &Page) -> String {
    page.text(
        "return document.querySelector('[data-testid=palette] [role=option][aria-selected=true]')?.innerText ?? ''",
    )
}
