//! What other computers have, by the heads that they told: now, or when they were last here.

use rota_model::cell::Kind;
use rota_model::frontier::{Frontier, Head};
use rota_model::id::{AuthorKey, Chain, EntityId, Incarnation, OpId, SpaceId};
use rota_model::limits::MESSAGE_MAX_HEADS;
use rusqlite::params;

use crate::error::StoreError;
use crate::read::Reader;
use crate::sql::{fixed, int, uint};
use crate::tx::Tx;

/// Length of a head as it is kept: author, incarnation, counter, op.
const HEAD_LEN: usize = AuthorKey::LEN + 8 + 8 + OpId::LEN;

/// What a computer told last of a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeardOf {
    /// The computer.
    pub computer: AuthorKey,
    /// Its heads.
    pub frontier: Frontier,
    /// When it told them, in Unix milliseconds.
    pub at_ms: u64,
}

impl Tx<'_> {
    /// Keeps what a computer told last of a space. A frontier of very many heads is not kept: what was kept before is
    /// less, and as true.
    ///
    /// # Errors
    /// If the database fails.
    pub fn set_heard(&mut self, space: &SpaceId, heard: &HeardOf) -> Result<(), StoreError> {
        if heard.frontier.len() > MESSAGE_MAX_HEADS {
            return Ok(());
        }
        let Some(row) = self.reader().space_row(space)? else {
            return Ok(());
        };
        let heads: Vec<u8> = heard
            .frontier
            .heads()
            .flat_map(|head| written(&head))
            .collect();
        self.core()
            .conn
            .prepare_cached(
                "INSERT OR REPLACE INTO heard(space, author, heads, heard_ms) VALUES(?1, ?2, ?3, ?4)",
            )?
            .execute(params![row, heard.computer.0, heads, int(heard.at_ms)])?;
        Ok(())
    }
}

impl Reader<'_> {
    /// What other computers told last of a space.
    ///
    /// # Errors
    /// If the database fails.
    pub fn heard(&self, space: &SpaceId) -> Result<Vec<HeardOf>, StoreError> {
        let Some(row) = self.space_row(space)? else {
            return Ok(Vec::new());
        };
        let mut statement = self.conn.prepare_cached(
            "SELECT author, heads, heard_ms FROM heard WHERE space = ?1 ORDER BY author",
        )?;
        let heard = statement.query_map([row], |row| {
            let heads: Vec<u8> = row.get(1)?;
            Ok(HeardOf {
                computer: AuthorKey(fixed(row, 0)?),
                frontier: heads.chunks_exact(HEAD_LEN).filter_map(read).collect(),
                at_ms: uint(row.get(2)?),
            })
        })?;
        Ok(heard.collect::<Result<_, _>>()?)
    }

    /// For each task, which of these frontiers hold every op about it that is here, in their order.
    ///
    /// # Errors
    /// If the database fails.
    pub fn holders(
        &self,
        space: &SpaceId,
        tasks: &[EntityId],
        frontiers: &[Frontier],
    ) -> Result<Vec<Vec<bool>>, StoreError> {
        let Some(row) = self.space_row(space)? else {
            return Ok(vec![vec![false; frontiers.len()]; tasks.len()]);
        };
        let known = self.known_to_each(row, frontiers)?;
        let mut statement = self.conn.prepare_cached(
            "SELECT o.branch, max(o.counter) FROM entities e
             JOIN writes w ON w.entity = e.id JOIN ops o ON o.seq = w.seq
             WHERE e.entity = ?1 AND e.kind = ?2 AND e.space = ?3 GROUP BY o.branch",
        )?;
        tasks
            .iter()
            .map(|task| {
                let last = statement
                    .query_map(params![task.0, Kind::TASK.0, row], |last| {
                        Ok((
                            rota_model::branch::BranchId(last.get(0)?),
                            uint(last.get(1)?),
                        ))
                    })?
                    .collect::<Result<Vec<_>, _>>()?;
                let holds = known.iter().map(|known| {
                    last.iter().all(|(branch, counter)| {
                        known.get(branch).is_some_and(|known| known >= counter)
                    })
                });
                Ok(holds.collect())
            })
            .collect()
    }
}

fn written(head: &Head) -> Vec<u8> {
    [
        &head.chain.author.0[..],
        &head.chain.incarnation.0.to_be_bytes(),
        &head.counter.to_be_bytes(),
        &head.op.0,
    ]
    .concat()
}

fn read(bytes: &[u8]) -> Option<Head> {
    let (author, rest) = bytes.split_at_checked(AuthorKey::LEN)?;
    let (incarnation, rest) = rest.split_at_checked(8)?;
    let (counter, op) = rest.split_at_checked(8)?;
    Some(Head {
        chain: Chain {
            author: AuthorKey::from_slice(author)?,
            incarnation: Incarnation(u64::from_be_bytes(incarnation.try_into().ok()?)),
        },
        counter: u64::from_be_bytes(counter.try_into().ok()?),
        op: OpId::from_slice(op)?,
    })
}
