//! A step: one command with a heading, and how it went.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::workspace;

/// Why the work stops, in one sentence.
#[derive(Debug)]
pub(crate) struct Failed(pub(crate) String);

impl Failed {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// One command, run in the root of the tree with nothing on its standard input.
#[derive(Debug)]
pub(crate) struct Step {
    name: String,
    command: Command,
}

impl Step {
    /// A step of this name that runs this program.
    pub(crate) fn new(name: impl Into<String>, program: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(program);
        command.current_dir(workspace::root()).stdin(Stdio::null());
        // Set by the cargo that started us; a nested cargo must find these out itself.
        for inherited in [
            "CARGO_MANIFEST_DIR",
            "CARGO_MANIFEST_PATH",
            "CARGO_PKG_NAME",
            "CARGO_PKG_VERSION",
        ] {
            command.env_remove(inherited);
        }
        Self {
            name: name.into(),
            command,
        }
    }

    /// A step that runs cargo.
    pub(crate) fn cargo<A: AsRef<OsStr>>(
        name: impl Into<String>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Self::new(name, cargo).args(arguments)
    }

    pub(crate) fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn inside(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Lets a person answer, such as with a password.
    pub(crate) fn interactive(mut self) -> Self {
        self.command.stdin(Stdio::inherit());
        self
    }

    /// Runs it, its output shown.
    pub(crate) fn run(mut self) -> Result<(), Failed> {
        let started = begin(&self);
        let status = self
            .command
            .status()
            .map_err(|error| self.cannot_start(&error))?;
        eprintln!("    {} took {}", self.name, Took(started.elapsed()));
        if status.success() {
            Ok(())
        } else {
            Err(Failed(format!("{} failed ({status})", self.name)))
        }
    }

    /// Runs it and gives its standard output whether or not it succeeded; the rest is shown.
    pub(crate) fn output(mut self) -> Result<(bool, String), Failed> {
        let started = begin(&self);
        let output = self
            .command
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| self.cannot_start(&error))?;
        eprintln!("    {} took {}", self.name, Took(started.elapsed()));
        Ok((
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        ))
    }

    fn cannot_start(&self, error: &std::io::Error) -> Failed {
        Failed(format!(
            "{}: {} cannot be started: {error}",
            self.name,
            self.command.get_program().display()
        ))
    }
}

/// What a program prints when asked quietly, if it is there and succeeds.
pub(crate) fn answer<A: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = A>,
) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(workspace::root())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn begin(step: &Step) -> Instant {
    let arguments: Vec<_> = step
        .command
        .get_args()
        .map(|argument| argument.to_string_lossy())
        .collect();
    let program = Path::new(step.command.get_program());
    let program = program
        .file_stem()
        .unwrap_or(program.as_os_str())
        .to_string_lossy();
    eprintln!("==> {}: {program} {}", step.name, arguments.join(" "));
    #[expect(clippy::disallowed_methods, reason = "says how long a step took")]
    Instant::now()
}

struct Took(Duration);

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        if seconds < 60 {
            write!(f, "{:.1} s", self.0.as_secs_f64())
        } else {
            write!(f, "{} min {} s", seconds / 60, seconds % 60)
        }
    }
}
