//! A screen of its own for a window.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::process::Process;

/// An X server without a monitor.
#[derive(Debug)]
pub struct Display {
    server: Process,
    manager: Option<Process>,
    number: String,
}

impl Display {
    /// Starts a server on a free number, with a window manager so that focus works as on a desktop.
    #[must_use]
    pub fn start() -> Self {
        let mut command = Command::new("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x860x24",
            "-nolisten",
            "tcp",
        ]);
        let mut server = Process::start(command);
        let number = server.line("the X server is ready", 20, |line| {
            line.trim().parse::<u32>().is_ok()
        });
        let number = format!(":{}", number.trim());
        let mut command = Command::new("openbox");
        command.env("DISPLAY", &number).stdout(Stdio::null());
        let manager = Some(Process::start(command));
        Self {
            server,
            manager,
            number,
        }
    }

    /// Its name, for `DISPLAY`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.number
    }

    /// Takes a picture of all of it.
    pub fn picture(&self, file: &Path) {
        let taken = Command::new("import")
            .env("DISPLAY", &self.number)
            .args(["-window", "root"])
            .arg(file)
            .output()
            .unwrap();
        assert!(
            taken.status.success(),
            "import: {}",
            String::from_utf8_lossy(&taken.stderr)
        );
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.manager.take());
        // The server has no more clients and ends in order, so that its lock file goes.
        self.server.signal("TERM");
    }
}
