//! How this computer is, and what it tells while it runs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Named, Space};

/// How much a standing condition matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something does not work, and the list still does.
    Warning,
    /// Data is at risk, or nothing can be saved.
    Error,
}

/// Something that is wrong until its cause goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HealthCondition {
    /// Stable snake_case name of the condition.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is the matter, one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What can be done about it by a click.
    #[serde(default)]
    pub remedy: Option<Remedy>,
}

/// What kind of remedy it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RemedyKind {
    /// A new key for this folder: the operation `rekey`.
    Rekey,
    /// The operation `pause_lift`.
    LiftPause,
    /// The same again.
    TryAgain,
    /// A text to copy, such as a command.
    Copy,
    /// A page of the system's settings.
    OpenSettings,
    /// To keep it as it is.
    Keep,
}

/// What can be done about a condition by a click.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Remedy {
    /// What kind.
    pub kind: RemedyKind,
    /// The text to copy, or the name of the page.
    pub text: Option<String>,
    /// The input of the operation.
    #[ts(type = "unknown")]
    pub input: Option<serde_json::Value>,
}

/// This computer, its person, its spaces, and its standing conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Status {
    /// The version of Rota that answers.
    pub version: String,
    /// This computer.
    pub computer: Named,
    /// This person.
    pub person: Named,
    /// Whether a node or the desktop app runs on the folder.
    pub running: bool,
    /// The spaces it is in.
    pub spaces: Vec<Space>,
    /// The standing conditions, the most severe first.
    pub health: Vec<HealthCondition>,
    /// What is safe while nothing can be saved; `null` while everything is.
    #[serde(default)]
    pub safe: Option<Safe>,
}

/// How far everything is safe on a computer that can save nothing now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Safe {
    /// When the latest change was saved here: everything up to then is safe.
    pub until: String,
    /// How many other computers have shown to have all of it too.
    pub computers: u64,
}

/// One thing that the doctor looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorCheck {
    /// Stable snake_case name of the check.
    pub check: String,
    /// Whether it is as it should be.
    pub ok: bool,
    /// What was found, one sentence.
    pub message: String,
    /// What to do about it.
    pub fix: Option<String>,
    /// What can be done about it by a click.
    #[serde(default)]
    pub remedy: Option<Remedy>,
    /// The code of the standing condition that is what is wrong, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub condition: Option<String>,
    /// The computer that it is about, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub computer: Option<String>,
    /// The port that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub port: Option<u16>,
}

impl DoctorCheck {
    /// A check that found things as they should be.
    pub fn fine(check: &str, message: impl Into<String>) -> Self {
        Self {
            check: check.to_owned(),
            ok: true,
            message: message.into(),
            fix: None,
            remedy: None,
            condition: None,
            computer: None,
            port: None,
        }
    }

    /// A check that found something wrong, and what to do about it.
    pub fn wrong(check: &str, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            ok: false,
            fix: Some(fix.into()),
            ..Self::fine(check, message)
        }
    }

    /// With what can be done about it by a click.
    #[must_use]
    pub fn with_remedy(mut self, remedy: Option<Remedy>) -> Self {
        self.remedy = remedy;
        self
    }

    /// About this computer.
    #[must_use]
    pub fn with_computer(mut self, name: &str) -> Self {
        self.computer = Some(name.to_owned());
        self
    }

    /// About this port.
    #[must_use]
    pub fn with_port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }
}

/// A backup that was written or brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupResult {
    /// The file.
    pub file: String,
    /// How many tasks are in it.
    pub tasks: u64,
}

/// What kind of thing an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WatchKind {
    /// The first event: the commit at which watching begins.
    Hello,
    /// Tasks changed.
    Task,
    /// Lists changed.
    List,
    /// Spaces, or who is in them, changed.
    Space,
    /// Computers came, went or changed their state.
    Computer,
    /// Runs changed.
    Run,
    /// The standing conditions changed.
    Health,
    /// The settings of this computer changed.
    Settings,
    /// Somebody came, went, or looks at something else.
    Presence,
    /// A reminder became due or was handled.
    Reminder,
    /// The reader was too slow and missed events: it has to read everything again.
    Resync,
}

/// A change, told as it is committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WatchEvent {
    /// The commit. Never falls.
    pub seq: u64,
    /// What kind of thing changed.
    pub kind: WatchKind,
    /// Which ones; absent in `hello` and `resync`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ids: Option<Vec<String>>,
}

/// One line of what `rota node` tells on its standard output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum NodeEvent {
    /// The first line: it listens.
    Ready {
        /// This computer.
        computer: Named,
        /// The multiaddrs it listens on, each with its peer id.
        listen: Vec<String>,
        /// The address of its web page, if it serves one.
        http: Option<String>,
    },
    /// The standing conditions changed; all that stand now.
    Health {
        /// The conditions, the most severe first.
        health: Vec<HealthCondition>,
    },
    /// It was told to end and is finishing.
    Stopping,
}

/// An answer that says only that it was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Empty {}
