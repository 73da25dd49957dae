//! The one service that every face calls: a method an operation.

mod absorb;
mod add;
mod add_many;
mod arrange;
mod backup;
mod causes;
mod change;
mod computers;
mod doctor;
mod drafts;
mod duplicate;
mod edit;
mod find;
mod groups;
mod history;
mod init;
mod invite;
mod join;
mod list_move;
mod lists;
mod many;
mod members;
mod merged;
mod moving;
mod operations;
pub(crate) mod order;
mod pause;
mod presence;
mod quick_add;
mod receipts;
mod rekey;
mod reminders;
mod safe;
mod settings;
mod show;
mod spaces;
mod status;
mod style;
mod undo;
mod utf16;
mod values;
mod view;
mod words;

use std::sync::Arc;

use rota_api::{ApiError, Call, Named, Operation, ReportProgress};
use rota_store::{Act, Committed, Reader, Tx};
use serde_json::Value;

use crate::client::Events;
use crate::engine::Command;
use crate::errors;
use crate::failure::Failure;
use crate::node::Node;

pub(crate) use find::{my_person, spaces as shown_spaces};
pub(crate) use init::{begin, household, name_or, names};

/// The settings of this computer.
pub(crate) fn settings_of(
    reader: &Reader<'_>,
) -> Result<rota_api::Settings, rota_store::StoreError> {
    settings::read(reader)
}

/// The service of one data folder. Clones are the same service.
#[derive(Clone)]
pub struct Service {
    pub(crate) node: Arc<Node>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").finish_non_exhaustive()
    }
}

impl Call for Service {
    async fn call_with_progress(
        &self,
        operation: Operation,
        input: Value,
        progress: &dyn ReportProgress,
    ) -> Result<Value, ApiError> {
        rota_api::dispatch(self, operation, input, progress).await
    }
}

impl Service {
    /// Says how the quick-add window is opened; without it there is none.
    pub fn set_quick_add(&self, open: impl Fn() + Send + Sync + 'static) {
        self.node.set_quick_add(Arc::new(open));
    }

    /// Listens to changes from now on.
    #[must_use]
    pub fn watch(&self) -> Events {
        Events::here(self.node.hub.listen())
    }

    /// This computer.
    pub(crate) async fn own_computer(&self) -> Result<Named, ApiError> {
        let me = self.node.core().me;
        let names = self
            .read(move |reader| Ok(init::names(reader, &me)?))
            .await?;
        Ok(view::computer(me, names.computer))
    }

    /// Reads in one transaction, off the async threads.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Reader<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, ApiError> {
        let store = self.node.core().store.clone();
        let read = tokio::task::spawn_blocking(move || store.read(ask)).await;
        Ok(read.map_err(errors::broken)??)
    }

    /// Makes a person's change, durable when it returns, and says what undo names it by: `None` where nothing was written.
    pub(crate) async fn act<T: Send + 'static>(
        &self,
        label: impl Into<String>,
        change: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<(T, Option<u64>), ApiError> {
        let time = self.node.clock.op_time();
        let committed = self.commit(Act::of_person(time, label), change).await?;
        Ok((committed.value, committed.step))
    }

    /// Makes a change that undo passes over.
    pub(crate) async fn act_unlabelled<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, ApiError> {
        let time = self.node.clock.op_time();
        Ok(self.commit(Act::of_machine(time), change).await?.value)
    }

    /// Makes a person's change that nobody can take back: undo says so, and does not take the one before instead.
    pub(crate) async fn act_for_good<T: Send + 'static>(
        &self,
        label: impl Into<String>,
        change: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, ApiError> {
        let time = self.node.clock.op_time();
        let committed = self.commit(Act::for_good(time, label), change).await?;
        Ok(committed.value)
    }

    async fn commit<T: Send + 'static>(
        &self,
        act: Act,
        change: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<Committed<T>, ApiError> {
        let change = move |tx: &mut Tx<'_>| guarded(tx, change);
        let committed = self.node.core().store.act_later(act, change).await;
        let committed =
            committed.ok_or_else(|| errors::from_store(rota_store::StoreError::Closed))?;
        let committed = match committed {
            Ok(committed) => committed,
            Err(failure) => {
                self.node.note_failure(&failure.0);
                return Err(failure.0);
            }
        };
        self.node.note_success();
        if let Some(engine) = self.node.engine() {
            for space in &committed.changed.frontiers {
                engine.tell(Command::Committed(*space)).await;
            }
            for space in &committed.changed.spaces {
                engine.tell(Command::Refresh(*space)).await;
            }
            if !committed.changed.spaces.is_empty() {
                engine.tell(Command::Members).await;
                self.node.members_changed.notify_one();
            }
        }
        Ok(committed)
    }
}

/// Makes a change, and takes it back if it writes into a space of which a member has said that this computer is out: the
/// op that says so may never come here.
fn guarded<T>(
    tx: &mut Tx<'_>,
    change: impl FnOnce(&mut Tx<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let me = tx.me();
    let mut closed = Vec::new();
    for space in tx.reader().space_ids()? {
        if crate::records::is_removed(&tx.reader(), &space, &me)? {
            closed.push((space, tx.reader().frontier(&space)?));
        }
    }
    let value = change(tx)?;
    for (space, before) in closed {
        let written = tx.reader().frontier(&space)? != before;
        if written && crate::records::is_removed(&tx.reader(), &space, &me)? {
            return Err(errors::not_allowed(rota_store::NotAllowed::Removed).into());
        }
    }
    Ok(value)
}
