//! What the real page takes from a key to the painted row, and for a frame while it scrolls.

use rota_tests::Computer;
use rota_tests::display::Display;
use rota_tests::webdriver::Window;

use crate::table::{Table, percentile};

/// What a page does for the first time it does slowly.
const WARM: usize = 5;
const ADDED: usize = 100;
const FRAMES: usize = 300;
/// A display that draws 60 a second; the clock of a page counts whole milliseconds.
const FRAME_MS: f64 = 17.0;

/// From the Enter key to the painted row. A key tells when it was pressed by the clock of the display, which may be a few
/// milliseconds off that of the page: the key that came fastest of all counts as come at once. The frame in which the row
/// is found is painted when the next task runs.
const WATCH_ADDING: &str = "
    window.taken = [];
    let least = Infinity;
    addEventListener('keydown', (event) => {
        least = Math.min(least, performance.now() - event.timeStamp);
        if (event.key !== 'Enter') return;
        const title = event.target.value;
        const rows = () => [...document.querySelectorAll('[data-testid=task-row]')];
        const painted = new MessageChannel();
        painted.port1.onmessage = () => window.taken.push(performance.now() - event.timeStamp - least);
        const look = () => {
            if (rows().some((row) => row.textContent.includes(title))) painted.port2.postMessage(null);
            else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }, true);";

const AWAIT_TYPED: &str = "
    const [text, done] = arguments;
    const look = () => setTimeout(document.activeElement.value === text ? done : look, 100);
    look();";

const AWAIT_PAINTED: &str = "
    const [n, done] = arguments;
    const look = () => window.taken.length > n ? done(true) : setTimeout(look, 300);
    setTimeout(look, 300);";

/// Lays a page over the list with as many rows in sight that are nothing but a line of text: what any page takes here.
const PLAIN: &str = "
    const row = document.querySelector('[data-testid=task-row]');
    let list = row;
    while (list && list.scrollHeight <= list.clientHeight + 1000) list = list.parentElement;
    const {left, top, width, height} = list.getBoundingClientRect();
    const plain = document.createElement('div');
    plain.id = 'plain';
    plain.style.cssText = `position:fixed;left:${left}px;top:${top}px;width:${width}px;height:${height}px;`
        + 'overflow:auto;background:Canvas;z-index:1000';
    for (let n = 0; n < 3000; n++) {
        const line = document.createElement('div');
        line.style.height = `${row.offsetHeight}px`;
        line.textContent = `Order the boiler ${n}`;
        plain.append(line);
    }
    document.body.append(plain);";

/// Scrolls down the list around an element, as fast as a wheel turns, and keeps the time of each frame.
const SCROLL: &str = "
    const [within, count, done] = arguments;
    let list = document.querySelector(within);
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
    for n in 0..WARM + ADDED {
        let title = format!("Typed {n} of them");
        display.type_text(&title);
        // Programs type faster than people: the key that is measured comes when those before it are drawn.
        let _ = window.script_later(AWAIT_TYPED, &serde_json::json!([title]));
        display.press(&["Return"]);
        // The page itself looks, seldom: questions from outside would have to be drawn between.
        let _ = window.script_later(AWAIT_PAINTED, &serde_json::json!([n]));
    }
    let taken = numbers(&window.script("return window.taken")).split_off(WARM);
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
    let _ = window.script(PLAIN);
    let plain = window.script_later(SCROLL, &serde_json::json!(["#plain > div", FRAMES]));
    let plain = percentile(numbers(&plain["frames"]), 95);
    let _ = window.script("document.getElementById('plain').remove()");
    let scrolled = window.script_later(
        SCROLL,
        &serde_json::json!(["[data-testid=task-row]", FRAMES]),
    );
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
    let over = frames.iter().filter(|frame| **frame > FRAME_MS).count();
    table.beside(
        "scrolling 100,000 tasks: frames longer than one of the display",
        &format!("{over} of {FRAMES}"),
    );
    table.beside(
        "scrolling a page of plain lines, frame, 95th percentile",
        &format!("{plain:.0} ms"),
    );
    // Where a plain page is not drawn 60 times a second, nothing is: then it is the measure.
    table.at_most(
        "scrolling 100,000 tasks, frame, 95th percentile",
        percentile(frames, 95),
        FRAME_MS.max(plain),
        " ms",
    );
}

fn numbers(values: &serde_json::Value) -> Vec<f64> {
    let all = values.as_array().unwrap();
    all.iter().map(|value| value.as_f64().unwrap()).collect()
}
