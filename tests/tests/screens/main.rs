//! Every screen of the real window: a picture of each in both themes, and what axe says of it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod house;

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, artefacts};
use rota_tests::{until, until_some};
use serde_json::json;

use crate::house::House;

/// A screen: its name, how a person comes to it from the list House, and what tells that it is there.
struct Screen {
    name: &'static str,
    go: fn(&Window),
    there: &'static str,
}

const SCREENS: &[Screen] = &[
    Screen {
        name: "today",
        go: |w| entry(w, "Today"),
        there: "[data-view=today] [data-testid=task-row]",
    },
    Screen {
        name: "upcoming",
        go: |w| entry(w, "Upcoming"),
        there: "[data-view=upcoming] [data-testid=task-row]",
    },
    Screen {
        name: "all",
        go: |w| entry(w, "All tasks"),
        there: "[data-view=all] [data-testid=task-row]",
    },
    Screen {
        name: "for-me",
        go: |w| entry(w, "For me"),
        there: "[data-view=me] [data-testid=task-row]",
    },
    Screen {
        name: "done",
        go: |w| entry(w, "Done"),
        there: "[data-view=done] [data-testid=task-row]",
    },
    Screen {
        name: "trash",
        go: |w| entry(w, "Trash"),
        there: "[data-view=trash] [data-testid=task-row]",
    },
    Screen {
        name: "recovered",
        go: |w| entry(w, "Recovered"),
        there: "[data-view=recovered] [data-testid=task-row]",
    },
    Screen {
        name: "list",
        go: house_list,
        there: "[data-view=list] [data-testid=task-row]",
    },
    Screen {
        name: "task",
        go: |w| open_task(w, "Buy paint"),
        there: "[data-testid=panel]:has([data-testid=notes-shown]) [data-testid=history-entry]",
    },
    Screen {
        name: "merged",
        go: |w| open_task(w, "Transfer the rent"),
        there: "[data-testid=panel] [data-testid=merged]",
    },
    Screen {
        name: "history",
        go: |w| {
            open_task(w, "Transfer the rent");
            w.keys("Shift+H");
        },
        there: "[data-testid=history-entry]",
    },
    Screen {
        name: "bulk",
        go: |w| {
            house_list(w);
            w.keys("Ctrl+A");
        },
        there: "[data-testid=bulk-bar]",
    },
    Screen {
        name: "schedule",
        go: |w| {
            house_list(w);
            w.keys("s");
        },
        there: "[role=dialog]",
    },
    Screen {
        name: "palette",
        go: |w| {
            w.keys("Ctrl+K p a i");
            typed(w, "pai");
        },
        there: "[data-testid=palette] [role=option]",
    },
    Screen {
        name: "palette-commands",
        go: |w| {
            w.keys("Ctrl+K >");
            typed(w, ">");
        },
        there: "[data-testid=palette] [role=option]",
    },
    Screen {
        name: "search",
        go: |w| {
            w.keys("Ctrl+K p a i n t");
            typed(w, "paint");
            w.keys("Ctrl+Enter");
        },
        there: "[data-view=search] [data-testid=task-row]",
    },
    Screen {
        name: "keys",
        go: |w| w.keys("F1"),
        there: "[data-testid=key-sheet] kbd",
    },
    Screen {
        name: "computers",
        go: |w| entry(w, "Computers"),
        there: "[data-testid=computer-row]",
    },
    Screen {
        name: "add-people",
        go: |w| entry(w, "Add people"),
        there: "[data-testid=join-code-field]",
    },
    Screen {
        name: "settings",
        go: |w| w.keys("Ctrl+,"),
        there: "[data-testid=settings-view]",
    },
];

#[test]
fn every_screen_in_both_themes_has_no_serious_finding() {
    if !can_run("every_screen_in_both_themes_has_no_serious_finding", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    let window = &house.window;
    let mut findings = Vec::new();
    for theme in ["light", "dark"] {
        house.set(&json!({"theme": theme}));
        until("the theme is in force", 20, || {
            window.script("return document.documentElement.dataset.theme") == theme
        });
        findings.extend(quick_add(window, theme));
        for screen in SCREENS {
            show(window, screen);
            window.picture(&artefacts().join(format!("screen-{}-{theme}.png", screen.name)));
            let found = window.serious_findings();
            findings.extend(
                found
                    .into_iter()
                    .map(|one| format!("{} {theme}: {one}", screen.name)),
            );
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// The screens that hold the most words, in a language that runs the other way and in one with long words.
#[test]
fn other_languages_turn_and_stretch_the_window_without_harm() {
    if !can_run(
        "other_languages_turn_and_stretch_the_window_without_harm",
        NEEDS,
    ) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    let window = &house.window;
    let mut findings = Vec::new();
    let some = [
        "list",
        "merged",
        "schedule",
        "bulk",
        "keys",
        "computers",
        "settings",
    ];
    for language in ["ar", "de", "pseudo"] {
        if language == "pseudo" {
            house.set(&json!({"language": "en"}));
            let _ = window.script("localStorage.setItem('rota.pseudo', '1'); location.reload()");
        } else {
            house.set(&json!({"language": language}));
        }
        let direction = if language == "ar" { "rtl" } else { "ltr" };
        until(&format!("the window speaks {language}"), 30, || {
            window.script("return document.documentElement.dir") == direction
                && window.script(
                    "return document.querySelector('nav')?.innerText.includes('Add people')",
                ) == false
        });
        for screen in SCREENS.iter().filter(|screen| some.contains(&screen.name)) {
            if screen.name == "computers" {
                house_list(window);
                window.keys("g c");
            } else {
                show(window, screen);
            }
            still(window);
            window.picture(&artefacts().join(format!("screen-{}-{language}.png", screen.name)));
            let found = window.serious_findings();
            findings.extend(
                found
                    .into_iter()
                    .map(|one| format!("{} {language}: {one}", screen.name)),
            );
            let wide = window.script(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
            );
            if wide != 0 {
                findings.push(format!(
                    "{} {language}: {wide} pixels too wide",
                    screen.name
                ));
            }
        }
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// The page of the small window with a text in it; a picture, and what axe finds. The driver holds the main window only,
/// so the page is shown in that.
fn quick_add(window: &Window, theme: &str) -> Vec<String> {
    let _ = window.script("location.href = 'quick-add.html'");
    let field = window.wait("quick-add-field");
    window.type_into(
        &field,
        "Buy paint tomorrow 17:00 #home !2 +House @Ben every 2 weeks",
    );
    until("it says what it understood", 20, || {
        window.all("quick-chip").len() == 6
    });
    still(window);
    window.picture(&artefacts().join(format!("screen-quick-add-{theme}.png")));
    let found = window.serious_findings();
    window.keys("Ctrl+A Backspace");
    let _ = window.script("location.href = 'index.html'");
    let _ = window.wait("sidebar-list");
    found
        .into_iter()
        .map(|one| format!("quick-add {theme}: {one}"))
        .collect()
}

/// Starts from the list House with nothing open, and goes to the screen.
fn show(window: &Window, screen: &Screen) {
    house_list(window);
    (screen.go)(window);
    until(&format!("{} is shown", screen.name), 20, || {
        !window.select(screen.there).is_empty()
    });
    still(window);
}

/// Waits until nothing moves any more.
fn still(window: &Window) {
    until("nothing moves", 20, || {
        window.script("return document.getAnimations().every((a) => a.playState !== 'running')")
            == true
    });
}

fn house_list(window: &Window) {
    until("nothing is open above the list", 20, || {
        window.keys("Escape");
        window
            .select("[role=dialog], [data-testid=picker], [data-testid=palette], [data-testid=panel], [data-testid=bulk-bar]")
            .is_empty()
    });
    let list = until_some("House is in the sidebar", 20, || {
        let lists = window.all("sidebar-list").into_iter();
        lists
            .into_iter()
            .find(|list| window.text(list).contains("House"))
    });
    window.click(&list);
    until("the list has the focus", 20, || {
        !window
            .select("[data-view=list] [data-testid=task-row]")
            .is_empty()
    });
    let _ =
        window.script("document.querySelector('[data-view=list] [data-testid=task-row]').focus()");
}

/// Clicks an entry of the sidebar.
fn entry(window: &Window, name: &str) {
    until(&format!("{name} is in the sidebar"), 20, || {
        window.script(&format!(
            "const entry = [...document.querySelectorAll('nav button')].find((b) => b.innerText.includes('{name}'));
             entry?.click(); return !!entry"
        )) == true
    });
}

/// Waits until the palette has all that was typed: nothing gets lost while it opens.
fn typed(window: &Window, text: &str) {
    until(&format!("{text:?} stands in the palette"), 20, || {
        window.script("return document.querySelector('[data-testid=palette-field]')?.value") == text
    });
}

fn open_task(window: &Window, title: &str) {
    until(&format!("{title} is in the list"), 20, || {
        window.script(&format!(
            "const row = [...document.querySelectorAll('[data-testid=task-row]')].find((r) => r.innerText.includes('{title}'));
             row?.focus(); return !!row"
        )) == true
    });
    window.keys("Enter");
}
