//! Opens the app.

use std::ffi::OsString;

use crate::packages::Purpose;
use crate::step::{Failed, Step};
use crate::{setup, ui};

/// Sets up, builds the pages and the desktop app, and opens it.
pub(crate) fn run(release: bool, arguments: &[OsString]) -> Result<(), Failed> {
    setup::ensure(Purpose::Build)?;
    ui::build()?;
    let step = Step::cargo(
        "rota-desktop",
        ["run", "--quiet", "--package", "rota-desktop"],
    );
    let step = if release {
        step.args(["--release"])
    } else {
        step
    };
    step.args(["--"]).args(arguments).interactive().run()
}
