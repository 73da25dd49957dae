//! Edits that met.

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;
use rota_tests::{Pair, until};

use crate::case::{Case, press};
use crate::page::Page;

pub(crate) const CASES: &[Case] = &[
    Case {
        command: "next_merged",
        key: "Shift+M",
        before: |p| p.focus_row("First"),
        seen: |p| p.finds("[data-testid=panel] [data-testid=merged]"),
    },
    Case {
        command: "keep",
        key: "",
        before: |p| {
            p.leave_all();
            until("the merged row has the focus", 20, || {
                p.at()
                    .is_some_and(|title| title.starts_with("Transfer the rent"))
            });
            p.find_command("Keep what was merged");
        },
        seen: |p| p.window.all("merged-mark").len() == 2,
    },
];

/// Keys of the panel, in which the command of the list opens one merged edit after the other.
const IN_PANEL: [(&str, &str, bool); 2] = [("Call Mia", "Alt+K", false), ("Sweep", "Alt+U", true)];

#[test]
fn keys_find_and_keep_what_was_merged() {
    if !can_run("keys_find_and_keep_what_was_merged", NEEDS) {
        return;
    }
    let Pair {
        mut a,
        mut b,
        address,
    } = Pair::start();
    a.ok(&["lists", "add", "House", "--space", "Home"]);
    a.ok(&["add", "--plain", "First", "--list", "House"]);
    let titles = ["Transfer the rent", "Call Mia", "Sweep"];
    let tasks = titles.map(|title| {
        let task = a.json(&["add", "--plain", title, "--list", "House"]);
        (title, task["id"].as_str().unwrap().to_owned())
    });
    b.wait_for("Sweep");
    b.stop();
    for (title, id) in &tasks {
        a.ok(&["edit", id, "--title", &format!("{title}, 950")]);
        b.ok(&["edit", id, "--title", &format!("{title}, 900")]);
    }
    b.start(&["--no-discovery"]);
    b.ok(&["connect", &address]);
    until("the edits met", 30, || {
        tasks.iter().all(|(_, id)| {
            let shown = a.json(&["show", id]);
            let also = &shown["also_written"]["title"];
            also.as_array().is_some_and(|also| !also.is_empty())
        })
    });
    a.stop();

    let page = Page::on(a);
    page.open_list("House");
    until("the rows say that they were merged", 20, || {
        page.window.all("merged-mark").len() == tasks.len()
    });
    for case in CASES {
        press(&page, case);
    }

    for (left, (title, key, changes)) in [1, 0].into_iter().zip(IN_PANEL) {
        page.leave_all();
        let row = || {
            page.rows()
                .into_iter()
                .find(|row| row.starts_with(title))
                .unwrap()
        };
        let before = row();
        page.press("Shift+M", "the next merged edit is open", || {
            page.text("return document.querySelector('[data-testid=panel-title]')?.innerText ?? ''")
                .contains(title)
                && page.focus() == "merged-keep"
        });
        page.press(key, "its mark has gone", || {
            page.window.all("merged-mark").len() == left
        });
        until("the title is the other one, or not", 20, || {
            (row() != before) == changes
        });
    }
}
