//! Real computers: `rota` processes on loopback.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A data folder and, while it runs, its node.
pub(crate) struct Computer {
    home: TempDir,
    node: Option<(Child, BufReader<ChildStdout>)>,
}

impl Computer {
    /// A new computer.
    pub(crate) fn new(name: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("run")).unwrap();
        let computer = Self { home, node: None };
        computer.json(&["init", "--person", name, "--computer", name]);
        computer
    }

    /// Starts its node; gives the address on loopback.
    pub(crate) fn start(&mut self) -> String {
        let mut child = self
            .command(&["--json", "node", "--no-discovery"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let listen = ready["listen"].as_array().unwrap();
        let port = listen
            .iter()
            .find_map(|a| a.as_str()?.split("/tcp/").nth(1)?.split('/').next())
            .unwrap()
            .to_owned();
        self.node = Some((child, lines));
        format!("127.0.0.1:{port}")
    }

    /// The node's process id.
    pub(crate) fn id(&self) -> u32 {
        self.node.as_ref().unwrap().0.id()
    }

    /// Calls `rota`, which must succeed.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let mut all = vec!["--json"];
        all.extend(args);
        let output = self.command(&all).output().unwrap();
        assert!(
            output.status.success(),
            "rota {args:?}: {}",
            String::from_utf8_lossy(&output.stdout)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Adds many tasks in one call.
    pub(crate) fn add_lines(&self, space: &str, lines: impl Iterator<Item = String>) {
        let mut child = self
            .command(&["--json", "--quiet", "add", "-", "--plain", "--space", space])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let text: String = lines.map(|line| line + "\n").collect();
        stdin.write_all(text.as_bytes()).unwrap();
        drop(stdin);
        assert!(child.wait().unwrap().success());
    }

    /// A call of `rota` on this computer.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(rota());
        command
            .env("ROTA_DATA_DIR", self.home.path().join("data"))
            .env("XDG_RUNTIME_DIR", self.home.path().join("run"))
            .env("HOME", self.home.path())
            .stdin(Stdio::null())
            .args(args);
        command
    }
}

impl Drop for Computer {
    fn drop(&mut self) {
        if let Some((mut child, _)) = self.node.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The release build of `rota`, beside this program or named by `ROTA_BIN`.
fn rota() -> PathBuf {
    std::env::var_os("ROTA_BIN").map_or_else(
        || std::env::current_exe().unwrap().with_file_name("rota"),
        PathBuf::from,
    )
}
