//! A house that two people share, with something of everything to show.

use rota_tests::display::Display;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until};
use serde_json::{Value, json};

/// Anna's computer with its window, and Ben's, which runs beside it.
pub(crate) struct House {
    pub(crate) window: Window,
    pub(crate) anna: Computer,
    _ben: Computer,
}

impl House {
    /// Builds it through the programs themselves.
    pub(crate) fn open(display: &Display) -> Self {
        Self::with_lost_list(display, "Attic")
    }

    /// The same with another name for the list that is deleted while somebody adds to it.
    pub(crate) fn with_lost_list(display: &Display, lost: &str) -> Self {
        let (mut anna, mut ben) = (
            Computer::new("desk", "Anna"),
            Computer::new("laptop", "Ben"),
        );
        let address = Computer::loopback_address(&anna.start(&["--no-discovery"]));
        ben.start(&["--no-discovery"]);
        anna.ok(&["spaces", "add", "Home"]);
        for list in ["House", "Garden"] {
            anna.ok(&["lists", "add", list, "--space", "Home"]);
        }
        anna.ok(&["lists", "add", "Inbox"]);
        anna.ok(&["lists", "add", "Old flat", "--space", "Home"]);
        anna.ok(&["lists", "archive", "Old flat"]);
        let code = anna.json(&["invite", "Home"]);
        ben.ok(&[
            "join",
            code["code"].as_str().unwrap(),
            "--address",
            &address,
        ]);
        fill(&anna);
        apart(&anna, &mut ben, &address, lost);
        anna.stop();

        let window = Window::open(&anna, display, &["--no-discovery"]);
        display.wait_focused("Rota");
        ben.ok(&["connect", &anna.address()]);
        let house = Self {
            window,
            anna,
            _ben: ben,
        };
        house.set(&json!({"first_run_done": true, "language": "en"}));
        house
    }

    /// Calls an operation of the service, as the window does.
    pub(crate) fn call(&self, operation: &str, input: &Value) -> Value {
        self.window
            .invoke("call", &json!({"operation": operation, "input": input}))
            .unwrap_or_else(|error| panic!("{operation}: {error}"))
    }

    /// Changes settings.
    pub(crate) fn set(&self, change: &Value) {
        self.call("settings_change", change);
    }
}

fn fill(anna: &Computer) {
    for text in [
        "Call the plumber 2026-01-05 !1 +House @Ben",
        "Buy paint for the hallway today 17:00 !2 #home #shopping +House",
        "Take the bins out every thu 19:00 remind +House @Ben",
        "Transfer the rent every month +House",
        "Water the tomatoes every 2 days +Garden @Anna",
        "Prune the roses in 3 days #garden +Garden",
        "Read the letter from school tomorrow +Inbox",
        "Dentist in 2 weeks 9:30 +Inbox @Anna",
    ] {
        anna.ok(&["add", text]);
    }
    let added = anna.rota_with_input(
        &["add", "-", "--list", "House"],
        "Paint the hallway\n  Cover the floor\n  Two coats of white\n  - [x] Choose the colour\n",
    );
    assert_eq!(added.exit, 0, "{}", added.stderr);
    let paint = anna.find("Buy paint for the hallway").unwrap();
    anna.ok(&[
        "edit",
        paint["id"].as_str().unwrap(),
        "--notes",
        "Two tins of *chalk white*\n\n- [ ] brushes\n- [x] tape\n\nSee https://example.com/paint",
    ]);
    for done in ["Sweep the stairs", "Empty the dishwasher"] {
        let task = anna.json(&["add", "--plain", done, "--list", "House"]);
        anna.ok(&["done", task["id"].as_str().unwrap()]);
    }
    let gone = anna.json(&["add", "--plain", "Sell the old sofa", "--list", "House"]);
    anna.ok(&["delete", gone["id"].as_str().unwrap()]);
}

/// Both change one title while they are apart, and Ben adds to a list that Anna deletes.
fn apart(anna: &Computer, ben: &mut Computer, address: &str, lost: &str) {
    anna.ok(&["lists", "add", lost, "--space", "Home"]);
    until("Ben has everything", 30, || {
        ben.json(&["lists"]).to_string().contains(lost)
    });
    let rent = ben.wait_for("Transfer the rent");
    let rent = rent["id"].as_str().unwrap();
    ben.stop();
    ben.ok(&["edit", rent, "--title", "Transfer the rent, 900 euros"]);
    ben.ok(&["add", "--plain", "Sort the boxes", "--list", lost]);
    anna.ok(&["edit", rent, "--title", "Transfer the rent, 950 euros"]);
    anna.ok(&["lists", "delete", lost]);
    ben.start(&["--no-discovery"]);
    ben.ok(&["connect", address]);
    until("the edits met", 30, || {
        let shown = anna.json(&["show", rent]);
        shown["also_written"]["title"]
            .as_array()
            .is_some_and(|also| !also.is_empty())
    });
}
