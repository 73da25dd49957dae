//! A look at what a window shows: a picture of it, what axe finds, and whether anything is wider than its place.

use rota_tests::display::Display;
use rota_tests::until;
use rota_tests::webdriver::{Window, artefacts};
use serde_json::{Value, json};

/// Parts of the page that could be scrolled sideways, and what one works with that lies beyond the window's edge.
const TOO_WIDE: &str = "
    const place = (e) => e.dataset.testid ?? (e.className || e.tagName);
    const scrolls = (e) => e === document.documentElement || ['auto', 'scroll'].includes(getComputedStyle(e).overflowX);
    const wide = [...document.querySelectorAll('*')]
        .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && scrolls(e))
        .map((e) => `${place(e)}: ${e.scrollWidth - e.clientWidth} pixels too wide`);
    const beyond = [...document.querySelectorAll('button, input, textarea, select, h1, h2, .title, .fact')]
        .map((e) => ({e, box: e.getBoundingClientRect()}))
        .filter(({e, box}) => box.width > 1 && !e.closest('.sr') && (box.left < -1 || box.right > innerWidth + 1))
        .map(({e, box}) => `${place(e)}: from ${Math.round(box.left)} to ${Math.round(box.right)} of ${innerWidth}`);
    return [...wide, ...beyond]";

/// What was found on the screens looked at so far.
pub(crate) struct Look<'a> {
    display: &'a Display,
    findings: Vec<String>,
}

impl<'a> Look<'a> {
    pub(crate) fn on(display: &'a Display) -> Self {
        Self {
            display,
            findings: Vec::new(),
        }
    }

    /// Looks at the window as it is, once nothing moves in it, and keeps a picture under this name.
    pub(crate) fn at(&mut self, window: &Window, name: &str) {
        still(window);
        let file = artefacts().join(format!("screen-{name}.png"));
        self.display.picture_of("Rota", &file);
        self.examine(window, name);
    }

    /// The same without a picture.
    pub(crate) fn examine(&mut self, window: &Window, name: &str) {
        let wide = window.script(TOO_WIDE);
        let wide = wide.as_array().into_iter().flatten().map(Value::to_string);
        let found = window.serious_findings().into_iter().chain(wide);
        self.findings
            .extend(found.map(|one| format!("{name}: {one}")));
    }

    /// Keeps what else was found.
    pub(crate) fn note(&mut self, name: &str, found: Vec<String>) {
        let found = found.into_iter().map(|one| format!("{name}: {one}"));
        self.findings.extend(found);
    }

    /// Fails with all that was found.
    pub(crate) fn verdict(self) {
        assert!(self.findings.is_empty(), "{}", self.findings.join("\n"));
    }
}

/// Waits until nothing moves any more and what holds now is painted.
pub(crate) fn still(window: &Window) {
    until("nothing moves", 20, || {
        window.script("return document.getAnimations().every((a) => a.playState !== 'running')")
            == true
    });
    let painted = "const [done] = arguments; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
    assert_eq!(
        window.script_later(painted, &json!([])),
        true,
        "the page is painted"
    );
}

/// Waits until the window is light or dark.
pub(crate) fn in_theme(window: &Window, theme: &str) {
    until(&format!("the window is {theme}"), 20, || {
        window.script("return document.documentElement.dataset.theme") == theme
    });
}
