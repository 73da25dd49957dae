//! The pickers: each sets one field of a task.

use rota_tests::webdriver::Window;

use crate::go::{click, open_task};
use crate::screens::{Screen, screen};

pub(crate) const SCREENS: &[Screen] = &[
    screen(
        "schedule",
        |w| w.keys("s"),
        "[data-testid=picker]:has([data-picker=date]) [role=grid] [data-testid=day]",
    ),
    screen(
        "go-to-date",
        |w| {
            click(w, "upcoming-button");
            w.keys("g d");
        },
        "[data-testid=picker]:has([data-picker=date]) [role=grid] [data-testid=day]:focus",
    ),
    screen(
        "start",
        |w| of_paint(w, "panel-start"),
        "[data-testid=picker]:has([data-picker=start]) [data-testid=tab-start][aria-selected=true]",
    ),
    screen(
        "repeat",
        |w| of_paint(w, "panel-repeat"),
        "[data-testid=picker]:has([data-picker=repeat]) [data-testid=choice]",
    ),
    screen(
        "repeat-own",
        |w| {
            of_paint(w, "panel-repeat");
            let _ = w.wait("choice");
            let _ =
                w.script("[...document.querySelectorAll('[data-testid=choice]')].at(-1).click()");
        },
        "[data-testid=picker]:has([data-picker=repeat]) [data-testid=repeat-set]",
    ),
    screen(
        "reminder",
        |w| of_paint(w, "panel-reminder"),
        "[data-testid=picker]:has([data-picker=reminder]) [data-testid=choice]",
    ),
    screen(
        "move",
        |w| w.keys("e"),
        "[data-testid=picker]:has([data-picker=list]) [data-testid=picker-option]",
    ),
    screen(
        "who",
        |w| w.keys("w"),
        "[data-testid=picker]:has([data-picker=who]) [data-testid=picker-option]",
    ),
    screen(
        "computer",
        |w| w.keys("c"),
        "[data-testid=picker]:has([data-picker=computer]) [data-testid=picker-option]",
    ),
    screen(
        "rotation",
        |w| {
            open_task(w, "Take the bins out");
            click(w, "panel-rotation");
        },
        "[data-testid=picker]:has([data-picker=rotation]) [data-testid=rotation-set]",
    ),
    screen(
        "tags",
        |w| of_paint(w, "panel-tags"),
        "[data-testid=picker]:has([data-picker=tags]) [data-testid=picker-option]",
    ),
    screen(
        "priority",
        |w| of_paint(w, "panel-priority"),
        "[data-testid=picker]:has([data-picker=priority]) [data-testid=picker-option]",
    ),
    screen(
        "parent",
        |w| of_paint(w, "panel-parent"),
        "[data-testid=picker]:has([data-picker=parent]) [data-testid=picker-option]",
    ),
    screen(
        "waits-for",
        |w| of_paint(w, "panel-waits_for"),
        "[data-testid=picker]:has([data-picker=waits_for]) [data-testid=picker-option]",
    ),
];

/// Opens a picker from the panel.
fn of_paint(window: &Window, field: &str) {
    open_task(window, "Buy paint");
    click(window, field);
}
