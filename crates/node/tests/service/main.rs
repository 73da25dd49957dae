//! The service as every face meets it, on real folders.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod computer;
mod edits;
mod folder;
mod group_undo;
mod groups;
mod inbox;
mod merged;
mod moved_again;
mod places;
mod roles;
mod rot;
mod steps;
mod tasks;
mod turns;
mod two;
mod verbatim;
mod views;
