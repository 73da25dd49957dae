//! A task's whole life by keys.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, artefacts};
use rota_tests::{Computer, until};

use crate::MAIN;
use crate::pages::{assert_no_complaint, focus, note_complaints, open_list, wait_row};

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
