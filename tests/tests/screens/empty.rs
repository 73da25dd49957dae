//! Views with nothing in them.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::json;

use crate::go::{click, find, go_to, list, space, type_in};
use crate::look::{Look, in_theme};

/// An empty view, how one comes to it, and what it says; each says where it is with `data-view`.
type Empty = (&'static str, fn(&Window), &'static str);

const EMPTY: &[Empty] = &[
    (
        "today",
        |w| click(w, "today-button"),
        "Nothing left for today",
    ),
    (
        "upcoming",
        |w| click(w, "upcoming-button"),
        "Nothing planned",
    ),
    ("me", |w| click(w, "me-button"), "Nothing is yours to do"),
    ("all", |w| click(w, "all-button"), "No tasks yet"),
    ("done", |w| click(w, "done-button"), "Nothing is done yet"),
    ("trash", |w| click(w, "trash-button"), "Trash is empty"),
    ("list", |w| list(w, "Garden"), "Garden is empty"),
    ("space", |w| space(w, "Mine"), "No tasks yet"),
    (
        "who",
        |w| go_to(w, "@desk", "desk"),
        "desk has nothing to do",
    ),
    ("search", search, "Nothing has “zebra”"),
    ("list", filter, "Nothing here has “zebra”"),
];

#[test]
fn empty_views_say_what_is_missing_in_both_themes() {
    if !can_run("empty_views_say_what_is_missing_in_both_themes", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["lists", "add", "Garden"]);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    display.wait_focused("Rota");
    let mut look = Look::on(&display);
    for theme in ["light", "dark"] {
        let _ = ask(&computer, "settings_change", &json!({"theme": theme}));
        in_theme(&window, theme);
        for (index, (view, go, says)) in EMPTY.iter().enumerate() {
            go(&window);
            until(&format!("{view} says {says:?}"), 20, || {
                let heads = window.select(&format!("[data-view={view}] [data-testid=empty] h2"));
                let heads: Vec<_> = heads
                    .iter()
                    .map(|head| unmarked(&window.text(head)))
                    .collect();
                heads == [*says]
            });
            look.at(&window, &format!("empty-{index}-{view}-{theme}"));
        }
        click(&window, "today-button");
    }
    look.verdict();
}

fn search(window: &Window) {
    find(window, "zebra");
    window.keys("Ctrl+Enter");
}

fn filter(window: &Window) {
    list(window, "Garden");
    window.keys("Ctrl+F");
    type_in(window, "filter-field", "zebra");
}

/// Without the marks that keep the direction of names.
fn unmarked(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}
