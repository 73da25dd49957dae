//! Everything can be reached by Tab and shows that it has the focus; with less motion nothing moves.

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::until;
use rota_tests::webdriver::Window;
use serde_json::{Value, json};

use crate::house::House;
use crate::screens::{show, some};

/// More than any view has.
const MOST_STEPS: usize = 300;

/// Notes what has the focus and how it looks, and how what had it before looks now. Says whether all was walked.
const STEP: &str = "
    const walk = window.walk ??= [];
    // A ring may be drawn around the field that a control is part of.
    const look = (element) => {
        const looks = [];
        for (let at = element; at && looks.length < 6; at = at.parentElement) {
            const {outlineStyle, outlineWidth, boxShadow, backgroundColor, backgroundImage} = getComputedStyle(at);
            looks.push([outlineStyle, outlineStyle === 'none' ? '' : outlineWidth, boxShadow, backgroundColor, backgroundImage].join());
        }
        return looks.join(';');
    };
    const last = walk.at(-1);
    if (last) last.without ??= look(last.element);
    const element = document.activeElement;
    if (element === walk[0]?.element) return true;
    if (element !== document.body) walk.push({element, focused: look(element)});
    return false";

/// What was not reached, and what looked the same with the focus as without.
const WALKED: &str = "
    const {walk} = window;
    delete window.walk;
    const name = (e) => e.dataset.testid ?? e.getAttribute('aria-label') ?? `${e.tagName}.${e.className} ${e.textContent.trim()}`;
    const reached = new Set(walk.map(({element}) => element));
    const controls = [...document.querySelectorAll('button, input, select, textarea, a[href], [tabindex]')]
        .filter((e) => e.tabIndex >= 0 && !e.disabled && e.getClientRects().length > 0 && getComputedStyle(e).visibility === 'visible')
        .filter((e) => !e.parentElement.closest('[data-testid=task-row]'));
    return [
        ...controls.filter((e) => !reached.has(e)).map((e) => `not reached by Tab: ${name(e)}`),
        ...walk.filter(({focused, without}) => focused === without).map(({element}) => `no ring: ${name(element)}`),
        ...(controls.length < 15 ? [`only ${controls.length} controls`] : []),
    ]";

#[test]
fn tab_reaches_every_control_and_the_focus_is_seen() {
    if !can_run("tab_reaches_every_control_and_the_focus_is_seen", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    let window = &house.window;
    let mut found = Vec::new();
    let names = [
        "today",
        "list",
        "task",
        "trash",
        "recovered",
        "computers",
        "add-people",
        "settings",
    ];
    for screen in some(&names) {
        show(window, screen, || {
            found.extend(
                walk(window)
                    .into_iter()
                    .map(|one| format!("{}: {one}", screen.name)),
            );
        });
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Presses Tab until the focus is where it began.
fn walk(window: &Window) -> Vec<String> {
    let _ = window.script("document.activeElement.blur(); delete window.walk");
    let mut steps = 0;
    while {
        window.keys("Tab");
        window.script(STEP) == false
    } {
        steps += 1;
        assert!(steps < MOST_STEPS, "Tab does not come back");
    }
    let found = window.script(WALKED);
    let found = found.as_array().unwrap_or_else(|| panic!("{found}"));
    found.iter().map(Value::to_string).collect()
}

/// What would move on the page as it is.
const MOVES: &str = "
    const moving = (times) => times.split(',').some((time) => parseFloat(time) > 0);
    const places = ['', '::before', '::after'];
    return [...document.querySelectorAll('*')].flatMap((element) => places.flatMap((place) => {
        const style = getComputedStyle(element, place || null);
        const moves = moving(style.transitionDuration)
            || (style.animationName !== 'none' && moving(style.animationDuration) && style.animationPlayState !== 'paused');
        return moves ? [`${element.tagName}.${element.className}${place}`] : [];
    }))";

#[test]
fn with_less_motion_nothing_moves() {
    if !can_run("with_less_motion_nothing_moves", NEEDS) {
        return;
    }
    let display = Display::start();
    let house = House::open(&display);
    let window = &house.window;
    let names = [
        "list-done",
        "task",
        "palette",
        "keys",
        "task-menu",
        "schedule",
        "toast",
        "bulk",
        "confirm",
        "settings",
    ];
    for (motion, is_still) in [("full", false), ("less", true)] {
        house.set(&json!({"motion": motion}));
        until(&format!("motion is {motion}"), 20, || {
            window.script("return document.documentElement.dataset.motion ?? ''") == motion
        });
        let mut moves = Vec::new();
        for screen in some(&names) {
            show(window, screen, || {
                let found = window.script(MOVES);
                let found = found.as_array().unwrap_or_else(|| panic!("{found}"));
                moves.extend(found.iter().map(|one| format!("{}: {one}", screen.name)));
            });
        }
        assert_eq!(moves.is_empty(), is_still, "{motion}: {}", moves.join("\n"));
    }
}
