//! Plain types that cross a border: inputs, views, events, errors.
//!
//! Nothing here has logic beyond tables. The names and shapes are those that scripts and other programs rely on:
//! fields may be added, none is renamed. The desktop window gets the same types as TypeScript ([`typescript`]).

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod control;
mod error;
pub mod input;
mod operation;
mod progress;
mod settings;
pub mod typescript;
pub mod view;

pub use error::{ApiError, Code};
pub use input::*;
pub use operation::{
    Call, Effect, Input, OPERATIONS, Operation, OperationInfo, Operations, ask, dispatch,
};
pub use progress::{Progress, ReportProgress};
pub use settings::{
    DateOrder, Density, FirstWeekday, HourCycle, Language, Motion, Settings, SettingsChange,
    SettingsShow, SignStyle, Theme, WeekendStart,
};
pub use view::*;
