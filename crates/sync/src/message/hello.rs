//! Hello and what it says of each common space.

use rota_model::{
    digest::Digest,
    id::SpaceId,
    limits::{MESSAGE_MAX_SPACES, NAME_MAX_BYTES},
};

use super::Encoder;
use crate::{
    cbor::{EncodeResult, Reader, WireError},
    version::VersionRange,
};

/// The first message of both ends. Its first elements never change their meaning, so that any two versions can find
/// out what they have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// The versions that the sender speaks.
    pub versions: VersionRange,
    /// The number of the rules by which the sender merges and counts.
    pub rules: u32,
    /// Random, drawn at each start of the sender.
    pub boot: u64,
    /// The sender's wall clock in Unix milliseconds.
    pub wall_ms: u64,
    /// The sender's name, for a log.
    pub name: String,
    /// The spaces in which the receiver counts, the first of them; others follow in Announce.
    pub spaces: Vec<SpaceSummary>,
}

/// How a space stands at the sender, both values of one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpaceSummary {
    /// The space.
    pub space: SpaceId,
    /// The hash of its frontier.
    pub frontier: [u8; 32],
    /// The digest of its winners.
    pub digest: Digest,
}

impl Hello {
    pub(super) fn write(&self, e: &mut Encoder, number: u64) -> EncodeResult {
        e.array(8)?
            .u64(number)?
            .u32(self.versions.min)?
            .u32(self.versions.max)?;
        e.u32(self.rules)?
            .u64(self.boot)?
            .u64(self.wall_ms)?
            .str(&self.name)?;
        write_summaries(e, &self.spaces)
    }

    pub(super) fn read(r: &mut Reader<'_>) -> Result<Self, WireError> {
        Ok(Self {
            versions: VersionRange {
                min: r.u32()?,
                max: r.u32()?,
            },
            rules: r.u32()?,
            boot: r.u64()?,
            wall_ms: r.u64()?,
            name: r.text(NAME_MAX_BYTES, "name")?,
            spaces: read_summaries(r)?,
        })
    }
}

pub(super) fn write_summaries(e: &mut Encoder, spaces: &[SpaceSummary]) -> EncodeResult {
    e.array(spaces.len() as u64)?;
    spaces.iter().try_for_each(|summary| {
        e.array(3)?
            .bytes(&summary.space.0)?
            .bytes(&summary.frontier)?
            .bytes(&summary.digest.to_bytes())?;
        Ok(())
    })
}

pub(super) fn read_summaries(r: &mut Reader<'_>) -> Result<Vec<SpaceSummary>, WireError> {
    r.items(MESSAGE_MAX_SPACES, "spaces", |r| {
        r.tuple(3, |r| {
            let (space, frontier) = (r.space()?, r.fixed()?);
            Ok(SpaceSummary {
                space,
                frontier,
                digest: Digest(u128::from_be_bytes(r.fixed()?)),
            })
        })
    })
}
