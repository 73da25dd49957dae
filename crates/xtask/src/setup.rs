//! Sets up what a command needs, on a machine that has only Rust and Node.

use crate::packages::Purpose;
use crate::step::{Failed, Step, answer};
use crate::{node, packages, tools};

/// Packages, Node, and for testing the tools.
pub(crate) fn ensure(purpose: Purpose) -> Result<(), Failed> {
    packages::ensure(purpose)?;
    node::ensure()?;
    if purpose == Purpose::Test {
        components()?;
        tools::ensure()?;
    }
    Ok(())
}

/// Formatter and linter are parts of the Rust toolchain that a minimal one lacks.
fn components() -> Result<(), Failed> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if answer("cargo", [subcommand, "--version"]).is_none() {
            Step::new(component, "rustup")
                .args(["component", "add", component])
                .run()?;
        }
    }
    Ok(())
}
