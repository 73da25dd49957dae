//! Starting with the desktop.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, desktop_bin};
use rota_tests::{Computer, until, until_some};
use serde_json::json;

#[test]
fn the_setting_writes_and_removes_the_desktops_entry() {
    if !can_run("the_setting_writes_and_removes_the_desktops_entry", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    let folder = computer
        .data_dir()
        .parent()
        .unwrap()
        .join(".config/autostart");
    let entries = || -> Vec<_> {
        let found = std::fs::read_dir(&folder).into_iter().flatten();
        found.map(|entry| entry.unwrap().path()).collect()
    };
    let is_on = || window.invoke("desktop_info", &json!({})).unwrap()["autostart"].clone();
    assert_eq!((entries().len(), is_on()), (0, json!(false)));

    let _ = ask(&computer, "settings_change", &json!({"autostart": true}));
    let entry = until_some("the entry is written", 20, || entries().pop());
    until("the settings say so", 20, || is_on() == true);
    let text = std::fs::read_to_string(&entry).unwrap();
    // On this folder again, hidden in the tray.
    let data = computer.data_dir();
    let exec = format!(
        "Exec={} --hidden --data-dir {}\n",
        desktop_bin(),
        data.display()
    );
    assert!(
        text.starts_with("[Desktop Entry]\n") && text.contains(&exec),
        "{text}"
    );

    let _ = ask(&computer, "settings_change", &json!({"autostart": false}));
    until("the entry is removed", 20, || entries().is_empty());
    until("the settings say so", 20, || is_on() == false);
}
