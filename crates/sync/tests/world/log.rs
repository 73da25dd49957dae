//! An op log in memory that keeps the store's promises.

use std::collections::{BTreeMap, BTreeSet};

use rota_model::{
    digest::Digest,
    frontier::{Frontier, Head},
    id::{Chain, OpId},
    op::Op,
};
use rota_sync::{Accepted, Change, Reading};

#[derive(Clone, Default)]
pub struct Log {
    pub ops: Vec<Op>,
    by_id: BTreeMap<OpId, usize>,
    pub frontier: Frontier,
    pub seq: u64,
    sum: u128,
    /// Added to the digest: a bug or rot.
    pub rot: u128,
}

impl Log {
    pub fn has(&self, id: &OpId) -> bool {
        self.by_id.contains_key(id)
    }

    pub fn digest(&self) -> Digest {
        Digest(self.sum.wrapping_add(self.rot))
    }

    /// Stores what can be stored, as one commit.
    pub fn accept(&mut self, ops: &[Op]) -> Accepted {
        let first_op_seq = self.ops.len() as u64;
        let (mut gaps, mut refused) = (Vec::new(), Vec::new());
        let mut touched = BTreeSet::new();
        for op in ops {
            touched.insert(op.header.chain);
            if op.check().is_err() {
                refused.push(op.id);
            } else if !self.has(&op.id) {
                if op.founds() || self.has(&op.header.previous) {
                    self.store(op.clone());
                } else {
                    gaps.push(op.id);
                }
            }
        }
        self.seq += 1;
        let heads = touched
            .iter()
            .flat_map(|chain| self.frontier.of_chain(chain).collect::<Vec<_>>())
            .collect();
        let change = Change {
            seq: self.seq,
            first_op_seq,
            heads,
            digest: self.digest(),
        };
        Accepted {
            change,
            gaps,
            paused: Vec::new(),
            refused,
        }
    }

    fn store(&mut self, op: Op) {
        let head = Head {
            chain: op.header.chain,
            counter: op.header.counter,
            op: op.id,
        };
        self.frontier.advance(head, op.header.previous);
        self.sum = self
            .sum
            .wrapping_add(u128::from_be_bytes(op.id.0[..16].try_into().unwrap()));
        self.by_id.insert(op.id, self.ops.len());
        self.ops.push(op);
    }

    pub fn read(
        &self,
        reading: &Reading,
        budget_bytes: usize,
        budget_ops: usize,
    ) -> (Vec<Op>, Option<u64>) {
        let (mut found, mut bytes) = (Vec::new(), 0);
        match reading {
            Reading::After { known, from_seq } => {
                let covered = self.covered(known);
                for (seq, op) in self.ops.iter().enumerate().skip(*from_seq as usize) {
                    if covered(op) {
                        continue;
                    }
                    if found.len() == budget_ops
                        || (bytes > 0 && bytes + op.payload.len() > budget_bytes)
                    {
                        return (found, Some(seq as u64));
                    }
                    bytes += op.payload.len();
                    found.push(op.clone());
                }
                (found, None)
            }
            Reading::Chain { chain, from } => {
                let mut ops: Vec<&Op> = self
                    .ops
                    .iter()
                    .filter(|op| op.header.chain == *chain)
                    .collect();
                ops.sort_by_key(|op| op.header.counter);
                let ops = ops
                    .into_iter()
                    .filter(|op| op.header.counter >= *from)
                    .cloned()
                    .collect();
                (ops, None)
            }
        }
    }

    /// What need not be sent to one who has these heads.
    fn covered(&self, known: &Frontier) -> impl Fn(&Op) -> bool + use<> {
        let (mut before, mut silent): (BTreeSet<OpId>, BTreeSet<Chain>) = Default::default();
        for head in known.heads() {
            let mine_are_known = known.of_chain(&head.chain).any(|head| self.has(&head.op));
            let top = self
                .frontier
                .of_chain(&head.chain)
                .map(|mine| mine.counter)
                .max()
                .unwrap_or(0);
            if !mine_are_known
                && known
                    .of_chain(&head.chain)
                    .any(|theirs| theirs.counter > top)
            {
                silent.insert(head.chain);
            }
            let mut at = head.op;
            while let Some(place) = self.by_id.get(&at) {
                let op = &self.ops[*place];
                if op.header.chain != head.chain || !before.insert(at) {
                    break;
                }
                at = op.header.previous;
            }
        }
        move |op| silent.contains(&op.header.chain) || before.contains(&op.id)
    }
}

impl Log {
    /// An older state of a log, brought back later.
    pub fn at(old: Self, seq: u64) -> Self {
        Self { seq, ..old }
    }
}
