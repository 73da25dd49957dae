//! What the real page takes from a key to the painted row, and for a frame while it scrolls.

use rota_tests::display::Display;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};

use crate::table::{Table, percentile};

const ADDED: usize = 60;
const FRAMES: usize = 300;

/// From the Enter key to the painted row. A key's own time is the page's; a frame is painted when the next task runs.
const WATCH_ADDING: &str = "
    window.taken = [];
    const painted = (then) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = then;
        channel.port2.postMessage(null);
    });
    addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        const title = event.target.value;
        const rows = () => [...document.querySelectorAll('[data-testid=task-row]')];
        const look = () => {
            if (!rows().some((row) => row.textContent.includes(title))) return requestAnimationFrame(look);
            painted(() => window.taken.push(performance.now() - event.timeStamp));
        };
        look();
    }, true);";

/// Scrolls down the list, as fast as a wheel turns, and keeps the time of each frame.
const SCROLL: &str = "
    const [count, done] = arguments;
    let list = document.querySelector('[data-testid=task-row]');
    while (list && list.scrollHeight <= list.clientHeight + 1000) list = list.parentElement;
    const frames = [];
    let last = null;
    const step = (now) => {
        if (last !== null) frames.push(now - last);
        last = now;
        list.scrollTop += 180;
        if (frames.length < count) requestAnimationFrame(step);
        else done({frames, top: list.scrollTop, rows: document.querySelectorAll('[data-testid=task-row]').length});
    };
    requestAnimationFrame(step);";

/// Measures typing tasks one after another.
pub fn adding(table: &mut Table, computer: &Computer) {
    println!("… adding");
    let display = Display::start();
    let window = Window::open(computer, &display, &["--no-discovery"]);
    let _ = window.wait("task-row");
    display.wait_focused("Rota");
    display.press(&["ctrl+n"]);
    let _ = window.script(WATCH_ADDING);
    for n in 0..ADDED {
        display.type_text(&format!("Typed {n} of them"));
        display.press(&["Return"]);
        until("the row is painted", 30, || {
            window
                .script("return window.taken.length")
                .as_u64()
                .unwrap()
                > n as u64
        });
    }
    let taken = numbers(&window.script("return window.taken"));
    table.beside(
        "key to painted row, 10,000 tasks, middle",
        &format!("{:.1} ms", percentile(taken.clone(), 50)),
    );
    table.at_most(
        "key to painted row, 10,000 tasks, 95th percentile",
        percentile(taken, 95),
        50.0,
        " ms",
    );
}

/// Measures frames of a list of 100,000 tasks.
pub fn scrolling(table: &mut Table, computer: &Computer) {
    println!("… scrolling");
    let display = Display::start();
    let window = Window::open(computer, &display, &["--no-discovery"]);
    let _ = window.wait("task-row");
    let scrolled = window.script_later(SCROLL, &serde_json::json!([FRAMES]));
    assert!(
        scrolled["top"].as_f64().is_some_and(|top| top > 10_000.0),
        "{scrolled}"
    );
    let frames = numbers(&scrolled["frames"]);
    let late = frames.iter().filter(|frame| **frame > 25.0).count();
    table.beside(
        "scrolling 100,000 tasks: frames of which late by half a frame",
        &format!("{late} of {FRAMES}"),
    );
    // A display that draws 60 a second gives 16.7 ms; the clock of a page counts whole milliseconds.
    table.at_most(
        "scrolling 100,000 tasks, frame, 95th percentile",
        percentile(frames, 95),
        17.0,
        " ms",
    );
}

fn numbers(values: &serde_json::Value) -> Vec<f64> {
    let all = values.as_array().unwrap();
    all.iter().map(|value| value.as_f64().unwrap()).collect()
}
