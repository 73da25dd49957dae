//! The app ends while somebody types: what was typed is there the next time.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};

use crate::MAIN;
use crate::pages::{focus, open_list, wait_row};

#[test]
fn what_is_being_typed_when_the_app_ends_is_kept() {
    if !can_run("what_is_being_typed_when_the_app_ends_is_kept", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["add", "--plain", "Paint the fence"]);

    // A title, when the tray ends the app.
    let window = open(&computer, &display);
    let row = wait_row(&window, "Paint the fence");
    window.click(&row);
    window.click(&window.wait("panel-title"));
    until("the title is edited", 20, || {
        focus(&window) == "panel-title-field"
    });
    display.press(&["End"]);
    display.type_text(" twice");
    until_typed(&window, "Paint the fence twice");
    display.bus().tray().click("Quit");
    until_ended(&computer);
    assert_eq!(computer.titles(), ["Paint the fence twice"]);
    drop(window);

    // A new task, when a key does.
    let window = open(&computer, &display);
    let _ = wait_row(&window, "Paint the fence twice");
    display.press(&["ctrl+n"]);
    until("a task can be typed", 20, || {
        focus(&window) == "new-task-field"
    });
    display.type_text("Call the pain");
    until_typed(&window, "Call the pain");
    display.press(&["ctrl+q"]);
    until_ended(&computer);
    drop(window);

    let window = open(&computer, &display);
    until("the field has it again", 20, || {
        window.script("return document.querySelector('[data-testid=new-task-field]')?.value")
            == "Call the pain"
    });
    assert_eq!(computer.titles(), ["Paint the fence twice"]);
}

fn open(computer: &Computer, display: &Display) -> Window {
    let window = Window::open(computer, display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    open_list(&window, "Inbox");
    window
}

fn until_typed(window: &Window, text: &str) {
    until(&format!("{text:?} is typed"), 20, || {
        window.script("return document.activeElement.value") == text
    });
}

fn until_ended(computer: &Computer) {
    until("the app has ended", 20, || {
        computer.json(&["status"])["running"] == false
    });
}
