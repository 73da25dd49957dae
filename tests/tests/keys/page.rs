//! A window on one list, as the keyboard finds it.

use std::cell::Cell;

use rota_tests::control::ask;
use rota_tests::display::Display;
use rota_tests::webdriver::{Window, artefacts};
use rota_tests::{Computer, until};
use serde_json::Value;

/// What stands in each list; indentation makes a subtask.
const LINES: &str = "Ash\nBeech\n  Bark\nCedar\nElm\n";

/// A computer and its window.
pub(crate) struct Page {
    pub(crate) window: Window,
    pub(crate) computer: Computer,
    pub(crate) display: Display,
    lists: Cell<usize>,
}

impl Page {
    /// Opens the window.
    pub(crate) fn open() -> Self {
        Self::on(Computer::new("desk", "Anna"))
    }

    /// Opens the window of this computer.
    pub(crate) fn on(computer: Computer) -> Self {
        let display = Display::start();
        let window = Window::open(&computer, &display, &["--no-discovery"]);
        display.wait_focused("Rota");
        let _ = window.wait("today-button");
        Self {
            window,
            computer,
            display,
            lists: Cell::new(0),
        }
    }

    /// Leaves what is open, makes a new list with the same five tasks, and gives its first row the focus.
    pub(crate) fn new_list(&self) {
        self.lists.set(self.lists.get() + 1);
        self.computer.ok(&["lists", "add", &self.list_name()]);
        self.add_lines(LINES);
        self.leave_all();
        self.open_list(&self.list_name());
        until("all rows are there", 20, || self.rows().len() == 5);
        self.focus_row("Ash");
    }

    /// Adds lines to the list.
    pub(crate) fn add_lines(&self, lines: &str) {
        let added = self
            .computer
            .rota_with_input(&["add", "-", "--list", &self.list_name()], lines);
        assert_eq!(added.exit, 0, "{}", added.stderr);
    }

    /// Presses Escape until nothing lies above the list and nothing is selected.
    pub(crate) fn leave_all(&self) {
        until("nothing is open above the list", 20, || {
            self.window.keys("Escape");
            self.window
                .select("[role=dialog], [role=menu], [data-testid=palette], [data-testid=panel], [data-testid=bulk-bar]")
                .is_empty()
        });
    }

    /// Opens a list from the sidebar.
    pub(crate) fn open_list(&self, name: &str) {
        until(&format!("{name} is opened from the sidebar"), 30, || {
            self.window.script(&format!(
                "const list = [...document.querySelectorAll('[data-testid=sidebar-list]')]
                     .find((each) => each.querySelector('bdi').innerText === '{name}');
                 list?.click(); return !!list"
            )) == true
        });
        until(&format!("{name} is open"), 30, || {
            self.view() == "list" && self.heading() == name
        });
    }

    /// Gives the row with this title the focus.
    pub(crate) fn focus_row(&self, title: &str) {
        until(&format!("{title} has the focus"), 20, || {
            let _ = self.window.script(&format!(
                "[...document.querySelectorAll('[data-testid=task-row]')]
                     .find((row) => row.querySelector('[data-testid=task-title]')?.innerText === '{title}')?.focus()"
            ));
            self.is_at(title)
        });
    }

    /// Presses keys and waits for what follows from them.
    pub(crate) fn press(&self, keys: &str, what: &str, holds: impl Fn() -> bool) {
        match keys {
            // The driver knows neither of them, the keyboard does.
            "ContextMenu" => self.display.press(&["Menu"]),
            "Ctrl+Alt+Space" => self.display.press(&["ctrl+alt+space"]),
            // The driver could not say any more that it pressed it.
            "Ctrl+Q" => self.display.press(&["ctrl+q"]),
            _ => self.window.keys(keys),
        }
        until(&format!("{what}, by {keys}"), 20, holds);
    }

    /// Changes a task by the command line.
    pub(crate) fn edit(&self, title: &str, change: &[&str]) {
        let task = self.task(title);
        let mut args = vec!["edit", task["id"].as_str().unwrap()];
        args.extend(change);
        self.computer.ok(&args);
    }

    /// Types the name of a command into the palette, so that Enter runs it.
    pub(crate) fn find_command(&self, name: &str) {
        self.press("Ctrl+K", "the palette", || self.focus() == "palette-field");
        let keys: Vec<_> = name
            .to_lowercase()
            .chars()
            .map(|sign| sign.to_string())
            .collect();
        let keys = keys.join(" ").replace("   ", " Space ");
        self.press(&format!("> {keys}"), "the command is found", || {
            let chosen = "return document.querySelector('[data-testid=palette] [role=option][aria-selected=true]')?.innerText ?? ''";
            self.text(chosen).contains(name)
        });
    }

    /// Changes settings.
    pub(crate) fn set(&self, change: &Value) {
        let _ = ask(&self.computer, "settings_change", change);
    }

    /// The titles of the rows, from the top.
    pub(crate) fn rows(&self) -> Vec<String> {
        self.rows_that("")
    }

    /// The titles of the selected rows, from the top.
    pub(crate) fn selected(&self) -> Vec<String> {
        self.rows_that("[aria-selected=true]")
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

    /// Whether the row with this title has the focus.
    pub(crate) fn is_at(&self, title: &str) -> bool {
        self.at().as_deref() == Some(title)
    }

    /// Which row has the focus, the first being 1; 0 for none.
    pub(crate) fn position(&self) -> u64 {
        let position = self
            .window
            .script("return Number(document.activeElement?.getAttribute('aria-posinset') ?? 0)");
        position.as_u64().unwrap_or_default()
    }

    /// The kind of view that is open.
    pub(crate) fn view(&self) -> String {
        self.text("return document.querySelector('main')?.dataset.view ?? ''")
    }

    /// What stands above the view.
    pub(crate) fn heading(&self) -> String {
        self.text("return document.querySelector('main h1')?.innerText ?? ''")
    }

    /// Whether something of this `data-testid` is on the page.
    pub(crate) fn has(&self, testid: &str) -> bool {
        !self.window.all(testid).is_empty()
    }

    /// Whether something that a CSS selector finds is on the page.
    pub(crate) fn finds(&self, selector: &str) -> bool {
        !self.window.select(selector).is_empty()
    }

    /// The `data-testid` of what has the focus.
    pub(crate) fn focus(&self) -> String {
        self.text("return document.activeElement?.dataset.testid ?? ''")
    }

    /// The part of the window that has the focus.
    pub(crate) fn part(&self) -> String {
        self.text("return document.activeElement?.closest('[data-part]')?.dataset.part ?? ''")
    }

    /// What a script finds, as text.
    pub(crate) fn text(&self, script: &str) -> String {
        let text = self.window.script(script);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Texts that a script finds.
    pub(crate) fn texts(&self, script: &str) -> Vec<String> {
        let texts = self.window.script(script);
        let texts = texts.as_array().into_iter().flatten();
        texts
            .filter_map(|text| text.as_str().map(str::to_owned))
            .collect()
    }

    /// A task of the list as the command line tells it; null for none, or one in the trash.
    pub(crate) fn task(&self, title: &str) -> Value {
        let tasks = self.computer.json(&["list", &self.list_name(), "--done"]);
        let mut tasks = tasks.as_array().unwrap().iter();
        let task = tasks.find(|task| task["title"] == title);
        task.cloned().unwrap_or_default()
    }

    fn list_name(&self) -> String {
        format!("Wood {}", self.lists.get())
    }

    fn rows_that(&self, are: &str) -> Vec<String> {
        self.texts(&format!(
            "return [...document.querySelectorAll('[data-testid=task-row]{are}')]
                .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
                .map((row) => row.querySelector('[data-testid=task-title]')?.innerText ?? '')"
        ))
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
