//! The screens in a window as small as it gets, in one with letters twice as large, and with rows close together.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::until;
use rota_tests::webdriver::Window;
use serde_json::json;

use crate::go::house_list;
use crate::house::House;
use crate::look::{Look, in_theme};
use crate::screens::{Screen, all, screen, show, some};

/// What the menu button of a narrow window opens.
const DRAWER: Screen = screen(
    "drawer",
    |w| {
        let _ = w.script("document.querySelector('.head .only-narrow').click()");
    },
    "nav.side.is-open",
);

#[test]
fn the_smallest_window() {
    if !can_run("the_smallest_window", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    display.resize("Rota", 1, 1);
    until("it is as small as it gets", 20, || {
        width(&house.window) == 360 && house.window.script("return innerHeight") == 480
    });
    // Where things lie is the same in either theme.
    look_in(&["light"], &display, &house, "narrow", &[]);
}

#[test]
fn letters_twice_as_large() {
    if !can_run("letters_twice_as_large", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    house.set(&json!({"zoom": 200}));
    until("all is twice as large", 20, || width(&house.window) == 600);
    look_in(&["dark"], &display, &house, "200", &[]);
}

/// The text is twice as large and the window half as wide: nothing scrolls sideways at 320 CSS pixels.
#[test]
fn letters_twice_as_large_in_a_narrow_window() {
    if !can_run("letters_twice_as_large_in_a_narrow_window", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    display.resize("Rota", 640, 860);
    until("it is narrow", 20, || width(&house.window) == 640);
    house.set(&json!({"zoom": 200}));
    until("a phone has more room", 20, || width(&house.window) == 320);
    look_in(&["light"], &display, &house, "320", &[]);
}

#[test]
fn between_phone_and_desk_in_both_themes() {
    if !can_run("between_phone_and_desk_in_both_themes", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    display.resize("Rota", 760, 700);
    until("the sidebar is a drawer", 20, || {
        width(&house.window) == 760
    });
    look_at(
        &display,
        &house,
        "760",
        &["today", "list", "task", "computers", "settings"],
    );
    display.resize("Rota", 1000, 700);
    until("the panel lies above the list", 20, || {
        width(&house.window) == 1000
    });
    look_at(&display, &house, "1000", &["list", "task"]);
}

#[test]
fn rows_close_together_and_apart_in_both_themes() {
    if !can_run("rows_close_together_and_apart_in_both_themes", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    for (density, height) in [("compact", 32), ("comfortable", 40)] {
        house.set(&json!({"density": density}));
        house_list(&house.window);
        until(&format!("rows are {density}"), 20, || {
            house
                .window
                .script("return document.querySelector('[data-testid=task-row]')?.offsetHeight")
                == height
        });
        look_at(&display, &house, density, &["today", "list", "task"]);
    }
}

/// Looks at these screens, or at all, in both themes.
fn look_at(display: &Display, house: &House, size: &str, names: &[&str]) {
    look_in(&["light", "dark"], display, house, size, names);
}

fn look_in(themes: &[&str], display: &Display, house: &House, size: &str, names: &[&str]) {
    let window = &house.window;
    let mut look = Look::on(display);
    for theme in themes {
        house.set(&json!({"theme": theme}));
        in_theme(window, theme);
        let screens = if names.is_empty() {
            all().chain([&DRAWER]).collect()
        } else {
            some(names)
        };
        for screen in screens {
            let name = format!("{}-{size}-{theme}", screen.name);
            show(window, screen, || look.at(window, &name));
        }
    }
    look.verdict();
}

fn width(window: &Window) -> i64 {
    window.script("return innerWidth").as_i64().unwrap()
}
