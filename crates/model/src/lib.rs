//! The pure rules: ids, clock, ops, merge, who counts, tasks. Nothing here does I/O, reads a clock or draws a random
//! number: such things come in as arguments.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod branch;
pub mod cell;
pub mod digest;
pub mod edit;
pub mod frontier;
pub mod id;
pub mod limits;
pub mod members;
pub mod moves;
pub mod op;
pub mod order;
pub mod payload;
pub mod quick_add;
pub mod recurrence;
pub mod register;
pub mod reminded;
pub mod reminder;
pub mod stamp;
pub mod successor;
pub mod task;
pub mod text;
pub mod value;
mod well_formed;
pub mod when;
pub mod words;
