//! Processes that a test starts and, whatever happens, ends.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};

use crate::wait::until_some;

/// A running process whose standard output is read line by line.
#[derive(Debug)]
pub struct Process {
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
    errors: Arc<Mutex<Vec<String>>>,
}

impl Process {
    /// Starts it with nothing on standard input.
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let lines = collect(child.stdout.take().unwrap());
        let errors = collect(child.stderr.take().unwrap());
        Self {
            child,
            lines,
            errors,
        }
    }

    /// Its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The lines it has printed.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// What it has written to standard error.
    #[must_use]
    pub fn errors(&self) -> String {
        self.errors.lock().unwrap().join("\n")
    }

    /// Waits for the first printed line that `wanted` accepts.
    pub fn line(&mut self, what: &str, seconds: u64, wanted: impl Fn(&str) -> bool) -> String {
        let lines = Arc::clone(&self.lines);
        let errors = Arc::clone(&self.errors);
        let child = &mut self.child;
        until_some(what, seconds, || {
            let found = lines
                .lock()
                .unwrap()
                .iter()
                .find(|line| wanted(line))
                .cloned();
            if found.is_none()
                && let Some(status) = child.try_wait().unwrap()
            {
                panic!(
                    "{what}: ended with {status}: {}",
                    errors.lock().unwrap().join("\n")
                );
            }
            found
        })
    }

    /// Sends a signal by name, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &self.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success(), "kill -{name} {}", self.id());
    }

    /// Waits for its end.
    pub fn end(mut self, seconds: u64) -> ExitStatus {
        let child = &mut self.child;
        until_some("the process ends", seconds, || child.try_wait().unwrap())
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

/// Every process that runs, by its id, with the id of the one that started it.
#[must_use]
pub fn parents() -> HashMap<u32, u32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter_map(|id| {
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            let mut after_name = stat.rsplit(") ").next()?.split_whitespace();
            let has_ended = after_name.next()? == "Z";
            let parent = after_name.next()?.parse().ok()?;
            (!has_ended).then_some((id, parent))
        })
        .collect()
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collect(stream: impl std::io::Read + Send + 'static) -> Arc<Mutex<Vec<String>>> {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            sink.lock().unwrap().push(line);
        }
    });
    lines
}
