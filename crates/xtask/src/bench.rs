//! Measures speed and memory.

use std::ffi::OsString;

use crate::packages::Purpose;
use crate::step::{Failed, Step};
use crate::workspace::Build;
use crate::{setup, workspace};

/// Builds rota and the measuring program optimised and runs the latter, which finds the former by `ROTA_BIN`.
pub(crate) fn run(arguments: &[OsString]) -> Result<(), Failed> {
    setup::ensure(Purpose::Build)?;
    Step::cargo(
        "optimised build",
        [
            "build",
            "--release",
            "--package",
            "rota-cli",
            "--package",
            "rota-bench",
        ],
    )
    .run()?;
    Step::cargo(
        "measurements",
        [
            "run",
            "--quiet",
            "--release",
            "--package",
            "rota-bench",
            "--",
        ],
    )
    .args(arguments)
    .env("ROTA_BIN", workspace::program("rota", Build::Release))
    .run()
}
