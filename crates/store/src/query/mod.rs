//! What can be asked.

pub(crate) mod frontier;
pub(crate) mod names;
