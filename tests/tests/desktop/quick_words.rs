//! Quick add by the keyboard: what is offered, taken, put back and kept, in every language of the interface.

use rota_tests::control::ask;
use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Window, start_app};
use rota_tests::{Computer, until, until_some};
use serde_json::{Value, json};

use crate::QUICK_ADD;
use crate::pages::focus;

/// Quick add on a computer that has the list `House` and the tag `home`.
struct Quick {
    window: Window,
    computer: Computer,
    display: Display,
}

impl Quick {
    fn begin() -> Self {
        let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
        computer.ok(&["lists", "add", "House"]);
        computer.ok(&["add", "Old one #home +House"]);
        Self::on(computer, display)
    }

    fn on(computer: Computer, display: Display) -> Self {
        let window = Window::open(&computer, &display, &["--hidden", "--no-discovery"]);
        window.attach_to("Quick add - Rota");
        Self {
            window,
            computer,
            display,
        }
    }

    fn open(&self) {
        self.computer.ok(&["quick-add"]);
        self.display.wait_focused(QUICK_ADD);
    }

    fn text(&self, script: &str) -> String {
        let text = self.window.script(script);
        text.as_str().unwrap_or_default().to_owned()
    }

    fn field(&self) -> String {
        self.text("return document.querySelector('[data-testid=quick-add-field]').value")
    }

    fn title(&self) -> String {
        self.text("return document.querySelector('[data-testid=quick-title]')?.innerText ?? ''")
    }

    fn ghost(&self) -> String {
        self.text("return document.querySelector('[data-testid=quick-ghost]').textContent")
    }

    /// The chips that stand, by what they set.
    fn chips(&self) -> Vec<String> {
        let all = self.window.script(
            "return [...document.querySelectorAll('[data-testid=quick-chip]')].map((chip) => chip.dataset.slot)",
        );
        serde_json::from_value(all).unwrap()
    }

    /// The texts of all elements of a `data-testid`.
    fn all(&self, testid: &str) -> Vec<String> {
        let all = self.window.all(testid);
        let texts = all.iter().map(|one| self.window.text(one));
        texts
            .map(|text| text.replace(['\u{2068}', '\u{2069}'], "").trim().to_owned())
            .collect()
    }

    fn wait(&self, what: &str, holds: impl Fn() -> bool) {
        until(&format!("{what}; it says {:?}", self.field()), 20, holds);
    }
}

#[test]
fn tab_takes_what_is_offered_and_a_deleted_chip_puts_its_words_back() {
    let test = "tab_takes_what_is_offered_and_a_deleted_chip_puts_its_words_back";
    if !can_run(test, NEEDS) {
        return;
    }
    let quick = Quick::begin();
    let (display, computer) = (&quick.display, &quick.computer);
    quick.open();
    display.type_text("Paint the door #ho");
    quick.wait("the rest of the tag is offered", || quick.ghost() == "me");
    display.press(&["Tab"]);
    quick.wait("it is taken", || {
        quick.field().trim() == "Paint the door #home"
    });
    display.type_text("tomorrow 17:30 !2");
    quick.wait("all of it is understood", || {
        quick.chips() == ["due", "tag", "priority"] && quick.title() == "Paint the door"
    });
    display.press(&["Tab"]);
    let at =
        || quick.text("return document.activeElement.closest('[data-slot]')?.dataset.slot ?? ''");
    quick.wait("the first chip has the focus", || at() == "due");
    display.press(&["Delete"]);
    quick.wait("the words are in the title again", || {
        quick.chips() == ["tag", "priority"] && quick.title() == "Paint the door tomorrow 17:30"
    });
    display.press(&["Escape"]);
    quick.wait("the field has the focus", || {
        focus(&quick.window) == "quick-add-field"
    });
    display.press(&["Return"]);
    let task = computer.wait_for("Paint the door tomorrow 17:30");
    assert_eq!(
        [&task["tags"], &task["priority"], &task["due"]],
        [&json!(["home"]), &json!(2), &Value::Null]
    );
}

#[test]
fn what_means_nothing_is_underlined_with_its_reason_and_stays_in_the_title() {
    let test = "what_means_nothing_is_underlined_with_its_reason_and_stays_in_the_title";
    if !can_run(test, NEEDS) {
        return;
    }
    let quick = Quick::begin();
    quick.open();
    quick.display.type_text("Ask !4 @nobody ");
    quick.wait("both are underlined", || {
        quick.all("quick-ignored") == ["!4", "@nobody"]
    });
    let lines = quick.window.script(
        "return [...document.querySelectorAll('[data-testid=quick-ignored]')]
             .map((word) => getComputedStyle(word).textDecorationLine)",
    );
    assert_eq!(lines, json!(["underline", "underline"]));
    let reasons = quick.all("quick-reason");
    assert!(
        reasons.len() == 2 && reasons[0].contains("!4") && reasons[1].contains("nobody"),
        "{reasons:?}"
    );
    quick.display.press(&["Return"]);
    let task = quick.computer.wait_for("Ask !4 @nobody");
    assert_eq!(
        (&task["priority"], &task["assignee"]),
        (&json!(0), &Value::Null)
    );
}

#[test]
fn it_stays_for_the_next_task_takes_notes_and_lines() {
    if !can_run("it_stays_for_the_next_task_takes_notes_and_lines", NEEDS) {
        return;
    }
    let quick = Quick::begin();
    let (display, computer) = (&quick.display, &quick.computer);
    quick.open();
    display.type_text("Milk +House");
    quick.wait("the list is understood", || quick.chips() == ["list"]);
    display.press(&["ctrl+Return"]);
    assert_eq!(computer.wait_for("Milk")["list"]["name"], "House");
    quick.wait("the list stands there again", || {
        quick.field().trim() == "+House"
    });
    assert!(display.shows(QUICK_ADD));

    display.type_text("Letter");
    quick.wait("the title is read", || quick.title() == "Letter");
    display.press(&["shift+Return"]);
    quick.wait("notes can be typed", || {
        focus(&quick.window) == "quick-notes"
    });
    type_lines(display, "one\ntwo");
    display.press(&["ctrl+Return"]);
    let letter = computer.wait_for("Letter");
    assert_eq!(
        (&letter["notes"], &letter["list"]["name"]),
        (&json!("one\ntwo"), &json!("House"))
    );

    // Lines that come from the clipboard, where another field has put them.
    quick.wait("the field is ready again", || {
        focus(&quick.window) == "quick-add-field" && quick.field().trim() == "+House"
    });
    display.type_text("x");
    quick.wait("the title is read", || quick.title() == "x");
    display.press(&["shift+Return"]);
    quick.wait("notes can be typed", || {
        focus(&quick.window) == "quick-notes"
    });
    type_lines(display, "* Plates\n2. [ ] Cups\n\n* Forks");
    display.press(&["ctrl+a", "ctrl+x"]);
    let notes =
        || quick.text("return document.querySelector('[data-testid=quick-notes]')?.value ?? '-'");
    quick.wait("they are in the clipboard", || notes().is_empty());
    quick.window.click(&quick.window.wait("quick-add-field"));
    display.press(&["ctrl+a", "BackSpace", "ctrl+v"]);
    quick.wait("they stand as lines", || {
        quick
            .all("pasted-lines")
            .first()
            .is_some_and(|line| line.contains('3'))
    });
    display.press(&["Return"]);
    for title in ["Plates", "Cups", "Forks"] {
        computer.wait_for(title);
    }
    assert!(computer.find("x").is_none());
}

#[test]
fn every_language_of_the_interface_reads_its_own_days_and_the_english_ones() {
    let test = "every_language_of_the_interface_reads_its_own_days_and_the_english_ones";
    if !can_run(test, NEEDS) {
        return;
    }
    let quick = Quick::begin();
    let due = |title: &str| quick.computer.wait_for(title)["due"].clone();
    quick.computer.ok(&["add", "Day tomorrow"]);
    quick.computer.ok(&["add", "Hour tomorrow 17:30"]);
    let (day, hour) = (due("Day"), due("Hour"));
    assert!(day.is_string() && hour.is_string() && day != hour);
    for (language, line, title) in [
        ("de", "Milch holen morgen um 17:30", "Milch holen"),
        ("es", "Comprar leche mañana a las 17:30", "Comprar leche"),
        ("ar", "شراء الحليب غدا 17:30", "شراء الحليب"),
    ] {
        let _ = ask(
            &quick.computer,
            "settings_change",
            &json!({"language": language}),
        );
        until(&format!("the page speaks {language}"), 20, || {
            quick.text("return document.documentElement.lang") == language
        });
        quick.open();
        // The keyboard of the test's desktop has no such letters on it.
        let field = quick.window.wait("quick-add-field");
        quick.window.type_into(&field, line);
        quick.wait("the day is understood", || quick.title() == title);
        quick.display.press(&["ctrl+Return"]);
        assert_eq!(due(title), hour, "{line}");
        let english = format!("Tea {language}");
        quick.wait("the field is empty", || quick.field().is_empty());
        quick.display.type_text(&format!("{english} tomorrow"));
        quick.wait("the day is understood", || quick.title() == english);
        quick.display.press(&["Return"]);
        assert_eq!(due(&english), day, "{english}");
        until("quick add has gone", 20, || !quick.display.shows(QUICK_ADD));
    }
}

#[test]
fn what_is_half_typed_outlives_a_kill_and_a_link_stands_before_it() {
    let test = "what_is_half_typed_outlives_a_kill_and_a_link_stands_before_it";
    if !can_run(test, NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let app = start_app(&computer, &display, &["--hidden", "--no-discovery"]);
    let _tray = display.bus().tray();
    computer.ok(&["quick-add"]);
    display.wait_focused(QUICK_ADD);
    display.type_text("for the printer");
    until_some("it is kept", 20, || {
        let draft = ask(&computer, "draft_show", &json!({"key": "quick-add"}));
        draft["text"]
            .as_str()?
            .contains("for the printer")
            .then_some(())
    });
    app.signal("KILL");
    app.end(20);
    until("its window has gone", 20, || !display.shows(QUICK_ADD));

    let quick = Quick::on(computer, display);
    quick.wait("it is there again", || quick.field() == "for the printer");
    let link = start_app(
        &quick.computer,
        &quick.display,
        &["rota://add?text=Buy%20ink"],
    );
    assert_eq!(link.end(20).code(), Some(0));
    quick.display.wait_focused(QUICK_ADD);
    quick.wait("the link stands before it", || {
        quick.field() == "Buy ink for the printer"
    });
    quick.display.press(&["Return"]);
    quick.computer.wait_for("Buy ink for the printer");
}

fn type_lines(display: &Display, lines: &str) {
    for (n, line) in lines.split('\n').enumerate() {
        if n > 0 {
            display.press(&["Return"]);
        }
        if !line.is_empty() {
            display.type_text(line);
        }
    }
}
