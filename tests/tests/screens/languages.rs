//! All screens in a language that runs the other way and in one with long words that nobody speaks; what is neither in
//! the language nor somebody's own text is untranslated.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::until;
use rota_tests::webdriver::Window;
use serde_json::{Value, json};

use crate::house::House;
use crate::look::{Look, still};
use crate::screens::{Screen, all, show, some};

/// Words that nobody wrote and that are not from the catalogue, on the page as it is.
///
/// Own text stands in `bdi`, in fields, in notes, or between the marks that isolate it within a sentence. Signs and
/// commands are left to right in every language; the names of languages, keys and programs are the same in all. What the
/// network check found is told in whole by the service, whose language is English.
const UNTRANSLATED: &str = r#"
    const [dressed] = arguments;
    const exempt = 'bdi, kbd, input, textarea, script, style, symbol, [dir=ltr]:not(html), .mirror, .av, .chip, '
        + '[data-testid=notes-shown], [data-testid=invite-code], [data-testid=setting-language], [data-testid=quick-title]'
        + (dressed ? ', [data-testid=network-check] .cks' : '');
    const own = [...document.querySelectorAll('bdi')].map((e) => e.textContent.trim())
        .concat([...document.querySelectorAll('input:not([type=checkbox]), textarea')].map((field) => field.value.trim()))
        .concat('House', 'Garden', 'Inbox', 'Home', 'Attic', 'Anna', 'Ben', 'desk', 'laptop')
        .filter((text) => text !== '').sort((a, b) => b.length - a.length);
    const known = 'Rota Todoist Vikunja Ctrl Alt Shift Space Enter Esc Del Home End PgUp PgDn 7-maple-otter-canvas';
    // What `Intl` says is not from the catalogue; in the strange dress it is plain English.
    const days = [...Array(7).keys()].map((n) => new Date(2026, 0, n + 4));
    const months = [...Array(12).keys()].map((n) => new Date(2026, n, 1));
    const intl = [
        ...['long', 'short'].flatMap((month) => months.map((day) => day.toLocaleDateString('en', {month}))),
        ...['long', 'short'].flatMap((weekday) => days.map((day) => day.toLocaleDateString('en', {weekday}))),
        ...'AM PM at and in next last ago today tomorrow yesterday now'.split(' '),
        ...'day week month year hour minute second'.split(' ').flatMap((unit) => [unit, `${unit}s`]),
    ];
    const same = new RegExp([...known.split(' '), ...(dressed ? intl : [])].map((word) => `\\b${word}\\b`).join('|'), 'g');
    const without = (text) => own.reduce((rest, name) => rest.replaceAll(name, ''), text)
        .replace(/[\u2066-\u2068][^\u2066-\u2069]*\u2069/g, '').replace(same, '');
    const isFrom = (text) => (dressed && /\S·/.test(text)) || !(dressed ? /\p{L}{2}/u : /[A-Za-z]{2}/).test(without(text));
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (parent.closest(exempt) || !parent.getClientRects().length) continue;
        // What was found in a word is marked, and so in a piece of its own.
        const pieces = parent.closest(':has(> b, > mark)');
        if (!isFrom(node.data) && !(pieces && isFrom(pieces.textContent))) found.push(node.data.trim());
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-description'])
        for (const element of document.body.querySelectorAll(`[${name}]`)) {
            const text = element.getAttribute(name);
            if (!element.closest('[data-testid=notes-shown], .av') && !isFrom(text)) found.push(`${name}: ${text}`);
        }
    return [...new Set(found)]"#;

#[test]
fn every_screen_in_arabic_without_a_word_of_english() {
    let test = "every_screen_in_arabic_without_a_word_of_english";
    if can_run(test, NEEDS) {
        in_language("ar", all());
    }
}

#[test]
fn every_screen_in_a_language_with_long_words_and_every_word_from_the_catalogue() {
    let test = "every_screen_in_a_language_with_long_words_and_every_word_from_the_catalogue";
    if can_run(test, NEEDS) {
        in_language("pseudo", all());
    }
}

#[test]
fn the_screens_with_most_words_in_german() {
    if can_run("the_screens_with_most_words_in_german", NEEDS) {
        let names = [
            "list",
            "merged",
            "schedule",
            "bulk",
            "keys",
            "computers",
            "settings",
        ];
        in_language("de", some(&names).into_iter());
    }
}

fn in_language(language: &str, screens: impl Iterator<Item = &'static Screen>) {
    let display = Display::start();
    let house = House::open(&display);
    let window = &house.window;
    speak(&house, language);
    let mut look = Look::on(&display);
    for screen in screens {
        let name = format!("{}-{language}", screen.name);
        show(window, screen, || {
            look.at(window, &name);
            if language != "de" {
                look.note(&name, untranslated(window, language == "pseudo"));
            }
        });
    }
    look.verdict();
}

/// Lets the window speak it.
pub(crate) fn speak(house: &House, language: &str) {
    let window = &house.window;
    if language == "pseudo" {
        house.set(&json!({"language": "en"}));
        let _ = window.script("localStorage.setItem('rota.pseudo', '1'); location.reload()");
    } else {
        house.set(&json!({"language": language}));
    }
    let direction = if language == "ar" { "rtl" } else { "ltr" };
    until(&format!("the window speaks {language}"), 30, || {
        window.script("return document.documentElement.dir") == direction
            && window.script(
                "return document.querySelector('[data-testid=add-people-button]')?.innerText.includes('Add people')",
            ) == false
    });
}

pub(crate) fn untranslated(window: &Window, dressed: bool) -> Vec<String> {
    still(window);
    let found = window.script_with(UNTRANSLATED, &json!([dressed]));
    let found = found.as_array().expect("a list of words");
    found.iter().map(Value::to_string).collect()
}
