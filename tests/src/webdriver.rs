//! The real window, driven through WebKitWebDriver.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::computer::Computer;
use crate::control::ask;
use crate::display::Display;
use crate::process::{Process, parents};
use crate::wait::{until, until_some, within};

/// The key that ends a line.
pub const ENTER: &str = "\u{e007}";
/// The key that leaves.
pub const ESCAPE: &str = "\u{e00c}";
/// The key that deletes.
pub const DELETE: &str = "\u{e017}";

/// How long the driver has to end the app.
const END_SECONDS: u64 = 5;
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A window of the desktop app under test.
#[derive(Debug)]
pub struct Window {
    agent: ureq::Agent,
    session: String,
    /// Ends with the window.
    driver: Process,
}

/// Something on the page.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Window {
    /// Starts the desktop app of a computer on a display, with these arguments, and attaches to its window, which is past
    /// what it asks at first.
    #[must_use]
    pub fn open(computer: &Computer, display: &Display, args: &[&str]) -> Self {
        let window = Self::open_first(computer, display, args);
        let _ = ask(
            computer,
            "settings_change",
            &json!({"first_run_done": true}),
        );
        window
    }

    /// The same as somebody meets it who has never seen it.
    #[must_use]
    pub fn open_first(computer: &Computer, display: &Display, args: &[&str]) -> Self {
        let port = free_port();
        let mut command = computer.command("WebKitWebDriver");
        command
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        display.place(&mut command);
        let driver = Process::start(command);
        let agent = ureq::Agent::new_with_config(
            ureq::Agent::config_builder()
                .http_status_as_error(false)
                .timeout_global(Some(Duration::from_secs(90)))
                .build(),
        );
        let base = format!("http://127.0.0.1:{port}");
        until("WebKitWebDriver answers", 20, || {
            agent.get(format!("{base}/status")).call().is_ok()
        });
        let options = json!({"binary": desktop_bin(), "args": args});
        let capabilities =
            json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}});
        let answer = post(&agent, &format!("{base}/session"), &capabilities);
        let id = answer["sessionId"]
            .as_str()
            .unwrap_or_else(|| panic!("no session: {answer}; {}", driver.errors()));
        let window = Self {
            session: format!("{base}/session/{id}"),
            agent,
            driver,
        };
        window.attach_to("Rota");
        window
    }

    /// Goes to the window with this title.
    pub fn attach_to(&self, title: &str) {
        until(&format!("a window is titled {title:?}"), 40, || {
            let handles = self.get("window/handles");
            handles.as_array().into_iter().flatten().any(|handle| {
                self.post("window", &json!({"handle": handle}));
                self.get("title") == title
            })
        });
    }

    /// Waits until an element with this `data-testid` is there.
    #[must_use]
    pub fn wait(&self, testid: &str) -> Element {
        until_some(&format!("{testid} is on the page"), 30, || {
            self.all(testid).into_iter().next()
        })
    }

    /// All elements with this `data-testid`.
    #[must_use]
    pub fn all(&self, testid: &str) -> Vec<Element> {
        self.select(&format!("[data-testid=\"{testid}\"]"))
    }

    /// All elements of a CSS selector.
    #[must_use]
    pub fn select(&self, selector: &str) -> Vec<Element> {
        let found = self.post(
            "elements",
            &json!({"using": "css selector", "value": selector}),
        );
        found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|e| e[ELEMENT].as_str())
            .map(|id| Element(id.to_owned()))
            .collect()
    }

    /// All elements with this `data-testid` inside another.
    #[must_use]
    pub fn inside(&self, element: &Element, testid: &str) -> Vec<Element> {
        let by = json!({"using": "css selector", "value": format!("[data-testid=\"{testid}\"]")});
        let found = self.post(&format!("element/{}/elements", element.0), &by);
        found
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|e| e[ELEMENT].as_str())
            .map(|id| Element(id.to_owned()))
            .collect()
    }

    /// What a person reads in it. The driver's own answer leaves out text that may be cut off at its end.
    #[must_use]
    pub fn text(&self, element: &Element) -> String {
        let script = json!({
            "script": "return arguments[0].innerText",
            "args": [{ELEMENT: element.0}],
        });
        self.post("execute/sync", &script)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// An attribute, if it has it.
    #[must_use]
    pub fn attribute(&self, element: &Element, name: &str) -> Option<String> {
        self.get(&format!("element/{}/attribute/{name}", element.0))
            .as_str()
            .map(str::to_owned)
    }

    /// Clicks it where it stands still: the driver aims first and presses later.
    pub fn click(&self, element: &Element) {
        let moves = "return document.getAnimations().some(({effect}) =>
            effect.target.contains(arguments[0]) && effect.getComputedTiming().endTime !== Infinity)";
        until("what is clicked stands still", 20, || {
            self.script_with(moves, &json!([{ELEMENT: element.0}])) != true
        });
        let answer = self.post(&format!("element/{}/click", element.0), &json!({}));
        assert!(answer.is_null(), "click: {answer}");
    }

    /// Types into it.
    pub fn type_into(&self, element: &Element, text: &str) {
        let answer = self.post(
            &format!("element/{}/value", element.0),
            &json!({"text": text}),
        );
        assert!(answer.is_null(), "type: {answer}");
    }

    /// Presses keys where the focus is.
    pub fn press(&self, keys: &str) {
        let actions: Vec<_> = keys
            .chars()
            .flat_map(|key| {
                [
                    json!({"type": "keyDown", "value": key}),
                    json!({"type": "keyUp", "value": key}),
                ]
            })
            .collect();
        let answer = self.post(
            "actions",
            &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}),
        );
        assert!(answer.is_null(), "press: {answer}");
    }

    /// Holds one key and presses another.
    pub fn press_with(&self, held: &str, key: &str) {
        let actions = json!([
            {"type": "keyDown", "value": held},
            {"type": "keyDown", "value": key},
            {"type": "keyUp", "value": key},
            {"type": "keyUp", "value": held},
        ]);
        self.post(
            "actions",
            &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}),
        );
    }

    /// Runs a function body in the page and gives what it returns.
    #[must_use]
    pub fn script(&self, body: &str) -> Value {
        self.script_with(body, &json!([]))
    }

    /// The same with arguments.
    #[must_use]
    pub fn script_with(&self, body: &str, arguments: &Value) -> Value {
        self.post("execute/sync", &json!({"script": body, "args": arguments}))
    }

    /// Runs a function body in the page, whose last argument takes what it gives later.
    #[must_use]
    pub fn script_later(&self, body: &str, arguments: &Value) -> Value {
        self.post("timeouts", &json!({"script": 80_000}));
        self.post("execute/async", &json!({"script": body, "args": arguments}))
    }

    /// Calls a command of the app, as the page itself does. Gives its answer, or its error.
    pub fn invoke(&self, command: &str, arguments: &Value) -> Result<Value, Value> {
        let script = json!({
            "script": "const [command, args, done] = arguments;
                window.__TAURI_INTERNALS__.invoke(command, args)
                    .then((ok) => done({ok: ok ?? null}), (error) => done({error}))",
            "args": [command, arguments],
        });
        let mut answer = self.post("execute/async", &script);
        match answer.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(answer["ok"].take()),
        }
    }

    fn get(&self, path: &str) -> Value {
        let mut answer = self
            .agent
            .get(format!("{}/{path}", self.session))
            .call()
            .unwrap();
        answer.body_mut().read_json::<Value>().unwrap()["value"].take()
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        post(&self.agent, &format!("{}/{path}", self.session), body)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let before = parents();
        let driver = self.driver.id();
        let apps = before.iter().filter(|(_, parent)| **parent == driver);
        let apps: Vec<u32> = apps.map(|(id, _)| *id).collect();
        let _ = self.agent.delete(&self.session).call();
        // The driver ends the app with the session, and says so before it has: without the driver nobody would.
        let gone = within(END_SECONDS, || {
            let running = parents();
            let left = apps.iter().any(|id| running.contains_key(id));
            (!left).then_some(())
        });
        if gone.is_none() {
            let ids = apps.iter().map(u32::to_string);
            let _ = Command::new("kill").arg("-KILL").args(ids).status();
        }
    }
}

/// Starts the desktop app of a computer on a display as a person does, with no driver.
#[must_use]
pub fn start_app(computer: &Computer, display: &Display, args: &[&str]) -> Process {
    let mut command = computer.command(desktop_bin());
    command.args(args);
    display.place(&mut command);
    Process::start(command)
}

/// The folder in which pictures of a run are kept.
#[must_use]
pub fn artefacts() -> std::path::PathBuf {
    let folder = std::env::var_os("ROTA_ARTEFACTS").map_or_else(
        || {
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .parent()
                .unwrap()
                .join("target/artefacts")
        },
        std::path::PathBuf::from,
    );
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The desktop app under test.
#[must_use]
pub fn desktop_bin() -> String {
    std::env::var("ROTA_DESKTOP_BIN").expect("ROTA_DESKTOP_BIN names the desktop app")
}

fn post(agent: &ureq::Agent, url: &str, body: &Value) -> Value {
    let mut answer = agent.post(url).send_json(body).unwrap();
    answer.body_mut().read_json::<Value>().unwrap()["value"].take()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
