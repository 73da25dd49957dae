//! The banner across the window while something is wrong: the clock of another computer, a full disk.

use rota_tests::control::ask;
use rota_tests::disk::SmallDisk;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::{Need, can_run};
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::json;

use crate::go::{click, list};
use crate::look::{Look, in_theme};

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
        list(&window, "House");
        until("the task is shown", 20, || {
            !window.all("task-row").is_empty()
        });
        look.at(&window, &format!("condition-clock-{theme}"));
        click(&window, "computers-button");
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

#[test]
fn a_full_disk_is_told_and_nothing_is_written_until_there_is_room() {
    let test = "a_full_disk_is_told_and_nothing_is_written_until_there_is_room";
    let mut needs = NEEDS.to_vec();
    needs.push(Need::Disks);
    if !can_run(test, &needs) {
        return;
    }
    let computer = Computer::untouched("desk");
    let disk = SmallDisk::under(&computer.data_dir(), 24);
    computer.ok(&["init", "--person", "Anna", "--computer", "desk"]);
    computer.ok(&["lists", "add", "House"]);
    let display = Display::start();
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    display.wait_focused("Rota");
    computer.ok(&["add", "--plain", "Call the plumber", "--list", "House"]);

    disk.fill();
    let mut refused = 0;
    until("the window says that it cannot save", 60, || {
        // What room the database has left is used up before.
        let answer = computer.rota(&["add", "--plain", &"more ".repeat(40), "--list", "House"]);
        refused += u32::from(answer.exit != 0);
        let banner = window.all("banner");
        banner.first().is_some_and(|banner| {
            window.attribute(banner, "data-code").as_deref() == Some("disk_full")
                && window.attribute(banner, "role").as_deref() == Some("alert")
        })
    });
    assert!(refused > 0);
    let mut look = Look::on(&display);
    for theme in ["light", "dark"] {
        // Not even this can be kept now, so it is shown as if it were.
        let _ = window.script(&format!(
            "document.documentElement.dataset.theme = '{theme}'"
        ));
        list(&window, "House");
        until("the tasks can be read", 20, || {
            !window.all("task-row").is_empty()
        });
        until("nothing that writes can be used", 20, || {
            window.script(
                "const writes = [...document.querySelectorAll('[data-testid=task-check], [data-testid=new-task-field], [data-testid=new-list-button]')];
                 return writes.length > 2 && writes.every((each) => each.disabled || each.ariaDisabled === 'true')",
            ) == true
        });
        until("the status line says it too", 20, || {
            let status = window.all("status-line");
            status
                .first()
                .is_some_and(|status| window.text(status).contains("Not saving"))
        });
        look.at(&window, &format!("condition-disk-{theme}"));
    }
    look.verdict();

    disk.free();
    until("the banner has gone", 60, || {
        window.all("banner").is_empty()
    });
    computer.ok(&["add", "--plain", "Written again", "--list", "House"]);
    until("it is shown", 20, || {
        let rows = window.all("task-row");
        rows.iter()
            .any(|row| window.text(row).contains("Written again"))
    });
}
