//! Where things are.

use std::path::{Path, PathBuf};

/// The root of the working tree.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The folder of the pages.
pub(crate) fn ui() -> PathBuf {
    root().join("ui")
}

/// How a program was built.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Build {
    /// Quickly.
    Dev,
    /// Optimised.
    Release,
}

/// A program that cargo built.
pub(crate) fn program(name: &str, build: Build) -> PathBuf {
    let folder = match build {
        Build::Dev => "debug",
        Build::Release => "release",
    };
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    target().join(folder).join(file)
}

/// Whether this is a CI run, where nothing may be skipped.
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").as_deref() == Ok("true")
}
