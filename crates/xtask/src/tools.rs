//! Programs that check and test: taken where they are installed, else built or fetched once into the target folder.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::step::{Failed, Step, answer};
use crate::workspace;

/// A program that cargo can install.
struct Tool {
    name: &'static str,
    /// Which one is installed.
    version: &'static str,
    /// One already on the machine is good from this version on.
    oldest: (u32, u32, u32),
    features: &'static [&'static str],
}

const NEXTEST: Tool = Tool {
    name: "cargo-nextest",
    version: "0.9.151",
    oldest: (0, 9, 130),
    features: &["--no-default-features", "--features", "default-no-update"],
};

const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    oldest: (0, 20, 0),
    features: &[],
};

const TYPOS: Tool = Tool {
    name: "typos",
    version: "1.52.0",
    oldest: (1, 40, 0),
    features: &[],
};

/// Sees to it that all of them are there.
pub(crate) fn ensure() -> Result<(), Failed> {
    for tool in [&NEXTEST, &DENY] {
        if !tool.is_there() {
            tool.build(tool.name)?;
        }
    }
    if !TYPOS.is_there() && fetch_typos().is_err() {
        TYPOS.build("typos-cli")?;
    }
    Ok(())
}

/// A step that runs cargo-nextest.
pub(crate) fn nextest(name: &str) -> Step {
    NEXTEST.step(name).args(["nextest"])
}

/// A step that runs cargo-deny.
pub(crate) fn deny(name: &str) -> Step {
    DENY.step(name)
}

/// A step that looks for misspelt words.
pub(crate) fn typos(name: &str) -> Step {
    TYPOS.step(name)
}

impl Tool {
    fn is_there(&self) -> bool {
        self.path().is_some()
    }

    /// The first of the places where one that is new enough lies.
    fn path(&self) -> Option<PathBuf> {
        let file = format!("{}{}", self.name, std::env::consts::EXE_SUFFIX);
        std::env::split_paths(&search_path())
            .map(|folder| folder.join(&file))
            .filter(|path| path.is_file())
            .find(|path| {
                answer(path, ["--version"])
                    .and_then(|text| parse(&text))
                    .is_some_and(|found| found >= self.oldest)
            })
    }

    fn step(&self, name: &str) -> Step {
        Step::new(name, self.path().unwrap_or_else(|| self.name.into()))
    }

    /// Builds it unoptimised: that takes a minute, and what it looks at is small.
    fn build(&self, package: &str) -> Result<(), Failed> {
        let package = format!("{package}@{}", self.version);
        let build = folder().join("build");
        Step::cargo(
            self.name,
            ["install", "--locked", "--debug", "--quiet", "--root"],
        )
        .args([folder().as_os_str()])
        .args([&package])
        .args(self.features)
        .env("CARGO_TARGET_DIR", &build)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .run()?;
        // Hundreds of megabytes that nothing reads again. If they stay, that is no failure.
        let _ = std::fs::remove_dir_all(build);
        Ok(())
    }
}

/// The project publishes its program as a Python wheel, which saves minutes of building.
fn fetch_typos() -> Result<(), Failed> {
    let python = if cfg!(windows) { "python" } else { "python3" };
    let environment = folder().join("typos");
    Step::new("place for typos", python)
        .args(["-m", "venv"])
        .args([&environment])
        .run()?;
    let pip = environment
        .join(if cfg!(windows) { "Scripts" } else { "bin" })
        .join("pip");
    Step::new("typos", pip)
        .args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
        ])
        .args([format!("typos=={}", TYPOS.version)])
        .run()?;
    if TYPOS.is_there() {
        Ok(())
    } else {
        Err(Failed::new(
            "the wheel of typos holds no program for this machine",
        ))
    }
}

fn folder() -> PathBuf {
    workspace::target().join("tools")
}

/// Our own folder first, so that a pinned program goes before an older one on the machine.
fn search_path() -> OsString {
    let scripts = if cfg!(windows) { "Scripts" } else { "bin" };
    let own = [folder().join("bin"), folder().join("typos").join(scripts)];
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(own.into_iter().chain(std::env::split_paths(&rest))).unwrap_or(rest)
}

/// The version in a line such as `typos-cli 1.52.0` or `cargo-nextest 0.9.143 (60fa45f63 2026-08-04)`.
fn parse(text: &str) -> Option<(u32, u32, u32)> {
    let mut numbers = text.split_whitespace().nth(1)?.split('.').map(str::parse);
    Some((
        numbers.next()?.ok()?,
        numbers.next()?.ok()?,
        numbers.next()?.ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_programs_say() {
        assert_eq!(parse("typos-cli 1.52.0\n"), Some((1, 52, 0)));
        assert_eq!(
            parse("cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\nrelease: 0.9.143"),
            Some((0, 9, 143))
        );
        assert_eq!(parse("no version"), None);
    }

    #[test]
    fn an_older_program_on_the_machine_is_not_taken() {
        for tool in [&NEXTEST, &DENY, &TYPOS] {
            assert!(parse(&format!("x {}", tool.version)).unwrap() >= tool.oldest);
        }
        assert!(parse("x 0.9.99").unwrap() < NEXTEST.oldest);
    }
}
