//! The one error that crosses a border, and the one table of its codes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error as every face shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, TS)]
#[error("{message}")]
pub struct ApiError {
    /// What kind of failure it is; stable.
    pub code: Code,
    /// One sentence for a person, without a full stop.
    pub message: String,
    /// What to do about it, where there is something to do.
    pub hint: Option<String>,
    /// The input field at fault, in the names of the operation's input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<String>,
    /// Whether the same call may succeed later with nothing changed.
    #[serde(default)]
    pub retryable: bool,
    /// How many more tries there are, where they are counted and that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tries_left: Option<u32>,
}

impl ApiError {
    /// Makes an error; whether it is retryable follows from the code.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
            field: None,
            retryable: code.retryable(),
            tries_left: None,
        }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says how many more tries there are.
    #[must_use]
    pub fn with_tries_left(mut self, tries: Option<u32>) -> Self {
        self.tries_left = tries;
        self
    }

    /// Names the input field at fault.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident, $name:literal, $exit:literal, $http:literal, $retryable:literal;)*) => {
        /// What kind of failure an error is. The snake_case names are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $name)] $code,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$code),*];

            /// The stable snake_case name.
            pub const fn name(self) -> &'static str {
                match self { $(Code::$code => $name,)* }
            }

            /// The exit code of the command line, 1 to 6.
            pub const fn exit(self) -> u8 {
                match self { $(Code::$code => $exit,)* }
            }

            /// The HTTP status.
            pub const fn http_status(self) -> u16 {
                match self { $(Code::$code => $http,)* }
            }

            const fn retryable(self) -> bool {
                match self { $(Code::$code => $retryable,)* }
            }
        }
    };
}

// code, stable name, exit, HTTP status, retryable
codes! {
    /// Something broke inside Rota.
    Internal, "internal", 1, 500, false;
    /// The call failed for a reason that its words and rights do not explain.
    Failed, "failed", 1, 500, false;
    /// This computer has no change that it could take back.
    NothingToUndo, "nothing_to_undo", 1, 409, false;
    /// Nothing was taken back that could be made again, or something new was done since.
    NothingToRedo, "nothing_to_redo", 1, 409, false;
    /// Somebody changed it since the caller saw it.
    Stale, "stale", 1, 409, false;
    /// Too much is waiting to be written.
    Busy, "busy", 1, 503, true;
    /// The two versions of Rota do not understand each other.
    Incompatible, "incompatible", 1, 426, false;

    /// The words of the call are wrong.
    Usage, "usage", 2, 400, false;
    /// A value of the call is wrong.
    InvalidInput, "invalid_input", 2, 422, false;
    /// A value of the call is past its limit.
    TooLarge, "too_large", 2, 413, false;
    /// A name or short handle fits more than one thing.
    Ambiguous, "ambiguous", 2, 409, false;
    /// The owner of the folder does not know this operation.
    UnknownOperation, "unknown_operation", 2, 404, false;

    /// No such task, list, space, computer, action or run.
    NotFound, "not_found", 3, 404, false;

    /// The role, or that of the other side, does not allow it.
    NotAllowed, "not_allowed", 4, 403, false;
    /// This computer was removed from the space.
    Removed, "removed", 4, 403, false;
    /// The words of an invite code are wrong.
    WrongCode, "wrong_code", 4, 403, false;
    /// An invite code is used, dead or expired.
    DeadCode, "dead_code", 4, 410, false;

    /// Another process owns the data folder and cannot be spoken to.
    InUse, "in_use", 5, 503, true;
    /// The disk is full.
    DiskFull, "disk_full", 5, 507, true;
    /// The folder or database cannot be written.
    ReadOnly, "read_only", 5, 503, false;
    /// The folder or a file in it cannot be opened.
    NoAccess, "no_access", 5, 503, false;
    /// The database is damaged and nothing can be read.
    Damaged, "damaged", 5, 500, false;
    /// The database was written by a newer version of Rota.
    NewerVersion, "newer_version", 5, 503, false;

    /// Nobody was reachable.
    Unreachable, "unreachable", 6, 502, true;
    /// No answer came in time.
    Timeout, "timeout", 6, 504, true;
    /// What has to run for this does not run: the node, or the desktop app.
    NotRunning, "not_running", 6, 503, true;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_snake_case_unique_and_what_serde_writes() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            let name = code.name();
            assert!(
                name.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
                "{name}"
            );
            assert!(seen.insert(name), "{name} twice");
            assert_eq!(serde_json::to_value(code).unwrap(), name);
            assert!((1..=6).contains(&code.exit()), "{name}");
        }
    }

    #[test]
    fn an_error_reads_back_and_leaves_out_an_absent_field() {
        let error = ApiError::new(Code::NotFound, "no task k3f9").with_hint("see rota list");
        let json = serde_json::to_value(&error).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"code": "not_found", "message": "no task k3f9", "hint": "see rota list", "retryable": false})
        );
        assert_eq!(serde_json::from_value::<ApiError>(json).unwrap(), error);
    }
}
