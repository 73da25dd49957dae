//! The end-to-end tests, which need the programs built and say what they skipped.

use std::path::PathBuf;

use crate::packages::Purpose;
use crate::step::{Failed, Step};
use crate::workspace::Build;
use crate::{report, setup, tools, ui, workspace};

/// The tests that need a window, by their file; `desktop` names them all.
const DESKTOP: &str = "binary(desktop) | binary(windows) | binary(merged) | binary(presence) | binary(keys) | \
    binary(fields) | binary(screens) | binary(size) | binary(accessibility)";

/// Sets up, builds the programs and runs the end-to-end tests whose name holds `name`, or all that need a window.
pub(crate) fn run(name: Option<&str>) -> Result<(), Failed> {
    setup::ensure(Purpose::Test)?;
    ui::build()?;
    build_programs()?;
    let skips = Skips::begin()?;
    let outcome = with_programs(tools::nextest("end-to-end tests"), &skips)
        .args(["run", "--package", "rota-tests"])
        .args(match name {
            Some("desktop") => vec!["--filterset", DESKTOP],
            Some(name) => vec![name],
            None => Vec::new(),
        })
        .run();
    let skipped = skips.tell();
    if skipped > 0 && workspace::in_ci() {
        return Err(Failed::new("in CI nothing may be skipped"));
    }
    outcome
}

/// Builds `rota` and `rota-desktop`, with everything else: a build of the two alone would take other features of what
/// they depend on, and the tests would build all of that once more.
pub(crate) fn build_programs() -> Result<(), Failed> {
    Step::cargo(
        "programs and tests",
        [
            "build",
            "--quiet",
            "--locked",
            "--workspace",
            "--all-targets",
        ],
    )
    .run()
}

/// Tells the tests where the programs are, where pictures are kept, and where to write what they skip.
pub(crate) fn with_programs(step: Step, skips: &Skips) -> Step {
    step.env("ROTA_BIN", workspace::program("rota", Build::Dev))
        .env(
            "ROTA_DESKTOP_BIN",
            workspace::program("rota-desktop", Build::Dev),
        )
        .env("ROTA_ARTEFACTS", workspace::root().join("artifacts"))
        .env("ROTA_SKIPS", &skips.file)
}

/// What the tests of one run skipped: lines `ROTA-SKIP: <test>: <reason>` in a file.
#[derive(Debug)]
pub(crate) struct Skips {
    file: PathBuf,
}

impl Skips {
    /// Starts with an empty file.
    pub(crate) fn begin() -> Result<Self, Failed> {
        let file = workspace::target().join("skipped-tests.txt");
        std::fs::write(&file, "")
            .map_err(|error| Failed(format!("{}: {error}", file.display())))?;
        Ok(Self { file })
    }

    /// Prints them, and says how many tests they were.
    pub(crate) fn tell(&self) -> u64 {
        let text = std::fs::read_to_string(&self.file).unwrap_or_default();
        let tests = report::skipped(&text);
        for (test, reason) in &tests {
            println!("SKIPPED {test}: {reason}");
        }
        tests.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// What a test starts or drives that shows a window.
    const WINDOWS: [&str; 2] = ["Display", "webdriver"];

    /// The code of a test: of its file, or of all files in its folder.
    fn code(path: &Path) -> String {
        if path.is_dir() {
            let entries = std::fs::read_dir(path).unwrap();
            return entries.map(|entry| code(&entry.unwrap().path())).collect();
        }
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.lines().map(|line| line.split("//").next().unwrap());
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_test_that_shows_a_window_is_named_as_one() {
        let folder = workspace::root().join("tests/tests");
        let mut with_window = BTreeSet::new();
        let mut without = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let code = code(&path);
            if WINDOWS.iter().any(|word| code.contains(word)) {
                with_window.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
            } else {
                without += 1;
            }
        }
        assert!(without > 0, "what shows a window is not told apart");
        let named: BTreeSet<String> = DESKTOP
            .split(" | ")
            .map(|binary| binary.trim_start_matches("binary(").trim_end_matches(')'))
            .map(str::to_owned)
            .collect();
        assert_eq!(named, with_window);
    }
}
