//! Keeps ops, cells and their projection in one SQLite file.
//!
//! One thread writes ([`Store::act`], [`Store::accept`]), a few connections read ([`Store::read`]); what a commit changed
//! is told by [`Store::events`].
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod accept;
mod act;
mod backup;
mod core;
mod count;
mod error;
mod event;
mod index;
mod local;
mod log;
mod maintain;
mod open;
mod pending;
mod project;
mod query;
mod quota;
mod read;
mod rebuild;
mod reissue;
mod repair;
mod search;
mod space;
mod sql;
mod store;
mod tx;
mod undo;
mod writer;

pub use accept::Accepted;
pub use act::{About, Act, Committed};
pub use backup::Backup;
pub use error::{NotAllowed, StoreError};
pub use event::{Changed, Event, Events, Heard};
pub use local::Condition;
pub use open::{Durability, FILE_NAME, Mode, VERSION};
pub use pending::Pending;
pub use query::beside::{Between, Row, Spot};
pub use query::earlier::EarlierTitle;
pub use query::filter::{DueFilter, Only, TaskFilter};
pub use query::frontier::Batch;
pub use query::history::HistoryView;
pub use query::lists::ListView;
pub use query::names::{Author, Named};
pub use query::numbers::Numbers;
pub use query::receipts::HeardOf;
pub use query::reminders::ReminderRow;
pub use query::sorted::{DayGroups, ListGroups, Sort};
pub use query::spaces::{AdmissionView, MemberView, SpaceView};
pub use query::task::{TaskView, Waited};
pub use query::tasks::{Page, TaskPage};
pub use quota::Pause;
pub use read::Reader;
pub use store::{OpenOptions, Store};
pub use tx::{Founder, Held, Tx};
pub use undo::{Stays, Undone};
