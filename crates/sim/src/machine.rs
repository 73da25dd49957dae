//! One computer of the group: a disk, and while it runs a session engine.

use std::collections::BTreeMap;
use std::rc::Rc;

use rota_model::cell::{Cell, Kind, task};
use rota_model::edit::{By, Draft};
use rota_model::id::{AuthorKey, EntityId, OpId, SpaceId};
use rota_model::op::{ComputerKey, Flags};
use rota_model::payload::{Write, encode_writes};
use rota_model::register::Written;
use rota_model::stamp::Time;
use rota_model::value::Value;
use rota_sync::{Change, Coordinator};

use crate::dice::Dice;
use crate::disk::{Disk, Unsigned};
use crate::log::Entry;
use crate::rules::Rules;

/// A computer.
#[derive(Debug)]
pub struct Machine {
    /// Its key; a clone has the same.
    pub key: ComputerKey,
    /// Whose it is.
    pub person: EntityId,
    /// What survives.
    pub disk: Disk,
    /// A copy of the disk that somebody kept, with what was acknowledged by then.
    pub kept: Option<(Disk, BTreeMap<SpaceId, Vec<OpId>>)>,
    /// What a person at this computer was told is saved, and what it said it has.
    pub acknowledged: BTreeMap<SpaceId, Vec<OpId>>,
    /// While it runs.
    pub engine: Option<Coordinator>,
    /// Counted up at each start and crash: what was under way before is void.
    pub epoch: u64,
    /// Its wall clock minus the true one, in milliseconds.
    pub clock_offset_ms: i64,
    /// Whether it is cut off.
    pub isolated: bool,
    /// Whether another computer with its key has the network.
    pub waits_for_twin: bool,
    tick: u16,
}

impl Machine {
    /// A computer that is not started.
    #[must_use]
    pub fn new(key: ComputerKey, person: EntityId, disk: Disk) -> Self {
        Self {
            key,
            person,
            disk,
            kept: None,
            acknowledged: BTreeMap::new(),
            engine: None,
            epoch: 0,
            clock_offset_ms: 0,
            isolated: false,
            waits_for_twin: false,
            tick: 0,
        }
    }

    /// Its public key.
    #[must_use]
    pub fn public(&self) -> AuthorKey {
        self.key.public()
    }

    /// Its wall clock at a true time.
    #[must_use]
    pub fn wall_ms(&self, true_ms: u64) -> u64 {
        true_ms.saturating_add_signed(self.clock_offset_ms)
    }

    /// The time of its next op.
    pub fn time(&mut self, true_ms: u64) -> Time {
        self.tick = self.tick.wrapping_add(1);
        Time::new(self.wall_ms(true_ms), self.tick)
    }

    /// Writes drafts into a space as one op. Gives the writes too, to see who won.
    pub fn write(
        &mut self,
        space: SpaceId,
        drafts: Vec<(Draft, By)>,
        true_ms: u64,
        rules: &Rules,
        dice: &mut Dice,
    ) -> Option<(Rc<Entry>, Change, Vec<Write>)> {
        let time = self.time(true_ms);
        let log = self.disk.log(&space);
        let membership = log.membership(space, rules);
        let writes: Vec<Write> = drafts
            .into_iter()
            .map(|(draft, by)| {
                let seen: Vec<Written> = log.seen(&draft.cell, &membership);
                let mut write = draft.into_write(by, time, &seen);
                write.stamp = match by {
                    By::Person => rules.stamp(write.stamp, time),
                    By::Rule => rules.stamp_of_rule(write.stamp),
                };
                write
            })
            .collect();
        let unsigned = Unsigned {
            flags: Flags::WRITES,
            payload: encode_writes(&writes),
            time,
        };
        let (op, change) = self.disk.write(&self.key, space, unsigned, rules, dice)?;
        Some((Entry::new(op), change, writes))
    }
}

/// A draft of a task's field.
#[must_use]
pub fn of_task(entity: EntityId, field: rota_model::cell::Field, value: Value) -> Draft {
    Draft {
        cell: Cell::of(Kind::TASK, entity, field),
        value,
    }
}

/// A draft of a task's tag.
#[must_use]
pub fn of_tag(entity: EntityId, tag: &str, on: bool) -> Draft {
    Draft {
        cell: Cell::element(Kind::TASK, entity, task::TAG, tag.as_bytes()),
        value: Value::bool(on),
    }
}
