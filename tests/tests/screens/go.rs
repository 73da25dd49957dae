//! Ways through the window, in whatever language it speaks.

use rota_tests::webdriver::Window;
use rota_tests::{until, until_is};

/// What lies above a view, or takes its keys.
const ABOVE: &str = "dialog, [role=dialog], [role=menu], [data-testid=palette], [data-testid=panel], \
    [data-testid=bulk-bar], [data-testid=filter-field], main [data-testid=task-title-field]";

/// Presses Escape until nothing lies above the view any more.
pub(crate) fn leave(window: &Window, name: &str) {
    until(&format!("Escape leaves {name}"), 20, || {
        window.keys("Escape");
        window.select(ABOVE).is_empty()
    });
}

/// Opens the list House, whose first row has the focus then.
pub(crate) fn house_list(window: &Window) {
    list(window, "House");
    row(window, "");
}

/// Gives the first row that has this in its text the focus.
pub(crate) fn row(window: &Window, text: &str) {
    until(&format!("a row with {text:?} has the focus"), 20, || {
        window.script(&format!(
            "const row = [...document.querySelectorAll('[data-testid=task-row]')].find((r) => r.innerText.includes('{text}'));
             row?.focus(); return !!row && document.activeElement === row"
        )) == true
    });
}

/// Opens a task in the panel: found by its title, as its row may be out of sight.
pub(crate) fn open_task(window: &Window, title: &str) {
    go_to(window, &title.to_lowercase(), title);
    let _ = window.wait("panel");
}

/// Clicks what has this `data-testid`, in the page itself: also where the window is too small to show it.
pub(crate) fn click(window: &Window, testid: &str) {
    until(&format!("{testid} is there"), 20, || {
        window.script(&format!(
            "const it = document.querySelector('[data-testid=\"{testid}\"]'); it?.click(); return !!it"
        )) == true
    });
}

/// Opens a list from the sidebar.
pub(crate) fn list(window: &Window, name: &str) {
    until(&format!("{name} is in the sidebar"), 20, || {
        in_sidebar(window, name, "click()")
    });
    until(&format!("{name} is open"), 20, || {
        window.script(&format!(
            "return document.querySelector('[data-view=list] h1 bdi')?.innerText.startsWith('{name}')"
        )) == true
    });
}

/// Opens a space from the sidebar.
pub(crate) fn space(window: &Window, name: &str) {
    until(&format!("{name} is in the sidebar"), 20, || {
        in_sidebar(window, name, "click()")
    });
}

/// Gives a list in the sidebar the focus; in a narrow window that is a drawer.
pub(crate) fn at_list(window: &Window, name: &str) {
    let _ = window.script(
        "if (!document.querySelector('nav.side').offsetParent) document.querySelector('.head .only-narrow').click()",
    );
    until(&format!("{name} in the sidebar has the focus"), 20, || {
        in_sidebar(window, name, "focus()")
            && window.script("return !!document.activeElement.dataset.list") == true
    });
}

/// Does something with a list or space in the sidebar, if it is there.
fn in_sidebar(window: &Window, name: &str, act: &str) -> bool {
    window.script(&format!(
        "const entry = [...document.querySelectorAll('[data-testid=sidebar-list], [data-testid=sidebar-space]')]
             .find((each) => each.querySelector('bdi').textContent.startsWith('{name}'));
         entry?.{act}; return !!entry"
    )) == true
}

/// Types into the palette and waits until it has all of it: nothing gets lost while it opens.
pub(crate) fn find(window: &Window, text: &str) {
    window.keys(&format!("Ctrl+K {}", keys_of(text)));
    let expected = serde_json::json!([text, "palette-field"]);
    until_is("the palette has the text", 20, &expected, || {
        window.script(
            "const { activeElement: has } = document;
             const field = document.querySelector('[data-testid=palette-field]');
             return [field?.value, has.dataset.testid ?? has.outerHTML.slice(0, 200)]",
        )
    });
}

/// Goes to the place that the palette finds for a text whose first offer has this in it.
pub(crate) fn go_to(window: &Window, text: &str, offer: &str) {
    find(window, text);
    until(&format!("{offer} is offered first"), 20, || {
        window.script(&format!(
            "return document.querySelector('[data-testid=palette] [aria-selected=true]')?.innerText.includes('{offer}')"
        )) == true
    });
    window.keys("Enter");
}

/// Types letters into the field that has the focus, once it has it.
pub(crate) fn type_in(window: &Window, testid: &str, text: &str) {
    until(&format!("{testid} has the focus"), 20, || {
        window.script("return document.activeElement?.dataset.testid ?? ''") == testid
    });
    window.keys(&keys_of(text));
    until(&format!("{text:?} is typed"), 20, || {
        window.script("return document.activeElement?.value ?? ''") == text
    });
}

/// The keys that write a text.
fn keys_of(text: &str) -> String {
    let keys = text.chars().map(|sign| match sign {
        ' ' => "Space".to_owned(),
        '+' => "Plus".to_owned(),
        sign => sign.to_string(),
    });
    keys.collect::<Vec<_>>().join(" ")
}
