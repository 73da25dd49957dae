//! The command line as people and scripts meet it: the real program on real folders.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod computer;
mod folder;
mod groups;
mod lines;
mod locale;
mod node;
mod tasks;
mod words;
