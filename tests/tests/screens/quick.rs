//! The quick-add window as it stands on the screen.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::until;
use rota_tests::webdriver::artefacts;
use serde_json::json;

use crate::house::House;
use crate::look::{Look, in_theme, still};

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
        house.anna.ok(&["quick-add"]);
        display.wait_focused("Rota: quick add");
        display.type_text("Buy paint tomorrow 17:00 #home !2 +House @Ben every 2 weeks");
        until("it says what it understood", 20, || {
            window.all("quick-chip").len() == 6
        });
        still(window);
        // It is as high as what it shows.
        until("nothing of it is cut off", 20, || {
            window.script("return document.documentElement.scrollHeight - innerHeight") == 0
        });
        let file = artefacts().join(format!("window-quick-add-{theme}.png"));
        display.picture_of("Rota: quick add", &file);
        look.examine(window, &format!("quick-add-{theme}"));
        display.press(&["ctrl+a", "BackSpace"]);
        until("nothing is understood", 20, || {
            window.all("quick-chip").is_empty()
        });
        display.picture_of(
            "Rota: quick add",
            &artefacts().join(format!("window-quick-add-empty-{theme}.png")),
        );
        look.examine(window, &format!("quick-add-empty-{theme}"));
        display.press(&["Escape"]);
        until("it has gone", 20, || !display.shows("Rota: quick add"));
    }
    look.verdict();
}
