//! A window on one list, as the keyboard finds it.

use rota_tests::display::Display;
use rota_tests::webdriver::{Window, artefacts};
use rota_tests::{Computer, until};
use serde_json::Value;

/// A computer with the list Garden, and its window.
pub(crate) struct Page {
    pub(crate) window: Window,
    pub(crate) computer: Computer,
    pub(crate) display: Display,
}

impl Page {
    /// Opens it on a list with these lines; indentation makes subtasks.
    pub(crate) fn open(lines: &str) -> Self {
        let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
        computer.ok(&["lists", "add", "Garden"]);
        let added = computer.rota_with_input(&["add", "-", "--list", "Garden"], lines);
        assert_eq!(added.exit, 0, "{}", added.stderr);
        let window = Window::open(&computer, &display, &["--no-discovery"]);
        display.wait_focused("Rota");
        let page = Self {
            window,
            computer,
            display,
        };
        page.list("Garden");
        page
    }

    /// Opens a list and gives its first row the focus.
    pub(crate) fn list(&self, name: &str) {
        until(&format!("{name} is in the sidebar"), 30, || {
            let lists = self.window.all("sidebar-list");
            let list = lists
                .iter()
                .find(|list| self.window.text(list).contains(name));
            list.is_some_and(|list| {
                self.window.click(list);
                true
            })
        });
        until("the list is open", 30, || {
            self.view() == "list" && !self.rows().is_empty()
        });
        let _ = self
            .window
            .script("document.querySelector('[data-testid=task-row]').focus()");
        until("a row has the focus", 20, || self.at().is_some());
    }

    /// Presses keys and waits for what follows from them.
    pub(crate) fn press(&self, keys: &str, what: &str, holds: impl Fn() -> bool) {
        self.window.keys(keys);
        until(&format!("{keys}: {what}"), 20, holds);
    }

    /// The titles of the rows, from the top.
    pub(crate) fn rows(&self) -> Vec<String> {
        self.texts(
            "return [...document.querySelectorAll('[data-testid=task-row]')]
                .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
                .map((r) => r.querySelector('[data-testid=task-title]')?.innerText ?? '')",
        )
    }

    /// The title of the row that has the focus.
    pub(crate) fn at(&self) -> Option<String> {
        self.window
            .script(
                "return document.activeElement?.closest('[data-testid=task-row]')
                    ?.querySelector('[data-testid=task-title]')?.innerText ?? null",
            )
            .as_str()
            .map(str::to_owned)
    }

    /// The titles of the selected rows.
    pub(crate) fn selected(&self) -> Vec<String> {
        self.texts(
            "return [...document.querySelectorAll('[data-testid=task-row][aria-selected=true]')]
                .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
                .map((r) => r.querySelector('[data-testid=task-title]').innerText)",
        )
    }

    /// The kind of view that is open.
    pub(crate) fn view(&self) -> String {
        let view = self
            .window
            .script("return document.querySelector('main')?.dataset.view ?? ''");
        view.as_str().unwrap_or_default().to_owned()
    }

    /// Whether something of this `data-testid` is on the page.
    pub(crate) fn has(&self, testid: &str) -> bool {
        !self.window.all(testid).is_empty()
    }

    /// What of a `data-testid` or part has the focus.
    pub(crate) fn focus(&self) -> String {
        let focus = self.window.script(
            "const e = document.activeElement;
             return e?.dataset.testid ?? e?.closest('[data-part]')?.dataset.part ?? e?.tagName ?? ''",
        );
        focus.as_str().unwrap_or_default().to_owned()
    }

    /// A field of a task as the command line tells it.
    pub(crate) fn task(&self, title: &str) -> Value {
        self.computer.find(title).unwrap_or_default()
    }

    fn texts(&self, script: &str) -> Vec<String> {
        let texts = self.window.script(script);
        texts
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|text| text.as_str().map(str::to_owned))
            .collect()
    }
}

impl Drop for Page {
    /// What was to be seen when a test failed.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let name =
                format!("failed-{}.png", self.computer.data_dir().display()).replace('/', "-");
            self.display.picture(&artefacts().join(name));
        }
    }
}
