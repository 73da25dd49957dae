//! The quick-add window: opened from everywhere, at once where it belongs, and the focus goes back.

use rota_tests::display::{Display, NEEDS};
use rota_tests::program::Program;
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, artefacts, start_app};
use rota_tests::{Computer, until};
use serde_json::json;

use crate::QUICK_ADD;

#[test]
fn it_opens_five_ways_and_gives_the_focus_back() {
    if !can_run("it_opens_five_ways_and_gives_the_focus_back", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let _app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let tray = display.bus().tray();
    until("it serves its folder", 30, || {
        computer.json(&["status"])["running"] == true
    });
    let other = Program::show(&display, "Another program");

    let start = |args: &[&str]| {
        assert_eq!(start_app(&computer, &display, args).end(20).code(), Some(0));
    };
    let ways: [(&str, &dyn Fn()); 5] = [
        ("the tray", &|| tray.click("Quick add")),
        ("the key", &|| display.press(&["ctrl+alt+space"])),
        ("a second start", &|| start(&["--quick-add"])),
        ("the command line", &|| {
            computer.ok(&["quick-add"]);
        }),
        ("a link", &|| start(&["rota://add"])),
    ];
    for (way, open) in ways {
        open();
        display.wait_focused(QUICK_ADD);
        display.type_text(&format!("By {way}"));
        let typed = other.typed();
        display.press(&["Return"]);
        computer.wait_for(&format!("By {way}"));
        display.wait_focused("Another program");
        assert!(!display.shows(QUICK_ADD), "{way}");
        // The program before has the keys again.
        display.press(&["a"]);
        until("the next key is the program's", 20, || {
            other.typed() > typed
        });
    }
}

#[test]
fn it_stands_where_the_pointer_is_and_is_as_high_as_its_page() {
    if !can_run(
        "it_stands_where_the_pointer_is_and_is_as_high_as_its_page",
        NEEDS,
    ) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    window.attach_to("Quick add - Rota");
    computer.ok(&["quick-add"]);
    display.wait_focused(QUICK_ADD);
    let page_height = || window.script("return innerHeight").as_i64().unwrap();
    for height in [150, 420, 90] {
        let resized = window.invoke("resize_quick_add", &json!({"height": height}));
        assert!(resized.is_ok(), "{resized:?}");
        until(&format!("it is {height} high"), 20, || {
            display
                .geometry(QUICK_ADD)
                .is_some_and(|g| g[2..] == [720, height])
                && page_height() == i64::from(height)
        });
    }
    // A quarter down the screen, in its middle.
    let [left, top, ..] = display.geometry(QUICK_ADD).unwrap();
    assert_eq!((left, top), ((1280 - 720) / 2, 860 / 4));
    display.picture(&artefacts().join("quick-add-small.png"));
    // With larger letters it grows, and its page is as wide as before.
    window.invoke("set_zoom", &json!({"percent": 125})).unwrap();
    until("it is a quarter larger", 20, || {
        display.geometry(QUICK_ADD).is_some_and(|g| g[2] == 900)
            && window.script("return innerWidth") == 720
    });
}

#[test]
fn what_was_typed_is_there_again_also_after_a_restart() {
    if !can_run("what_was_typed_is_there_again_also_after_a_restart", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let _tray = display.bus().tray();
    let open = || {
        computer.ok(&["quick-add"]);
        display.wait_focused(QUICK_ADD);
    };
    open();
    display.type_text("Ask Mia about the key");
    display.press(&["Escape"]);
    until("quick add has gone", 20, || !display.shows(QUICK_ADD));
    app.signal("TERM");
    assert_eq!(app.end(20).code(), Some(0));

    let window = Window::open(&computer, &display, &["--hidden", "--no-discovery"]);
    window.attach_to("Quick add - Rota");
    open();
    until("the draft stands in the field", 20, || {
        window.script("return document.querySelector('[data-testid=quick-add-field]').value")
            == "Ask Mia about the key"
    });
    display.press(&["Return"]);
    computer.wait_for("Ask Mia about the key");
}
