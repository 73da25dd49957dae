//! The desktop app as a person meets it: tray, windows, keys, start and end. Real windows, a real X server, a real bus.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    unreachable_pub
)]

mod alone;
mod autostart;
mod clicked;
mod confinement;
mod drag;
mod hand;
mod keys;
mod leaving;
mod links;
mod lists;
mod notices;
mod openings;
mod pages;
mod quick_add;
mod quick_words;
mod reminders;
mod shortcut;
mod signing_in;
mod starts;
mod text;
mod theme;
mod tray;

const MAIN: &str = "Rota";
const QUICK_ADD: &str = "Rota: quick add";
