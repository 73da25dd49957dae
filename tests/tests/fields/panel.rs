//! The panel of one task of a list that two people share.

use std::cell::RefCell;

use rota_tests::display::Display;
use rota_tests::webdriver::{Window, artefacts};
use rota_tests::{Computer, Pair, until};
use serde_json::Value;

/// The panel, and the computer whose window has it.
pub(crate) struct Panel {
    window: Window,
    computer: Computer,
    display: Display,
    id: String,
}

impl Panel {
    /// Opens it for a task that is due and repeats, so that every field can be set.
    pub(crate) fn open() -> Self {
        let Pair {
            a: mut computer, ..
        } = Pair::start();
        for list in ["Wood", "Garden"] {
            computer.ok(&["lists", "add", list, "--space", "Home"]);
        }
        computer.ok(&["add", "--plain", "Elm", "--list", "Wood"]);
        let task = computer.json(&["add", "--plain", "Ash", "--list", "Wood"]);
        let id = task["id"].as_str().unwrap().to_owned();
        computer.ok(&["edit", &id, "--due", "2090-01-05", "--repeat", "every week"]);
        computer.stop();
        let display = Display::start();
        let window = Window::open(&computer, &display, &["--no-discovery"]);
        display.wait_focused("Rota");
        let panel = Self {
            window,
            computer,
            display,
            id,
        };
        panel.until("the list is open", || {
            panel.window.script(
                "const list = [...document.querySelectorAll('[data-testid=sidebar-list]')]
                     .find((each) => each.innerText.includes('Wood'));
                 const open = document.querySelector('main h1')?.innerText === 'Wood';
                 if (!open) list?.click();
                 return open",
            ) == true
        });
        panel.until("the row has the focus", || {
            panel.window.script(
                "const row = [...document.querySelectorAll('[data-testid=task-row]')]
                     .find((each) => each.innerText.includes('Ash'));
                 row?.focus();
                 return !!row && document.activeElement === row",
            ) == true
        });
        panel.window.keys("Enter");
        panel.until("the panel is open", || panel.title() == "Ash");
        panel.window.keys("F6");
        panel.until("it has the focus", || panel.is_at("[data-part=panel]"));
        panel
    }

    /// The task as the command line tells it, without when it was changed.
    pub(crate) fn task(&self) -> Value {
        let mut task = self.computer.json(&["show", &self.id]);
        task.as_object_mut().unwrap().remove("updated_at");
        task
    }

    /// Its list, its title and the fields below it as the panel shows them.
    pub(crate) fn drawn(&self) -> String {
        let drawn = self.window.script(
            "return [...document.querySelectorAll('[data-testid=panel-list], .panel-title, dl.props')]
                 .map((part) => part.innerText).join()",
        );
        drawn.as_str().unwrap_or_default().to_owned()
    }

    /// The subtasks that it shows.
    pub(crate) fn subtasks(&self) -> String {
        let shown = self.window.script(
            "return [...document.querySelectorAll('[data-subtask]')].map((line) => line.innerText).join()",
        );
        shown.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks what is there.
    pub(crate) fn click(&self, testid: &str) {
        self.window.click(&self.window.wait(testid));
    }

    /// Clicks the choice with this value.
    pub(crate) fn click_key(&self, key: &str) {
        let choice = format!("[data-testid=choice][data-key=\"{key}\"]");
        self.until(&format!("{key:?} is offered"), || {
            !self.window.select(&choice).is_empty()
        });
        self.window.click(&self.window.select(&choice)[0]);
    }

    /// Opens a picker by its button and types into its field.
    pub(crate) fn type_in(&self, button: &str, keys: &str) {
        self.click(button);
        self.until("its field has the focus", || {
            self.is_at("[data-testid=picker-field]")
        });
        self.type_more(keys);
    }

    /// Presses a key that gives a field the focus.
    pub(crate) fn keys(&self, key: &str, field: &str) {
        self.window.keys(key);
        self.until(&format!("{field} has the focus"), || {
            self.is_at(&format!("[data-testid={field}]"))
        });
    }

    /// Types words, with keys that are named among them.
    pub(crate) fn type_more(&self, keys: &str) {
        const NAMED: [&str; 4] = ["Enter", "Escape", "ArrowDown", "Space"];
        let mut before = false;
        for word in keys.split(' ') {
            if NAMED.contains(&word) || word.contains('+') {
                if word == "Enter" {
                    self.settle();
                }
                self.window.keys(word);
                before = false;
                continue;
            }
            if before {
                self.window.keys("Space");
            }
            self.window.press(word);
            before = true;
        }
    }

    /// What is typed into a picker is found a moment later: a person waits for it, too.
    fn settle(&self) {
        if !self.is_at("[role=combobox]") {
            return;
        }
        self.until("what is typed is the one that is chosen", || {
            self.window.script(
                "const typed = document.activeElement.value.trim().toLowerCase();
                 const chosen = document.querySelector('[data-testid=picker-option][aria-selected=true]');
                 return !!chosen && chosen.innerText.toLowerCase().includes(typed)",
            ) == true
        });
    }

    /// Takes back by the key, once the panel has the focus again.
    pub(crate) fn undo(&self) {
        self.until("nothing is open above the panel", || {
            self.window.all("picker").is_empty()
                && self.is_at("[data-part=panel]")
                && !self.is_at("input, textarea")
        });
        self.window.keys("Ctrl+Z");
    }

    /// Waits until the task is as it was.
    pub(crate) fn until_as_before(&self, field: &str, before: &Value) {
        let differs = |task: &Value| -> Vec<String> {
            let fields = task.as_object().unwrap().iter();
            fields
                .filter(|(name, value)| before[&**name] != **value)
                .map(|(name, value)| format!("{name} is {value}, was {}", before[&**name]))
                .collect()
        };
        let what = format!("{field} is taken back");
        until_or(&what, || differs(&self.task()));
    }

    /// Waits.
    pub(crate) fn until(&self, what: &str, holds: impl Fn() -> bool) {
        until(what, 20, holds);
    }

    fn title(&self) -> String {
        let title = self.window.script(
            "return document.querySelector('[data-testid=panel-title]')?.innerText.trim() ?? ''",
        );
        title.as_str().unwrap_or_default().to_owned()
    }

    /// Whether what has the focus is, or lies in, what a CSS selector finds.
    fn is_at(&self, selector: &str) -> bool {
        self.window.script(&format!(
            "return !!document.activeElement?.closest('{selector}')"
        )) == true
    }
}

impl Drop for Panel {
    /// What was to be seen when a test failed.
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.display.picture(&artefacts().join("failed-fields.png"));
        }
    }
}

/// Waits until nothing differs any more, and names what does when that takes too long.
fn until_or(what: &str, differs: impl Fn() -> Vec<String>) {
    let last = RefCell::new(Vec::new());
    let waited = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        until(what, 20, || {
            last.replace(differs());
            last.borrow().is_empty()
        });
    }));
    assert!(waited.is_ok(), "{what}: {:?}", last.borrow());
}
