//! What a screen reader says of the real window.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::accessibility::{self, Accessibility, Spoken};
use rota_tests::display::{Display, NEEDS};
use rota_tests::process::Process;
use rota_tests::skip::can_run;
use rota_tests::webdriver::desktop_bin;
use rota_tests::{Computer, until_some};

/// A row with something of everything. The days lie in other years, so that their words are the same on every day.
const PAINT: &str =
    "Buy paint 2020-01-06 17:00 !2 #home #shop every 2 weeks remind 10m +House @Anna";

/// What is said of it, in the order in which a person needs it.
const PAINT_SAID: &str = "Buy paint, overdue since Monday, January 6, 2020 at 5:00 PM, priority 2, \
    repeats every 2 weeks, reminder 10 minutes before, has notes, 0 of 2 subtasks done, Anna, \
    list House, tag home, tag shop";

#[test]
fn a_row_is_said_whole_and_heard_where_the_keys_go() {
    let needs = [NEEDS, &[accessibility::NEED]].concat();
    if !can_run("a_row_is_said_whole_and_heard_where_the_keys_go", &needs) {
        return;
    }
    let window = Heard::open(&[
        PAINT,
        "White +House",
        "Grey +House",
        "Prune the roses 2090-03-10 +House",
        "Sweep the yard +House",
    ]);
    let paint = window.computer.find("Buy paint").unwrap();
    let paint = paint["id"].as_str().unwrap();
    for part in ["White", "Grey"] {
        let part = window.computer.find(part).unwrap();
        let part = part["id"].as_str().unwrap();
        window.computer.ok(&["edit", part, "--parent", paint]);
    }
    window.computer.ok(&["edit", paint, "--notes", "Two tins"]);

    // Where tasks of several lists are mixed, each says its list; the first of a group says the group.
    window.keys(&["g", "t"], "main", "Today");
    let row = window.row(PAINT_SAID);
    assert_eq!(said(&row.description), "Overdue, 1 task");
    window.keys(&["g", "m"], "main", "For me");
    window.row(PAINT_SAID);

    // Where the list is the group, its name would be said in every row.
    let in_list = PAINT_SAID.replace(", list House", "");
    window.keys(&["g", "a"], "main", "All tasks");
    let row = window.row(&in_list);
    assert_eq!(said(&row.description), "House, 5 tasks");
    window.keys(&["g", "i"], "main", "House");
    let row = window.row(&in_list);
    assert_eq!(row.description, "");
    assert_eq!(row.attributes["level"], "1");
    assert!(row.is_expandable() && row.is_expanded());
    assert!(!row.is_checked() && !row.is_selected());
    let part = window.row("White");
    assert_eq!(part.attributes["level"], "2");
    assert!(!part.is_expandable(), "it has nothing below it");
    let all: Vec<_> = window.rows().iter().map(|row| said(&row.name)).collect();
    assert_eq!(all.len().to_string(), row.attributes["setsize"], "{all:?}");
    assert!(
        window.speech.all().iter().all(|one| one.role != "checkbox"),
        "the parts of a row are for the pointer"
    );

    // Keys are heard: where they go, what is folded, what is selected.
    window.display.press(&["Home"]);
    window.heard("the first row has the focus", &in_list, Spoken::is_focused);
    window.display.press(&["h"]);
    window.heard("it is folded", &in_list, |row| {
        row.is_focused() && row.is_expandable() && !row.is_expanded()
    });
    window.display.press(&["j"]);
    window.heard("the next row has the focus", ROSES, Spoken::is_focused);
    assert!(!window.row(&in_list).is_focused(), "one row has it");
    window.display.press(&["x"]);
    window.heard("it is selected", ROSES, Spoken::is_selected);
    assert!(!window.row(&in_list).is_selected(), "the other is not");
    window.display.press(&["x"]);
    window.heard("it is no more", ROSES, |row| !row.is_selected());
}

const ROSES: &str = "Prune the roses, due Friday, March 10, 2090";

#[test]
fn what_another_program_completes_is_heard_as_done() {
    let test = "what_another_program_completes_is_heard_as_done";
    if !can_run(test, &[NEEDS, &[accessibility::NEED]].concat()) {
        return;
    }
    let window = Heard::open(&["Buy paint +House", "Sweep the yard +House"]);
    window.row("Buy paint");
    let id = window.computer.find("Sweep the yard").unwrap()["id"].clone();
    window.computer.ok(&["done", id.as_str().unwrap()]);
    // It is said once, as the state of the row, among those that are done.
    window.display.press(&["v", "d"]);
    window.heard("it is ticked", "Sweep the yard", Spoken::is_checked);

    // The landmarks, by which people who hear the window go about.
    for (role, name) in [
        ("navigation", "Sidebar"),
        ("main", "House"),
        ("heading", "House"),
    ] {
        window.speech.wait(role, name);
    }
}

/// A window as one hears it, with its keyboard.
struct Heard {
    speech: Accessibility,
    computer: Computer,
    /// Ends before the desktop that it is on.
    _app: Process,
    display: Display,
}

impl Heard {
    /// Opens the window of a computer with these tasks.
    fn open(tasks: &[&str]) -> Self {
        let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
        computer.ok(&["lists", "add", "House"]);
        for task in tasks {
            computer.ok(&["add", task]);
        }
        let speech = Accessibility::start(&display);
        let mut command = computer.command(desktop_bin());
        command.arg("--no-discovery");
        display.place(&mut command);
        speech.listen_to(&mut command);
        let app = Process::start(command);
        display.wait_focused("Rota");
        Self {
            speech,
            computer,
            _app: app,
            display,
        }
    }

    /// Presses keys and waits until what they open is named.
    fn keys(&self, keys: &[&str], role: &str, name: &str) {
        self.display.press(keys);
        self.speech.wait(role, name);
    }

    fn rows(&self) -> Vec<Spoken> {
        let all = self.speech.all().into_iter();
        all.filter(|one| one.role == "treeitem").collect()
    }

    /// Waits for the row of which exactly this is said.
    fn row(&self, wanted: &str) -> Spoken {
        self.heard("there is such a row", wanted, |_| true)
    }

    /// Waits until the row of which exactly this is said is in this state.
    fn heard(&self, what: &str, wanted: &str, is_so: impl Fn(&Spoken) -> bool) -> Spoken {
        until_some(&format!("{what}: {wanted:?}"), 60, || {
            let mut rows = self.rows().into_iter();
            rows.find(|row| said(&row.name) == wanted && is_so(row))
        })
    }
}

/// Without the marks that keep the direction of names.
fn said(name: &str) -> String {
    name.replace(['\u{2068}', '\u{2069}'], "")
}
