//! Doing the same to several tasks in one go.

use std::collections::{BTreeMap, BTreeSet};

use rota_api::{ApiError, Code, Deed, ManyChanged, Skipped, Task, TaskDoMany};
use rota_model::id::EntityId;
use rota_store::{TaskView, Tx};

use super::edit::may_write;
use super::{Service, change, find};
use crate::clock::rfc3339;
use crate::failure::Failure;

/// Tasks as they were named.
#[derive(Debug)]
pub(super) struct Many {
    pub(super) texts: Vec<String>,
    /// Whether those that may not be changed are left out and told; else one of them fails the whole.
    pub(super) skip: bool,
    /// When they had been changed last, as the caller knows them: one that was changed since is left out, or fails.
    pub(super) seen: BTreeMap<String, String>,
}

impl Many {
    /// All of them or none.
    pub(super) fn all(texts: Vec<String>) -> Self {
        Self {
            texts,
            skip: false,
            seen: BTreeMap::new(),
        }
    }

    /// All that may be changed; the others are left out and told.
    pub(super) fn skipping(texts: Vec<String>) -> Self {
        Self {
            skip: true,
            ..Self::all(texts)
        }
    }

    /// Does something to each task that may be written to, once, as it is when its turn comes.
    pub(super) fn each(
        self,
        tx: &mut Tx<'_>,
        mut change: impl FnMut(&mut Tx<'_>, &TaskView) -> Result<(), Failure>,
    ) -> Result<(Vec<TaskView>, Vec<Skipped>), Failure> {
        let mut all: Vec<TaskView> = Vec::with_capacity(self.texts.len());
        let mut ids = BTreeSet::new();
        let mut skipped = Vec::new();
        for text in self.texts {
            let found = find::task(&tx.reader(), &text).and_then(|found| {
                may_write(tx, found.space.id)?;
                match self.seen.get(&text) {
                    Some(seen) if *seen != rfc3339(found.updated_ms) => Err(stale(&found).into()),
                    _ => Ok(found),
                }
            });
            match found {
                Ok(found) if ids.insert(found.id) => {
                    change(tx, &found)?;
                    all.push(found);
                }
                Ok(_) => {}
                Err(failure) if self.skip && change::is_of_one_task(&failure) => {
                    skipped.push(Skipped {
                        id: text,
                        reason: failure.0,
                    });
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok((all, skipped))
    }
}

fn stale(found: &TaskView) -> ApiError {
    ApiError::new(
        Code::Stale,
        format!("somebody changed {:?} meanwhile", found.title),
    )
    .with_hint("look at it again, then do it again")
    .with_field("seen")
}

/// What was done to several tasks: which there are to show, which were left out, and what undo names it by.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) ids: Vec<EntityId>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) step: Option<u64>,
}

impl Service {
    pub(super) async fn do_many(&self, input: TaskDoMany) -> Result<ManyChanged, ApiError> {
        let many = Many {
            seen: input.seen,
            ..Many::skipping(input.ids)
        };
        let done = match input.what {
            Deed::Complete => self.complete(many).await,
            Deed::Reopen => self.reopen(many).await,
            Deed::Delete => self.delete(many).await,
            Deed::Restore => self.restore(many).await,
            Deed::Duplicate => self.duplicate(many).await,
            Deed::Keep => self.keep_values(many, None).await,
        }?;
        self.many_changed(done).await
    }

    pub(super) async fn many_changed(&self, done: Done) -> Result<ManyChanged, ApiError> {
        Ok(ManyChanged {
            tasks: self.tasks_by_id(done.ids).await?,
            skipped: done.skipped,
            step: done.step,
        })
    }

    /// The tasks as they are after a step.
    pub(super) async fn tasks_after(&self, done: Done) -> Result<Vec<Task>, ApiError> {
        let mut tasks = self.tasks_by_id(done.ids).await?;
        for task in &mut tasks {
            task.step = done.step;
        }
        Ok(tasks)
    }
}
