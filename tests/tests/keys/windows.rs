//! The window as a whole.

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;
use rota_tests::until;

use crate::case::{Case, press};
use crate::page::Page;

pub(crate) const CASES: &[Case] = &[
    Case {
        command: "check_network",
        key: "",
        before: |p| p.find_command("Check the network"),
        seen: |p| p.finds("[data-testid=network-check]"),
    },
    Case {
        command: "close_window",
        key: "Ctrl+W",
        before: runs,
        // It goes on in the tray.
        seen: |p| !p.display.shows("Rota") && is_running(p),
    },
    Case {
        command: "quit",
        key: "Ctrl+Q",
        before: runs,
        seen: |p| !is_running(p),
    },
];

#[test]
fn keys_work_the_whole_window() {
    if !can_run("keys_work_the_whole_window", NEEDS) {
        return;
    }
    for case in CASES {
        let page = Page::open();
        page.new_list();
        press(&page, case);
    }
}

fn is_running(page: &Page) -> bool {
    page.computer.json(&["status"])["running"] == true
}

fn runs(page: &Page) {
    until("it runs", 20, || is_running(page));
}
