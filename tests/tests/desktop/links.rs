//! Links: `rota://` ones come in and change nothing by themselves; others go out, and only to pages and mail.

use std::os::unix::fs::PermissionsExt;

use rota_tests::display::{Display, NEEDS};
use rota_tests::process::Process;
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, desktop_bin, start_app};
use rota_tests::{Computer, until};
use serde_json::json;

use crate::{MAIN, QUICK_ADD};

#[test]
fn a_link_opens_what_it_names_and_never_adds_by_itself() {
    if !can_run("a_link_opens_what_it_names_and_never_adds_by_itself", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let task = computer.json(&["add", "--plain", "Look at me"]);
    let app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let _tray = display.bus().tray();

    let open = |link: &str| start_app(&computer, &display, &[link]).end(20).code();
    assert_eq!(open("rota://add?text=Buy%20ink%20%23office"), Some(0));
    display.wait_focused(QUICK_ADD);
    assert_eq!(computer.titles(), ["Look at me"], "a person has to agree");
    display.press(&["Return"]);
    assert_eq!(computer.wait_for("Buy ink")["tags"][0], "office");
    until("quick add has gone", 20, || !display.shows(QUICK_ADD));

    assert_eq!(
        open(&format!("rota://task/{}", task["id"].as_str().unwrap())),
        Some(0)
    );
    display.wait_focused(MAIN);
    display.press(&["alt+F4"]);
    until("the window is hidden", 20, || !display.shows(MAIN));

    // Anybody can write a link. These end with an error where they are opened and are heard by nobody.
    for link in [
        "rota://delete/all",
        "rota://add?text=a%00b",
        "rota://task/../../etc",
        "https://example.org/",
        "file:///etc/passwd",
    ] {
        assert_eq!(open(link), Some(2), "{link}");
    }
    assert!(!display.shows(MAIN) && !display.shows(QUICK_ADD));
    assert_eq!(computer.titles().len(), 2);
    app.signal("TERM");
    assert_eq!(app.end(20).code(), Some(0));
}

#[test]
fn a_link_starts_the_app_too() {
    if !can_run("a_link_starts_the_app_too", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let args = ["--no-discovery", "rota://add?text=First%20of%20all"];
    let _app = start_app(&computer, &display, &args);
    display.wait_focused(QUICK_ADD);
    assert!(!display.shows(MAIN), "only what was asked for");
    display.press(&["Return"]);
    computer.wait_for("First of all");
}

#[test]
fn the_usual_folder_takes_links_of_other_programs() {
    if !can_run("the_usual_folder_takes_links_of_other_programs", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let home = computer.data_dir().parent().unwrap().to_owned();
    let mut command = computer.command(desktop_bin());
    command
        .args(["--hidden", "--no-discovery"])
        .env_remove("ROTA_DATA_DIR");
    display.place(&mut command);
    let _app = Process::start(command);
    let entry = home.join(".local/share/applications/rota-link.desktop");
    until("the desktop is told", 40, || entry.is_file());
    let text = std::fs::read_to_string(entry).unwrap();
    assert!(text.contains("MimeType=x-scheme-handler/rota;\n"), "{text}");
    assert!(
        text.contains(&format!("Exec={} %u\n", desktop_bin())),
        "{text}"
    );
}

#[test]
fn links_of_tasks_go_to_pages_and_mail_only_and_the_page_stays() {
    let test = "links_of_tasks_go_to_pages_and_mail_only_and_the_page_stays";
    if !can_run(test, NEEDS) {
        return;
    }
    // What the desktop opens links with.
    let opener = tempfile::tempdir().unwrap();
    let (program, said) = (opener.path().join("xdg-open"), opener.path().join("said"));
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >> {}\n", said.display());
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", opener.path().display());
    let computer = Computer::with("desk", "Anna", None, &[("PATH", &path)]);
    let display = Display::start();
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    let open = |url: &str| window.invoke("open_link", &json!({"url": url}));

    for url in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "rota://add?text=x",
        "--help",
    ] {
        assert_eq!(open(url).unwrap_err()["code"], "invalid_input", "{url}");
    }
    open("https://example.org/a b").unwrap();
    until("the desktop opens it", 20, || {
        std::fs::read_to_string(&said).is_ok_and(|all| all == "https://example.org/a%20b\n")
    });

    // The page goes nowhere else.
    let address = || window.script("return location.href");
    let before = address();
    let _ =
        window.script("location.href = 'http://127.0.0.1:9/'; window.open('http://127.0.0.1:9/')");
    let _ = window.script("location.href = 'file:///etc/passwd'");
    window.invoke("desktop_info", &json!({})).unwrap();
    assert_eq!(address(), before);

    // Quick add's page can do no more than it needs.
    window.attach_to("Quick add - Rota");
    let refused = window.invoke(
        "call",
        &json!({"operation": "task_delete", "input": {"ids": []}}),
    );
    assert_eq!(refused.unwrap_err()["code"], "not_allowed");
    assert!(
        window
            .invoke("open_link", &json!({"url": "https://example.org"}))
            .is_err()
    );
}
