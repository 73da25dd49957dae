//! Every command of the window, by every one of its keys, pressed in the real window: what follows is not there before
//! the key and there after it. The commands stand in the groups of the sheet; the last test holds them against the
//! window's own list, so that a new command without a test is a failure.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod act;
mod arrange;
mod case;
mod changed;
mod goto;
mod merged;
mod moves;
mod page;
mod palette;
mod panel;
mod see;
mod select;
mod whole;
mod windows;
mod write;

use crate::case::Case;

/// All commands under test.
const GROUPS: &[&[Case]] = &[
    moves::CASES,
    select::CASES,
    arrange::CASES,
    act::CASES,
    merged::CASES,
    see::CASES,
    write::CASES,
    goto::CASES,
    windows::CASES,
];
