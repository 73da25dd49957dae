//! Which computers have the latest of a task.

use std::collections::{BTreeMap, BTreeSet};

use rota_api::{ApiError, Code, MissingComputer, Named, Receipt, ReceiptsShow};
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::limits::RECEIPTS_MAX_COUNT;
use rota_store::{HeardOf, Reader};

use super::{Service, find, view};
use crate::clock::rfc3339;
use crate::failure::Failure;

/// What the computers that are away or connected have, the latest that is known of each.
type Heard = BTreeMap<SpaceId, Vec<HeardOf>>;

impl Service {
    pub(super) async fn receipts(&self, input: ReceiptsShow) -> Result<Vec<Receipt>, ApiError> {
        if input.ids.len() > RECEIPTS_MAX_COUNT {
            let message = format!("receipts of more than {RECEIPTS_MAX_COUNT} tasks at once");
            return Err(ApiError::new(Code::TooLarge, message)
                .with_hint("ask for those that are shown")
                .with_field("ids"));
        }
        let tasks = self
            .read(move |reader| {
                let found = input.ids.iter().map(|id| {
                    let task = find::task(reader, id)?;
                    Ok::<_, Failure>((task.space.id, task.id))
                });
                found.collect::<Result<Vec<_>, _>>()
            })
            .await?;
        let spaces: BTreeSet<SpaceId> = tasks.iter().map(|(space, _)| *space).collect();
        let (mut heard, mut online) = (Heard::new(), BTreeSet::new());
        if let Some(engine) = self.node.engine() {
            heard = engine.heard(spaces.iter().copied().collect()).await;
            let all = engine.peers.all().into_iter();
            online.extend(all.filter(|(_, peer)| peer.online).map(|(key, _)| key));
        }
        let me = self.node.core().me;
        self.read(move |reader| {
            let mut receipts = BTreeMap::new();
            for space in spaces {
                let live = heard.remove(&space).unwrap_or_default();
                let of_space: Vec<EntityId> = tasks
                    .iter()
                    .filter(|(in_space, _)| *in_space == space)
                    .map(|(_, task)| *task)
                    .collect();
                let found = in_space(reader, &me, &space, &of_space, live, &online)?;
                receipts.extend(of_space.into_iter().zip(found));
            }
            let asked = tasks
                .iter()
                .filter_map(|(_, task)| receipts.get(task).cloned());
            Ok(asked.collect())
        })
        .await
    }
}

fn in_space(
    reader: &Reader<'_>,
    me: &AuthorKey,
    space: &SpaceId,
    tasks: &[EntityId],
    live: Vec<HeardOf>,
    online: &BTreeSet<AuthorKey>,
) -> Result<Vec<Receipt>, Failure> {
    let computers = standing(reader, space)?;
    let mut heard: BTreeMap<AuthorKey, HeardOf> = reader
        .heard(space)?
        .into_iter()
        .map(|heard| (heard.computer, heard))
        .collect();
    heard.extend(live.into_iter().map(|heard| (heard.computer, heard)));
    heard.retain(|key, _| computers.contains_key(key) && key != me);
    let frontiers: Vec<_> = heard.values().map(|heard| heard.frontier.clone()).collect();
    let holders = reader.holders(space, tasks, &frontiers)?;
    let receipts = tasks.iter().zip(holders).map(|(task, holds)| {
        let has: BTreeSet<AuthorKey> = heard
            .keys()
            .zip(holds)
            .filter_map(|(key, holds)| holds.then_some(*key))
            .chain([*me])
            .collect();
        let (on, missing): (Vec<_>, Vec<_>) =
            computers.iter().partition(|(key, _)| has.contains(*key));
        Receipt {
            id: task.uuid(),
            total: computers.len() as u64,
            on: on.into_iter().map(|(_, name)| name.clone()).collect(),
            missing: missing
                .into_iter()
                .map(|(key, name)| MissingComputer {
                    computer: name.clone(),
                    last_had: heard.get(key).map(|heard| rfc3339(heard.at_ms)),
                    online: online.contains(key),
                })
                .collect(),
        }
    });
    Ok(receipts.collect())
}

/// The computers of a space: as many as the status line counts.
fn standing(reader: &Reader<'_>, space: &SpaceId) -> Result<BTreeMap<AuthorKey, Named>, Failure> {
    let admissions = reader.admissions(space)?.into_iter();
    Ok(admissions
        .filter(|admission| admission.removed_ms.is_none())
        .map(|admission| {
            let computer = admission.computer;
            (computer.id, view::computer(computer.id, computer.name))
        })
        .collect())
}
