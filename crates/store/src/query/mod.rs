//! What can be asked.

pub(crate) mod beside;
pub(crate) mod earlier;
pub(crate) mod filter;
pub(crate) mod frontier;
pub(crate) mod history;
pub(crate) mod lists;
pub(crate) mod names;
pub(crate) mod numbers;
pub(crate) mod plain;
pub(crate) mod receipts;
pub(crate) mod reminders;
pub(crate) mod sorted;
pub(crate) mod spaces;
pub(crate) mod task;
pub(crate) mod tasks;
