//! Node and npm.

use std::path::{Path, PathBuf};

use crate::step::{Failed, Step, answer};
use crate::workspace;

/// The oldest Node that the tools of `ui` run on, as in `ui/package.json`.
const OLDEST: (u32, u32) = (20, 19);

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// A step that runs npm in the folder of the pages.
pub(crate) fn npm<const N: usize>(name: &str, arguments: [&str; N]) -> Step {
    Step::new(name, NPM)
        .args(arguments)
        .inside(&workspace::ui())
}

/// Sees to it that Node is new enough and that what the lock names is installed.
pub(crate) fn ensure() -> Result<(), Failed> {
    let version = answer("node", ["--version"])
        .ok_or_else(|| Failed::new("Node is not installed: https://nodejs.org has it"))?;
    if parse(&version).is_none_or(|found| found < OLDEST) {
        let (major, minor) = OLDEST;
        return Err(Failed(format!(
            "Node {} is too old: {major}.{minor} or newer is needed",
            version.trim()
        )));
    }
    let lock = workspace::ui().join("package-lock.json");
    let wanted =
        std::fs::read(&lock).map_err(|error| Failed(format!("{}: {error}", lock.display())))?;
    let stamp = stamp();
    let installed = std::fs::read(&stamp).is_ok_and(|last| last == wanted);
    if installed && workspace::ui().join("node_modules").is_dir() {
        return Ok(());
    }
    npm("packages of ui", ["ci"]).run()?;
    write(&stamp, &wanted)
}

/// A copy of the lock as it was when `npm ci` last succeeded.
fn stamp() -> PathBuf {
    workspace::target().join("ui-package-lock.json")
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failed> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, bytes))
        .map_err(|error| Failed(format!("{}: {error}", path.display())))
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse("v20.19.4\n"), Some((20, 19)));
        assert!(parse("v9.11.0").unwrap() < OLDEST);
        assert!(parse("v22.0.0").unwrap() > OLDEST);
        assert_eq!(parse("what"), None);
    }
}
