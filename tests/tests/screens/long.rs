//! Names and titles that are longer than any place for them.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::until;
use serde_json::json;

use crate::go::open_task;
use crate::house::House;
use crate::look::{Look, in_theme};
use crate::screens::{Screen, all, screen, show};

const LIST: &str = "Donaudampfschifffahrtsgesellschaftskapitaenskajuetenschluesselverwaltung";
const WORD: &str = "Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetzlesung";

const TASK: Screen = screen(
    "long-task",
    |w| open_task(w, WORD),
    "[data-testid=panel] [data-testid=history-entry]",
);

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
        for screen in all().chain([&TASK]) {
            let name = format!("long-{}-{size}", screen.name);
            show(&house.window, screen, || look.at(&house.window, &name));
        }
    }
    look.verdict();
}
