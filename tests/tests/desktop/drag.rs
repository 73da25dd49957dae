//! Rows carried by the pointer: to another place, to the right, onto a list, onto a day, and back by Escape.

use rota_tests::computer::titles;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::Value;

use crate::MAIN;
use crate::hand::Hand;
use crate::pages::{open_list, wait_row};

#[test]
fn rows_go_where_the_pointer_carries_them() {
    if !can_run("rows_go_where_the_pointer_carries_them", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["lists", "add", "Wood"]);
    computer.ok(&["lists", "add", "Garden"]);
    let lines = computer.rota_with_input(
        &["add", "-", "--list", "Wood"],
        "Ash\nBeech\nCedar\nElm\nFir\n",
    );
    assert_eq!(lines.exit, 0, "{}", lines.stderr);
    let today = computer.json(&["add", "Some other one today"])["due"].clone();
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    open_list(&window, "Wood");
    wait_row(&window, "Fir");
    let hand = Hand::on(&window, &display);
    let wood = || titles(&computer.json(&["list", "Wood"]));
    let task = |title: &str| computer.find(title).unwrap();

    // Between two others.
    hand.carry_to_place("Fir", "Beech", 0);
    display.let_go();
    until("Fir stands above Beech", 20, || {
        wood() == ["Ash", "Fir", "Beech", "Cedar", "Elm"]
    });
    hand.until_rows(&["Ash", "Fir", "Beech", "Cedar", "Elm"]);

    // To the right, below the one above it.
    hand.carry_to_place("Cedar", "Cedar", 40);
    display.let_go();
    until("Cedar is a subtask of Beech", 20, || {
        task("Cedar")["parent"] == task("Beech")["id"]
    });
    hand.until_level("Cedar", "2");

    // Put back while it is held, over something that would take it.
    hand.carry_onto("Elm", &list_entry("Garden"));
    display.press(&["Escape"]);
    until("nothing would take it any more", 20, || {
        window.select(".is-drop").is_empty() && hand.held().is_empty()
    });
    display.let_go();

    // Onto a list and onto a day. What was put back would be there before these.
    hand.carry_onto("Ash", &list_entry("Garden"));
    display.let_go();
    until("Ash is in the other list", 20, || {
        titles(&computer.json(&["list", "Garden"])) == ["Ash"]
    });
    hand.until_rows(&["Fir", "Beech", "Cedar", "Elm"]);
    hand.carry_onto(
        "Fir",
        "document.querySelector('[data-testid=today-button]')",
    );
    display.let_go();
    until("Fir is due today", 20, || task("Fir")["due"] == today);
    assert_eq!(
        [
            &task("Elm")["list"]["name"],
            &task("Elm")["due"],
            &task("Elm")["parent"]
        ],
        [&Value::from("Wood"), &Value::Null, &Value::Null]
    );
}

fn list_entry(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('[data-testid=sidebar-list]')]
             .find((list) => list.querySelector('bdi').innerText === '{name}')"
    )
}
