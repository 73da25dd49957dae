//! The keys under test are the keys of the window: no command is without a test, no test without a command.

use std::collections::BTreeSet;

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;
use rota_tests::until;

use crate::GROUPS;
use crate::page::Page;

/// The settings show its key among those of quick add, not among those of the window.
const KEY_OF_THE_DESKTOP: &str = "quick_add";

#[test]
fn every_key_of_every_command_is_pressed_by_a_test() {
    if !can_run("every_key_of_every_command_is_pressed_by_a_test", NEEDS) {
        return;
    }
    let page = Page::open();
    page.window.keys("Ctrl+,");
    until("the settings are shown", 20, || page.has("key-next"));
    let offered: BTreeSet<_> = page
        .texts(
            "return [...document.querySelectorAll('button[data-testid^=key-]')]
                .filter((button) => button.querySelector('.keys, .t3'))
                .flatMap((button) => {
                    const keys = [...button.querySelectorAll('.keys')]
                        .map((key) => [...key.querySelectorAll('kbd')].map((cap) => cap.innerText).join(' '));
                    return (keys.length ? keys : ['']).map((key) => `${button.dataset.testid.slice(4)}: ${key}`);
                })",
        )
        .into_iter()
        .collect();
    let pressed: BTreeSet<_> = GROUPS
        .iter()
        .flat_map(|group| group.iter())
        .filter(|case| case.command != KEY_OF_THE_DESKTOP)
        .map(|case| format!("{}: {}", case.command, caps(case.key)))
        .collect();
    let untested: Vec<_> = offered.difference(&pressed).collect();
    let unknown: Vec<_> = pressed.difference(&offered).collect();
    assert!(
        untested.is_empty() && unknown.is_empty(),
        "keys without a test: {untested:?}; tests of keys that the window does not have: {unknown:?}"
    );
}

/// What stands on the keys.
fn caps(key: &str) -> String {
    let cap = |part: &str| {
        let cap = match part {
            "ArrowUp" => "↑",
            "ArrowDown" => "↓",
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "Delete" => "Del",
            "Escape" => "Esc",
            "PageUp" => "PgUp",
            "PageDown" => "PgDn",
            "Plus" => "+",
            "ContextMenu" => "≣",
            other => other,
        };
        cap.to_owned()
    };
    let parts: Vec<_> = key.split([' ', '+']).map(cap).collect();
    parts.join(" ")
}
