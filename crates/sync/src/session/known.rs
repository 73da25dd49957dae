//! What a peer has: what it told, and what it must have got since.

use std::collections::BTreeMap;

use rota_model::{
    frontier::{Frontier, Head},
    id::{Chain, OpId},
    op::Op,
};

/// A peer's heads.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// As it told them; `None` before it did.
    told: Option<Frontier>,
    /// How often it told something else than before.
    changes: u64,
    /// Of ops that it sent, that were sent to it, or that another sends it by its Links. This may be wrong, when a
    /// connection broke in between; what the peer tells corrects it.
    assumed: Frontier,
    /// The last op of each chain that it sent since it told its heads: who sends an op has it durably.
    given: Frontier,
    /// Parts of a frontier that is being told.
    incoming: Option<Frontier>,
}

impl Known {
    pub(crate) fn is_told(&self) -> bool {
        self.told.is_some()
    }

    pub(crate) fn told(&self) -> Option<&Frontier> {
        self.told.as_ref()
    }

    /// The peer has exactly this.
    pub(crate) fn set(&mut self, frontier: Frontier) {
        if self.told.as_ref() != Some(&frontier) {
            self.told = Some(frontier);
            self.changes += 1;
        }
        self.assumed = Frontier::default();
        self.given = Frontier::default();
    }

    /// What it surely has: its heads as it told them, and what it sent since; `None` before it told any.
    pub(crate) fn durable(&self) -> Option<Frontier> {
        let told = self.told.as_ref()?;
        Some(told.heads().chain(self.given.heads()).collect())
    }

    /// The peer sent this op.
    pub(crate) fn gave(&mut self, op: &Op) {
        self.assume(op);
        self.changes += 1;
        self.given
            .set_chain(op.header.chain, [(op.header.counter, op.id)]);
    }

    /// How often it told something else than before.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// The peer told all its heads of some chains.
    pub(crate) fn set_chains(&mut self, heads: &[Head]) {
        // Before it told a whole frontier, a part of it must not pass for one.
        self.changes += u64::from(self.told.is_some());
        let frontier = self.told.as_mut().unwrap_or(&mut self.assumed);
        for (chain, heads) in by_chain(heads) {
            frontier.set_chain(chain, heads);
            self.given.set_chain(chain, []);
        }
    }

    /// Collects a part; the whole when it is the last. `Err` past `max` heads.
    pub(crate) fn collect(
        &mut self,
        first: bool,
        last: bool,
        heads: &[Head],
        max: usize,
    ) -> Result<Option<Frontier>, ()> {
        if first {
            self.incoming = Some(Frontier::default());
        }
        let Some(incoming) = &mut self.incoming else {
            return Ok(None);
        };
        heads.iter().for_each(|head| incoming.insert(*head));
        if incoming.len() > max {
            return Err(());
        }
        Ok(if last { self.incoming.take() } else { None })
    }

    /// The peer has this op now, as far as can be told.
    pub(crate) fn assume(&mut self, op: &Op) {
        self.assumed.advance(head_of(op), op.header.previous);
    }

    /// Forgets everything that the peer did not tell.
    pub(crate) fn forget_assumed(&mut self) {
        self.assumed = Frontier::default();
    }

    /// Whether an op of this id is surely here, because it was assumed of the peer from ops that were here.
    pub(crate) fn is_assumed(&self, head: &Head) -> bool {
        self.assumed.contains(head)
    }

    /// Whether the peer has an op. In a forked chain only what is named counts: a greater counter may be another branch.
    pub(crate) fn has(&self, op: &Op, forked: bool) -> bool {
        let forked = forked
            || self
                .told
                .as_ref()
                .is_some_and(|told| told.of_chain(&op.header.chain).count() > 1);
        self.of_chain(&op.header.chain)
            .any(|head| head.op == op.id || (!forked && head.counter >= op.header.counter))
    }

    /// Whether the peer can store an op, because it has the one before.
    pub(crate) fn can_take(&self, op: &Op) -> bool {
        op.header.counter == 1
            || self
                .of_chain(&op.header.chain)
                .any(|head| head.counter >= op.header.counter - 1)
    }

    /// Everything that it is known or assumed to have.
    pub(crate) fn all(&self) -> Frontier {
        self.told
            .iter()
            .flat_map(Frontier::heads)
            .chain(self.assumed.heads())
            .collect()
    }

    /// The greatest counter of a chain.
    pub(crate) fn top(&self, chain: &Chain) -> u64 {
        self.of_chain(chain)
            .map(|head| head.counter)
            .max()
            .unwrap_or(0)
    }

    fn of_chain(&self, chain: &Chain) -> impl Iterator<Item = Head> + '_ {
        let told = self.told.as_ref().map(|told| told.of_chain(chain));
        told.into_iter()
            .flatten()
            .chain(self.assumed.of_chain(chain))
    }
}

/// The head that an op is when nothing follows it.
pub(crate) fn head_of(op: &Op) -> Head {
    Head {
        chain: op.header.chain,
        counter: op.header.counter,
        op: op.id,
    }
}

/// Heads grouped by chain.
pub(crate) fn by_chain(heads: &[Head]) -> BTreeMap<Chain, Vec<(u64, OpId)>> {
    let mut chains: BTreeMap<Chain, Vec<(u64, OpId)>> = BTreeMap::new();
    for head in heads {
        chains
            .entry(head.chain)
            .or_default()
            .push((head.counter, head.op));
    }
    chains
}
