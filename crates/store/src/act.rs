//! Running a local change on the writer, and what comes of it.

use crate::core::Core;
use crate::error::StoreError;
use crate::event::Changed;
use crate::log;
use crate::pending::Answer;
use crate::tx::Tx;
use crate::undo::{self, UndoState};
use crate::writer::Job;
use rota_model::id::OpId;
use rota_model::stamp::Time;

/// A local change: when it happens, and what a person calls it.
#[derive(Clone, Debug)]
pub struct Act {
    /// The wall time.
    pub time: Time,
    /// What undo names it by; `None` for what no person did and undo passes over.
    pub label: Option<String>,
    /// Whether a person did it and it cannot be taken back: undo stops there and says so.
    pub for_good: bool,
}

/// What a change was, for windows that say it in their own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// A stable name of the kind of change.
    pub verb: String,
    /// How many tasks or lists it was about.
    pub count: u64,
    /// The name of what it was about, if it was one.
    pub name: Option<String>,
}

impl Default for About {
    fn default() -> Self {
        Self {
            verb: "change".to_owned(),
            count: 0,
            name: None,
        }
    }
}

impl Act {
    /// A person's change, which undo can take back.
    #[must_use]
    pub fn of_person(time: Time, label: impl Into<String>) -> Self {
        Self {
            time,
            label: Some(label.into()),
            for_good: false,
        }
    }

    /// A person's change that cannot be taken back, such as who is in a space.
    #[must_use]
    pub fn for_good(time: Time, label: impl Into<String>) -> Self {
        Self {
            for_good: true,
            ..Self::of_person(time, label)
        }
    }

    /// A change that no person made.
    #[must_use]
    pub const fn of_machine(time: Time) -> Self {
        Self {
            time,
            label: None,
            for_good: false,
        }
    }
}

/// A local change that is durable.
#[derive(Clone, Debug)]
pub struct Committed<T> {
    /// Number of the last op of the commit.
    pub seq: u64,
    /// What the change returned.
    pub value: T,
    /// What changed.
    pub changed: Changed,
    /// The ops that it wrote, in order.
    pub ops: Vec<OpId>,
    /// What undo names it by; `None` where there is nothing to take back.
    pub step: Option<u64>,
}

/// What a change returned, what it changed, the ops it wrote, what undo names it by.
type Done<T> = (T, Changed, Vec<OpId>, Option<u64>);

pub(crate) struct ActJob<F, T, E> {
    act: Act,
    change: Option<F>,
    result: Option<Result<Done<T>, E>>,
    answer: Answer<Result<Committed<T>, E>>,
}

impl<F, T, E> ActJob<F, T, E> {
    pub(crate) fn new(act: Act, change: F, answer: Answer<Result<Committed<T>, E>>) -> Self {
        Self {
            act,
            change: Some(change),
            result: None,
            answer,
        }
    }
}

impl<F, T, E> Job for ActJob<F, T, E>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, core: &mut Core) -> bool {
        let Some(change) = self.change.take() else {
            return false;
        };
        let result = run(core, &self.act, change);
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, outcome: Result<u64, StoreError>) {
        let result = match (outcome, self.result) {
            (Ok(seq), Some(Ok((value, changed, ops, step)))) => Ok(Committed {
                seq,
                value,
                changed,
                ops,
                step,
            }),
            (_, Some(Err(error))) => Err(error),
            (Err(error), _) => Err(error.into()),
            (Ok(_), None) => Err(StoreError::Closed.into()),
        };
        self.answer.give(result);
    }
}

fn run<T, E: From<StoreError>>(
    core: &mut Core,
    act: &Act,
    change: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<Done<T>, E> {
    let before = std::mem::take(&mut core.changed);
    let first = log::last_seq(&core.conn)? + 1;
    let mut tx = Tx::new(core, act.time);
    let value = change(&mut tx)?;
    let ops = tx.ops().to_vec();
    let about = tx.take_about();
    let mut step = None;
    if let (Some(label), false) = (&act.label, ops.is_empty()) {
        let kind = if act.for_good {
            UndoState::ForGood
        } else {
            UndoState::Undoable
        };
        undo::forget_redo(&core.conn)?;
        let number = undo::record(&core.conn, (first, act.time), label, &about, kind)?;
        step = (!act.for_good).then_some(number);
    }
    let changed = core.changed.clone();
    core.changed.extend(&before);
    Ok((value, changed, ops, step))
}
