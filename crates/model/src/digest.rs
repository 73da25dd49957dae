//! The digest of a space: a sum over the winners of its cells. It finds bugs and rot; op ids guard against malice.

use crate::cell::Cell;
use crate::register::Rank;
use crate::value::Value;

/// The number of the rules by which this version merges and counts. Digests are compared under equal numbers alone.
pub const RULES: u32 = 1;

/// Sum modulo 2^128 of one hash a winner. A winner that is replaced is taken out and the new one put in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest(pub u128);

impl Digest {
    /// Adds a winner.
    pub fn add(&mut self, cell: &Cell, rank: Rank, value: &Value) {
        self.0 = self.0.wrapping_add(hash(cell, rank, value));
    }

    /// Takes a winner out again.
    pub fn take(&mut self, cell: &Cell, rank: Rank, value: &Value) {
        self.0 = self.0.wrapping_sub(hash(cell, rank, value));
    }

    /// Its 16 bytes, big-endian.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}

fn hash(cell: &Cell, rank: Rank, value: &Value) -> u128 {
    let mut hasher = blake3::Hasher::new_derive_key("rota cell 1");
    hasher.update(&cell.kind.0.to_be_bytes());
    hasher.update(&cell.entity.0);
    hasher.update(&cell.field.0.to_be_bytes());
    hasher.update(&(cell.key.len() as u64).to_be_bytes());
    hasher.update(&cell.key);
    hasher.update(&rank.stamp.0.to_be_bytes());
    hasher.update(&rank.op.0);
    hasher.update(value.as_cbor());
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{Kind, task};
    use crate::id::{EntityId, OpId};
    use crate::stamp::Stamp;

    #[test]
    fn order_does_not_matter_and_taking_out_undoes_putting_in() {
        let cells =
            [task::TITLE, task::NOTES].map(|field| Cell::of(Kind::TASK, EntityId([1; 16]), field));
        let rank = Rank {
            stamp: Stamp(3),
            op: OpId([4; 32]),
        };
        let value = Value::text("x");
        let (mut there, mut back) = (Digest::default(), Digest::default());
        cells.iter().for_each(|cell| there.add(cell, rank, &value));
        cells
            .iter()
            .rev()
            .for_each(|cell| back.add(cell, rank, &value));
        assert_eq!(there, back);
        there.take(&cells[0], rank, &value);
        assert_ne!(there, back);
        there.add(&cells[0], rank, &value);
        assert_eq!(there, back);
    }
}
