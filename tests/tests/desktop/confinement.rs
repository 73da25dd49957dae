//! What a page could be made to do by something that got into it: it reaches nobody, goes nowhere, and asks the app for
//! nothing that is not its own.

use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, Mutex};

use rota_tests::display::{Display, NEEDS};
use rota_tests::skip::can_run;
use rota_tests::webdriver::Window;
use rota_tests::{Computer, until, until_some};
use serde_json::{Value, json};

use crate::pages::{open_list, wait_row};

/// The titles of both pages.
const PAGES: [&str; 2] = ["Rota", "Quick add - Rota"];

/// What is tried, what the page's policy calls it, and how: `at` gives an address of the listener, `put` an element.
const ATTEMPTS: &[(&str, &str, &str)] = &[
    ("image", "img-src", "new Image().src = at('image')"),
    (
        "picture of a style",
        "img-src",
        "const d = put('div', {}); d.style.backgroundImage = `url(${at('style-image')})`",
    ),
    (
        "fetch",
        "connect-src",
        "fetch(at('fetch'), {mode: 'no-cors'}).catch(() => 0)",
    ),
    (
        "request",
        "connect-src",
        "const r = new XMLHttpRequest(); r.open('POST', at('request')); r.send('x')",
    ),
    (
        "socket",
        "connect-src",
        "try { new WebSocket(at('socket').replace('http', 'ws')) } catch {}",
    ),
    ("events", "connect-src", "new EventSource(at('events'))"),
    (
        "beacon",
        "connect-src",
        "navigator.sendBeacon(at('beacon'), 'x')",
    ),
    (
        "script",
        "script-src-elem",
        "put('script', {src: at('script.js')})",
    ),
    (
        "module",
        "script-src-elem",
        "put('script', {type: 'module', src: at('module.js')})",
    ),
    (
        "script in the page",
        "script-src-elem",
        "put('script', {textContent: 'globalThis.ran = 1'})",
    ),
    (
        "attribute",
        "script-src-attr",
        "const d = put('div', {}); d.setAttribute('onclick', 'globalThis.ran = 1'); d.click()",
    ),
    (
        "eval",
        "script-src",
        "try { (0, eval)('globalThis.ran = 1') } catch {}",
    ),
    (
        "function",
        "script-src",
        "try { new Function('globalThis.ran = 1')() } catch {}",
    ),
    (
        "style",
        "style-src-elem",
        "put('link', {rel: 'stylesheet', href: at('style.css')})",
    ),
    (
        "style in the page",
        "style-src-elem",
        "put('style', {textContent: '*{}'})",
    ),
    (
        "font",
        "font-src",
        "new FontFace('x', `url(${at('font.woff2')})`).load().catch(() => 0)",
    ),
    ("frame", "frame-src", "put('iframe', {src: at('frame')})"),
    (
        "object",
        "object-src",
        "put('object', {data: at('object')})",
    ),
    (
        "media",
        "media-src",
        "const a = put('audio', {src: at('audio.mp3')}); a.load()",
    ),
    (
        "worker",
        "worker-src",
        "try { new Worker(URL.createObjectURL(new Blob(['1']))) } catch {}",
    ),
    ("base", "base-uri", "put('base', {href: at('base/')})"),
    (
        "form",
        "form-action",
        "put('form', {action: at('form'), method: 'post'}).submit()",
    ),
];

#[test]
fn neither_page_reaches_anybody() {
    if !can_run("neither_page_reaches_anybody", NEEDS) {
        return;
    }
    let (listener, heard) = listen();
    let opener = Opener::new();
    let computer = Computer::with("desk", "Anna", None, &[("PATH", &opener.path)]);
    let display = Display::start();
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    for page in PAGES {
        window.attach_to(page);
        let address = || window.script("return location.href");
        let before = address();
        let _ = window.script(
            "globalThis.refused = [];
             document.addEventListener('securitypolicyviolation', (event) =>
                 refused.push(`${event.effectiveDirective} ${event.blockedURI}`))",
        );
        for (what, directive, attempt) in ATTEMPTS {
            let refusals = || refusals(&window, directive);
            let (had, script) = (refusals(), script(&listener, attempt));
            let _ = window.script(&script);
            until(&format!("{page}: {what} is refused"), 20, || {
                refusals() > had
            });
        }
        // These break no policy; the window does not follow them.
        for leave in [
            "location.href = at('location')",
            "location.replace(at('replace'))",
            "put('a', {href: at('link')}).click()",
            "put('a', {href: at('download'), download: 'x'}).click()",
            "const meta = put('meta', {httpEquiv: 'refresh', content: `0;url=${at('refresh')}`})",
            "put('link', {rel: 'preconnect', href: at('')})",
            "put('link', {rel: 'dns-prefetch', href: at('')})",
            "put('link', {rel: 'prefetch', href: at('prefetch')})",
            "location.href = 'file:///etc/passwd'",
            "location.href = 'data:text/html,left'",
            "location.href = 'javascript:globalThis.ran = 1'",
            "put('a', {href: 'javascript:globalThis.ran = 1'}).click()",
            "put('a', {href: 'file:///etc/passwd'}).click()",
        ] {
            let _ = window.script(&script(&listener, leave));
            assert_eq!(address(), before, "{page}: {leave}");
        }
        let opened = window.script(&script(
            &listener,
            "return window.open(at('window')) === null",
        ));
        assert_eq!(opened, true, "{page}: it got a window");
        // Once more round the app and back, after which the page is still the page.
        window
            .invoke("call", &json!({"operation": "status", "input": {}}))
            .unwrap();
        assert_eq!(address(), before, "{page}");
        assert_eq!(window.script("return globalThis.ran ?? null"), Value::Null);
    }
    assert_eq!(
        opener.opened(),
        "",
        "a page opens nothing outside by itself"
    );

    // What they began is begun by now.
    drop(window);
    until("the app has ended", 20, || {
        let status = computer.rota(&["--json", "status"]);
        status.stdout.contains("\"running\":false")
    });
    // The listener hears indeed: this is the first that it hears, for it takes them in their order.
    std::net::TcpStream::connect(&listener).unwrap();
    until("the listener hears", 20, || {
        !heard.lock().unwrap().is_empty()
    });
    let heard = heard.lock().unwrap();
    assert_eq!(*heard, [""], "a page reached the listener");
}

/// What each page may not ask the app itself for.
const REFUSED: [(&str, &[&str]); 2] = [
    ("Rota", &["hide_quick_add", "resize_quick_add"]),
    (
        "Quick add - Rota",
        &[
            "open_link",
            "open_settings",
            "desktop_info",
            "close_window",
            "quit",
            "plugin:dialog|open",
            "plugin:dialog|save",
        ],
    ),
];

/// What no page may ask the frame around it for.
const REFUSED_TO_ALL: &[&str] = &[
    "plugin:event|emit",
    "plugin:event|emit_to",
    "plugin:window|close",
    "plugin:window|destroy",
    "plugin:window|create",
    "plugin:window|get_all_windows",
    "plugin:window|hide",
    "plugin:window|set_title",
    "plugin:window|start_dragging",
    "plugin:webview|create_webview",
    "plugin:webview|create_webview_window",
    "plugin:webview|get_all_webviews",
    "plugin:webview|set_webview_zoom",
    "plugin:webview|internal_toggle_devtools",
    "plugin:app|version",
    "plugin:app|app_hide",
    "plugin:app|set_app_theme",
    "plugin:path|resolve_directory",
    "plugin:resources|close",
    "plugin:tray|new",
    "plugin:menu|new",
    "plugin:image|from_path",
    "plugin:dialog|message",
    "plugin:fs|read_text_file",
    "plugin:shell|open",
    "plugin:global-shortcut|register",
    "no_such_command",
];

#[test]
fn each_page_asks_only_for_what_is_its_own() {
    if !can_run("each_page_asks_only_for_what_is_its_own", NEEDS) {
        return;
    }
    let (computer, display) = (Computer::new("desk", "Anna"), Display::start());
    let task = computer.json(&["add", "--plain", "Stays"]);
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    for (page, own) in REFUSED {
        window.attach_to(page);
        for command in own.iter().chain(REFUSED_TO_ALL) {
            // What they would take, so that it is not for want of it that they are refused.
            let arguments = json!({
                "url": "https://example.org", "page": "network", "task": null, "view": "today", "height": 90,
                "event": "rota://open", "payload": null, "target": {"kind": "Any"}, "label": "main",
                "options": {}, "value": "x", "theme": "dark",
            });
            let refused = window.invoke(command, &arguments).expect_err(command);
            let words = refused.as_str().unwrap_or_default();
            assert!(
                words.contains("not allowed") || words.contains("not found"),
                "{page}: {command}: {refused}"
            );
        }
    }

    // Of the service quick add gets what it needs, however it asks.
    let id = &task["id"];
    for (operation, input) in [
        ("task_delete", json!({"ids": [id]})),
        ("task_edit", json!({"id": id, "title": "Changed"})),
        ("task_show", json!({"id": id})),
        ("task_page", json!({"limit": 10})),
        ("settings_change", json!({"theme": "dark"})),
        ("member_remove", json!({})),
        ("invite", json!({})),
        ("join", json!({"code": "7-copper-dolphin-canoe"})),
        ("backup", json!({"path": "/tmp/rota-taken"})),
        ("rekey", json!({})),
        ("undo", json!({})),
        ("computers_show", json!({})),
    ] {
        let asked = json!({"operation": operation, "input": input});
        let code = |error: &Value| error["code"].as_str().unwrap_or_default().to_owned();
        let alone = code(&window.invoke("call", &asked).expect_err(operation));
        let allowed = json!({"operation": "settings_show", "input": {}});
        let together = json!({"calls": [allowed, asked]});
        let answers = window.invoke("call_together", &together).unwrap();
        assert!(answers[0]["done"].is_object(), "{answers}");
        let among = code(&answers[1]["failed"]);
        assert_eq!(
            (&*alone, &*among),
            ("not_allowed", "not_allowed"),
            "{operation}"
        );
    }
    assert_eq!(computer.titles(), ["Stays"]);
}

#[test]
fn a_link_in_notes_that_is_clicked_opens_outside_and_the_page_stays() {
    let test = "a_link_in_notes_that_is_clicked_opens_outside_and_the_page_stays";
    if !can_run(test, NEEDS) {
        return;
    }
    let opener = Opener::new();
    let computer = Computer::with("desk", "Anna", None, &[("PATH", &opener.path)]);
    computer.ok(&["lists", "add", "Garden"]);
    let task = computer.json(&["add", "--plain", "Read it", "--list", "Garden"]);
    let notes = "[the page](https://example.org/roses?a=1)\n\n\
        [the mail](mailto:anna@example.org)\n\n\
        [the script](javascript:globalThis.ran=1)\n\n\
        [the file](file:///etc/passwd)\n\n\
        [the data](data:text/html,left)\n\n\
        [the task](rota://add?text=x)\n\n\
        <a href=\"javascript:globalThis.ran=1\">the tag</a>";
    computer.ok(&["edit", task["id"].as_str().unwrap(), "--notes", notes]);
    let display = Display::start();
    let window = Window::open(&computer, &display, &["--no-discovery"]);
    open_list(&window, "Garden");
    window.click(&wait_row(&window, "Read it"));
    let _ = window.wait("notes-shown");
    let before = window.script("return location.href");
    let click = |words: &str| {
        let found = until_some(&format!("{words} stands in the notes"), 20, || {
            // Where it is no link its text is clicked.
            let links = window.select("[data-testid=notes-shown] a");
            let lines = window.select("[data-testid=notes-shown] p");
            let mut all = links.into_iter().chain(lines);
            all.find(|one| window.text(one).contains(words))
        });
        window.click(&found);
    };

    // First those that do nothing: what one of them opened would stand before what is opened after it.
    for words in ["the script", "the file", "the data", "the task", "the tag"] {
        click(words);
    }
    click("the page");
    until("the page is opened outside", 20, || {
        opener.opened() == "https://example.org/roses?a=1\n"
    });
    click("the mail");
    until("the mail is begun outside", 20, || {
        opener.opened() == "https://example.org/roses?a=1\nmailto:anna@example.org\n"
    });
    assert_eq!(window.script("return location.href"), before);
    assert_eq!(window.script("return globalThis.ran ?? null"), Value::Null);
    assert!(
        !window.all("notes-shown").is_empty(),
        "the notes are still read"
    );
    assert!(!display.shows(crate::QUICK_ADD));
}

/// What the desktop opens links with, in the place of its own: it takes note of them.
struct Opener {
    folder: tempfile::TempDir,
    path: String,
}

impl Opener {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("xdg-open");
        let said = folder.path().join("said");
        let script = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >> {}\n", said.display());
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", folder.path().display());
        Self { folder, path }
    }

    fn opened(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("said")).unwrap_or_default()
    }
}

/// Listens on this machine. Gives where, and who has connected.
fn listen() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&heard);
    // It ends with the test.
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let sink = Arc::clone(&sink);
            // What it wants is only for who reads why the test failed.
            std::thread::spawn(move || {
                let place = {
                    let mut heard = sink.lock().unwrap();
                    heard.push(String::new());
                    heard.len() - 1
                };
                let mut wish = [0; 200];
                let read = stream.read(&mut wish).unwrap_or(0);
                sink.lock().unwrap()[place] = String::from_utf8_lossy(&wish[..read]).into_owned();
            });
        }
    });
    (address, heard)
}

/// An attempt with what it may name.
fn script(listener: &str, attempt: &str) -> String {
    format!(
        "const at = (name) => 'http://{listener}/' + name;
         const put = (tag, properties) => {{
             const element = Object.assign(document.createElement(tag), properties);
             document.body.append(element);
             return element;
         }};
         {attempt}"
    )
}

/// How many different things were refused under a directive.
fn refusals(window: &Window, directive: &str) -> usize {
    let all = window.script("return refused");
    let all: Vec<String> = serde_json::from_value(all).unwrap();
    all.iter()
        .filter(|refused| refused.split(' ').next() == Some(directive))
        .count()
}
