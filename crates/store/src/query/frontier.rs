//! What sync asks: the frontier, the digest, and the ops that a peer lacks.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use rota_model::branch::{BranchId, Branches, Position};
use rota_model::digest::Digest;
use rota_model::frontier::{Frontier, Head};
use rota_model::id::{AuthorKey, Chain, OpId, SpaceId};
use rota_model::op::Op;
use rota_model::stamp::Time;
use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::index::digest_of;
use crate::log::{COLUMNS, Stored, previous_of};
use crate::read::Reader;
use crate::space::{op_at, read_branches, read_digest};
use crate::sql::{int, uint};

/// Ops for a peer, and where to go on.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The ops in store order.
    pub ops: Vec<Op>,
    /// Number of the last of them: the next call's `from_seq`.
    pub last_seq: u64,
    /// Whether there are more.
    pub more: bool,
}

/// The branches of a space with their tips, as a reader sees them.
struct Lines {
    branches: Branches,
    tips: BTreeMap<BranchId, (u64, OpId)>,
    by_chain: HashMap<Chain, Vec<BranchId>>,
}

impl Reader<'_> {
    /// The spaces of which there are ops here.
    ///
    /// # Errors
    /// If the database fails.
    pub fn space_ids(&self) -> Result<Vec<SpaceId>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT space FROM spaces ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok(SpaceId(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The heads of a space; none if it is not here.
    ///
    /// # Errors
    /// If the database fails.
    pub fn frontier(&self, space: &SpaceId) -> Result<Frontier, StoreError> {
        Ok(match self.space_row(space)? {
            Some(row) => self.lines(row)?.frontier(),
            None => Frontier::default(),
        })
    }

    /// The digest of a space's winners, kept with every commit.
    ///
    /// # Errors
    /// If the database fails.
    pub fn digest(&self, space: &SpaceId) -> Result<Digest, StoreError> {
        match self.space_row(space)? {
            Some(row) => read_digest(self.conn, row),
            None => Ok(Digest::default()),
        }
    }

    /// Computes the digest from the write index: it differs from [`Reader::digest`] after a bug or rot alone.
    ///
    /// # Errors
    /// If the database fails.
    pub fn check_digest(&self, space: &SpaceId) -> Result<Digest, StoreError> {
        match self.space_row(space)? {
            Some(row) => digest_of(self.conn, &self.lines(row)?.branches, row),
            None => Ok(Digest::default()),
        }
    }

    /// Whether an op is here.
    ///
    /// # Errors
    /// If the database fails.
    pub fn has(&self, space: &SpaceId, head: &Head) -> Result<bool, StoreError> {
        let Some(row) = self.space_row(space)? else {
            return Ok(false);
        };
        Ok(self.lines(row)?.find(self, head)?.is_some())
    }

    /// When an author wrote last of what is here, in Unix milliseconds by the author's own clock.
    ///
    /// # Errors
    /// If the database fails.
    pub fn last_written_ms(&self, author: &AuthorKey) -> Result<Option<u64>, StoreError> {
        let mut times = self.conn.prepare_cached(
            "SELECT (SELECT time FROM ops WHERE branch = b.id ORDER BY counter DESC LIMIT 1)
             FROM branches b WHERE b.author = ?1",
        )?;
        let times = times.query_map([author.0], |row| row.get::<_, Option<i64>>(0))?;
        let mut last = None;
        for time in times {
            last = last.max(time?.map(|time| Time(uint(time)).ms()));
        }
        Ok(last)
    }

    /// One op, by its place and id.
    ///
    /// # Errors
    /// If the database fails.
    pub fn op(&self, space: &SpaceId, head: &Head) -> Result<Option<Op>, StoreError> {
        let Some(row) = self.space_row(space)? else {
            return Ok(None);
        };
        let lines = self.lines(row)?;
        let Some(at) = lines.find(self, head)? else {
            return Ok(None);
        };
        let stored = self
            .conn
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM ops WHERE branch = ?1 AND counter = ?2"
            ))?
            .query_row(params![at.branch.0, int(at.counter)], Stored::read)
            .optional()?;
        let previous = previous_of(self.conn, &lines.branches, at)?;
        Ok(stored.and_then(|stored| stored.into_op(*space, &lines.branches, previous)))
    }

    /// For each frontier, up to which counter who has it has each branch.
    pub(crate) fn known_to_each(
        &self,
        space: i64,
        frontiers: &[Frontier],
    ) -> Result<Vec<HashMap<BranchId, u64>>, StoreError> {
        let lines = self.lines(space)?;
        frontiers
            .iter()
            .map(|frontier| lines.known_to(self, frontier))
            .collect()
    }

    /// The ops stored after number `from_seq` that a peer with this frontier lacks, in store order, until their bytes
    /// pass `budget_bytes`: at least one if there is any. Sent is what is not before a head that the peer has and that
    /// is here too. Of a chain of which none of the peer's heads is here: nothing if the peer's are ahead, else all.
    ///
    /// # Errors
    /// If the database fails.
    pub fn ops_after(
        &self,
        space: &SpaceId,
        peer: &Frontier,
        from_seq: u64,
        budget_bytes: usize,
    ) -> Result<Batch, StoreError> {
        let mut batch = Batch {
            last_seq: from_seq,
            ..Batch::default()
        };
        let Some(row) = self.space_row(space)? else {
            return Ok(batch);
        };
        let lines = self.lines(row)?;
        let known = lines.known_to(self, peer)?;
        // The next op of each branch that has any, the first stored on top.
        let mut next = BinaryHeap::new();
        for (branch, (tip, _)) in &lines.tips {
            let known = known.get(branch).copied().unwrap_or(0);
            if *tip > known
                && let Some(first) = self.first_after(*branch, known, *tip, from_seq)?
            {
                next.push(Reverse(first));
            }
        }
        let mut before: HashMap<BranchId, (u64, OpId)> = HashMap::new();
        let mut bytes = 0;
        while let Some(Reverse((_, counter, branch))) = next.pop() {
            let at = Position { branch, counter };
            let stored = self
                .conn
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM ops WHERE branch = ?1 AND counter = ?2"
                ))?
                .query_row(params![branch.0, int(counter)], Stored::read)?;
            let size = stored.payload.len() + 96;
            if bytes + size > budget_bytes && !batch.ops.is_empty() {
                batch.more = true;
                break;
            }
            bytes += size;
            let previous = match before.get(&branch) {
                Some((last, op)) if *last + 1 == counter => *op,
                _ => previous_of(self.conn, &lines.branches, at)?,
            };
            before.insert(branch, (counter, stored.id));
            batch.last_seq = stored.seq;
            if let Some(op) = stored.into_op(*space, &lines.branches, previous) {
                batch.ops.push(op);
            }
            if let Some(following) = self.seq_at(branch, counter + 1)? {
                next.push(Reverse((following, counter + 1, branch)));
            }
        }
        Ok(batch)
    }

    /// The first op of a branch past a counter and past a number: numbers rise with counters within a branch.
    fn first_after(
        &self,
        branch: BranchId,
        known: u64,
        tip: u64,
        from_seq: u64,
    ) -> Result<Option<(u64, u64, BranchId)>, StoreError> {
        let first: Option<i64> = self
            .conn
            .prepare_cached("SELECT min(counter) FROM ops WHERE branch = ?1 AND counter > ?2")?
            .query_row(params![branch.0, int(known)], |row| row.get(0))?;
        let Some(first) = first.map(uint) else {
            return Ok(None);
        };
        let (mut low, mut high) = (first, tip.saturating_add(1));
        while low < high {
            let middle = low + (high - low) / 2;
            match self.seq_at(branch, middle)? {
                Some(seq) if seq <= from_seq => low = middle + 1,
                _ => high = middle,
            }
        }
        Ok(self.seq_at(branch, low)?.map(|seq| (seq, low, branch)))
    }

    fn seq_at(&self, branch: BranchId, counter: u64) -> Result<Option<u64>, StoreError> {
        let seq = self
            .conn
            .prepare_cached("SELECT seq FROM ops WHERE branch = ?1 AND counter = ?2")?
            .query_row(params![branch.0, int(counter)], |row| row.get(0))
            .optional()?;
        Ok(seq.map(uint))
    }

    fn lines(&self, space: i64) -> Result<Lines, StoreError> {
        let mut lines = Lines {
            branches: Branches::default(),
            tips: BTreeMap::new(),
            by_chain: HashMap::new(),
        };
        for (id, branch, tip) in read_branches(self.conn, space)? {
            lines.by_chain.entry(branch.chain).or_default().push(id);
            lines.branches.insert(id, branch);
            lines.tips.insert(id, tip);
        }
        Ok(lines)
    }
}

impl Lines {
    fn frontier(&self) -> Frontier {
        self.tips
            .iter()
            .filter_map(|(id, (counter, op))| {
                Some(Head {
                    chain: self.branches.get(*id)?.chain,
                    counter: *counter,
                    op: *op,
                })
            })
            .collect()
    }

    fn find(&self, reader: &Reader<'_>, head: &Head) -> Result<Option<Position>, StoreError> {
        for branch in self
            .by_chain
            .get(&head.chain)
            .map_or(&[][..], Vec::as_slice)
        {
            let at = Position {
                branch: *branch,
                counter: head.counter,
            };
            let op = match self.tips.get(branch) {
                Some((counter, op)) if *counter == head.counter => Some(*op),
                Some((counter, _)) if *counter < head.counter => None,
                _ => op_at(reader.conn, at)?,
            };
            if op == Some(head.op) {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// Up to which counter the peer has each branch.
    fn known_to(
        &self,
        reader: &Reader<'_>,
        peer: &Frontier,
    ) -> Result<HashMap<BranchId, u64>, StoreError> {
        let mut known: HashMap<BranchId, u64> = HashMap::new();
        for (chain, branches) in &self.by_chain {
            let mut heads = Vec::new();
            for head in peer.of_chain(chain) {
                heads.extend(self.find(reader, &head)?);
            }
            let peers_last = peer.of_chain(chain).map(|head| head.counter).max();
            let last = branches
                .iter()
                .filter_map(|branch| self.tips.get(branch).map(|(counter, _)| *counter))
                .max();
            let ahead = heads.is_empty() && peers_last > last;
            for branch in branches {
                let counter = if ahead {
                    u64::MAX
                } else {
                    heads
                        .iter()
                        .map(|head| self.branches.last_shared(*branch, *head))
                        .max()
                        .unwrap_or(0)
                };
                known.insert(*branch, counter);
            }
        }
        Ok(known)
    }
}
