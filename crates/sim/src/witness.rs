//! What is checked after every step. A breach ends the run and names itself.

use std::collections::{BTreeMap, HashMap};

use rota_model::digest::Digest;
use rota_model::id::{OpId, SpaceId};
use rota_model::op::Op;
use rota_sync::message::Message;

use crate::disk::Disk;
use crate::rules::Rules;

/// A broken invariant, by its number in ARCHITECTURE.md, and what was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The invariant.
    pub invariant: u8,
    /// What was seen.
    pub seen: String,
}

/// Remembers what every computer ever showed, to hold it against the others.
#[derive(Debug, Default)]
pub struct Witness {
    bytes: HashMap<OpId, Op>,
    by_frontier: HashMap<(SpaceId, [u8; 32]), (u128, Digest)>,
}

impl Witness {
    /// An op was signed: from now on its bytes are fixed. (8)
    pub fn signed(&mut self, op: &Op) {
        self.bytes.insert(op.id, op.clone());
    }

    /// A computer's data changed. (5, 6, 8)
    ///
    /// # Errors
    /// The invariant that it breaks.
    pub fn committed(&mut self, disk: &Disk, space: SpaceId, rules: &Rules) -> Result<(), Breach> {
        let log = disk.log(&space);
        for entry in log.entries().iter().rev().take(8) {
            if self.bytes.get(&entry.op.id) != Some(&entry.op) {
                return Err(breach(
                    8,
                    format!("op {} is not the one that was signed", entry.op.id),
                ));
            }
        }
        let ids = log
            .entries()
            .iter()
            .fold(0u128, |sum, entry| sum.wrapping_add(low_half(&entry.op.id)));
        let digest = log.state(space, rules).digest;
        let shown = *self
            .by_frontier
            .entry((space, log.frontier().hash()))
            .or_insert((ids, digest));
        if shown.0 != ids {
            return Err(breach(6, "equal frontiers, other ops".to_owned()));
        }
        if shown.1 != digest {
            return Err(breach(5, "the same ops show other things".to_owned()));
        }
        Ok(())
    }

    /// A computer sends a frame: what it says must be durable with it. (3, 4)
    ///
    /// # Errors
    /// The invariant that it breaks.
    pub fn sent(&self, disk: &Disk, frame: &[u8]) -> Result<(), Breach> {
        let message = Message::decode(frame)
            .map_err(|error| breach(4, format!("unreadable frame sent: {error}")))?;
        let durable =
            |space: &SpaceId, op: &OpId| disk.log_ref(space).is_some_and(|log| log.contains(op));
        match message {
            Message::Ops(batch) => match batch.ops.iter().find(|op| !durable(&batch.space, &op.id))
            {
                Some(op) => Err(breach(
                    3,
                    format!("op {} was sent and is not durable", op.id),
                )),
                None => Ok(()),
            },
            Message::Frontier(part) => {
                announced(part.heads.iter().map(|head| durable(&part.space, &head.op)))
            }
            Message::Heads(update)
            | Message::Ack { heads: update, .. }
            | Message::Pull {
                changed: update, ..
            } => announced(
                update
                    .heads
                    .iter()
                    .map(|head| durable(&update.space, &head.op)),
            ),
            _ => Ok(()),
        }
    }
}

/// Checks that nothing which a person was told is saved has gone from a disk. (10)
///
/// # Errors
/// The breach.
pub fn kept(disk: &Disk, acknowledged: &BTreeMap<SpaceId, Vec<OpId>>) -> Result<(), Breach> {
    for (space, ops) in acknowledged {
        let log = disk.log(space);
        if let Some(lost) = ops.iter().find(|op| !log.contains(op)) {
            return Err(breach(
                10,
                format!("op {lost} was acknowledged and is gone"),
            ));
        }
    }
    Ok(())
}

pub(crate) fn breach(invariant: u8, seen: String) -> Breach {
    Breach { invariant, seen }
}

fn announced(mut durable: impl Iterator<Item = bool>) -> Result<(), Breach> {
    if durable.all(|durable| durable) {
        Ok(())
    } else {
        Err(breach(
            4,
            "a head was announced that is not durable".to_owned(),
        ))
    }
}

fn low_half(id: &OpId) -> u128 {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&id.0[..16]);
    u128::from_be_bytes(bytes)
}
