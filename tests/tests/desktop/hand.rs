//! The pointer over rows, by what the page shows.

use rota_tests::display::Display;
use rota_tests::webdriver::Window;
use rota_tests::{until, until_some};

/// A hand with the pointer.
pub(crate) struct Hand<'a> {
    pub(crate) window: &'a Window,
    pub(crate) display: &'a Display,
    /// Where the page begins on the screen.
    origin: (i32, i32),
}

impl<'a> Hand<'a> {
    pub(crate) fn on(window: &'a Window, display: &'a Display) -> Self {
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
    pub(crate) fn carry_to_place(&self, title: &str, before: &str, right: i32) {
        let from = self.middle(&row(title));
        let (_, middle) = self.middle(&row(before));
        let height = self.number(&format!("{}.getBoundingClientRect().height", row(before)));
        self.display
            .carry(from, (from.0 + right, middle - height / 2 + 2));
        until(&format!("{title} is held over a place"), 20, || {
            self.held() == [title] && !self.window.all("drop-line").is_empty()
        });
    }

    /// Carries a row onto something that shows that it would take it.
    pub(crate) fn carry_onto(&self, title: &str, onto: &str) {
        self.display
            .carry(self.middle(&row(title)), self.middle(onto));
        until(&format!("{title} would be taken"), 20, || {
            self.held() == [title]
                && self.window.script(&format!("return {onto}.closest('.is-drop') !== null || {onto}.querySelector('.is-drop') !== null")) == true
        });
    }

    /// The rows that are pale, for they are in the hand.
    pub(crate) fn held(&self) -> Vec<String> {
        let rows = self
            .window
            .select("[data-testid=task-row].is-ghost [data-testid=task-title]");
        rows.iter().map(|row| self.window.text(row)).collect()
    }

    pub(crate) fn until_rows(&self, titles: &[&str]) {
        until(&format!("the rows are {titles:?}"), 20, || {
            self.window.script(
                "return [...document.querySelectorAll('[data-testid=task-row]')]
                     .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
                     .map((row) => row.querySelector('[data-testid=task-title]').innerText)",
            ) == serde_json::json!(titles)
        });
    }

    pub(crate) fn until_level(&self, title: &str, level: &str) {
        until(&format!("{title} is drawn there"), 20, || {
            let drawn = self
                .window
                .script(&format!("return {}?.ariaLevel ?? null", row(title)));
            drawn == level
        });
    }

    /// Presses and lets go on a row, while a key is held where one is named.
    pub(crate) fn click(&self, title: &str, held: Option<&str>) {
        let (x, y) = self.middle(&row(title));
        self.display.point_at(x, y);
        self.display.click(held);
    }

    /// The rows that are selected, or open.
    pub(crate) fn selected(&self) -> Vec<String> {
        let rows = self
            .window
            .select("[data-testid=task-row][aria-selected=true] [data-testid=task-title]");
        rows.iter().map(|row| self.window.text(row)).collect()
    }

    fn middle(&self, of: &str) -> (i32, i32) {
        // What slides to its place is not there any more when the pointer comes.
        until(&format!("{of} stands still"), 20, || {
            self.window.script(&format!(
                "return document.getAnimations().every(({{effect}}) => !effect.target.contains({of}))"
            )) == true
        });
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
