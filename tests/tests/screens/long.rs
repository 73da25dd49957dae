//! Names and titles that are longer than any place for them.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::until;
use serde_json::json;

use crate::house::House;
use crate::look::{Look, in_theme};
use crate::screens::{SCREENS, Screen, open_task, show};

const LIST: &str = "Donaudampfschifffahrtsgesellschaftskapitaenskajuetenschluesselverwaltung";
const WORD: &str = "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetzlesung";

const TASK: Screen = Screen {
    name: "long-task",
    go: |w| open_task(w, WORD),
    there: "[data-testid=panel] [data-testid=history-entry]",
};

#[test]
fn what_is_too_long_gives_way_within_its_place() {
    if !can_run("what_is_too_long_gives_way_within_its_place", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::with_lost_list(&display, LIST);
    let title = format!("Call the plumber {WORD} {WORD} {WORD}");
    let tags: String = (0..6).map(|n| format!(" #{}{n}", &WORD[..24])).collect();
    for list in ["House", "Inbox"] {
        house
            .anna
            .ok(&["add", &format!("\"{title}\" today 16:00 !1{tags} +{list}")]);
    }
    house
        .anna
        .ok(&["lists", "rename", "Garden", &format!("Garden {LIST}")]);
    let mut look = Look::on(&display);
    house.set(&json!({"theme": "light"}));
    in_theme(&house.window, "light");
    for (size, width, height) in [("wide", 1200, 800), ("narrow", 360, 640)] {
        display.resize("Rota", width, height);
        until("the window has its size", 20, || {
            house.window.script("return innerWidth") == width
        });
        for screen in SCREENS.iter().chain([&TASK]) {
            show(&house.window, screen);
            look.at(&house.window, &format!("long-{}-{size}", screen.name));
        }
    }
    look.verdict();
}
