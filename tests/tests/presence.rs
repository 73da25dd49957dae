//! Two windows on two computers: who is here, at what, and which computers have what was written.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, artefacts};
use rota_tests::{Computer, Pair, until, until_is};
use serde_json::{Value, json};

const TASK: &str = "Buy paint";

#[test]
fn each_window_shows_what_the_other_person_does_and_where_changes_are() {
    let test = "each_window_shows_what_the_other_person_does_and_where_changes_are";
    if !can_run(test, NEEDS) {
        return;
    }
    let (screen_a, screen_b) = (Display::start(), Display::start());
    let Pair { mut a, mut b, .. } = Pair::start();
    a.ok(&["lists", "add", "House", "--space", "Home"]);
    a.ok(&["add", "--plain", TASK, "--list", "House"]);
    a.ok(&["add", "--plain", "Sweep the stairs", "--list", "House"]);
    b.wait_for("Sweep the stairs");
    a.stop();
    b.stop();
    let anna = Window::open(&a, &screen_a, &["--no-discovery"]);
    let ben = Window::open(&b, &screen_b, &["--no-discovery"]);
    b.ok(&["connect", &a.address()]);

    // Who has the list open, and who no longer.
    let seen = || head(&anna).contains("Ben has this list open");
    open_house(&anna);
    open_house(&ben);
    until("Anna sees that Ben has the list open", 30, seen);
    ben.keys("Ctrl+1");
    until("Anna sees that Ben has left it", 30, || !seen());
    open_house(&ben);
    until("Anna sees that Ben is back", 30, seen);

    // Who is typing, in the row of that task alone, as long as it lasts.
    ben.keys("m");
    until("Ben can type notes", 20, || focus(&ben) == "notes-field");
    ben.keys("t w o");
    until("Anna sees that Ben is typing", 30, || {
        row(&anna, TASK).contains("Ben is typing")
    });
    assert!(!row(&anna, "Sweep the stairs").contains("Ben"));
    screen_a.picture(&artefacts().join("presence-typing.png"));
    until("he types no more", 30, || {
        !row(&anna, TASK).contains("typing")
    });

    // Who has the task open, what he wrote, and where it is.
    ben.keys("Ctrl+Enter");
    anna.keys("Enter");
    let panel = || text(&anna, "[data-testid=panel]");
    until(
        "Anna's panel says who else has it open and what he wrote",
        30,
        || panel().contains("Ben has this task open") && panel().contains("two"),
    );
    for window in [&anna, &ben] {
        until("it is on both computers", 30, || {
            text(window, "[data-testid=receipt]") == "On 2 of 2 computers"
        });
    }
    anna.click(&anna.wait("receipt"));
    let named = |testid: &str| -> Vec<String> {
        let all = anna.all(testid);
        all.iter().map(|one| anna.text(one)).collect()
    };
    until("both are named", 20, || {
        let on = named("receipt-on").join(", ");
        on.contains("a-desk") && on.contains("b-laptop")
    });
    screen_a.picture(&artefacts().join("presence-panel.png"));
    anna.keys("Escape");

    // Who is on it.
    focus_row(&anna);
    anna.keys("o");
    until("Ben sees that Anna is on it", 30, || {
        row(&ben, TASK).contains("Anna is on it")
    });
    screen_b.picture(&artefacts().join("presence-on-it.png"));

    // When Ben has gone, nothing is said of him but what his computer lacks.
    drop(ben);
    until_is(
        "Anna's computer knows nothing of him any more, and her window says so",
        60,
        &(json!([]), false),
        || (told_of_others(&a), seen()),
    );
    focus_row(&anna);
    anna.keys("2");
    until("the change is on one computer of two", 30, || {
        text(&anna, "[data-testid=receipt]") == "On 1 of 2 computers"
    });
    until("the other one is named", 20, || {
        if anna.all("receipt-missing").is_empty() {
            anna.click(&anna.wait("receipt"));
        }
        named("receipt-missing")
            .iter()
            .any(|one| one.contains("b-laptop"))
    });
    screen_a.picture(&artefacts().join("presence-away.png"));
}

/// Opens the list from the sidebar and gives the row of the task the focus.
/// What a computer was told of others.
fn told_of_others(computer: &Computer) -> Value {
    let mut all = ask(computer, "presence_show", &json!({}));
    let all = all.as_array_mut().unwrap();
    all.retain(|one| one["this"] != true);
    json!(all)
}

fn open_house(window: &Window) {
    until("the list is opened from the sidebar", 30, || {
        window.script(
            "const list = [...document.querySelectorAll('[data-testid=sidebar-list]')]
                 .find((each) => each.innerText.includes('House'));
             list?.click(); return document.querySelector('main h1')?.innerText === 'House'",
        ) == true
    });
    focus_row(window);
}

fn focus_row(window: &Window) {
    until("the row has the focus", 30, || {
        window.script(&format!(
            "const row = [...document.querySelectorAll('[data-testid=task-row]')]
                 .find((each) => each.innerText.includes('{TASK}'));
             row?.focus(); return !!row && document.activeElement === row"
        )) == true
    });
}

/// What is drawn in the row of a task.
fn row(window: &Window, title: &str) -> String {
    let rows = window.select("[data-testid=task-row] .what");
    let texts = rows.iter().map(|row| window.text(row));
    texts
        .map(|text| text.replace(['\u{2068}', '\u{2069}'], ""))
        .find(|text| text.contains(title))
        .unwrap_or_default()
}

/// What stands above the list.
fn head(window: &Window) -> String {
    text(window, "main .head")
}

fn text(window: &Window, selector: &str) -> String {
    let found = window.select(selector);
    found
        .first()
        .map(|one| {
            window
                .text(one)
                .trim()
                .replace(['\u{2068}', '\u{2069}'], "")
        })
        .unwrap_or_default()
}

fn focus(window: &Window) -> String {
    let focus = window.script("return document.activeElement?.dataset.testid ?? ''");
    focus.as_str().unwrap_or_default().to_owned()
}
