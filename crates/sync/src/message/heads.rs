//! Heads on the wire: grouped by author, `[[author, [[incarnation, counter, op]…]]…]`.

use rota_model::{
    frontier::Head,
    id::{Chain, Incarnation, SpaceId},
    limits::MESSAGE_MAX_HEADS,
};

use super::Encoder;
use crate::cbor::{EncodeResult, Reader, WireError};

/// All heads of the chains that are named; of chains that are not named it says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadsUpdate {
    /// The space.
    pub space: SpaceId,
    /// The heads.
    pub heads: Vec<Head>,
}

/// A part of a whole frontier. The parts follow each other; together they replace what was told before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartOfFrontier {
    /// The space.
    pub space: SpaceId,
    /// Whether a new frontier begins here.
    pub first: bool,
    /// Whether it ends here.
    pub last: bool,
    /// The heads.
    pub heads: Vec<Head>,
}

impl HeadsUpdate {
    pub(super) fn write(&self, e: &mut Encoder) -> EncodeResult {
        e.bytes(&self.space.0)?;
        write_heads(e, &self.heads)
    }

    pub(super) fn read(r: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self {
            space: r.space()?,
            heads: read_heads(r)?,
        })
    }
}

pub(crate) fn write_heads(e: &mut Encoder, heads: &[Head]) -> EncodeResult {
    let groups = || heads.chunk_by(|a, b| a.chain.author == b.chain.author);
    e.array(groups().count() as u64)?;
    for group in groups() {
        let Some(first) = group.first() else { continue };
        e.array(2)?
            .bytes(&first.chain.author.0)?
            .array(group.len() as u64)?;
        for head in group {
            e.array(3)?
                .u64(head.chain.incarnation.0)?
                .u64(head.counter)?
                .bytes(&head.op.0)?;
        }
    }
    Ok(())
}

pub(crate) fn read_heads(r: &mut Reader<'_>) -> Result<Vec<Head>, WireError> {
    let mut heads = Vec::new();
    r.items(MESSAGE_MAX_HEADS, "heads", |r| {
        r.tuple(2, |r| {
            let author = r.author()?;
            let left = MESSAGE_MAX_HEADS - heads.len();
            let of_author = r.items(left, "heads", |r| {
                r.tuple(3, |r| {
                    let chain = Chain {
                        author,
                        incarnation: Incarnation(r.u64()?),
                    };
                    Ok(Head {
                        chain,
                        counter: r.u64()?,
                        op: r.op()?,
                    })
                })
            })?;
            heads.extend(of_author);
            Ok(())
        })
    })?;
    if heads.iter().any(|head| head.counter == 0) {
        return Err(WireError::malformed("a head at counter 0"));
    }
    Ok(heads)
}
