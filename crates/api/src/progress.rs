//! How far a long operation has come.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far a long operation has come, in its own units: lines, tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// Units that are done.
    pub done: u64,
    /// Units in all, where that is known.
    pub total: Option<u64>,
}

/// Takes progress reports of a long operation. Reports may be dropped; none carries a result.
pub trait ReportProgress: Send + Sync {
    /// Takes one report.
    fn report(&self, progress: Progress);
}

/// Nobody wants to know.
impl ReportProgress for () {
    fn report(&self, _progress: Progress) {}
}

impl<F: Fn(Progress) + Send + Sync> ReportProgress for F {
    fn report(&self, progress: Progress) {
        self(progress);
    }
}
