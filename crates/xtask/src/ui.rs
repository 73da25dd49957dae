//! The pages of the window: build and checks.

use std::path::Path;
use std::time::SystemTime;

use crate::node::npm;
use crate::step::{Failed, Step};
use crate::workspace;

/// What the pages are not made from.
const NOT_SOURCES: &[&str] = &["dist", "node_modules", "screens", "tests"];

/// Builds the pages if they are older than what they are made from: the desktop app takes them in when it is
/// compiled, and newer pages mean compiling it again.
pub(crate) fn build() -> Result<(), Failed> {
    let built = modified(&workspace::ui().join("dist/index.html"));
    if built.is_some() && built >= newest(&workspace::ui()) {
        return Ok(());
    }
    npm("pages", ["run", "--silent", "build"]).run()
}

/// Formatting, lints and types of the pages.
pub(crate) fn checks() -> Vec<Step> {
    vec![
        npm("formatting of ui", ["run", "--silent", "format:check"]),
        npm("lints of ui", ["run", "--silent", "lint"]),
        npm("types of ui", ["run", "--silent", "check"]),
    ]
}

/// When anything in the folder last changed. A folder changes when something in it comes or goes.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?;
    let sources = entries
        .flatten()
        .filter(|entry| !NOT_SOURCES.iter().any(|name| entry.file_name() == *name));
    let within = sources.filter_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            modified(&path).max(newest(&path))
        } else {
            modified(&path)
        }
    });
    within.max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}
