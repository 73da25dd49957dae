//! The quick-add window as it stands on the screen.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::until;
use rota_tests::webdriver::{Window, artefacts};
use serde_json::json;

use crate::house::House;
use crate::languages::{speak, untranslated};
use crate::look::{Look, in_theme, still};

const TITLE: &str = "Rota: quick add";

/// What it shows: a name, what is typed, the keys after it, and what tells that it is there.
type State = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static str,
);

const STATES: &[State] = &[
    (
        "",
        "Buy paint tomorrow 17:00 #home !2 +House @Ben every 2 weeks",
        &[],
        "main:has([data-testid=quick-chip]:nth-of-type(6)) [data-testid=quick-seen-by]",
    ),
    (
        "-completions",
        "Prune the roses +",
        &[],
        "[data-testid=quick-completion]:nth-of-type(3)",
    ),
    (
        "-ignored",
        "Ring the bell @nobody !4 #new +Nowhere",
        &[],
        "main:has([data-testid=quick-ignored]) [data-testid=quick-reason]",
    ),
    (
        "-picker",
        "Buy paint tomorrow 17:00 !2",
        &["Tab", "Return"],
        "[data-testid=picker] [role=grid] [data-testid=day]",
    ),
    (
        "-names",
        "Buy paint !2 +House",
        &["Tab", "Right", "Return"],
        "[data-testid=picker] [data-testid=picker-option]",
    ),
    (
        "-notes",
        "Buy paint",
        &["shift+Return"],
        "[data-testid=quick-notes]:focus",
    ),
];

#[test]
fn the_quick_add_window_in_both_themes() {
    if !can_run("the_quick_add_window_in_both_themes", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    let window = &house.window;
    window.attach_to("Quick add - Rota");
    let mut look = Look::on(&display);
    for theme in ["light", "dark"] {
        let _ = ask(&house.anna, "settings_change", &json!({"theme": theme}));
        in_theme(window, theme);
        for state in STATES {
            in_state(&display, &house, state, || {
                picture(
                    &display,
                    window,
                    &format!("window-quick-add{}-{theme}", state.0),
                );
                look.examine(window, &format!("quick-add{}-{theme}", state.0));
            });
        }
        house.anna.ok(&["quick-add"]);
        display.wait_focused(TITLE);
        picture(&display, window, &format!("window-quick-add-empty-{theme}"));
        look.examine(window, &format!("quick-add-empty-{theme}"));
        display.press(&["Escape"]);
        until("it has gone", 20, || !display.shows(TITLE));
    }
    look.verdict();
}

#[test]
fn the_quick_add_window_in_other_languages() {
    if !can_run("the_quick_add_window_in_other_languages", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    let window = &house.window;
    let mut look = Look::on(&display);
    for language in ["ar", "pseudo"] {
        window.attach_to("Rota");
        speak(&house, language);
        window.attach_to("Quick add - Rota");
        if language == "pseudo" {
            let _ = window.script("location.reload()");
        }
        until(&format!("quick add speaks {language}"), 30, || {
            window.script("return document.querySelector('h1')?.textContent ?? 'Quick add'")
                != "Quick add"
        });
        for state in STATES {
            in_state(&display, &house, state, || {
                let name = format!("window-quick-add{}-{language}", state.0);
                picture(&display, window, &name);
                look.examine(window, &name);
                look.note(&name, untranslated(window, language == "pseudo"));
            });
        }
    }
    look.verdict();
}

/// Opens it, types, looks at it, and closes it with nothing left in it.
fn in_state(display: &Display, house: &House, state: &State, look: impl FnOnce()) {
    let (name, text, keys, there) = state;
    house.anna.ok(&["quick-add"]);
    display.wait_focused(TITLE);
    display.type_text(text);
    until(&format!("{text:?} is read"), 20, || {
        !house.window.all("quick-title").is_empty()
            && house
                .window
                .script("return document.querySelector('textarea').value")
                == *text
    });
    if !keys.is_empty() {
        still(&house.window);
        display.press(keys);
    }
    until(&format!("quick add{name} is shown"), 20, || {
        !house.window.select(there).is_empty()
    });
    look();
    leave(display, &house.window);
}

/// Closes what is open in it, takes all words away, and closes it.
fn leave(display: &Display, window: &Window) {
    if !window.all("picker").is_empty() {
        display.press(&["Escape"]);
        until("the picker is closed", 20, || {
            window.all("picker").is_empty()
        });
    }
    let notes = !window.all("quick-notes").is_empty();
    let _ = window.script("document.querySelector('[data-testid=quick-add-field]').focus()");
    if notes {
        // Its field stays for as long as the task is not there.
        display.press(&["Return"]);
        until("it is added", 20, || !display.shows(TITLE));
        return;
    }
    display.press(&["ctrl+a", "BackSpace"]);
    until("nothing is understood", 20, || {
        window.all("quick-chip").is_empty()
            && window.script("return document.querySelector('[data-testid=quick-add-field]').value")
                == ""
    });
    display.press(&["Escape"]);
    until("it has gone", 20, || !display.shows(TITLE));
}

/// A picture of it, once it is as high as what it shows.
fn picture(display: &Display, window: &Window, name: &str) {
    still(window);
    until("nothing of it is cut off", 20, || {
        window.script("return document.documentElement.scrollHeight - innerHeight") == 0
    });
    display.picture_of(TITLE, &artefacts().join(format!("{name}.png")));
}
