//! Ops on the wire.

use rota_model::{id::SpaceId, limits::BATCH_MAX_OPS, op::Op};

use super::Encoder;
use crate::{
    cbor::{EncodeResult, Reader, WireError},
    run,
};

/// A batch of ops of one space, stored in one transaction and acknowledged as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpsBatch {
    /// The space.
    pub space: SpaceId,
    /// Counted from 1 over all batches of this connection in this direction.
    pub batch: u64,
    /// The pull, or the request for a chain, that this answers; 0 for live ops.
    pub pull: u64,
    /// The ops, in store order.
    pub ops: Vec<Op>,
}

impl OpsBatch {
    pub(super) fn write(&self, e: &mut Encoder) -> EncodeResult {
        e.bytes(&self.space.0)?.u64(self.batch)?.u64(self.pull)?;
        run::write(e, &self.ops)
    }

    pub(super) fn read(r: &mut Reader<'_>) -> Result<Self, WireError> {
        let (space, batch, pull) = (r.space()?, r.u64()?, r.u64()?);
        let ops = run::read(r, space, BATCH_MAX_OPS)?;
        if ops.is_empty() {
            return Err(WireError::malformed("a batch without ops"));
        }
        Ok(Self {
            space,
            batch,
            pull,
            ops,
        })
    }
}
