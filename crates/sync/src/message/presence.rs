//! What somebody at a computer is looking at and working on, just now. Never an op: it is told, shown and forgotten.

use rota_model::{id::EntityId, limits::PRESENCE_MAX_TASKS};

use super::Encoder;
use crate::cbor::{EncodeResult, Reader, WireError};

/// What somebody at the sender does in one space. The default says that nobody does anything there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// The list that is open.
    pub list: Option<EntityId>,
    /// The task that is open.
    pub task: Option<EntityId>,
    /// How long these are open, in milliseconds.
    pub open_ms: u64,
    /// Whether something is being typed.
    pub typing: bool,
    /// The tasks that somebody is on, each with the milliseconds since that was said.
    pub on_it: Vec<(EntityId, u64)>,
}

impl Presence {
    pub(super) fn write(&self, e: &mut Encoder) -> EncodeResult {
        write_optional(e, self.list)?;
        write_optional(e, self.task)?;
        e.u64(self.open_ms)?
            .bool(self.typing)?
            .array(self.on_it.len() as u64)?;
        self.on_it.iter().try_for_each(|(task, said_ms)| {
            e.array(2)?.bytes(&task.0)?.u64(*said_ms)?;
            Ok(())
        })
    }

    pub(super) fn read(r: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self {
            list: r.optional_entity()?,
            task: r.optional_entity()?,
            open_ms: r.u64()?,
            typing: r.bool()?,
            on_it: r.items(PRESENCE_MAX_TASKS, "tasks in a presence", |r| {
                r.tuple(2, |r| Ok((r.entity()?, r.u64()?)))
            })?,
        })
    }
}

fn write_optional(e: &mut Encoder, id: Option<EntityId>) -> EncodeResult {
    match id {
        Some(id) => e.bytes(&id.0)?,
        None => e.null()?,
    };
    Ok(())
}
