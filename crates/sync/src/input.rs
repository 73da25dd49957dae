//! What the owner of a [`Coordinator`](crate::Coordinator) tells it.

use std::collections::BTreeSet;

use rota_model::{
    digest::Digest,
    frontier::{Frontier, Head},
    id::{AuthorKey, Chain, EntityId, OpId, SpaceId},
    op::Op,
};

/// Milliseconds of a clock that never goes back, counted from anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub u64);

impl Millis {
    /// So many milliseconds later.
    #[must_use]
    pub const fn after(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds since an earlier moment; 0 if it is not earlier.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The time of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// For waiting.
    pub at: Millis,
    /// The wall clock in Unix milliseconds, for Hello alone.
    pub wall_ms: u64,
}

/// Who may be told about a space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// The computers that count in this computer's own log (`Membership::standing`).
    pub members: BTreeSet<AuthorKey>,
    /// While joining, the computers that the space is taken from: the inviter, or the computer of one's `Mine` that
    /// named it. One that does not count in this computer's own log is asked, and told nothing of what is here: there
    /// may be a log from before.
    pub givers: BTreeSet<AuthorKey>,
    /// Computers that did count and were removed: each is told so once a connection, and nothing else.
    pub removed: BTreeSet<AuthorKey>,
}

impl Audience {
    /// Whether a computer is spoken with about the space.
    #[must_use]
    pub fn includes(&self, key: &AuthorKey) -> bool {
        self.members.contains(key) || self.givers.contains(key)
    }

    /// Whether a computer is asked and told nothing.
    #[must_use]
    pub fn only_gives(&self, key: &AuthorKey) -> bool {
        self.givers.contains(key) && !self.members.contains(key)
    }
}

/// A space as it stands in the store: frontier and digest read in one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpaceState {
    /// The space.
    pub space: SpaceId,
    /// The store's change number at which the rest was read.
    pub seq: u64,
    /// Its frontier.
    pub frontier: Frontier,
    /// Its digest.
    pub digest: Digest,
    /// Who may be told about it.
    pub audience: Audience,
}

/// What a commit changed in one space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The store's change number of the commit.
    pub seq: u64,
    /// Where reading in store order finds the first of the ops that were stored; at or before it.
    pub first_op_seq: u64,
    /// All heads, after the commit, of every chain that it touched.
    pub heads: Vec<Head>,
    /// The digest after the commit.
    pub digest: Digest,
}

/// What became of a batch of ops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// What changed; with nothing stored, the heads of the chains all the same.
    pub change: Change,
    /// Ops that were dropped because the op before them is not here.
    pub gaps: Vec<OpId>,
    /// Ops that were dropped because their author is over a quota.
    pub paused: Vec<OpId>,
    /// Ops whose bytes are not acceptable. The peer is dropped: nobody relays what he could not accept.
    pub refused: Vec<OpId>,
}

/// Names an [`Output::Accept`](crate::Output::Accept).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AcceptId(pub u64);

/// Names an [`Output::Read`](crate::Output::Read).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadId(pub u64);

/// What somebody at this computer does in one space. The default says that nobody does anything there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doing {
    /// The list that is open.
    pub list: Option<EntityId>,
    /// The task that is open.
    pub task: Option<EntityId>,
    /// Since when these are open.
    pub since: Millis,
    /// When something was last typed.
    pub typed: Option<Millis>,
    /// The tasks that somebody is on, and since when; those past the bound of a message are not told.
    pub on_it: Vec<(EntityId, Millis)>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A space is here, or stands otherwise than was told before: at the start, when it is founded or joined, after
    /// [`Output::Reread`](crate::Output::Reread) and after a repair.
    Space(SpaceState),
    /// The space is not served any more.
    SpaceLeft(SpaceId),
    /// Others may be told about a space than before.
    Audience {
        /// The space.
        space: SpaceId,
        /// Who.
        audience: Audience,
    },
    /// A peer is connected; its key is proved.
    Connected(AuthorKey),
    /// Its connection is gone.
    Disconnected(AuthorKey),
    /// A peer sent a frame, without its length prefix.
    Frame {
        /// The peer.
        peer: AuthorKey,
        /// What it sent.
        bytes: Vec<u8>,
    },
    /// Ops were written here and are durable. Not for ops that came by [`Output::Accept`](crate::Output::Accept).
    Committed {
        /// The space.
        space: SpaceId,
        /// The ops, in store order.
        ops: Vec<Op>,
        /// What changed.
        change: Change,
    },
    /// A batch is durable.
    Accepted {
        /// Which.
        id: AcceptId,
        /// What became of it.
        result: Accepted,
    },
    /// A batch could not be stored, through no fault of the peer (disk full, database closed).
    AcceptFailed(AcceptId),
    /// What was asked for was read.
    OpsRead {
        /// Which.
        id: ReadId,
        /// The ops, in the order asked for.
        ops: Vec<Op>,
        /// From where to read on; `None` at the end.
        next: Option<u64>,
    },
    /// It could not be read.
    ReadFailed(ReadId),
    /// Which of the heads asked about are not in the log.
    Checked {
        /// The peer.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
        /// Those not here.
        missing: Vec<Head>,
    },
    /// Chains that are damaged in the store, each from its first damaged counter on: they are asked for again.
    Damaged {
        /// The space.
        space: SpaceId,
        /// The chains.
        chains: Vec<(Chain, u64)>,
    },
    /// Somebody at this computer does something else in a space than before.
    Doing {
        /// The space.
        space: SpaceId,
        /// What.
        doing: Doing,
    },
    /// Time has passed.
    Tick,
}
