//! Keys of the window by the names that its sheet gives them, such as `Ctrl+Shift+N` or `g t`.

use serde_json::{Value, json};

use crate::webdriver::Window;

impl Window {
    /// Presses one chord after the other, where the focus is.
    pub fn keys(&self, chords: &str) {
        for chord in chords.split(' ') {
            let actions = actions(chord);
            let answer = self.post(
                "actions",
                &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}),
            );
            assert!(answer.is_null(), "{chord}: {answer}");
        }
    }
}

/// Holds what comes before the last part, presses that, and lets go in reverse.
fn actions(chord: &str) -> Vec<Value> {
    let parts: Vec<_> = match chord.strip_suffix("++") {
        Some(held) => held.split('+').chain(["+"]).collect(),
        None => chord.split('+').collect(),
    };
    let shifted = parts.contains(&"Shift");
    let down = parts.iter().map(|part| (part, "keyDown"));
    let up = parts.iter().rev().map(|part| (part, "keyUp"));
    down.chain(up)
        .map(|(part, kind)| json!({"type": kind, "value": value(part, shifted)}))
        .collect()
}

/// What the driver knows a key by. The names write letters as they stand on the keys.
fn value(key: &str, shifted: bool) -> String {
    let code = match key {
        "Ctrl" => '\u{e009}',
        "Shift" => '\u{e008}',
        "Alt" => '\u{e00a}',
        "Enter" => '\u{e007}',
        "Escape" => '\u{e00c}',
        "Tab" => '\u{e004}',
        "Backspace" => '\u{e003}',
        "Space" => ' ',
        "Plus" => '+',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        "F1" => '\u{e031}',
        "F2" => '\u{e032}',
        "F6" => '\u{e036}',
        "F10" => '\u{e03a}',
        _ => {
            let mut letters = key.chars();
            let letter = letters.next().unwrap();
            assert!(letters.next().is_none(), "no key is called {key:?}");
            if shifted {
                letter
            } else {
                letter.to_ascii_lowercase()
            }
        }
    };
    code.to_string()
}
