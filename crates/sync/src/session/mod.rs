//! What is known of one connected peer.

mod feed;
mod known;

use std::collections::{BTreeMap, BTreeSet};

use rota_model::{
    digest::Digest,
    frontier::{Frontier, Head},
    id::{AuthorKey, OpId, SpaceId},
};

pub(crate) use feed::{Feed, Source};
pub(crate) use known::{Known, by_chain, head_of};

use crate::{
    input::{Doing, Millis},
    message::{Presence, SpaceSummary},
};

/// A connection with a peer.
#[derive(Debug)]
pub(crate) struct Session {
    /// Tells this connection from an earlier one with the same peer.
    pub(crate) generation: u64,
    pub(crate) since: Millis,
    /// Once the peer said Hello.
    pub(crate) open: Option<Open>,
    pub(crate) shared: BTreeMap<SpaceId, Shared>,
    /// What the peer said of spaces that are not here, or in which it does not count here.
    pub(crate) heard: BTreeMap<SpaceId, SpaceSummary>,
    /// Spaces of which it was told that it is removed.
    pub(crate) told_removed: BTreeSet<SpaceId>,
    pub(crate) last_batch: u64,
    /// Batches sent and not acknowledged.
    pub(crate) under_way: BTreeMap<u64, UnderWay>,
    /// Batches received and not acknowledged.
    pub(crate) accepting: usize,
    pub(crate) announce_at: Millis,
}

/// What the peer's Hello said.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pub(crate) rules: u32,
    pub(crate) clock_difference_ms: i64,
}

#[derive(Debug)]
pub(crate) struct UnderWay {
    pub(crate) space: SpaceId,
    pub(crate) ops: Vec<OpId>,
}

/// A space in which the peer counts, as it stands between the two.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// Whether the peer is asked for the space and told nothing of what is here.
    pub(crate) giver: bool,
    /// Whether the peer was told that the space is here.
    pub(crate) named: bool,
    /// What the peer announced last.
    pub(crate) announced: Option<SpaceSummary>,
    /// The peer's heads.
    pub(crate) known: Known,
    /// My frontier as the peer was told it.
    pub(crate) told: Option<Frontier>,
    /// Heads that the peer has and that are not here.
    pub(crate) lacking: BTreeMap<OpId, Lack>,
    /// Lookups of heads in the log that are not answered yet.
    pub(crate) checks: usize,
    pub(crate) goal: Goal,
    /// What is being sent out of the log.
    pub(crate) feed: Option<Feed>,
    /// A damaged chain that is being sent again.
    pub(crate) repair: Option<Feed>,
    /// The members that the peer is connected with.
    pub(crate) links: BTreeSet<AuthorKey>,
    pub(crate) links_told: BTreeSet<AuthorKey>,
    /// A pull from it got stuck.
    pub(crate) stalled: bool,
    /// My digest and the peer's when their difference was last reported.
    pub(crate) diverged: Option<(Digest, Digest)>,
    /// What this computer does there as the peer was told it, and when.
    pub(crate) doing_told: Option<(Doing, Millis)>,
    pub(crate) heard: Heard,
}

/// What was heard of what somebody at the peer does.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// When it was last passed on; `None` if it never was.
    pub(crate) passed_on: Option<Millis>,
    /// What came since and waits.
    pub(crate) waiting: Option<Presence>,
}

/// A head that is not here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lack {
    pub(crate) head: Head,
    /// The pull that asked for it, if one did.
    pub(crate) asked: Option<u64>,
}

/// How far the heads that the peer first announced are here.
#[derive(Debug, Default)]
pub(crate) enum Goal {
    /// The peer has not told its frontier.
    #[default]
    Unknown,
    /// It told it, and these are missing; lookups may add more.
    Waiting(BTreeSet<OpId>),
    /// All were here.
    Reached,
}

impl Session {
    pub(crate) fn new(generation: u64, since: Millis) -> Self {
        Self {
            generation,
            since,
            open: None,
            shared: BTreeMap::new(),
            heard: BTreeMap::new(),
            told_removed: BTreeSet::new(),
            last_batch: 0,
            under_way: BTreeMap::new(),
            accepting: 0,
            announce_at: since,
        }
    }
}

impl Shared {
    pub(crate) fn with(giver: bool) -> Self {
        Self {
            giver,
            ..Self::default()
        }
    }

    /// Whether the peer serves the space too.
    pub(crate) fn is_mutual(&self) -> bool {
        self.announced.is_some() || self.known.is_told()
    }

    /// Whether all that the goal waits for is here.
    pub(crate) fn goal_is_met(&self) -> bool {
        self.checks == 0 && matches!(&self.goal, Goal::Waiting(missing) if missing.is_empty())
    }
}
