//! The local control channel between a process and the owner of the data folder.
//!
//! One JSON [`Request`] a line; the owner answers with any number of `progress` lines and then exactly one `ok` or
//! `error` line. To [`WATCH`] it answers `ok` once and then writes `event` lines until the caller hangs up, to [`WINDOW`] the
//! same with `quick_add` lines. One connection carries one request at a time.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ApiError, Empty, Progress, WatchEvent};

/// The one operation that is a stream and so not in the table.
pub const WATCH: &str = "watch";

/// The other stream: a program that has a quick-add window and works beside the owner is told when to open it.
pub const WINDOW: &str = "window";

/// One line to the owner of the folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The snake_case name of an operation, or [`WATCH`] or [`WINDOW`].
    pub operation: String,
    /// Its input; may be left out where nothing has to be said.
    #[serde(default)]
    pub input: Value,
}

/// One line from the owner of the folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// It was done; the answer. The last line of a request.
    Ok(Value),
    /// It failed. The last line of a request.
    Error(ApiError),
    /// How far it has come.
    Progress(Progress),
    /// A change, for one who watches.
    Event(WatchEvent),
    /// The quick-add window is asked for, of one that has it.
    QuickAdd(Empty),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, WatchKind};

    #[test]
    fn the_lines_have_the_written_form() {
        let request: Request = serde_json::from_str(r#"{"operation":"status"}"#).unwrap();
        assert_eq!(
            request,
            Request {
                operation: "status".to_owned(),
                input: Value::Null
            }
        );
        let lines = [
            Reply::Ok(serde_json::json!([])),
            Reply::Error(ApiError::new(Code::Busy, "too much is waiting")),
            Reply::Progress(Progress {
                done: 3,
                total: None,
            }),
            Reply::Event(WatchEvent {
                seq: 7,
                kind: WatchKind::Hello,
                ids: None,
            }),
            Reply::QuickAdd(Empty {}),
        ]
        .map(|reply| {
            let line = serde_json::to_string(&reply).unwrap();
            assert_eq!(serde_json::from_str::<Reply>(&line).unwrap(), reply);
            line
        });
        assert_eq!(
            lines,
            [
                r#"{"ok":[]}"#,
                r#"{"error":{"code":"busy","message":"too much is waiting","hint":null,"retryable":true}}"#,
                r#"{"progress":{"done":3,"total":null}}"#,
                r#"{"event":{"seq":7,"kind":"hello"}}"#,
                r#"{"quick_add":{}}"#,
            ]
        );
    }
}
