//! Every screen of the real window: a picture of each in both themes, and what axe says of it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod empty;
mod first;
mod house;
mod long;
mod look;
mod quick;
mod screens;
mod sizes;
mod standing;

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::until;
use serde_json::json;

use crate::house::House;
use crate::look::{Look, in_theme};
use crate::screens::{SCREENS, house_list, show};

#[test]
fn every_screen_in_both_themes_has_no_serious_finding() {
    if !can_run("every_screen_in_both_themes_has_no_serious_finding", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    let window = &house.window;
    let mut look = Look::on(&display);
    for theme in ["light", "dark"] {
        house.set(&json!({"theme": theme}));
        in_theme(window, theme);
        for screen in SCREENS {
            show(window, screen);
            look.at(window, &format!("{}-{theme}", screen.name));
        }
    }
    look.verdict();
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
    let mut look = Look::on(&display);
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
            look.at(window, &format!("{}-{language}", screen.name));
        }
    }
    look.verdict();
}
