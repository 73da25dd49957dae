//! One Service for every face, and the supervisor of what runs.
//!
//! [`open`] is for one command: it opens the data folder in this process or speaks to the process that has it.
//! [`run`] is the headless computer; [`start`] is the same inside a program with a life of its own, such as the
//! desktop app. All of them answer the operations of [`rota_api`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod client;
mod clock;
mod conditions;
mod control;
mod engine;
mod errors;
mod failure;
mod folder;
mod hub;
mod invitations;
mod known;
mod lock;
mod node;
mod presence;
mod random;
mod records;
mod recovery;
mod remedy;
mod reminders;
mod resident;
mod run;
mod service;
mod supervisor;

pub use client::{Client, Events, OpenOptions, open};
pub use resident::Resident;
pub use run::{NodeOptions, RunningNode, run, start};
pub use service::Service;
