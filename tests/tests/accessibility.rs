//! What a screen reader says of the real window.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::Computer;
use rota_tests::accessibility::{self, Accessibility};
use rota_tests::display::{Display, NEEDS};
use rota_tests::process::Process;
use rota_tests::skip::can_run;
use rota_tests::webdriver::desktop_bin;

#[test]
fn a_row_speaks_its_title_state_date_and_list() {
    let needs = [NEEDS, &[accessibility::NEED]].concat();
    if !can_run("a_row_speaks_its_title_state_date_and_list", &needs) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["lists", "add", "House"]);
    computer.ok(&[
        "add",
        "Buy paint tomorrow 17:00 !2 #home every 2 weeks +House",
    ]);
    computer.ok(&["add", "Sweep the yard today +House"]);
    let speech = Accessibility::start(&display);
    let mut command = computer.command(desktop_bin());
    command.arg("--no-discovery");
    display.place(&mut command);
    speech.listen_to(&mut command);
    let _app = Process::start(command);

    let row = speech.wait("treeitem", "Buy paint");
    let said = row.name.replace(['\u{2068}', '\u{2069}'], "");
    assert!(said.starts_with("Buy paint, due "), "{said}");
    for part in ["priority 2", "repeats", "tag home"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!row.is_checked());
    assert_eq!(row.attributes["level"], "1");
    assert_eq!(row.attributes["setsize"], "2");
    assert!(
        speech.all().iter().all(|one| one.role != "checkbox"),
        "the parts of a row are for the pointer"
    );

    // What another program completes is heard as done.
    let id = computer.find("Sweep the yard").unwrap()["id"].clone();
    computer.ok(&["done", id.as_str().unwrap()]);
    let done = speech.wait_for("the other row is ticked", |one| {
        one.role == "treeitem" && one.name.contains("Sweep the yard") && one.is_checked()
    });
    assert!(
        !done.name.contains("done"),
        "it is said once: {}",
        done.name
    );

    // The landmarks, by which people who hear the window go about.
    for (role, name) in [
        ("navigation", "Sidebar"),
        ("main", "House"),
        ("heading", "House"),
    ] {
        speech.wait(role, name);
    }
}
