//! The open list goes, by one's own doing and by that of others: the window goes elsewhere, and stays up to date.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};

use crate::MAIN;
use crate::pages::{assert_no_complaint, note_complaints, open_list, view, wait_row};

#[test]
fn an_open_list_that_goes_leaves_the_window_at_work() {
    if !can_run("an_open_list_that_goes_leaves_the_window_at_work", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    for list in ["Garden", "House"] {
        computer.ok(&["lists", "add", list]);
    }
    computer.ok(&["add", "Prune the roses", "--list", "Garden"]);
    computer.ok(&["add", "Sweep", "--list", "House"]);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    note_complaints(&window);
    display.wait_focused(MAIN);
    let lists = || {
        let entries = window.all("sidebar-list");
        entries
            .iter()
            .map(|entry| {
                window
                    .text(entry)
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect::<Vec<_>>()
    };
    let toast = || {
        let toasts = window.all("toast");
        toasts.first().map(|toast| window.text(toast))
    };
    let heading = || window.script("return document.querySelector('h1')?.innerText.trim() ?? ''");

    open_list(&window, "House");
    wait_row(&window, "Sweep");
    let _ = window.script(
        "[...document.querySelectorAll('[data-testid=sidebar-list]')]
             .find((list) => list.innerText.includes('House')).focus()",
    );
    display.press(&["Delete"]);
    until("the list is gone, and another is open", 20, || {
        lists() == ["Garden"] && heading() == "Garden"
    });
    wait_row(&window, "Prune the roses");
    until("it is said, with an undo", 20, || {
        toast().is_some_and(|said| said.contains("House") && said.contains("Undo"))
    });
    display.press(&["ctrl+z"]);
    until("it is back", 20, || lists() == ["Garden", "House"]);
    open_list(&window, "House");
    wait_row(&window, "Sweep");

    // Another program on this computer, as another computer does.
    computer.ok(&["lists", "delete", "House"]);
    until("the window goes on with the other", 20, || {
        lists() == ["Garden"] && heading() == "Garden"
    });
    computer.ok(&["add", "Water the tulips", "--list", "Garden"]);
    wait_row(&window, "Water the tulips");
    assert_eq!(view(&window), "list");
    assert!(window.select("[role=alert]").is_empty());
    assert_no_complaint(&window);
}
