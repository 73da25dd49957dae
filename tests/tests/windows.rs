//! Two real windows, each on its own computer and its own screen.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{ENTER, Element, Window, artefacts};
use rota_tests::{Computer, until, until_some};

fn row(window: &Window, title: &str) -> Option<Element> {
    window
        .all("task-row")
        .into_iter()
        .find(|row| window.text(row).contains(title))
}

fn wait_row(window: &Window, title: &str) -> Element {
    until_some(&format!("a row says {title:?}"), 30, || row(window, title))
}

fn is_done(window: &Window, title: &str) -> bool {
    row(window, title)
        .is_none_or(|row| window.attribute(&row, "aria-checked").as_deref() == Some("true"))
}

fn add(window: &Window, text: &str) {
    let field = window.wait("new-task-field");
    window.click(&field);
    window.type_into(&field, &format!("{text}{ENTER}"));
}

#[test]
fn a_task_typed_into_one_window_is_completed_in_the_other() {
    if !can_run(
        "a_task_typed_into_one_window_is_completed_in_the_other",
        NEEDS,
    ) {
        return;
    }
    let (a, b) = (
        Computer::new("a-desk", "Anna"),
        Computer::new("b-laptop", "Ben"),
    );
    let (screen_a, screen_b) = (Display::start(), Display::start());
    let window_a = Window::open(&a, &screen_a, &["--no-discovery"]);
    let window_b = Window::open(&b, &screen_b, &["--no-discovery"]);

    // The window serves its folder to the command line too: both are one computer.
    a.ok(&["spaces", "add", "Home"]);
    a.ok(&["lists", "add", "House", "--space", "Home"]);
    let invitation = a.json(&["invite", "Home"]);
    b.ok(&[
        "join",
        invitation["code"].as_str().unwrap(),
        "--address",
        &a.address(),
    ]);

    b.json(&["lists"]);
    screen_b.picture(&artefacts().join("window-b-joined-list.png"));
    for window in [&window_a, &window_b] {
        let list = until_some("the shared list is in the sidebar", 30, || {
            window
                .all("sidebar-list")
                .into_iter()
                .find(|list| window.text(list).contains("House"))
        });
        window.click(&list);
    }
    add(&window_a, "Buy paint for the hallway !2 #home");
    let there = wait_row(&window_b, "Buy paint for the hallway");
    screen_a.picture(&artefacts().join("window-a-added.png"));
    screen_b.picture(&artefacts().join("window-b-arrived.png"));

    let check = window_b
        .inside(&there, "task-check")
        .into_iter()
        .next()
        .expect("a row has a check");
    window_b.click(&check);
    until("it is done in the window where it was typed", 30, || {
        is_done(&window_a, "Buy paint for the hallway")
    });
    assert_eq!(
        a.find("Buy paint for the hallway").unwrap()["status"],
        "done"
    );
    screen_a.picture(&artefacts().join("window-a-done.png"));
    screen_b.picture(&artefacts().join("window-b-done.png"));
}

#[test]
fn a_newcomer_joins_from_the_window_with_the_code_that_another_window_shows() {
    if !can_run(
        "a_newcomer_joins_from_the_window_with_the_code_that_another_window_shows",
        NEEDS,
    ) {
        return;
    }
    let (a, b) = (
        Computer::new("a-desk", "Anna"),
        Computer::new("b-laptop", "Ben"),
    );
    a.ok(&["spaces", "add", "Home"]);
    a.ok(&["add", "--plain", "Seen by both", "--space", "Home"]);
    let (screen_a, screen_b) = (Display::start(), Display::start());
    let window_a = Window::open(&a, &screen_a, &["--no-discovery"]);
    let window_b = Window::open(&b, &screen_b, &["--no-discovery"]);
    let address = a.address();
    window_a.click(&window_a.wait("add-people-button"));
    window_a.click(&window_a.wait("show-code-button"));
    let code = until_some("a code is shown", 30, || {
        let shown = window_a.text(&window_a.all("invite-code").into_iter().next()?);
        let code: String = shown.split_whitespace().collect();
        (code.split('-').count() == 4).then_some(code)
    });
    screen_a.picture(&artefacts().join("window-a-code.png"));
    window_b.click(&window_b.wait("add-people-button"));
    let field = window_b.wait("join-code-field");
    window_b.click(&field);
    window_b.type_into(&field, &code);
    let unfold = window_b
        .select("button")
        .into_iter()
        .find(|button| window_b.text(button) == "Enter an address");
    window_b.click(&unfold.expect("an address can be entered"));
    let field = window_b.wait("join-address-field");
    window_b.click(&field);
    window_b.type_into(&field, &address);
    screen_b.picture(&artefacts().join("window-b-code.png"));
    window_b.click(&window_b.wait("join-button"));
    b.wait_for("Seen by both");
    until("the window says who is here", 30, || {
        window_a.click(&window_a.wait("computers-button"));
        window_a.all("computer-row").len() == 2
    });
    screen_a.picture(&artefacts().join("window-a-computers.png"));
    screen_b.picture(&artefacts().join("window-b-joined.png"));
}
