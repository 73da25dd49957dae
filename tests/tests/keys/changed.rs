//! Keys that were changed or switched off, and sequences that were not finished.

use rota_tests::display::NEEDS;
use rota_tests::skip::can_run;
use rota_tests::until;

use crate::page::Page;

#[test]
fn a_key_can_be_another_and_a_clash_is_named() {
    if !can_run("a_key_can_be_another_and_a_clash_is_named", NEEDS) {
        return;
    }
    let page = Page::open();
    page.window.keys("Ctrl+,");
    page.window.click(&page.window.wait("key-done"));
    page.press("Ctrl+D", "it belongs to another command", || {
        page.has("key-clash") && clash(&page).contains("Duplicate")
    });
    page.window.click(&page.window.wait("key-done"));
    // Its other key stays.
    page.press("Ctrl+J", "it is taken", || key(&page) == "Ctrl J Space");

    page.new_list();
    page.press("Ctrl+J", "the new key does it", || {
        page.task("Ash")["status"] == "done"
    });
    page.new_list();
    // The old one does nothing: what is pressed after it is the first to be seen.
    page.press("d 1", "the next key works", || {
        page.task("Ash")["priority"] == 1
    });
    assert_eq!(page.task("Ash")["status"], "open");
}

#[test]
fn letters_can_be_switched_off() {
    if !can_run("letters_can_be_switched_off", NEEDS) {
        return;
    }
    let page = Page::open();
    switch_letters(&page, "false");
    page.new_list();
    page.press("d x 1 Alt+ArrowDown", "other keys work", || {
        page.rows()[0] == "Beech"
    });
    assert_eq!(page.task("Ash")["status"], "open");
    assert_eq!(page.task("Ash")["priority"], 0);
    assert!(page.selected().is_empty());
    switch_letters(&page, "true");
    page.new_list();
    page.press("1", "letters work again", || {
        page.task("Ash")["priority"] == 1
    });
}

#[test]
fn the_first_key_of_two_waits_and_can_be_left() {
    if !can_run("the_first_key_of_two_waits_and_can_be_left", NEEDS) {
        return;
    }
    let page = Page::open();
    page.new_list();
    // It is shown while it waits, and no longer.
    let usual = status(&page);
    page.press("g", "it is shown", || status(&page) != usual);
    until("it waits no more", 20, || status(&page) == usual);
    page.press("t", "the second key alone is another command", || {
        page.has("picker")
    });
    page.press("Escape", "the picker is closed", || !page.has("picker"));
    page.window.keys("g Escape d");
    until("after Escape the next key is the first", 20, || {
        page.task("Ash")["status"] == "done"
    });
    assert_eq!(page.view(), "list");
}

/// Presses the switch in the settings.
fn switch_letters(page: &Page, to: &str) {
    page.window.keys("Ctrl+,");
    let switch = page.window.wait("setting-letter-keys");
    page.window.click(&switch);
    until(&format!("letters are switched: {to}"), 20, || {
        page.window.attribute(&switch, "aria-checked").as_deref() == Some(to)
    });
}

fn clash(page: &Page) -> String {
    page.text("return document.querySelector('[data-testid=key-clash]')?.innerText ?? ''")
}

/// What stands on the button that changes the key of done.
fn key(page: &Page) -> String {
    page.text(
        "const caps = document.querySelectorAll('[data-testid=key-done] kbd');
         return [...caps].map((cap) => cap.innerText).join(' ')",
    )
}

fn status(page: &Page) -> String {
    page.text("return document.querySelector('[data-testid=status-line]')?.innerText ?? ''")
}
