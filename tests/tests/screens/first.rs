//! The first start: what one meets who has never seen it.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::json;

use crate::look::{Look, in_theme};

#[test]
fn the_first_start_in_both_themes() {
    if !can_run("the_first_start_in_both_themes", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::untouched("desk"), Display::start());
    let window = Window::open_first(&computer, &display, &["--no-discovery"]);
    display.wait_focused("Rota");
    let mut look = Look::on(&display);
    for theme in ["light", "dark"] {
        let _ = ask(&computer, "settings_change", &json!({"theme": theme}));
        in_theme(&window, theme);
        let person = window.wait("first-person");
        look.at(&window, &format!("first-{theme}"));

        window.click(&person);
        window.keys("Ctrl+A Backspace");
        until("a name is missing", 20, || {
            !window.select(".problem").is_empty()
        });
        look.at(&window, &format!("first-no-name-{theme}"));
        window.type_into(&person, "Anna");

        window.click(&window.wait("first-join"));
        let code = window.wait("join-code-field");
        look.at(&window, &format!("first-code-{theme}"));

        window.type_into(&code, "no code at all");
        window.click(&window.wait("join-button"));
        let _ = window.wait("join-error");
        look.at(&window, &format!("first-wrong-code-{theme}"));

        window.click(&window.wait("first-back"));
        let _ = window.wait("first-start");
    }
    look.verdict();

    // And the way out of it leads to the tasks.
    window.click(&window.wait("first-start"));
    let _ = window.wait("today-button");
    assert_eq!(computer.json(&["status"])["person"]["name"], "Anna");
}
