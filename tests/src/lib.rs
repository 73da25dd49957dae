//! What the end-to-end tests stand on: computers with folders of their own, networks in namespaces, real windows.
//! A failure here is a failed test, so it panics.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::missing_panics_doc,
    reason = "it is test code"
)]

pub mod accessibility;
pub mod axe;
pub mod computer;
pub mod control;
pub mod desktop_bus;
pub mod disk;
pub mod display;
pub mod keyboard;
pub mod network;
pub mod notifications;
pub mod pair;
pub mod pointer;
pub mod portal;
pub mod process;
pub mod program;
pub mod skip;
pub mod wait;
pub mod webdriver;

pub use computer::Computer;
pub use network::Network;
pub use pair::Pair;
pub use wait::{until, until_is, until_some};
