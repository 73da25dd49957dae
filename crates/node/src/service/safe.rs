//! What is safe while nothing can be saved: until when, and on how many other computers.

use std::collections::{BTreeMap, BTreeSet};

use rota_api::{ApiError, Safe};
use rota_model::id::{AuthorKey, SpaceId};
use rota_store::{HeardOf, Reader};

use super::Service;
use crate::clock::rfc3339;
use crate::conditions;
use crate::failure::Failure;

impl Service {
    /// How far everything is safe; `None` while changes can be saved.
    pub(super) async fn safe(&self) -> Result<Option<Safe>, ApiError> {
        let unsaved = [conditions::DISK_FULL, conditions::READ_ONLY];
        if !self.node.conditions.stands(&unsaved) {
            return Ok(None);
        }
        let me = self.node.core().me;
        let spaces = self.read(move |reader| own_spaces(reader, &me)).await?;
        let live = match self.node.engine() {
            Some(engine) => engine.heard(spaces.clone()).await,
            None => BTreeMap::new(),
        };
        let (saved_ms, now_ms) = (self.node.saved_ms(), self.node.clock.wall_ms());
        self.read(move |reader| {
            // Of a start at which nothing was saved yet the log tells more. A clock that was set back since tells nothing.
            let written_ms = reader.last_written_ms(&me)?.filter(|ms| *ms <= now_ms);
            let Some(until_ms) = saved_ms.max(written_ms) else {
                return Ok(None);
            };
            Ok(Some(Safe {
                until: rfc3339(until_ms),
                computers: holders_of_all(reader, &me, &spaces, live)?,
            }))
        })
        .await
    }
}

fn own_spaces(reader: &Reader<'_>, me: &AuthorKey) -> Result<Vec<SpaceId>, Failure> {
    let mut spaces = Vec::new();
    for space in reader.space_ids()? {
        if reader.is_member(&space, me)? {
            spaces.push(space);
        }
    }
    Ok(spaces)
}

/// How many others have shown to have every change of every space of this computer. Whoever shares one space alone has
/// not everything.
fn holders_of_all(
    reader: &Reader<'_>,
    me: &AuthorKey,
    spaces: &[SpaceId],
    mut live: BTreeMap<SpaceId, Vec<HeardOf>>,
) -> Result<u64, Failure> {
    let mut of_all: Option<BTreeSet<AuthorKey>> = None;
    for space in spaces {
        let kept = reader.heard(space)?;
        let live = live.remove(space).unwrap_or_default();
        // What was told since takes the place of what was kept.
        let heard: BTreeMap<AuthorKey, HeardOf> = kept
            .into_iter()
            .chain(live)
            .map(|heard| (heard.computer, heard))
            .collect();
        let mut of_this = BTreeSet::new();
        for (key, heard) in heard {
            let is_another_member = key != *me && reader.is_member(space, &key)?;
            // The first op that it lacks, if there is any.
            let lacks = || reader.ops_after(space, &heard.frontier, 0, 0);
            if is_another_member && lacks()?.ops.is_empty() {
                of_this.insert(key);
            }
        }
        of_all = Some(match of_all {
            Some(before) => &before & &of_this,
            None => of_this,
        });
    }
    Ok(of_all.map_or(0, |all| all.len() as u64))
}
