//! Rows pressed by the pointer: one opens, with Shift the selection reaches from it, with Ctrl one more or less.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};

use crate::MAIN;
use crate::hand::Hand;
use crate::pages::{open_list, wait_row};

#[test]
fn rows_are_opened_and_selected_by_the_pointer() {
    if !can_run("rows_are_opened_and_selected_by_the_pointer", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["lists", "add", "Wood"]);
    let lines = computer.rota_with_input(
        &["add", "-", "--list", "Wood"],
        "Ash\nBeech\nCedar\nElm\nFir\n",
    );
    assert_eq!(lines.exit, 0, "{}", lines.stderr);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    open_list(&window, "Wood");
    wait_row(&window, "Fir");
    let hand = Hand::on(&window, &display);
    let are = |what: &str, titles: &[&str]| {
        until(what, 20, || hand.selected() == titles);
    };

    hand.click("Beech", None);
    are("the pressed one is open", &["Beech"]);
    until("its panel is there", 20, || {
        !window.all("panel-title").is_empty()
    });
    hand.click("Elm", Some("shift"));
    are("all between are selected", &["Beech", "Cedar", "Elm"]);
    hand.click("Ash", Some("shift"));
    are("from the same one to the other side", &["Ash", "Beech"]);
    hand.click("Fir", Some("ctrl"));
    are("one more", &["Ash", "Beech", "Fir"]);
    hand.click("Ash", Some("ctrl"));
    are("one less", &["Beech", "Fir"]);
    hand.click("Cedar", None);
    are("one alone is open", &["Cedar"]);
}
