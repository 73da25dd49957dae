//! One Service for every face, and the supervisor of what runs.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod clock;
mod conditions;
mod control;
mod folder;
mod hub;
mod lock;
mod random;
mod supervisor;
