//! How things look, and for whom they are written.

use anstyle::{AnsiColor, Style};
use jiff::Zoned;

/// Colour says "yours, live".
pub(crate) const ACCENT: Style = AnsiColor::Cyan.on_default();
/// What stands at the head.
pub(crate) const STRONG: Style = Style::new().bold();
/// What is there if wanted.
pub(crate) const QUIET: Style = Style::new().dimmed();
/// What somebody has to look at.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default();
/// What failed, or is late.
pub(crate) const WRONG: Style = AnsiColor::Red.on_default();

/// The reader's moment and terminal.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// Now, in the reader's zone.
    pub(crate) now: Zoned,
    /// The width of the terminal in columns; none where the output goes elsewhere.
    pub(crate) columns: Option<usize>,
}

/// A number with its noun: `1 task`, `2 tasks`, `2 people`.
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
