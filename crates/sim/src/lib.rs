//! Whole groups of computers in one thread of virtual time. One seed is one run.
//!
//! The computers are real session engines of `rota-sync` over the plainest store there can be: a log in memory from
//! which everything is computed by the rules of `rota-model`. [`group::run`] founds a group, lets things happen to it
//! and holds what everybody shows and says against the invariants after each step.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod dice;
pub mod disk;
pub mod group;
pub mod log;
pub mod machine;
pub mod rules;
pub mod script;
pub mod turns;
pub mod witness;
pub mod world;
