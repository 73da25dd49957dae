//! One computer: a data folder, a place in a network, and a node that may run there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::network::{Host, inside};
use crate::process::Process;
use crate::wait::until_some;

/// A computer with a folder of its own.
#[derive(Debug)]
pub struct Computer {
    name: String,
    home: TempDir,
    host: Option<Host>,
    environment: Vec<(String, String)>,
    node: Option<Process>,
}

/// How a call of `rota` ended.
#[derive(Debug)]
pub struct Answer {
    /// Its exit code.
    pub exit: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Computer {
    /// A computer on this machine's own loopback, named and owned.
    #[must_use]
    pub fn new(name: &str, person: &str) -> Self {
        Self::with(name, person, None, &[])
    }

    /// A computer on which Rota was never started.
    #[must_use]
    pub fn untouched(name: &str) -> Self {
        Self::bare(name, None, &[])
    }

    /// A computer in a network.
    #[must_use]
    pub fn on(host: &Host, name: &str, person: &str) -> Self {
        Self::with(name, person, Some(host.clone()), &[])
    }

    /// A computer with variables in its environment, such as those of a wrong clock.
    #[must_use]
    pub fn with(
        name: &str,
        person: &str,
        host: Option<Host>,
        environment: &[(&str, &str)],
    ) -> Self {
        let computer = Self::bare(name, host, environment);
        computer.ok(&["init", "--person", person, "--computer", name]);
        computer
    }

    fn bare(name: &str, host: Option<Host>, environment: &[(&str, &str)]) -> Self {
        let home = tempfile::Builder::new().prefix("rota-").tempdir().unwrap();
        let environment = environment
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        let computer = Self {
            name: name.to_owned(),
            home,
            host,
            environment,
            node: None,
        };
        std::fs::create_dir(computer.runtime_dir()).unwrap();
        computer
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its data folder.
    #[must_use]
    pub fn data_dir(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Puts it on another data folder, as if the disk were swapped.
    pub fn replace_data(&self, from: &Path) {
        let _ = std::fs::remove_dir_all(self.data_dir());
        copy_folder(from, &self.data_dir());
    }

    /// A copy of its data folder as it lies on the disk.
    #[must_use]
    pub fn copy_data(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(&self.data_dir(), copy.path());
        copy
    }

    /// A command on this computer.
    #[must_use]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = match &self.host {
            Some(host) => inside(&host.namespace, program),
            None => Command::new(program),
        };
        command
            .env("ROTA_DATA_DIR", self.data_dir())
            .env("XDG_RUNTIME_DIR", self.runtime_dir())
            .env("HOME", self.home.path())
            .env("NO_COLOR", "1")
            .envs(self.environment.iter().map(|(k, v)| (k, v)));
        command
    }

    /// Calls `rota` and gives how it ended.
    #[must_use]
    pub fn rota(&self, args: &[&str]) -> Answer {
        let output = self
            .command(rota_bin())
            .args(args)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        answer(&output)
    }

    /// Calls `rota` with text on standard input.
    #[must_use]
    pub fn rota_with_input(&self, args: &[&str], input: &str) -> Answer {
        use std::io::Write;
        let mut child = self
            .command(rota_bin())
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        answer(&output)
    }

    /// Calls `rota`, which must succeed.
    pub fn ok(&self, args: &[&str]) -> String {
        let answer = self.rota(args);
        assert_eq!(
            answer.exit,
            0,
            "{}: rota {}: {}{}",
            self.name,
            args.join(" "),
            answer.stdout,
            answer.stderr
        );
        answer.stdout
    }

    /// Calls `rota … --json`, which must succeed.
    pub fn json(&self, args: &[&str]) -> Value {
        let mut all = vec!["--json"];
        all.extend(args);
        let stdout = self.ok(&all);
        serde_json::from_str(&stdout)
            .unwrap_or_else(|error| panic!("rota {}: {error}: {stdout}", args.join(" ")))
    }

    /// Starts `rota node` and waits until it is ready. Gives the ready line.
    pub fn start(&mut self, args: &[&str]) -> Value {
        assert!(self.node.is_none(), "{} runs already", self.name);
        let mut command = self.command(rota_bin());
        command.args(["--json", "node"]).args(args);
        let mut node = Process::start(command);
        let line = node.line("the node is ready", 30, |line| line.contains("\"ready\""));
        self.node = Some(node);
        serde_json::from_str(&line).unwrap()
    }

    /// Ends the node in order.
    pub fn stop(&mut self) {
        let node = self.node.take().expect("the node runs");
        node.signal("TERM");
        let status = node.end(15);
        assert!(
            status.success(),
            "{}: the node ended with {status}",
            self.name
        );
    }

    /// Ends the node as a power cut would.
    pub fn kill(&mut self) {
        let node = self.node.take().expect("the node runs");
        node.signal("KILL");
        node.end(15);
    }

    /// Takes note that the node was killed by other means.
    pub fn forget_node(&mut self) {
        self.node.take().expect("the node ran").end(15);
    }

    /// The node's process.
    #[must_use]
    pub fn node(&self) -> &Process {
        self.node.as_ref().expect("the node runs")
    }

    /// The titles of the open tasks of all lists, in order.
    #[must_use]
    pub fn titles(&self) -> Vec<String> {
        titles(&self.json(&["list"]))
    }

    /// Waits until a task with this title is there, and gives it.
    pub fn wait_for(&self, title: &str) -> Value {
        until_some(&format!("{} has the task {title:?}", self.name), 30, || {
            self.find(title)
        })
    }

    /// The task with this title, done ones too.
    #[must_use]
    pub fn find(&self, title: &str) -> Option<Value> {
        let tasks = self.json(&["list", "--done"]);
        tasks
            .as_array()
            .unwrap()
            .iter()
            .find(|task| task["title"] == title)
            .cloned()
    }

    /// Where it is reached on this machine while its window or node runs.
    #[must_use]
    pub fn address(&self) -> String {
        let computers = self.json(&["computers"]);
        let all = computers.as_array().into_iter().flatten();
        let this = all.into_iter().find(|computer| computer["this"] == true);
        let address = this.and_then(|computer| computer["addresses"][0].as_str());
        let port = address.and_then(|address| address.split("/tcp/").nth(1)?.split('/').next());
        format!("127.0.0.1:{}", port.expect("it listens on TCP"))
    }

    /// The multiaddress on which a ready node listens, without its peer id, on loopback.
    #[must_use]
    pub fn loopback_address(ready: &Value) -> String {
        let listen = ready["listen"].as_array().unwrap();
        let port = listen
            .iter()
            .find_map(|address| address.as_str()?.split("/tcp/").nth(1)?.split('/').next());
        format!("127.0.0.1:{}", port.expect("it listens on TCP"))
    }

    fn runtime_dir(&self) -> PathBuf {
        self.home.path().join("run")
    }
}

/// The titles of a list of tasks.
#[must_use]
pub fn titles(tasks: &Value) -> Vec<String> {
    tasks
        .as_array()
        .unwrap()
        .iter()
        .map(|task| task["title"].as_str().unwrap().to_owned())
        .collect()
}

/// The `rota` program under test: `ROTA_BIN`, else the one built beside the test.
#[must_use]
pub fn rota_bin() -> PathBuf {
    if let Some(path) = std::env::var_os("ROTA_BIN") {
        return path.into();
    }
    let test = std::env::current_exe().unwrap();
    let path = test.parent().and_then(Path::parent).unwrap().join("rota");
    assert!(
        path.is_file(),
        "{} is not built: cargo build -p rota-cli",
        path.display()
    );
    path
}

fn answer(output: &Output) -> Answer {
    Answer {
        exit: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
