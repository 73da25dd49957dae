//! The pages of the window: build and checks.

use crate::node::npm;
use crate::step::{Failed, Step};

/// Builds the pages; the desktop app takes them in when it is compiled.
pub(crate) fn build() -> Result<(), Failed> {
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
