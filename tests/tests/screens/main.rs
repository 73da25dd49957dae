//! Every screen of the real window: a picture of each in both themes, and what axe says of it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod above;
mod empty;
mod first;
mod focus;
mod go;
mod house;
mod languages;
mod long;
mod look;
mod pickers;
mod quick;
mod screens;
mod sizes;
mod standing;
mod views;
mod whole;

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use serde_json::json;

use crate::house::House;
use crate::look::{Look, in_theme};
use crate::screens::{all, show};

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
        for screen in all() {
            let name = format!("{}-{theme}", screen.name);
            show(window, screen, || look.at(window, &name));
        }
    }
    look.verdict();
}
