//! From the wish to add something to the field on the screen, while the app waits in the tray.

use std::time::Instant;

use rota_tests::control::ask;
use rota_tests::display::Display;
use rota_tests::webdriver::start_app;
use rota_tests::{Computer, until};
use serde_json::json;

use crate::pixels::Screen;
use crate::table::{Table, percentile};

const TITLE: &str = "Rota: quick add";
const TIMES: usize = 30;

/// Measures it, asked for as `rota quick-add` does.
pub fn run(table: &mut Table, computer: &Computer) {
    println!("… opening quick add");
    let display = Display::start();
    let screen = Screen::open(display.number());
    let app = start_app(computer, &display, &["--hidden", "--no-discovery"]);
    let _tray = display.bus().tray();
    let open = || {
        let begin = Instant::now();
        let _ = ask(computer, "quick_add_open", &json!({}));
        screen.until_drawn(TITLE, [0, 0, 700, 60], 8);
        let taken = begin.elapsed().as_secs_f64() * 1e3;
        display.wait_focused(TITLE);
        display.press(&["Escape"]);
        until("quick add has gone", 20, || !display.shows(TITLE));
        taken
    };
    // The first time its page may still be loading.
    open();
    let taken: Vec<f64> = (0..TIMES).map(|_| open()).collect();
    table.beside(
        "quick add: asked for to painted, middle",
        &format!("{:.0} ms", percentile(taken.clone(), 50)),
    );
    table.at_most(
        "quick add: asked for to painted, 95th percentile",
        percentile(taken, 95),
        100.0,
        " ms",
    );
    app.signal("TERM");
    app.end(20);
}
