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
        seen: |p| !p.has("merged-mark"),
    },
];

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
    let rent = a.json(&["add", "--plain", "Transfer the rent", "--list", "House"]);
    let rent = rent["id"].as_str().unwrap();
    b.wait_for("Transfer the rent");
    b.stop();
    a.ok(&["edit", rent, "--title", "Transfer the rent, 950"]);
    b.ok(&["edit", rent, "--title", "Transfer the rent, 900"]);
    b.start(&["--no-discovery"]);
    b.ok(&["connect", &address]);
    until("the edits met", 30, || {
        let shown = a.json(&["show", rent]);
        let also = &shown["also_written"]["title"];
        also.as_array().is_some_and(|also| !also.is_empty())
    });
    a.stop();

    let page = Page::on(a);
    page.open_list("House");
    until("the row says that it was merged", 20, || {
        page.has("merged-mark")
    });
    for case in CASES {
        press(&page, case);
    }
}
