//! Titles that try to be more than text: they are text, and what stands behind them stays in its place.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::{Value, json};

use crate::pages::{assert_no_complaint, complaints, note_complaints, open_list, panel_title};

const TAG: &str = "<img src=x onerror=globalThis.ran=1><b>bold</b>";
/// What follows the sign is written from the right to the left.
const TURNED: &str = "abc\u{202e}def";
/// The same letters in the order in which they are seen.
const SEEN: &str = "abcfed";
/// A sentence in a script that is written from the right, whose end turns nothing behind it.
const RIGHT: &str = "شراء الحليب (1";

#[test]
fn a_title_is_text_and_turns_nothing_behind_it() {
    if !can_run("a_title_is_text_and_turns_nothing_behind_it", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["lists", "add", "Wood"]);
    for title in [SEEN, TURNED, RIGHT, TAG] {
        let task = computer.json(&["add", "--plain", title, "--list", "Wood"]);
        let id = task["id"].as_str().unwrap();
        let facts = [
            "--due",
            "2090-03-10",
            "--tag",
            "+one",
            "--tag",
            "+two",
            "--priority",
            "2",
        ];
        computer.ok(&[&["edit", id][..], &facts].concat());
    }
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    note_complaints(&window);
    open_list(&window, "Wood");
    let titles = || {
        window.script(&each_row(
            "row.querySelector('[data-testid=task-title]').textContent",
        ))
    };
    until("all rows are there", 20, || {
        titles() == json!([SEEN, TURNED, RIGHT, TAG])
    });

    // The columns of the row, and the order of what stands behind the title.
    let columns = rows(
        &window,
        "[...row.children].filter((e) => !e.classList.contains('sr')).flatMap((e) => [e.getBoundingClientRect().left, e.getBoundingClientRect().right])",
    );
    let behind = rows(
        &window,
        "(([first, ...rest]) => rest.map((e) => e.getBoundingClientRect().left - first.getBoundingClientRect().right))([row.querySelector('.title'), ...row.querySelectorAll('.facts > *')])",
    );
    assert!(
        columns[0].len() >= 6 && behind[0].len() >= 3,
        "{columns:?} {behind:?}"
    );
    assert!(behind[0].is_sorted() && behind[0][0] > 0.0, "{behind:?}");
    for row in 1..4 {
        assert_near(&columns[row], &columns[0]);
        assert_near(&behind[row], &behind[0]);
    }
    // Letters that look the same are as wide: the sign itself takes no place, and turned only what is in the title.
    let ends = rows(
        &window,
        "[row.querySelector('.title').getBoundingClientRect().right]",
    );
    assert!((ends[0][0] - ends[1][0]).abs() < 3.0, "{ends:?}");

    for title in [TAG, TURNED] {
        let _ = window.script(&format!(
            "[...document.querySelectorAll('[data-testid=task-row]')]
                 .find((row) => row.querySelector('[data-testid=task-title]').textContent === {})?.click()",
            Value::from(title)
        ));
        until("its panel shows it as it is", 20, || {
            panel_title(&window) == title
        });
    }
    let made = window.script("return document.querySelectorAll('main img, main b, [data-testid=panel] img, [data-testid=panel] b').length");
    assert_eq!(made, 0, "a title has made elements");
    assert_eq!(window.script("return globalThis.ran ?? null"), Value::Null);
    assert_eq!(complaints(&window), "");
    assert_no_complaint(&window);
}

fn each_row(of: &str) -> String {
    format!(
        "return [...document.querySelectorAll('[data-testid=task-row]')]
             .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
             .map((row) => {of})"
    )
}

/// Numbers of each row, from the top.
fn rows(window: &Window, of: &str) -> Vec<Vec<f64>> {
    let found = window.script(&each_row(of));
    serde_json::from_value(found).unwrap()
}

fn assert_near(found: &[f64], expected: &[f64]) {
    let near = found.len() == expected.len()
        && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1.0);
    assert!(near, "{found:?} is not {expected:?}");
}
