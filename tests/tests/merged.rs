//! Two windows on two computers: one title, changed apart, is shown as merged on both, and comes back by a click on either.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::{Element, Window, artefacts};
use rota_tests::{Pair, until, until_some};

#[test]
fn an_edit_made_apart_is_shown_on_both_and_comes_back_by_a_click() {
    if !can_run(
        "an_edit_made_apart_is_shown_on_both_and_comes_back_by_a_click",
        NEEDS,
    ) {
        return;
    }
    let (screen_a, screen_b) = (Display::start(), Display::start());
    let Pair { mut a, mut b, .. } = Pair::start();
    a.ok(&["lists", "add", "House", "--space", "Home"]);
    let rent = a.json(&["add", "--plain", "Transfer the rent", "--list", "House"]);
    let rent = rent["id"].as_str().unwrap();
    b.wait_for("Transfer the rent");
    a.stop();
    b.stop();
    a.ok(&["edit", rent, "--title", "Transfer the rent, 950"]);
    b.ok(&["edit", rent, "--title", "Transfer the rent, 900"]);

    let window_a = Window::open(&a, &screen_a, &["--no-discovery"]);
    let window_b = Window::open(&b, &screen_b, &["--no-discovery"]);
    b.ok(&["connect", &a.address()]);
    for window in [&window_a, &window_b] {
        open_rent(window);
        let shown = window.wait("merged");
        let text = window.text(&shown);
        assert!(text.contains("950") && text.contains("900"), "{text}");
    }
    screen_a.picture(&artefacts().join("merged-a.png"));
    screen_b.picture(&artefacts().join("merged-b.png"));

    // What is not kept is taken in one window, and both show it.
    let kept = title(&window_a);
    window_a.click(&window_a.wait("merged-use"));
    for window in [&window_a, &window_b] {
        until("the other title is shown and the mark is gone", 30, || {
            title(window) != kept && window.all("merged").is_empty()
        });
    }
    assert_eq!(title(&window_a), title(&window_b));

    // And what was there before comes back out of the history of the other window.
    window_b.click(&entry(&window_b, &kept));
    for window in [&window_a, &window_b] {
        until("the earlier title is back", 30, || title(window) == kept);
    }
    assert_eq!(a.json(&["show", rent])["title"], kept);
}

/// Opens the only task of the list in the panel.
fn open_rent(window: &Window) {
    let list = until_some("the list is in the sidebar", 30, || {
        let lists = window.all("sidebar-list").into_iter();
        lists
            .into_iter()
            .find(|list| window.text(list).contains("House"))
    });
    window.click(&list);
    until("the row has the focus", 30, || {
        window.script(
            "const row = document.querySelector('[data-testid=task-row]'); row?.focus(); return !!row",
        ) == true
    });
    window.keys("Enter");
    let _ = window.wait("panel");
}

fn title(window: &Window) -> String {
    window
        .all("panel-title")
        .first()
        .map(|title| window.text(title).trim().to_owned())
        .unwrap_or_default()
}

/// The button that brings a value of the history back.
fn entry(window: &Window, value: &str) -> Element {
    until_some(&format!("{value} is in the history"), 30, || {
        let entries = window.all("history-entry");
        let entry = entries.iter().find(|entry| {
            window.text(entry).contains(value)
                && !window.inside(entry, "history-restore").is_empty()
        });
        entry.and_then(|entry| window.inside(entry, "history-restore").into_iter().next())
    })
}
