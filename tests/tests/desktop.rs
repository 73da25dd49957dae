//! The desktop app as a person meets it: tray, windows, keys, start and end. One computer, a real window, a real bus.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::computer::{rota_bin, titles};
use rota_tests::display::{Display, NEEDS};
use rota_tests::process::Process;
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Element, Window, artefacts, desktop_bin, start_app};
use rota_tests::{Computer, until, until_some};

const MAIN: &str = "Rota";
const QUICK_ADD: &str = "Rota: quick add";

#[test]
fn each_entry_of_the_trays_menu_does_what_it_says() {
    if !can_run("each_entry_of_the_trays_menu_does_what_it_says", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let mut app = start_app(&computer, &display, &["--no-discovery"]);
    let tray = display.bus().tray();
    assert_eq!(tray.labels(), ["Quick add", "Open Rota", "Quit"]);
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
    display.type_text("Buy oat milk tomorrow #shop");
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
fn a_hidden_start_shows_nothing_until_it_is_asked_for() {
    if !can_run("a_hidden_start_shows_nothing_until_it_is_asked_for", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let refused = computer.rota(&["quick-add"]);
    assert_eq!(refused.exit, 6, "{}", refused.stderr);

    let app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let tray = display.bus().tray();
    until("it serves its folder", 30, || {
        computer.json(&["status"])["running"] == true
    });
    assert!(!display.shows(MAIN) && !display.shows(QUICK_ADD));

    computer.ok(&["quick-add"]);
    display.wait_focused(QUICK_ADD);
    assert!(!display.shows(MAIN));
    display.press(&["Escape"]);
    until("quick add has gone", 20, || !display.shows(QUICK_ADD));

    tray.click("Open Rota");
    display.wait_focused(MAIN);
    app.signal("TERM");
    assert_eq!(app.end(20).code(), Some(0));
    assert_eq!(computer.json(&["status"])["running"], false);
}

#[test]
fn an_interrupt_ends_it_in_order_too() {
    if !can_run("an_interrupt_ends_it_in_order_too", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let app = start_app(&computer, &display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    computer.ok(&["add", "--plain", "Kept"]);
    app.signal("INT");
    assert_eq!(app.end(20).code(), Some(0));
    assert_eq!(computer.titles(), ["Kept"]);
}

#[test]
fn a_task_lives_by_keys_alone() {
    if !can_run("a_task_lives_by_keys_alone", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["lists", "add", "Garden"]);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    note_complaints(&window);
    display.wait_focused(MAIN);
    open_list(&window, "Garden");

    display.press(&["ctrl+n"]);
    until("the field for a new task has the focus", 20, || {
        focus(&window) == "new-task-field"
    });
    display.type_text("Prune the roses !2 #garden");
    display.press(&["Return"]);
    let row = wait_row(&window, "Prune the roses");
    assert_eq!(computer.wait_for("Prune the roses")["priority"], 2);
    assert_eq!(
        focus(&window),
        "new-task-field",
        "the next one can be typed"
    );

    // Out of the field, to its row.
    display.press(&["Escape"]);
    until("the row has the focus", 20, || focus(&window) == "task-row");

    display.press(&["F2"]);
    until("the title can be typed", 20, || {
        focus(&window) == "task-title-field"
    });
    display.press(&["ctrl+a"]);
    display.type_text("Prune the old roses");
    display.press(&["Return"]);
    computer.wait_for("Prune the old roses");
    until("the row has the focus again", 20, || {
        focus(&window) == "task-row"
    });
    drop(row);

    display.press(&["d"]);
    until("d completes it", 20, || {
        computer.find("Prune the old roses").unwrap()["status"] == "done"
    });
    display.press(&["space"]);
    until("Space opens it again", 20, || {
        computer.find("Prune the old roses").unwrap()["status"] == "open"
    });

    until("the row has kept the focus", 20, || {
        focus(&window) == "task-row"
    });
    display.press(&["Delete"]);
    until("Del puts it into the trash", 20, || {
        computer.find("Prune the old roses").is_none()
    });
    display.picture(&artefacts().join("window-deleted.png"));
    display.press(&["ctrl+z"]);
    computer.wait_for("Prune the old roses");
    wait_row(&window, "Prune the old roses");
    assert_no_complaint(&window);
}

#[test]
fn beside_a_node_it_is_a_client_and_takes_over_when_that_ends() {
    if !can_run(
        "beside_a_node_it_is_a_client_and_takes_over_when_that_ends",
        NEEDS,
    ) {
        return;
    }
    let (mut computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["lists", "add", "Garden"]);
    computer.start(&["--no-discovery"]);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    open_list(&window, "Garden");
    add(&window, "Typed beside the node");
    computer.wait_for("Typed beside the node");
    computer.ok(&["add", "--plain", "Told by the node", "--list", "Garden"]);
    wait_row(&window, "Told by the node");

    computer.stop();
    until("the app has the folder now", 30, || {
        computer.json(&["status"])["running"] == true
    });
    computer.ok(&["add", "--plain", "Heard afterwards", "--list", "Garden"]);
    wait_row(&window, "Heard afterwards");
    add(&window, "Typed afterwards");
    computer.wait_for("Typed afterwards");
}

#[test]
fn without_a_folder_named_both_programs_take_the_same() {
    if !can_run("without_a_folder_named_both_programs_take_the_same", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let mut command = computer.command(desktop_bin());
    command.args(["--hidden", "--no-discovery"]);
    command
        .env_remove("ROTA_DATA_DIR")
        .env_remove("XDG_DATA_HOME");
    display.place(&mut command);
    let app = Process::start(command);
    until("the command line finds the app", 40, || {
        let mut status = computer.command(rota_bin());
        status.args(["--json", "status"]);
        status
            .env_remove("ROTA_DATA_DIR")
            .env_remove("XDG_DATA_HOME");
        let answer = status.output().unwrap();
        String::from_utf8_lossy(&answer.stdout).contains("\"running\":true")
    });
    app.signal("TERM");
    assert_eq!(app.end(20).code(), Some(0));
}

#[test]
fn what_cannot_start_says_why_and_ends_with_the_exit_of_the_contract() {
    if !can_run(
        "what_cannot_start_says_why_and_ends_with_the_exit_of_the_contract",
        NEEDS,
    ) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let file = computer.data_dir().join("not-a-folder");
    std::fs::write(&file, "").unwrap();
    let place = file.join("below").to_string_lossy().into_owned();
    assert_refused(&computer, Some(&display), &["--data-dir", &place], 5);
    assert_refused(&computer, Some(&display), &["--port", "seven"], 2);
    // No screen.
    assert_refused(&computer, None, &["--no-discovery"], 1);
    assert_eq!(titles(&computer.json(&["list"])), [""; 0]);

    // Somebody has the folder who cannot be spoken to.
    let lock = std::fs::File::options()
        .write(true)
        .open(computer.data_dir().join("lock"))
        .unwrap();
    lock.lock().unwrap();
    assert_refused(&computer, Some(&display), &["--no-discovery"], 5);
}

fn assert_refused(computer: &Computer, display: Option<&Display>, args: &[&str], exit: i32) {
    let mut command = computer.command(desktop_bin());
    command.args(args);
    match display {
        Some(display) => display.place(&mut command),
        None => {
            command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        }
    }
    let ended = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(exit), "{args:?}: {stderr}");
    assert!(stderr.contains("error: "), "{args:?}: {stderr}");
    assert!(!stderr.contains("panicked"), "{args:?}: {stderr}");
}

/// The `data-testid` of what has the focus.
fn focus(window: &Window) -> String {
    let testid = window.script("return document.activeElement?.dataset.testid ?? ''");
    testid.as_str().unwrap_or_default().to_owned()
}

fn open_list(window: &Window, name: &str) {
    let list = until_some("the list is in the sidebar", 30, || {
        let lists = window.all("sidebar-list");
        lists
            .into_iter()
            .find(|list| window.text(list).contains(name))
    });
    window.click(&list);
}

fn add(window: &Window, text: &str) {
    let field = window.wait("new-task-field");
    window.click(&field);
    window.type_into(&field, &format!("{text}{}", rota_tests::webdriver::ENTER));
}

fn wait_row(window: &Window, title: &str) -> Element {
    until_some(&format!("a row says {title:?}"), 30, || {
        let rows = window.all("task-row");
        rows.into_iter()
            .find(|row| window.text(row).contains(title))
    })
}

/// Keeps what the page complains of from now on: errors nobody caught, and what its content policy refuses.
fn note_complaints(window: &Window) {
    let _ = window.script(
        "globalThis.complaints = [];
         addEventListener('error', (event) => complaints.push(`error ${event.message}`));
         addEventListener('unhandledrejection', (event) => complaints.push(`rejection ${event.reason}`));
         document.addEventListener('securitypolicyviolation', (event) => complaints.push(`refused ${event.effectiveDirective}`));",
    );
}

fn complaints(window: &Window) -> String {
    let all = window.script("return complaints.join()");
    all.as_str().unwrap().to_owned()
}

fn assert_no_complaint(window: &Window) {
    assert_eq!(complaints(window), "");
    // They are kept indeed: what is against the policy comes into them.
    let _ = window.script("new Image().src = 'http://127.0.0.1:9/refused.png'");
    until("a picture from elsewhere is refused", 20, || {
        complaints(window) == "refused img-src"
    });
}
