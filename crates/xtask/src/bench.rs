//! Measures speed and memory.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::packages::Purpose;
use crate::step::{Failed, Step};
use crate::workspace::Build;
use crate::{setup, ui, workspace};

/// The measurements that need a window.
const DESKTOP: &str = "desktop";

/// Builds what is measured optimised, and measures those that are named: the engine's, the desktop's, or all.
pub(crate) fn run(arguments: &[OsString]) -> Result<(), Failed> {
    let (desktop, engine): (Vec<_>, Vec<_>) =
        arguments.iter().cloned().partition(|name| name == DESKTOP);
    // One that fails keeps the other from nothing.
    let engine = if desktop.is_empty() || !engine.is_empty() {
        engines(&engine)
    } else {
        Ok(())
    };
    let desktop = if !desktop.is_empty() || arguments.is_empty() {
        desktops()
    } else {
        Ok(())
    };
    engine.and(desktop)
}

/// The measuring program finds rota by `ROTA_BIN`.
fn engines(arguments: &[OsString]) -> Result<(), Failed> {
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

/// The app and a bare window, optimised, looked at by a program that need not be.
fn desktops() -> Result<(), Failed> {
    setup::ensure(Purpose::Test)?;
    ui::build()?;
    Step::cargo(
        "optimised build of the app",
        [
            "build",
            "--release",
            "--package",
            "rota-cli",
            "--package",
            "rota-desktop",
            "--bins",
            "--example",
            "bare",
        ],
    )
    .run()?;
    let bare: PathBuf = workspace::target().join("release/examples/bare");
    Step::cargo(
        "measurements of the app",
        [
            "run",
            "--quiet",
            "--package",
            "rota-tests",
            "--bin",
            "desktop-bench",
        ],
    )
    .env("ROTA_BIN", workspace::program("rota", Build::Release))
    .env(
        "ROTA_DESKTOP_BIN",
        workspace::program("rota-desktop", Build::Release),
    )
    .env("ROTA_BARE_BIN", bare)
    .run()
}
