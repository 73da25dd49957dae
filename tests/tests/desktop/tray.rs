//! The tray: its menu read and clicked as a desktop does it.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{artefacts, start_app};
use rota_tests::{Computer, until};
use serde_json::json;

use crate::{MAIN, QUICK_ADD};

const ALONE: &str = "Alone on this network – changes are saved here";

#[test]
fn each_entry_of_the_trays_menu_does_what_it_says() {
    if !can_run("each_entry_of_the_trays_menu_does_what_it_says", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let mut app = start_app(&computer, &display, &["--no-discovery"]);
    let tray = display.bus().tray();
    tray.wait(&["Quick add", "Today", "Open Rota", ALONE, "Quit"]);
    assert!(tray.is_enabled("Quit") && !tray.is_enabled(ALONE));
    display.wait_focused(MAIN);

    // Closing the window keeps the app and its icon.
    display.press(&["alt+F4"]);
    until("the window is hidden", 20, || !display.shows(MAIN));
    assert!(app.is_running());
    assert_eq!(computer.json(&["status"])["running"], true);

    tray.click("Open Rota");
    display.wait_focused(MAIN);

    tray.click("Quick add");
    display.wait_focused(QUICK_ADD);
    display.type_text("Buy oat milk #shop");
    display.picture(&artefacts().join("quick-add.png"));
    display.press(&["Return"]);
    let task = computer.wait_for("Buy oat milk");
    assert_eq!(task["tags"][0], "shop");
    until("quick add has gone", 20, || !display.shows(QUICK_ADD));

    // What was typed before comes not back.
    tray.click("Quick add");
    display.wait_focused(QUICK_ADD);
    display.type_text("Water the ficus");
    display.press(&["ctrl+Return"]);
    computer.wait_for("Water the ficus");
    assert!(display.shows(QUICK_ADD), "it stays for the next task");
    display.press(&["Escape"]);
    until("quick add has gone", 20, || !display.shows(QUICK_ADD));

    tray.click("Quit");
    assert_eq!(app.end(20).code(), Some(0));
    assert_eq!(computer.json(&["status"])["running"], false);
    assert_eq!(computer.titles(), ["Buy oat milk", "Water the ficus"]);
}

#[test]
fn the_trays_menu_has_todays_next_tasks_in_the_interfaces_language() {
    let test = "the_trays_menu_has_todays_next_tasks_in_the_interfaces_language";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["add", "--plain", "Some day"]);
    let _app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let tray = display.bus().tray();
    tray.wait(&["Quick add", "Today", "Open Rota", ALONE, "Quit"]);

    // It follows, and signs that menus read otherwise are what they are.
    let due = |title: &str, day: &str| {
        let id = computer.json(&["add", "--plain", title])["id"].clone();
        computer.ok(&["edit", id.as_str().unwrap(), "--due", day]);
    };
    due("Salt & pepper_mill", "2026-01-03");
    let title = "Salt & pepper_mill";
    tray.wait(&["Quick add", "Today 1", title, "Open Rota", ALONE, "Quit"]);
    tray.click(title);
    display.wait_focused(MAIN);

    // Never more than five, and no title longer than a menu is wide.
    for (n, day) in (4..=8).enumerate() {
        due(
            &format!("{n} {}", "long ".repeat(30)),
            &format!("2026-01-0{day}"),
        );
    }
    until("the menu counts all and shows five", 30, || {
        let labels = tray.labels();
        labels.contains(&"Today 6".to_owned()) && labels.len() == 10
    });
    assert!(
        tray.labels()
            .iter()
            .all(|label| label.chars().count() <= 61)
    );

    let done = computer.find(title).unwrap()["id"].clone();
    computer.ok(&["done", done.as_str().unwrap()]);
    until("what is done leaves the menu", 30, || {
        let labels = tray.labels();
        labels.contains(&"Today 5".to_owned()) && !labels.contains(&title.to_owned())
    });

    for (language, quick_add, quit) in [
        ("de", "Schnell hinzufügen", "Beenden"),
        ("es", "Añadir rápido", "Salir"),
        ("ar", "إضافة سريعة", "إنهاء"),
    ] {
        let _ = ask(&computer, "settings_change", &json!({"language": language}));
        until(&format!("the menu speaks {language}"), 30, || {
            let labels = tray.labels();
            labels.first().unwrap() == quick_add && labels.last().unwrap() == quit
        });
    }
}

#[test]
fn where_there_is_no_tray_closing_the_window_quits_unless_it_is_to_go_on() {
    let test = "where_there_is_no_tray_closing_the_window_quits_unless_it_is_to_go_on";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    display.bus().remove_panel();
    let mut app = start_app(&computer, &display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    let _ = ask(&computer, "settings_change", &json!({"keep_running": true}));
    display.press(&["alt+F4"]);
    until("the window is hidden", 20, || !display.shows(MAIN));
    assert!(app.is_running());

    computer.ok(&["quick-add"]);
    display.wait_focused(QUICK_ADD);
    let _ = ask(
        &computer,
        "settings_change",
        &json!({"keep_running": false}),
    );
    let second = start_app(&computer, &display, &[]);
    assert_eq!(second.end(20).code(), Some(0));
    display.wait_focused(MAIN);
    display.press(&["alt+F4"]);
    assert_eq!(app.end(20).code(), Some(0));
}
