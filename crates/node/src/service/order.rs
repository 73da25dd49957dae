//! Places at the end of a list, without looking for the end each time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rota_model::id::{EntityId, SpaceId};
use rota_model::order::OrderKey;
use rota_store::{Page, Reader, StoreError, TaskFilter, Tx};

/// The last keys of lists, as far as they are known. Forgotten whenever tasks change in another way than by adding here.
#[derive(Debug, Default)]
pub(crate) struct Ends {
    by_list: Mutex<HashMap<(SpaceId, EntityId), OrderKey>>,
}

impl Ends {
    /// Forgets what is known.
    pub(crate) fn forget(&self) {
        self.by_list
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// `n` keys at the end of a list.
    pub(super) fn next(
        &self,
        tx: &mut Tx<'_>,
        space: SpaceId,
        list: EntityId,
        n: usize,
    ) -> Result<Vec<OrderKey>, StoreError> {
        let known = self
            .by_list
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&(space, list))
            .cloned();
        let last = match known {
            Some(last) => Some(last),
            None => last_of(&tx.reader(), &space, &list)?,
        };
        let keys =
            OrderKey::many_between(last.as_ref(), None, n, || u32::from_be_bytes(tx.random()));
        if let Some(last) = keys.last() {
            self.by_list
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert((space, list), last.clone());
        }
        Ok(keys)
    }
}

/// The key of the last task of a list that is no subtask.
fn last_of(
    reader: &Reader<'_>,
    space: &SpaceId,
    list: &EntityId,
) -> Result<Option<OrderKey>, StoreError> {
    let filter = TaskFilter {
        space: Some(*space),
        list: Some(*list),
        done: true,
        ..TaskFilter::default()
    };
    let total = reader
        .tasks(
            &filter,
            Page {
                offset: 0,
                limit: Some(0),
            },
        )?
        .total;
    let page = Page {
        offset: total.saturating_sub(1),
        limit: Some(1),
    };
    let mut last = reader.tasks(&filter, page)?.tasks.pop();
    // A tree of tasks is finite and its cycles are cut; the bound is for a database that is not as it should be.
    for _ in 0..1_000 {
        match last.as_ref().and_then(|task| task.parent) {
            Some(parent) => last = reader.task(&parent)?,
            None => break,
        }
    }
    Ok(last.map(|task| OrderKey::from_foreign(&task.order)))
}
