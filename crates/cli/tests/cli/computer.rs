//! A computer of its own: a data folder and a runtime folder that nothing else touches.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A data folder with the command line in front of it.
pub(crate) struct Computer {
    root: TempDir,
}

impl Computer {
    /// Makes an empty place; the folder itself does not exist yet.
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("run")).unwrap();
        Self { root }
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join("data")
    }

    /// A file beside the data folder.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// The command with the folder named by the environment, as a script would.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = rota(words);
        command
            .env("ROTA_DATA_DIR", self.folder())
            .env("XDG_RUNTIME_DIR", self.root.path().join("run"));
        command
    }

    /// Runs the command to its end.
    pub(crate) fn run(&self, words: &[&str]) -> Told {
        Told::from(self.command(words).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs the command with `--json` and gives the document; the command has to succeed.
    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let told = self.run(&[words, &["--json"]].concat());
        assert_eq!(told.exit, 0, "rota {words:?}: {told:?}");
        told.document()
    }

    /// Runs the command with `--json`; it has to fail with this exit and code.
    #[track_caller]
    pub(crate) fn fails(&self, words: &[&str], exit: i32, code: &str) -> Value {
        let told = self.run(&[words, &["--json"]].concat());
        assert_eq!(told.exit, exit, "rota {words:?}: {told:?}");
        let error = told.document()["error"].clone();
        assert_eq!(error["code"], code, "rota {words:?}: {error}");
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty()),
            "{error}"
        );
        // The same without `--json` is lines on standard error and nothing on standard output.
        let told = self.run(words);
        assert_eq!(
            (told.exit, told.stdout.as_str()),
            (exit, ""),
            "rota {words:?}: {told:?}"
        );
        let lines: Vec<&str> = told.stderr.lines().collect();
        assert!(lines[0].starts_with("error: "), "{told:?}");
        assert!(
            lines[1..].len() <= 1 && lines[1..].iter().all(|line| line.starts_with("hint: ")),
            "{told:?}"
        );
        error
    }

    /// Runs the command with these lines on standard input.
    pub(crate) fn run_with_input(&self, words: &[&str], input: &[u8]) -> Told {
        let mut child = self
            .command(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Told::from(child.wait_with_output().unwrap())
    }
}

/// What a command told, and its exit.
#[derive(Debug)]
pub(crate) struct Told {
    /// The exit code.
    pub(crate) exit: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Told {
    /// The one JSON document on standard output.
    #[track_caller]
    pub(crate) fn document(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The JSON lines on standard output.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl From<Output> for Told {
    fn from(output: Output) -> Self {
        Self {
            exit: output.status.code().expect("ended by itself"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The command line without any wish from the outside.
pub(crate) fn rota(words: &[&str]) -> Command {
    let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_rota")));
    for name in ["ROTA_DATA_DIR", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
        .env("TZ", "Europe/Berlin")
        .env("LC_ALL", "C.UTF-8")
        .args(words);
    command
}
