//! Every check and every test, and one line about it all.

use crate::end_to_end::{Skips, build_programs, with_programs};
use crate::packages::Purpose;
use crate::step::Failed;
use crate::summary::{Counts, Summary};
use crate::{check, doctests, node, report, setup, tools, ui, workspace};

/// Sets up, checks, tests, sums up; says whether everything passed. One thing failing keeps no other from being tried.
pub(crate) fn run() -> bool {
    let mut summary = Summary::default();
    if let Err(Failed(message)) = everything(&mut summary) {
        summary.fail(message);
    }
    summary.close(workspace::in_ci())
}

fn everything(summary: &mut Summary) -> Result<(), Failed> {
    setup::ensure(Purpose::Test)?;
    ui::build()?;
    for failure in check::all() {
        summary.fail(failure);
    }
    if let Err(Failed(message)) = build_programs() {
        summary.fail(message);
    }
    summary.take("Rust tests", rust());
    summary.take("tests of ui", pages());
    summary.take("examples in documentation", doctests::run());
    Ok(())
}

fn rust() -> Result<Counts, Failed> {
    // Beside the workspace's sources, wherever what is built goes.
    let report = workspace::root().join("target/nextest/default/junit.xml");
    forget(&report)?;
    let skips = Skips::begin()?;
    let outcome = with_programs(tools::nextest("Rust tests"), &skips)
        .args(["run", "--workspace", "--locked", "--profile", "default"])
        .run();
    let skipped = skips.tell();
    let text = std::fs::read_to_string(&report).unwrap_or_default();
    let mut counts = report::junit(&text).ok_or_else(|| {
        Failed::new("the Rust tests could not be run: there is no report of them")
    })?;
    let (_, list) = tools::nextest("ignored tests")
        .args([
            "list",
            "--workspace",
            "--locked",
            "--message-format",
            "json",
        ])
        .output()?;
    let ignored =
        report::ignored(&list).ok_or_else(|| Failed::new("the Rust tests could not be listed"))?;
    for test in &ignored {
        println!("SKIPPED {test}: it is marked #[ignore]");
    }
    counts.skipped = skipped + ignored.len() as u64;
    counts.passed = counts.passed.saturating_sub(skipped);
    complete(counts, outcome)
}

fn pages() -> Result<Counts, Failed> {
    let report = workspace::target().join("ui-tests.json");
    forget(&report)?;
    let outcome = node::npm(
        "tests of ui",
        [
            "test",
            "--silent",
            "--",
            "--reporter=default",
            "--reporter=json",
        ],
    )
    .args([format!("--outputFile.json={}", report.display())])
    .run();
    let text = std::fs::read_to_string(&report).unwrap_or_default();
    let counts = report::vitest(&text).ok_or_else(|| {
        Failed::new("the tests of ui could not be run: there is no report of them")
    })?;
    complete(counts, outcome)
}

/// A runner that failed with no failed test failed for another reason, which must not be lost.
fn complete(counts: Counts, outcome: Result<(), Failed>) -> Result<Counts, Failed> {
    match outcome {
        Err(failed) if counts.failed == 0 => Err(failed),
        _ => Ok(counts),
    }
}

/// Removes the report of an earlier run.
fn forget(report: &std::path::Path) -> Result<(), Failed> {
    match std::fs::remove_file(report) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failed(format!("{}: {error}", report.display())))
        }
        _ => Ok(()),
    }
}
