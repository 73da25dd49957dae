//! What the log is asked for on behalf of the coordinator. Everything here blocks: it runs beside the task.

use rota_model::frontier::{Frontier, Head};
use rota_model::id::{AuthorKey, Chain, OpId, SpaceId};
use rota_model::op::Op;
use rota_model::stamp::Time;
use rota_store::{Store, StoreError};
use rota_sync::{Accepted, Change, Reading, SpaceState};

use super::audience;

/// How a space stands, and this computer in it.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) state: SpaceState,
    /// Whether it is told to others.
    pub(super) served: bool,
    /// Whether this computer is in it.
    pub(super) member: bool,
}

/// How a space stands, read in one transaction.
pub(super) fn state(store: &Store, space: SpaceId) -> Result<Standing, StoreError> {
    let me = store.me();
    store.read(|reader| {
        Ok(Standing {
            state: SpaceState {
                space,
                seq: reader.seq()?,
                frontier: reader.frontier(&space)?,
                digest: reader.digest(&space)?,
                audience: audience::of_space(reader, &space)?,
            },
            served: audience::is_served(reader, &space, &me)?,
            member: reader.is_member(&space, &me)?
                && !crate::records::is_removed(reader, &space, &me)?,
        })
    })
}

/// Ops of this computer's own that were committed and not told yet.
#[derive(Debug)]
pub(super) struct Fresh {
    pub(super) ops: Vec<Op>,
    pub(super) change: Change,
    /// What counts as told from now on.
    pub(super) told: Told,
}

/// What of this computer's own ops was told.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub(super) heads: Vec<Head>,
    pub(super) seq: u64,
}

impl Told {
    /// All that stands in a state that is told as a whole.
    pub(super) fn of(state: &SpaceState, me: &AuthorKey) -> Self {
        Self {
            heads: state
                .frontier
                .heads()
                .filter(|head| head.chain.author == *me)
                .collect(),
            seq: state.seq,
        }
    }
}

/// Reads the own ops that were committed since `told`, at most `budget_bytes` of them.
pub(super) fn fresh(
    store: &Store,
    space: SpaceId,
    me: AuthorKey,
    told: &Told,
    budget_bytes: usize,
) -> Result<(Fresh, bool), StoreError> {
    store.read(|reader| {
        let frontier = reader.frontier(&space)?;
        let foreign = frontier.heads().filter(|head| head.chain.author != me);
        let known: Frontier = foreign.chain(told.heads.iter().copied()).collect();
        let batch = reader.ops_after(&space, &known, told.seq, budget_bytes)?;
        let seq = if batch.more {
            batch.last_seq
        } else {
            reader.seq()?
        };
        let heads: Vec<Head> = frontier
            .heads()
            .filter(|head| head.chain.author == me)
            .collect();
        let told_heads = if batch.more {
            advanced(&told.heads, &batch.ops)
        } else {
            heads.clone()
        };
        let fresh = Fresh {
            change: Change {
                seq,
                first_op_seq: told.seq,
                heads,
                digest: reader.digest(&space)?,
            },
            ops: batch.ops,
            told: Told {
                heads: told_heads,
                seq,
            },
        };
        Ok((fresh, batch.more))
    })
}

/// The heads after these ops were told too.
fn advanced(heads: &[Head], ops: &[Op]) -> Vec<Head> {
    let mut frontier: Frontier = heads.iter().copied().collect();
    for op in ops {
        let head = Head {
            chain: op.header.chain,
            counter: op.header.counter,
            op: op.id,
        };
        frontier.advance(head, op.header.previous);
    }
    frontier.heads().collect()
}

/// Stores ops of others.
pub(super) fn accept(
    store: &Store,
    space: SpaceId,
    ops: Vec<Op>,
    now: Time,
) -> Result<(rota_store::Accepted, Accepted), StoreError> {
    let first_op_seq = store.read(|reader| reader.seq())?;
    let touched: std::collections::BTreeSet<Chain> = ops.iter().map(|op| op.header.chain).collect();
    let offered: Vec<(OpId, Head)> = ops
        .iter()
        .map(|op| {
            let head = Head {
                chain: op.header.chain,
                counter: op.header.counter,
                op: op.id,
            };
            (op.id, head)
        })
        .collect();
    let stored = store.accept(space, ops, now)?;
    let (change, paused) = store.read(|reader| {
        let frontier = reader.frontier(&space)?;
        let heads = touched
            .iter()
            .flat_map(|chain| frontier.of_chain(chain))
            .collect();
        let mut paused = Vec::new();
        if !stored.paused.is_empty() {
            for (id, head) in &offered {
                let dropped = stored.gaps.contains(id)
                    || stored.refused.iter().any(|(refused, _)| refused == id);
                if !dropped && !reader.has(&space, head)? {
                    paused.push(*id);
                }
            }
        }
        let change = Change {
            seq: reader.seq()?,
            first_op_seq,
            heads,
            digest: reader.digest(&space)?,
        };
        Ok::<_, StoreError>((change, paused))
    })?;
    let told = Accepted {
        change,
        gaps: stored.gaps.clone(),
        paused,
        refused: stored.refused.iter().map(|(id, _)| *id).collect(),
    };
    Ok((stored, told))
}

/// Reads ops for a peer, and from where to go on. Who does not count in this log gets none: a space that is just being
/// taken from somebody may be one of which there is a log here from before.
pub(super) fn read(
    store: &Store,
    space: SpaceId,
    peer: &AuthorKey,
    reading: &Reading,
    budget_bytes: usize,
) -> Result<(Vec<Op>, Option<u64>), StoreError> {
    store.read(|reader| match reading {
        _ if !reader.is_member(&space, peer)? => Ok((Vec::new(), None)),
        Reading::After { known, from_seq } => {
            let batch = reader.ops_after(&space, known, *from_seq, budget_bytes)?;
            Ok((batch.ops, batch.more.then_some(batch.last_seq)))
        }
        Reading::Chain { chain, from } => {
            let frontier = reader.frontier(&space)?;
            let others: Frontier = frontier
                .heads()
                .filter(|head| head.chain != *chain)
                .collect();
            let (mut ops, mut from_seq) = (Vec::new(), 0);
            loop {
                let batch = reader.ops_after(&space, &others, from_seq, budget_bytes)?;
                from_seq = batch.last_seq;
                ops.extend(
                    batch
                        .ops
                        .into_iter()
                        .filter(|op| op.header.counter >= *from),
                );
                if !batch.more {
                    break;
                }
            }
            // Branches of a fork stand in store order one after the other; asked for is counter by counter.
            ops.sort_by_key(|op| op.header.counter);
            Ok(cut(ops, budget_bytes))
        }
    })
}

/// The first ops, by whole counters, and the counter of the first one left out.
fn cut(mut ops: Vec<Op>, budget_bytes: usize) -> (Vec<Op>, Option<u64>) {
    let mut bytes = 0;
    let mut end = ops.len();
    for (index, op) in ops.iter().enumerate() {
        bytes += op.payload.len();
        let begins = index == 0 || ops[index - 1].header.counter != op.header.counter;
        if bytes > budget_bytes && begins && index > 0 {
            end = index;
            break;
        }
    }
    let next = ops.get(end).map(|op| op.header.counter);
    ops.truncate(end);
    (ops, next)
}

/// Those of the heads that are not here.
pub(super) fn missing(
    store: &Store,
    space: SpaceId,
    heads: &[Head],
) -> Result<Vec<Head>, StoreError> {
    store.read(|reader| {
        let mut missing = Vec::new();
        for head in heads {
            if !reader.has(&space, head)? {
                missing.push(*head);
            }
        }
        Ok(missing)
    })
}

#[cfg(test)]
mod tests {
    use rota_model::id::EntityId;
    use rota_model::op::ComputerKey;
    use rota_model::payload::{Admit, Role, SpaceKind, Statement};
    use rota_store::{Act, Founder, OpenOptions};

    use super::*;

    #[test]
    fn ops_are_read_for_those_alone_who_count_here() {
        let folder = tempfile::tempdir().unwrap();
        let [me, member, stranger] = [1, 2, 3].map(|n| ComputerKey::from_seed([n; 32]));
        let store = Store::open(folder.path(), OpenOptions::new(me, [9; 32])).unwrap();
        let (time, person) = (Time::new(1_790_000_000_000, 0), EntityId::new([1; 16]));
        let key = member.public();
        let space = store
            .act(Act::of_machine(time), move |tx| {
                let founder = Founder {
                    person,
                    person_name: String::new(),
                    computer_name: String::new(),
                };
                let space = tx.found(SpaceKind::Shared, &founder)?;
                let admit = Admit {
                    key,
                    person: EntityId::new([2; 16]),
                    role: Role::Viewer,
                    computer_name: String::new(),
                    person_name: String::new(),
                };
                tx.state(space, vec![Statement::Admit(admit)])?;
                Ok::<_, StoreError>(space)
            })
            .unwrap()
            .value;
        let all = Reading::After {
            known: Frontier::default(),
            from_seq: 0,
        };
        let count = |peer: &ComputerKey| {
            let read = read(&store, space, &peer.public(), &all, 1024 * 1024).unwrap();
            read.0.len()
        };
        assert_eq!((count(&member), count(&stranger)), (2, 0));
        store.close();
    }
}
