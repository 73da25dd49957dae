//! Light or dark as the desktop is, from the start and when it changes.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::portal::Shade::{self, Dark, Light};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::json;

/// The titles of both pages.
const PAGES: [&str; 2] = ["Quick add - Rota", "Rota"];

#[test]
fn both_pages_are_dark_as_long_as_the_desktop_is() {
    if !can_run("both_pages_are_dark_as_long_as_the_desktop_is", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let desktop = display.bus().show_shade(Dark);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    wait_shade(&window, "at the start", Dark);
    desktop.change(Light);
    wait_shade(&window, "when the desktop becomes light", Light);
    desktop.change(Dark);
    wait_shade(&window, "when it becomes dark again", Dark);
}

#[test]
fn what_was_set_holds_and_what_the_desktop_became_meanwhile_comes_after_it() {
    let test = "what_was_set_holds_and_what_the_desktop_became_meanwhile_comes_after_it";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let desktop = display.bus().show_shade(Dark);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    let set = |theme: &str| {
        let _ = ask(&computer, "settings_change", &json!({"theme": theme}));
    };
    for (theme, shown, meanwhile) in [("light", Light, Light), ("dark", Dark, Dark)] {
        set(theme);
        wait_shade(&window, "as it was set", shown);
        desktop.change(other(meanwhile));
        desktop.change(meanwhile);
        set("system");
        wait_shade(&window, "as the desktop is by now", meanwhile);
    }
    set("light");
    wait_shade(&window, "as it was set", Light);
    set("system");
    wait_shade(&window, "as the desktop was before", Dark);
}

fn other(shade: Shade) -> Shade {
    match shade {
        Dark => Light,
        Light => Dark,
    }
}

/// Waits until both pages are drawn so.
fn wait_shade(window: &Window, when: &str, shade: Shade) {
    for page in PAGES {
        window.attach_to(page);
        until(&format!("{page} is {shade:?} {when}"), 20, || {
            drawn(window) == Some(shade)
        });
    }
}

/// What the page says it is, if its ground agrees.
fn drawn(window: &Window) -> Option<Shade> {
    let found = window.script(
        "const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
         return [document.documentElement.dataset.theme, r + g + b < 384]",
    );
    match (found[0].as_str()?, found[1].as_bool()?) {
        ("dark", true) => Some(Dark),
        ("light", false) => Some(Light),
        _ => None,
    }
}
