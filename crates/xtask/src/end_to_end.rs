//! The end-to-end tests, which need the programs built and say what they skipped.

use std::path::PathBuf;

use crate::packages::Purpose;
use crate::step::{Failed, Step};
use crate::workspace::Build;
use crate::{report, setup, tools, ui, workspace};

/// The tests that need a window, by their file; `desktop` names them all.
const DESKTOP: &str = "binary(desktop) | binary(windows) | binary(merged) | binary(presence) | binary(keys) | \
    binary(screens) | binary(size) | binary(accessibility)";

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
