//! What tests of pages share.

use rota_tests::webdriver::{Element, Window};
use rota_tests::{until, until_some};

/// The `data-testid` of what has the focus.
pub fn focus(window: &Window) -> String {
    let testid = window.script("return document.activeElement?.dataset.testid ?? ''");
    testid.as_str().unwrap_or_default().to_owned()
}

/// The title of the task in the panel; empty for none.
pub fn panel_title(window: &Window) -> String {
    let title = window.script(
        "return document.querySelector('[data-testid=panel-title]')?.innerText.trim() ?? ''",
    );
    title.as_str().unwrap_or_default().to_owned()
}

/// The kind of view that is open.
pub fn view(window: &Window) -> String {
    let view = window.script("return document.querySelector('main')?.dataset.view ?? ''");
    view.as_str().unwrap_or_default().to_owned()
}

pub fn open_list(window: &Window, name: &str) {
    let list = until_some("the list is in the sidebar", 30, || {
        let lists = window.all("sidebar-list");
        lists
            .into_iter()
            .find(|list| window.text(list).contains(name))
    });
    window.click(&list);
}

pub fn add(window: &Window, text: &str) {
    let field = window.wait("new-task-field");
    window.click(&field);
    window.type_into(&field, &format!("{text}{}", rota_tests::webdriver::ENTER));
}

pub fn wait_row(window: &Window, title: &str) -> Element {
    until_some(&format!("a row says {title:?}"), 30, || {
        let rows = window.all("task-row");
        rows.into_iter()
            .find(|row| window.text(row).contains(title))
    })
}

/// Keeps what the page complains of from now on: errors nobody caught, and what its content policy refuses.
pub fn note_complaints(window: &Window) {
    let _ = window.script(
        "globalThis.complaints = [];
         addEventListener('error', (event) => complaints.push(`error ${event.message}`));
         addEventListener('unhandledrejection', (event) => complaints.push(`rejection ${event.reason}`));
         document.addEventListener('securitypolicyviolation', (event) => complaints.push(`refused ${event.effectiveDirective}`));",
    );
}

pub fn complaints(window: &Window) -> String {
    let all = window.script("return complaints.join()");
    all.as_str().unwrap().to_owned()
}

pub fn assert_no_complaint(window: &Window) {
    assert_eq!(complaints(window), "");
    // They are kept indeed: what is against the policy comes into them.
    let _ = window.script("new Image().src = 'http://127.0.0.1:9/refused.png'");
    until("a picture from elsewhere is refused", 20, || {
        complaints(window) == "refused img-src"
    });
}
