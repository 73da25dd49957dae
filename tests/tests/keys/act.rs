//! What is done with a task.

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;
use rota_tests::until;

use crate::case::{Case, press_all, ready};
use crate::page::Page;

pub(crate) const CASES: &[Case] = &[
    Case {
        command: "done",
        key: "d",
        before: ready,
        seen: ash_is_done,
    },
    Case {
        command: "done",
        key: "Space",
        before: ready,
        seen: ash_is_done,
    },
    Case {
        command: "restore",
        key: "r",
        before: |p| {
            p.press("Delete", "it is gone", || p.task("Ash").is_null());
            p.press("g x", "the trash", || p.view() == "trash");
            p.focus_row("Ash");
        },
        seen: |p| !p.task("Ash").is_null(),
    },
    Case {
        command: "on_it",
        key: "o",
        before: ready,
        seen: |p| {
            p.text("return document.querySelector('main').innerText")
                .contains("on it")
        },
    },
    Case {
        command: "schedule",
        key: "s",
        before: ready,
        seen: |p| p.finds("[data-testid=picker] [role=grid]"),
    },
    Case {
        command: "move",
        key: "e",
        before: ready,
        seen: |p| picker(p) == "Move Ash to",
    },
    Case {
        command: "who",
        key: "w",
        before: ready,
        seen: |p| picker(p) == "Who does Ash" && choices(p).contains("Anna"),
    },
    Case {
        command: "computer",
        key: "c",
        before: ready,
        seen: |p| choices(p).contains("desk") && !choices(p).contains("Anna"),
    },
    Case {
        command: "tags",
        key: "t",
        before: ready,
        seen: |p| picker(p) == "Tags of Ash",
    },
    Case {
        command: "priority_1",
        key: "1",
        before: ready,
        seen: |p| ash_has(p, 1),
    },
    Case {
        command: "priority_2",
        key: "2",
        before: ready,
        seen: |p| ash_has(p, 2),
    },
    Case {
        command: "priority_3",
        key: "3",
        before: ready,
        seen: |p| ash_has(p, 3),
    },
    Case {
        command: "priority_0",
        key: "0",
        before: |p| p.edit("Ash", &["--priority", "2"]),
        seen: |p| ash_has(p, 0),
    },
    Case {
        command: "history",
        key: "Shift+H",
        before: ready,
        seen: |p| p.has("history-entry"),
    },
    Case {
        command: "copy_link",
        key: "y",
        before: ready,
        seen: |p| p.finds("[data-testid=toast]") && toast(p).contains("copied"),
    },
    Case {
        command: "delete",
        key: "Delete",
        before: ready,
        seen: |p| p.task("Ash").is_null(),
    },
];

#[test]
fn keys_act_on_a_task() {
    press_all("keys_act_on_a_task", CASES);
}

#[test]
fn a_copied_link_can_be_pasted() {
    if !can_run("a_copied_link_can_be_pasted", NEEDS) {
        return;
    }
    let page = Page::open();
    page.new_list();
    page.press("y", "it is copied", || toast(&page).contains("copied"));
    page.press("Ctrl+N", "a field", || page.focus() == "new-task-field");
    page.window.keys("Ctrl+V");
    let link = format!("rota://task/{}", page.task("Ash")["id"].as_str().unwrap());
    until("the link stands in the field", 20, || {
        page.text("return document.activeElement.value ?? ''") == link
    });
}

fn ash_is_done(page: &Page) -> bool {
    page.task("Ash")["status"] == "done"
}

fn ash_has(page: &Page, priority: u64) -> bool {
    page.task("Ash")["priority"] == priority
}

/// What the open picker is called.
fn picker(page: &Page) -> String {
    page.text(
        "const picker = document.querySelector('[data-testid=picker]');
         // Names in it are isolated from what stands around them.
         return picker?.getAttribute('aria-label').replace(/[\\u2068\\u2069]/g, '') ?? ''",
    )
}

/// What the open picker offers.
fn choices(page: &Page) -> String {
    page.text(
        "return document.querySelector('[data-testid=picker] [role=listbox]')?.innerText ?? ''",
    )
}

fn toast(page: &Page) -> String {
    page.text("return document.querySelector('[data-testid=toast]')?.innerText ?? ''")
}
