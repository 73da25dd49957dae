//! What the writer keeps in memory of a space: branches and their tips, statements, who counts, the digest.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rota_model::branch::{Branch, BranchId, Branches, Position};
use rota_model::digest::Digest;
use rota_model::id::{AuthorKey, Chain, Incarnation, OpId, SpaceId};
use rota_model::members::{Membership, Stated, count};
use rota_model::op::Flags;
use rota_model::payload::{Payload, Statement};
use rota_model::stamp::Time;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::sql::{fixed, int, uint};

/// `latest.kind` of a space's digest.
const DIGEST: i64 = 0;
/// `latest.kind` of the head of a branch.
const HEAD: i64 = 1;

/// A space as the writer knows it. Dropped and read again whenever a transaction is rolled back.
#[derive(Debug)]
pub(crate) struct SpaceState {
    pub(crate) row: i64,
    pub(crate) space: SpaceId,
    pub(crate) branches: Branches,
    pub(crate) tips: BTreeMap<BranchId, (u64, OpId)>,
    pub(crate) by_chain: HashMap<Chain, Vec<BranchId>>,
    pub(crate) stated: Vec<Stated>,
    pub(crate) membership: Membership,
    pub(crate) digest: Digest,
    pub(crate) own: Option<OwnChain>,
    /// Branches of which the tip moved since the last [`SpaceState::save`].
    moved: BTreeSet<BranchId>,
    saved_digest: Digest,
}

/// The chain under which this computer writes now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OwnChain {
    pub(crate) incarnation: Incarnation,
    pub(crate) admission: OpId,
}

impl SpaceState {
    /// Reads a space; `None` if there is none of this id.
    pub(crate) fn load(conn: &Connection, space: SpaceId) -> Result<Option<Self>, StoreError> {
        let row = conn
            .prepare_cached("SELECT id FROM spaces WHERE space = ?1")?
            .query_row([space.0], |row| row.get(0))
            .optional()?;
        let Some(row) = row else {
            return Ok(None);
        };
        let mut state = Self::empty(row, space, read_digest(conn, row)?);
        state.read_branches(conn)?;
        state.read_statements(conn)?;
        state.membership = state.recount(conn)?;
        state.own = conn
            .prepare_cached("SELECT incarnation, admission FROM incarnations WHERE space = ?1")?
            .query_row([row], |own| {
                Ok(OwnChain {
                    incarnation: Incarnation(uint(own.get(0)?)),
                    admission: OpId(own.get(1)?),
                })
            })
            .optional()?;
        Ok(Some(state))
    }

    /// Adds a space that has no op yet.
    pub(crate) fn create(conn: &Connection, space: SpaceId) -> Result<Self, StoreError> {
        conn.prepare_cached("INSERT INTO spaces(space) VALUES(?1)")?
            .execute([space.0])?;
        let row = conn.last_insert_rowid();
        Ok(Self::empty(row, space, Digest::default()))
    }

    fn empty(row: i64, space: SpaceId, digest: Digest) -> Self {
        Self {
            row,
            space,
            branches: Branches::default(),
            tips: BTreeMap::new(),
            by_chain: HashMap::new(),
            stated: Vec::new(),
            membership: Membership::default(),
            digest,
            own: None,
            moved: BTreeSet::new(),
            saved_digest: digest,
        }
    }

    fn read_branches(&mut self, conn: &Connection) -> Result<(), StoreError> {
        for (id, branch, tip) in read_branches(conn, self.row)? {
            self.by_chain.entry(branch.chain).or_default().push(id);
            self.branches.insert(id, branch);
            self.tips.insert(id, tip);
        }
        Ok(())
    }

    fn read_statements(&mut self, conn: &Connection) -> Result<(), StoreError> {
        let mut statement = conn.prepare_cached(
            "SELECT o.id, o.branch, o.counter, o.time, o.flags, o.payload FROM ops o
             JOIN branches b ON b.id = o.branch WHERE o.flags <> 0 AND b.space = ?1",
        )?;
        let mut rows = statement.query([self.row])?;
        while let Some(row) = rows.next()? {
            let at = Position {
                branch: BranchId(row.get(1)?),
                counter: uint(row.get(2)?),
            };
            let payload = row.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?;
            if let Some(statements) = statements_of(Flags(row.get(4)?), payload) {
                self.stated.push(Stated {
                    op: OpId(row.get(0)?),
                    at,
                    time: Time(uint(row.get(3)?)),
                    statements,
                });
            }
        }
        Ok(())
    }

    /// Who counts, by all statements that are here.
    pub(crate) fn recount(&self, conn: &Connection) -> Result<Membership, StoreError> {
        // A cut names an op by its id: its place is looked for where the cut says that it is.
        let mut places = HashMap::new();
        for stated in &self.stated {
            for statement in &stated.statements {
                let Statement::Remove(remove) = statement else {
                    continue;
                };
                for cut in &remove.cuts {
                    let chains = self
                        .by_chain
                        .iter()
                        .filter(|(chain, _)| chain.incarnation == cut.incarnation);
                    for branch in chains.flat_map(|(_, branches)| branches) {
                        let at = Position {
                            branch: *branch,
                            counter: cut.counter,
                        };
                        if self.op_at(conn, at)? == Some(cut.op) {
                            places.insert(cut.op, at);
                        }
                    }
                }
            }
        }
        Ok(count(self.space, &self.stated, &self.branches, |op| {
            places.get(op).copied()
        }))
    }

    /// The op at exactly this place.
    pub(crate) fn op_at(
        &self,
        conn: &Connection,
        at: Position,
    ) -> Result<Option<OpId>, StoreError> {
        match self.tips.get(&at.branch) {
            Some((counter, op)) if *counter == at.counter => Ok(Some(*op)),
            Some((counter, _)) if *counter < at.counter => Ok(None),
            _ => Ok(op_at(conn, at)?),
        }
    }

    /// Where an op of a chain stands, by its counter and id.
    pub(crate) fn find(
        &self,
        conn: &Connection,
        chain: &Chain,
        counter: u64,
        op: OpId,
    ) -> Result<Option<Position>, StoreError> {
        for branch in self.by_chain.get(chain).map_or(&[][..], Vec::as_slice) {
            let at = Position {
                branch: *branch,
                counter,
            };
            if self.op_at(conn, at)? == Some(op) {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// Begins a branch with the op at `counter` that follows `parent`.
    pub(crate) fn begin_branch(
        &mut self,
        conn: &Connection,
        branch: Branch,
    ) -> Result<BranchId, StoreError> {
        let parent = branch.parent;
        conn.prepare_cached(
            "INSERT INTO branches(space, author, incarnation, parent_branch, parent_counter, admission, counted_to)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0)",
        )?
        .execute(params![
            self.row,
            branch.chain.author.0,
            int(branch.chain.incarnation.0),
            parent.map(|at| at.branch.0),
            parent.map(|at| int(at.counter)),
            branch.admission.0,
        ])?;
        let id =
            BranchId(
                u32::try_from(conn.last_insert_rowid()).map_err(|_| StoreError::Limit {
                    what: "the number of branches",
                    max: u64::from(u32::MAX),
                })?,
            );
        self.by_chain.entry(branch.chain).or_default().push(id);
        self.branches.insert(id, branch);
        Ok(id)
    }

    /// Moves a branch on by an op that was stored.
    pub(crate) fn advance(&mut self, at: Position, op: OpId) {
        self.tips.insert(at.branch, (at.counter, op));
        self.moved.insert(at.branch);
    }

    /// Writes tips and digest, in the transaction that stored the ops.
    pub(crate) fn save(&mut self, conn: &Connection) -> Result<(), StoreError> {
        let mut put = conn.prepare_cached(
            "INSERT INTO latest(space, kind, of, state, value) VALUES(?1, ?2, ?3, 0, ?4)
             ON CONFLICT DO UPDATE SET value = excluded.value",
        )?;
        for branch in std::mem::take(&mut self.moved) {
            if let Some((counter, op)) = self.tips.get(&branch) {
                let head = [&counter.to_be_bytes()[..], &op.0].concat();
                put.execute(params![self.row, HEAD, branch.0, head])?;
            }
        }
        if self.digest != self.saved_digest {
            put.execute(params![self.row, DIGEST, 0, self.digest.to_bytes()])?;
            self.saved_digest = self.digest;
        }
        Ok(())
    }

    /// How many chains of this author are here.
    pub(crate) fn incarnations_of(&self, author: &AuthorKey) -> usize {
        self.by_chain
            .keys()
            .filter(|chain| chain.author == *author)
            .count()
    }
}

/// The statements of an op, if it holds any that can be read.
pub(crate) fn statements_of(flags: Flags, payload: &[u8]) -> Option<Vec<Statement>> {
    match Payload::read(flags, payload) {
        Payload::Membership(statements) => Some(statements),
        Payload::Writes(_) | Payload::Unreadable => None,
    }
}

/// The digest of a space, as of its last commit.
pub(crate) fn read_digest(conn: &Connection, space_row: i64) -> Result<Digest, StoreError> {
    let bytes: Option<[u8; 16]> = conn
        .prepare_cached("SELECT value FROM latest WHERE space = ?1 AND kind = ?2")?
        .query_row(params![space_row, DIGEST], |row| row.get(0))
        .optional()?;
    Ok(bytes.map_or_else(Digest::default, |bytes| Digest(u128::from_be_bytes(bytes))))
}

/// The last op of a branch: counter and id.
pub(crate) type Tip = (u64, OpId);

/// The branches of a space with their tips.
pub(crate) fn read_branches(
    conn: &Connection,
    space_row: i64,
) -> Result<Vec<(BranchId, Branch, Tip)>, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT b.id, b.author, b.incarnation, b.parent_branch, b.parent_counter, b.admission, h.value
         FROM branches b CROSS JOIN latest h ON h.space = b.space AND h.kind = ?2 AND h.of = b.id
         WHERE b.space = ?1 ORDER BY b.id",
    )?;
    let rows = statement.query_map(params![space_row, HEAD], |row| {
        let parent = match (row.get::<_, Option<u32>>(3)?, row.get::<_, Option<i64>>(4)?) {
            (Some(branch), Some(counter)) => Some(Position {
                branch: BranchId(branch),
                counter: uint(counter),
            }),
            _ => None,
        };
        let branch = Branch {
            chain: Chain {
                author: AuthorKey(fixed(row, 1)?),
                incarnation: Incarnation(uint(row.get(2)?)),
            },
            parent,
            admission: OpId(fixed(row, 5)?),
        };
        let head: [u8; 8 + OpId::LEN] = fixed(row, 6)?;
        let tip = (
            u64::from_be_bytes(std::array::from_fn(|i| head[i])),
            OpId(std::array::from_fn(|i| head[8 + i])),
        );
        Ok((BranchId(row.get(0)?), branch, tip))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The op at a place, by the log.
pub(crate) fn op_at(conn: &Connection, at: Position) -> Result<Option<OpId>, rusqlite::Error> {
    conn.prepare_cached("SELECT id FROM ops WHERE branch = ?1 AND counter = ?2")?
        .query_row(params![at.branch.0, int(at.counter)], |row| {
            Ok(OpId(fixed(row, 0)?))
        })
        .optional()
}
