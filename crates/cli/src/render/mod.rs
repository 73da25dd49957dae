//! What people read on a terminal. Every function takes views and gives text with styles in it; nothing here writes.

mod group;
mod look;
mod status;
mod table;
mod task;
pub(crate) mod text;
mod when;

pub(crate) use group::{
    computer, computers, invitation, joined, list_changed, lists, members, space_changed, spaces,
};
pub(crate) use look::{Look, STRONG, WARNING, WRONG, count};
pub(crate) use status::{doctor, health, status};
pub(crate) use table::styled;
pub(crate) use task::{added_line, changed, history, show, taken_back, tasks};

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
