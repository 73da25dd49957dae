//! Rows carried by the pointer: to another place, to the right, onto a list, onto a day, and back by Escape.

use rota_tests::computer::titles;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until, until_some};
use serde_json::Value;

use crate::MAIN;
use crate::pages::{open_list, wait_row};

struct Hand<'a> {
    window: &'a Window,
    display: &'a Display,
    /// Where the page begins on the screen.
    origin: (i32, i32),
}

#[test]
fn rows_go_where_the_pointer_carries_them() {
    if !can_run("rows_go_where_the_pointer_carries_them", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    computer.ok(&["lists", "add", "Wood"]);
    computer.ok(&["lists", "add", "Garden"]);
    let lines = computer.rota_with_input(
        &["add", "-", "--list", "Wood"],
        "Ash\nBeech\nCedar\nElm\nFir\n",
    );
    assert_eq!(lines.exit, 0, "{}", lines.stderr);
    let today = computer.json(&["add", "Some other one today"])["due"].clone();
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    display.wait_focused(MAIN);
    open_list(&window, "Wood");
    wait_row(&window, "Fir");
    let hand = Hand::on(&window, &display);
    let wood = || titles(&computer.json(&["list", "Wood"]));
    let task = |title: &str| computer.find(title).unwrap();

    // Between two others.
    hand.carry_to_place("Fir", "Beech", 0);
    display.let_go();
    until("Fir stands above Beech", 20, || {
        wood() == ["Ash", "Fir", "Beech", "Cedar", "Elm"]
    });
    hand.until_rows(&["Ash", "Fir", "Beech", "Cedar", "Elm"]);

    // To the right, below the one above it.
    hand.carry_to_place("Cedar", "Cedar", 40);
    display.let_go();
    until("Cedar is a subtask of Beech", 20, || {
        task("Cedar")["parent"] == task("Beech")["id"]
    });
    hand.until_level("Cedar", "2");

    // Put back while it is held, over something that would take it.
    hand.carry_onto("Elm", &list_entry("Garden"));
    display.press(&["Escape"]);
    until("nothing would take it any more", 20, || {
        window.select(".is-drop").is_empty() && hand.held().is_empty()
    });
    display.let_go();

    // Onto a list and onto a day. What was put back would be there before these.
    hand.carry_onto("Ash", &list_entry("Garden"));
    display.let_go();
    until("Ash is in the other list", 20, || {
        titles(&computer.json(&["list", "Garden"])) == ["Ash"]
    });
    hand.until_rows(&["Fir", "Beech", "Cedar", "Elm"]);
    hand.carry_onto(
        "Fir",
        "document.querySelector('[data-testid=today-button]')",
    );
    display.let_go();
    until("Fir is due today", 20, || task("Fir")["due"] == today);
    assert_eq!(
        [
            &task("Elm")["list"]["name"],
            &task("Elm")["due"],
            &task("Elm")["parent"]
        ],
        [&Value::from("Wood"), &Value::Null, &Value::Null]
    );
}

impl<'a> Hand<'a> {
    fn on(window: &'a Window, display: &'a Display) -> Self {
        let _ = window.script(
            "addEventListener('pointermove', ({clientX, clientY}) => globalThis.seen = [clientX, clientY])",
        );
        // It hears of the same place twice only when it has heard of the last move.
        let mut last = None;
        let origin = until_some("the page sees the pointer", 20, || {
            display.point_at(640, 500);
            let seen = window.script("return globalThis.seen ?? null");
            let at = Some((seen[0].as_i64()?, seen[1].as_i64()?));
            let before = std::mem::replace(&mut last, at);
            let (x, y) = before.filter(|_| before == at)?;
            Some((640 - i32::try_from(x).ok()?, 500 - i32::try_from(y).ok()?))
        });
        Self {
            window,
            display,
            origin,
        }
    }

    /// Carries a row to the upper edge of another one, and so far to the right.
    fn carry_to_place(&self, title: &str, before: &str, right: i32) {
        let from = self.middle(&row(title));
        let edge = self.number(&format!("{}.getBoundingClientRect().top", row(before)));
        self.display
            .carry(from, (from.0 + right, self.origin.1 + edge + 2));
        until(&format!("{title} is held over a place"), 20, || {
            !self.held().is_empty() && !self.window.all("drop-line").is_empty()
        });
    }

    /// Carries a row onto something that shows that it would take it.
    fn carry_onto(&self, title: &str, onto: &str) {
        self.display
            .carry(self.middle(&row(title)), self.middle(onto));
        until(&format!("{title} would be taken"), 20, || {
            !self.held().is_empty()
                && self.window.script(&format!("return {onto}.closest('.is-drop') !== null || {onto}.querySelector('.is-drop') !== null")) == true
        });
    }

    /// The rows that are pale, for they are in the hand.
    fn held(&self) -> Vec<String> {
        let rows = self.window.select("[data-testid=task-row].is-ghost");
        rows.iter().map(|row| self.window.text(row)).collect()
    }

    fn until_rows(&self, titles: &[&str]) {
        until(&format!("the rows are {titles:?}"), 20, || {
            self.window.script(
                "return [...document.querySelectorAll('[data-testid=task-row]')]
                     .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
                     .map((row) => row.querySelector('[data-testid=task-title]').innerText)",
            ) == serde_json::json!(titles)
        });
    }

    fn until_level(&self, title: &str, level: &str) {
        until(&format!("{title} is drawn there"), 20, || {
            let drawn = self
                .window
                .script(&format!("return {}?.ariaLevel ?? null", row(title)));
            drawn == level
        });
    }

    fn middle(&self, of: &str) -> (i32, i32) {
        let x = self.number(&format!(
            "(({{left, width}}) => left + Math.min(width / 2, 150))({of}.getBoundingClientRect())"
        ));
        let y = self.number(&format!(
            "(({{top, height}}) => top + height / 2)({of}.getBoundingClientRect())"
        ));
        (self.origin.0 + x, self.origin.1 + y)
    }

    fn number(&self, script: &str) -> i32 {
        let number = self.window.script(&format!("return Math.round({script})"));
        let number = number
            .as_i64()
            .unwrap_or_else(|| panic!("{script}: {number}"));
        i32::try_from(number).unwrap()
    }
}

fn row(title: &str) -> String {
    format!(
        "[...document.querySelectorAll('[data-testid=task-row]')]
             .find((row) => row.querySelector('[data-testid=task-title]')?.innerText === '{title}')"
    )
}

fn list_entry(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('[data-testid=sidebar-list]')]
             .find((list) => list.querySelector('bdi').innerText === '{name}')"
    )
}
