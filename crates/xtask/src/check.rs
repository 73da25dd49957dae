//! The checks: what a machine can say about a change without running it.

use crate::packages::Purpose;
use crate::step::{Failed, Step};
use crate::{setup, tools, ui, workspace};

/// Sets up, runs every check, and names those that failed.
pub(crate) fn run(advisories: bool) -> Result<(), Failed> {
    setup::ensure(Purpose::Test)?;
    ui::build()?;
    let mut failures = all();
    if advisories {
        failures.extend(failures_of([tools::deny("advisories").args([
            "--workspace",
            "--all-features",
            "check",
            "advisories",
        ])]));
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(Failed(format!(
            "of the checks failed:\n    {}",
            failures.join("\n    ")
        )))
    }
}

/// Runs every check, also after one failed, and says which did. The pages must be built.
pub(crate) fn all() -> Vec<String> {
    let mut steps = vec![
        Step::cargo("formatting", ["fmt", "--all", "--check"]),
        tools::typos("spelling"),
        // The walls name who may use a crate; not each of them has to.
        tools::deny("dependency rules").args([
            "--workspace",
            "--all-features",
            "check",
            "--allow",
            "unused-wrapper",
            "bans",
            "licenses",
            "sources",
        ]),
    ];
    steps.extend(ui::checks());
    steps.push(Step::cargo(
        "lints",
        [
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--keep-going",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
    ));
    steps.push(Step::cargo(
        "generated types",
        [
            "run",
            "--quiet",
            "--package",
            "rota-api",
            "--bin",
            "generate-types",
            "--",
            "--check",
        ],
    ));
    steps.push(fuzz_targets());
    failures_of(steps)
}

/// That the fuzz targets, a workspace of their own, still compile against what they fuzz.
fn fuzz_targets() -> Step {
    let fuzz = workspace::root().join("fuzz");
    Step::cargo("fuzz targets", ["check", "--quiet", "--locked"])
        .args(["--no-default-features", "--manifest-path"])
        .args([fuzz.join("Cargo.toml").as_os_str()])
        .args(["--target-dir".as_ref(), workspace::target().as_os_str()])
}

fn failures_of(steps: impl IntoIterator<Item = Step>) -> Vec<String> {
    steps
        .into_iter()
        .filter_map(|step| step.run().err())
        .map(|Failed(message)| message)
        .collect()
}
