//! Networks of real sockets on loopback, and of real multicast in a network namespace of their own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod backpressure;
#[cfg(target_os = "linux")]
mod discovery;
mod hostile;
mod joining;
mod node;
mod recovery;
mod two;
