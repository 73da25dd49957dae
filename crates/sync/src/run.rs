//! Runs: ops of one chain that follow each other, with what they share written once.
//!
//! `[author, incarnation, first counter, its previous, [[flags, time, payload, signature]…]]`. The rest of each header
//! follows: the space from the message, the counter from the place, the previous from the op before, length and hash
//! from the payload. So an op that arrives has the header its author signed, or its signature does not hold.

use minicbor::Encoder;
use rota_model::{
    id::{OpId, SpaceId},
    limits::{BATCH_MAX_OPS, FRAME_MAX_BYTES, PAYLOAD_ACCEPTED_MAX_BYTES},
    op::{Flags, Header, Op},
    stamp::Time,
};

use crate::cbor::{EncodeResult, Reader, WireError};

/// More than any run needs beside its ops.
const RUN_OVERHEAD_BYTES: usize = 110;
/// More than an op needs beside its payload.
const OP_OVERHEAD_BYTES: usize = 90;
/// More than the message around the runs needs.
const MESSAGE_OVERHEAD_BYTES: usize = 100;

/// Splits ops into batches that fit a frame and the limit of a batch, in their order.
#[must_use]
pub fn batches(ops: Vec<Op>) -> Vec<Vec<Op>> {
    let mut all = Vec::new();
    let mut batch: Vec<Op> = Vec::new();
    let mut bytes = MESSAGE_OVERHEAD_BYTES;
    for op in ops {
        let needs = op.payload.len() + OP_OVERHEAD_BYTES + RUN_OVERHEAD_BYTES;
        if batch.len() == BATCH_MAX_OPS || (!batch.is_empty() && bytes + needs > FRAME_MAX_BYTES) {
            all.push(std::mem::take(&mut batch));
            bytes = MESSAGE_OVERHEAD_BYTES;
        }
        bytes += needs;
        batch.push(op);
    }
    if !batch.is_empty() {
        all.push(batch);
    }
    all
}

pub(crate) fn write(e: &mut Encoder<Vec<u8>>, ops: &[Op]) -> EncodeResult {
    let runs = || ops.chunk_by(follows);
    e.array(runs().count() as u64)?;
    for run in runs() {
        let Some(first) = run.first() else { continue };
        let header = &first.header;
        e.array(5)?
            .bytes(&header.chain.author.0)?
            .u64(header.chain.incarnation.0)?;
        e.u64(header.counter)?
            .bytes(&header.previous.0)?
            .array(run.len() as u64)?;
        for op in run {
            e.array(4)?.u8(op.header.flags.0)?.u64(op.header.time.0)?;
            e.bytes(&op.payload)?.bytes(&op.signature)?;
        }
    }
    Ok(())
}

pub(crate) fn read(r: &mut Reader<'_>, space: SpaceId, max: usize) -> Result<Vec<Op>, WireError> {
    let mut ops: Vec<Op> = Vec::new();
    r.items(max, "runs", |r| {
        r.tuple(5, |r| {
            let (chain, mut counter, mut previous) = (r.chain()?, r.u64()?, r.op()?);
            let left = max - ops.len();
            let run = r.items(left, "ops", |r| {
                let op = r.tuple(4, |r| {
                    let (flags, time) = (Flags(r.u8()?), Time(r.u64()?));
                    let payload = r.bytes(PAYLOAD_ACCEPTED_MAX_BYTES, "payload")?.to_vec();
                    let header = Header {
                        flags,
                        space: space_in_header(space, counter, previous),
                        chain,
                        counter,
                        previous,
                        time,
                        // Bounded by the line above.
                        payload_len: payload.len() as u32,
                        payload_hash: *blake3::hash(&payload).as_bytes(),
                    };
                    Ok(Op::from_parts(header, r.fixed()?, payload))
                })?;
                if op.space() != space {
                    return Err(WireError::malformed("an op of another space"));
                }
                previous = op.id;
                counter = counter
                    .checked_add(1)
                    .ok_or_else(|| WireError::malformed("counter"))?;
                Ok(op)
            })?;
            ops.extend(run);
            Ok(())
        })
    })?;
    Ok(ops)
}

/// The founding op alone has neither space nor previous in its header.
fn space_in_header(space: SpaceId, counter: u64, previous: OpId) -> SpaceId {
    if counter == 1 && previous == OpId::ZERO {
        SpaceId::ZERO
    } else {
        space
    }
}

fn follows(a: &Op, b: &Op) -> bool {
    a.header.chain == b.header.chain
        && a.header.counter.checked_add(1) == Some(b.header.counter)
        && b.header.previous == a.id
}
