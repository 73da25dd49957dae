//! The banner across the window while something is wrong: here the clock of another computer.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::{Need, can_run};
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::json;

use crate::look::{Look, in_theme};
use crate::screens::entry;

const FAKETIME: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

#[test]
fn a_wrong_clock_is_told_across_the_window_in_both_themes() {
    let mut needs = NEEDS.to_vec();
    needs.push(Need::File(FAKETIME));
    if !can_run(
        "a_wrong_clock_is_told_across_the_window_in_both_themes",
        &needs,
    ) {
        return;
    }
    let (anna, display) = (Computer::new("desk", "Anna"), Display::start());
    // Timers keep the real pace: only the date is wrong.
    let a_year_ahead = [
        ("LD_PRELOAD", FAKETIME),
        ("FAKETIME", "+365d"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
    ];
    let mut ben = Computer::with("laptop", "Ben", None, &a_year_ahead);
    let window = Window::open(&anna, &display, &["--no-discovery"]);
    anna.ok(&["spaces", "add", "Home"]);
    anna.ok(&["lists", "add", "House", "--space", "Home"]);
    anna.ok(&["add", "--plain", "Call the plumber", "--list", "House"]);
    ben.start(&["--no-discovery"]);
    let code = anna.json(&["invite", "Home"]);
    let code = code["code"].as_str().unwrap();
    ben.ok(&["join", code, "--address", &anna.address()]);

    let banner = window.wait("banner");
    assert_eq!(
        window.attribute(&banner, "data-code").as_deref(),
        Some("clock_wrong")
    );
    assert!(
        window.text(&banner).contains("laptop"),
        "{}",
        window.text(&banner)
    );
    let mut look = Look::on(&display);
    for theme in ["light", "dark"] {
        let _ = ask(&anna, "settings_change", &json!({"theme": theme}));
        in_theme(&window, theme);
        entry(&window, "House");
        until("the task is shown", 20, || {
            !window.all("task-row").is_empty()
        });
        look.at(&window, &format!("condition-clock-{theme}"));
        entry(&window, "Computers");
        let _ = window.wait("computer-row");
        look.at(&window, &format!("condition-clock-computers-{theme}"));
    }
    look.verdict();

    // It goes when its cause goes.
    ben.stop();
    until("the banner has gone", 60, || {
        window.all("banner").is_empty()
    });
}
