//! A key of a command, and what must follow from it.

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;

use crate::page::Page;

/// One key of one command.
pub(crate) struct Case {
    /// The command, as the window's table calls it.
    pub(crate) command: &'static str,
    /// One of its keys; for a command without any, none, and `before` leaves it to be entered in the palette.
    pub(crate) key: &'static str,
    /// What is done before, from a list of its own whose first row has the focus.
    pub(crate) before: fn(&Page),
    /// What the key brings about. It does not hold before.
    pub(crate) seen: fn(&Page) -> bool,
}

/// Presses the keys of a group in one window, each in a list of its own.
pub(crate) fn press_all(test: &str, cases: &[Case]) {
    if !can_run(test, NEEDS) {
        return;
    }
    let page = Page::open();
    for case in cases {
        page.new_list();
        press(&page, case);
    }
}

/// Presses one key, before which its effect is not there.
pub(crate) fn press(page: &Page, case: &Case) {
    (case.before)(page);
    let Case { command, key, .. } = case;
    assert!(
        !(case.seen)(page),
        "{command}: seen before {key} is pressed"
    );
    let key = if key.is_empty() { "Enter" } else { key };
    page.press(key, command, || (case.seen)(page));
}

/// Nothing more than the list is needed.
pub(crate) fn ready(_: &Page) {}
