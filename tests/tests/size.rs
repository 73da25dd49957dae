//! A list that is far too long, in the real window: everything is reached, and the page holds a screenful of it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, artefacts};
use rota_tests::{Computer, until};

const TASKS: usize = 100_000;
/// The one task with words of its own, somewhere in the middle.
const LOST: usize = 61_803;
/// Rows for three screens and some to spare.
const MOST_ROWS: u64 = 150;

/// Keeps from now on how many rows were ever in the document at once.
const COUNT_ROWS: &str = "
    const count = () => document.querySelectorAll('[data-testid=task-row]').length;
    window.mostRows = count();
    new MutationObserver(() => (window.mostRows = Math.max(window.mostRows, count())))
        .observe(document.body, {childList: true, subtree: true});";

#[test]
fn a_hundred_thousand_tasks_in_one_list() {
    if !can_run("a_hundred_thousand_tasks_in_one_list", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    fill(&computer);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    display.wait_focused("Rota");
    let _ = window.script(COUNT_ROWS);
    open_garden(&window);
    let first = title(0);
    until("the first row is shown", 60, || {
        shown(&window).first() == Some(&first)
    });

    reach_by_keys(&window);
    reach_by_wheel(&window, &display);
    find(&window);
    add(&window, &computer);
    display.picture_of("Rota", &artefacts().join("window-100000.png"));

    let most = window.script("return window.mostRows").as_u64().unwrap();
    assert!(
        (10..=MOST_ROWS).contains(&most),
        "{most} rows were in the document"
    );
}

/// To the last row in one step, and back page by page and in one step.
fn reach_by_keys(window: &Window) {
    focus_first(window);
    press(window, "End", "the last row has the focus", || {
        at(window) == title(TASKS - 1)
    });
    assert_eq!(position(window), TASKS as u64);
    press(window, "PageUp", "it is a page further up", || {
        (TASKS as u64 - 60..TASKS as u64 - 5).contains(&position(window))
    });
    press(window, "k", "and a row", || {
        position(window) < TASKS as u64 - 6
    });
    press(window, "Home", "the first row has the focus", || {
        at(window) == title(0)
    });
    press(window, "PageDown", "it is a page further down", || {
        (6..60).contains(&position(window))
    });
}

/// The wheel moves what is seen; what it stops at is drawn.
fn reach_by_wheel(window: &Window, display: &Display) {
    let from = shown(window);
    display.point_at(700, 450);
    display.wheel_down(60);
    until("other rows are shown", 30, || {
        let now = shown(window);
        !now.is_empty() && now.iter().all(|row| !from.contains(row) && !row.is_empty())
    });
    // As far as a hand drags the scroll bar: into the middle.
    let _ = window.script(
        "const list = document.querySelector('main .scroll');
         list.scrollTop = list.scrollHeight / 2",
    );
    // What the wheel still has to move, it moves from there.
    let middle = TASKS / 2 - 20..TASKS / 2 + 1_000;
    until("rows of the middle are shown", 30, || {
        let now = shown(window);
        !now.is_empty() && now.iter().all(|row| middle.contains(&number(row)))
    });
}

/// The filter and the search find the one.
fn find(window: &Window) {
    focus_first(window);
    press(window, "Ctrl+F", "the filter has the focus", || {
        focus(window) == "filter-field"
    });
    press(window, "l o s t Space k e y", "the filter finds it", || {
        shown(window) == ["Find the lost key"]
    });
    press(window, "Escape", "the filter is left", || {
        shown(window).len() > 10
    });
    press(window, "Ctrl+K", "the palette", || {
        focus(window) == "palette-field"
    });
    press(
        window,
        "l o s t Space k e y",
        "the palette finds it",
        || {
            let options = window.all("palette-option");
            options
                .iter()
                .any(|option| window.text(option).contains("Find the lost key"))
        },
    );
    press(window, "Ctrl+Enter", "the search finds it", || {
        !window.select("[data-view=search]").is_empty() && shown(window) == ["Find the lost key"]
    });
}

/// What is typed here, and what comes from elsewhere, is shown.
fn add(window: &Window, computer: &Computer) {
    open_garden(window);
    until("the list is shown again", 60, || shown(window).len() > 10);
    press(window, "Ctrl+N", "the field has the focus", || {
        focus(window) == "new-task-field"
    });
    press(window, "y e w Enter", "the new row is shown", || {
        shown(window).last().is_some_and(|row| row == "yew")
    });
    computer.ok(&["add", "--plain", "oak", "--list", "Garden"]);
    press(window, "Escape", "a row has the focus", || {
        focus(window) == "task-row"
    });
    until("what came from elsewhere is the last", 60, || {
        window.keys("End");
        at(window) == "oak"
    });
    assert_eq!(position(window), TASKS as u64 + 2);
    until("the sidebar counts all of them", 20, || {
        let lists = window.all("sidebar-list");
        lists
            .first()
            .is_some_and(|list| window.text(list).contains("100,002"))
    });
    until("it is in sight", 20, || {
        shown(window).last().is_some_and(|row| row == "oak")
    });
}

fn fill(computer: &Computer) {
    computer.ok(&["lists", "add", "Garden"]);
    let lines: String = (0..TASKS)
        .map(|n| {
            if n == LOST {
                "Find the lost key\n".to_owned()
            } else {
                format!("{}\n", title(n))
            }
        })
        .collect();
    let args = ["--quiet", "add", "-", "--plain", "--list", "Garden"];
    let added = computer.rota_with_input(&args, &lines);
    assert_eq!(added.exit, 0, "{}", added.stderr);
}

fn title(n: usize) -> String {
    format!("Plant {n:06}")
}

/// The number in a title; that of no row where the row is not drawn yet, or is the lost one.
fn number(row: &str) -> usize {
    let number = row.strip_prefix("Plant ").unwrap_or_default();
    number.parse().unwrap_or(TASKS)
}

fn open_garden(window: &Window) {
    until("the list is opened from the sidebar", 30, || {
        window.script(
            "const list = document.querySelector('[data-testid=sidebar-list]');
             list?.click(); return !!list && document.querySelector('main h1')?.innerText === 'Garden'",
        ) == true
    });
}

fn focus_first(window: &Window) {
    until("a row has the focus", 30, || {
        window.script(
            "document.querySelector('[data-testid=task-row]')?.focus();
             return document.activeElement?.dataset.testid === 'task-row'",
        ) == true
    });
}

fn press(window: &Window, keys: &str, what: &str, holds: impl Fn() -> bool) {
    window.keys(keys);
    until(&format!("{what}, by {keys}"), 60, holds);
}

/// The titles of the rows that are in sight, from the top.
fn shown(window: &Window) -> Vec<String> {
    let titles = window.script(
        "const place = document.querySelector('main .scroll').getBoundingClientRect();
         return [...document.querySelectorAll('[data-testid=task-row]')]
             .map((row) => ({row, box: row.getBoundingClientRect()}))
             .filter(({box}) => box.top >= place.top - 1 && box.bottom <= place.bottom + 1)
             .sort((a, b) => a.box.top - b.box.top)
             .map(({row}) => row.querySelector('[data-testid=task-title]').innerText)",
    );
    let titles = titles.as_array().into_iter().flatten();
    titles
        .filter_map(|title| title.as_str().map(str::to_owned))
        .collect()
}

fn at(window: &Window) -> String {
    let title = window.script(
        "return document.activeElement?.querySelector('[data-testid=task-title]')?.innerText ?? ''",
    );
    title.as_str().unwrap_or_default().to_owned()
}

fn position(window: &Window) -> u64 {
    let position =
        window.script("return Number(document.activeElement?.getAttribute('aria-posinset') ?? 0)");
    position.as_u64().unwrap_or_default()
}

fn focus(window: &Window) -> String {
    let focus = window.script("return document.activeElement?.dataset.testid ?? ''");
    focus.as_str().unwrap_or_default().to_owned()
}
