//! What people see of each other, and what they are reminded of, on real folders.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    missing_docs
)]

#[path = "../service/computer.rs"]
mod computer;
mod dismissed;
mod pair;
mod presence;
mod receipts;
mod remedies;
mod reminders;
