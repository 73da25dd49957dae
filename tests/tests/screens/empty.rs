//! Views with nothing in them.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::json;

use crate::look::{Look, in_theme};
use crate::screens::{entry, typed};

/// An empty view, how one comes to it, and what it says.
type Empty = (&'static str, fn(&Window), &'static str);

const EMPTY: &[Empty] = &[
    ("today", |w| entry(w, "Today"), "Nothing left for today"),
    ("upcoming", |w| entry(w, "Upcoming"), ""),
    ("for-me", |w| entry(w, "For me"), ""),
    ("all", |w| entry(w, "All tasks"), ""),
    ("done", |w| entry(w, "Done"), ""),
    ("trash", |w| entry(w, "Trash"), ""),
    ("list", |w| entry(w, "Garden"), "Garden"),
    ("search", search, "zebra"),
    ("filter", filter, "zebra"),
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
        for (name, go, says) in EMPTY {
            go(&window);
            until(&format!("{name} says {says:?}"), 20, || {
                let empty = window.all("empty");
                empty
                    .first()
                    .is_some_and(|empty| window.text(empty).contains(says))
            });
            look.at(&window, &format!("empty-{name}-{theme}"));
        }
        entry(&window, "Today");
    }
    look.verdict();
}

fn search(window: &Window) {
    window.keys("Ctrl+K z e b r a");
    typed(window, "zebra");
    window.keys("Ctrl+Enter");
}

fn filter(window: &Window) {
    entry(window, "Garden");
    until("the list is open", 20, || {
        !window.select("[data-view=list]").is_empty()
    });
    window.keys("Ctrl+F");
    until("the filter has the focus", 20, || {
        window.script("return document.activeElement.dataset.testid ?? ''") == "filter-field"
    });
    window.keys("z e b r a");
}
