//! What a [`Coordinator`](crate::Coordinator) asks of its owner.

use rota_model::{
    frontier::{Frontier, Head},
    id::{AuthorKey, Chain, SpaceId},
    op::Op,
};

use crate::{
    cbor::WireError,
    input::{AcceptId, ReadId},
    message::Presence,
    version::VersionRange,
};

/// What to read from the log for a peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// In store order from `from_seq` on, what is not before a head in `known` that is here too. Of a chain of which
    /// none of the heads in `known` are here: nothing if one of those has a greater counter than all here, else the
    /// whole. Answer `next` with the store sequence to go on from.
    After {
        /// The peer's heads.
        known: Frontier,
        /// Where to go on.
        from_seq: u64,
    },
    /// All branches of one chain, in rising counter from this one on. Answer `next` with the counter to go on from.
    Chain {
        /// The chain.
        chain: Chain,
        /// The counter.
        from: u64,
    },
}

/// Why a peer is dropped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DropReason {
    /// It sent bytes that are no message.
    #[error("it sent what is no message: {0}")]
    Wire(#[from] WireError),
    /// It did not begin with Hello, or said Hello twice.
    #[error("it did not keep to the order of messages")]
    Order,
    /// It did not say Hello in time.
    #[error("it did not say hello in time")]
    Silent,
    /// It has more batches under way than are allowed.
    #[error("it sent more batches than may be under way")]
    TooManyBatches,
    /// It acknowledged what it was not sent.
    #[error("it acknowledged a batch that it was not sent")]
    UnknownAck,
    /// It told more heads than are allowed.
    #[error("it told more heads than are allowed")]
    TooManyHeads,
    /// It sent an op that is not acceptable.
    #[error("it sent an op that is not acceptable")]
    BadOp,
    /// It said Bye.
    #[error("it said bye ({code}): {text}")]
    Bye {
        /// The reason's number.
        code: u64,
        /// Its text.
        text: String,
    },
    /// It speaks no version of the protocol that this computer speaks.
    #[error("it speaks no common version of the protocol")]
    Incompatible,
    /// This computer could not store what it sent.
    #[error("this computer could not store what it sent")]
    CannotStore,
}

/// What to do, or what is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send this frame to the peer.
    Send {
        /// To whom.
        peer: AuthorKey,
        /// The frame, without length prefix.
        frame: Vec<u8>,
    },
    /// Close the connection with the peer. Frames that were to be sent before go first. The session is gone already;
    /// [`Input::Disconnected`](crate::Input::Disconnected) may follow or not.
    Drop {
        /// Whom.
        peer: AuthorKey,
        /// Why.
        reason: DropReason,
    },
    /// Store these ops in one transaction, then answer `Accepted` or `AcceptFailed`.
    Accept {
        /// Names it.
        id: AcceptId,
        /// Who sent them.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
        /// The ops, in the order to store them.
        ops: Vec<Op>,
        /// Whether they were asked for to replace damaged ones: then what is here under their ids is overwritten.
        repair: bool,
    },
    /// Read from the log, then answer `OpsRead` or `ReadFailed`.
    Read {
        /// Names it.
        id: ReadId,
        /// For whom.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
        /// What.
        reading: Reading,
        /// Payload bytes at which to stop, though never before the first op.
        budget_bytes: usize,
        /// Ops at which to stop.
        budget_ops: usize,
    },
    /// Look these ops up in the log, then answer `Checked` with those that are not there.
    Check {
        /// Whose heads they are.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
        /// The heads.
        heads: Vec<Head>,
    },
    /// Read frontier and digest of the space anew, in one transaction, and give them as `Input::Space`.
    Reread {
        /// The space.
        space: SpaceId,
    },
    /// A head of a chain of this computer's own key is at a peer and not here: its next write must begin a new
    /// incarnation, and health says so.
    OwnHeadElsewhere {
        /// The space.
        space: SpaceId,
        /// Who has it.
        peer: AuthorKey,
        /// The head.
        head: Head,
    },
    /// All heads that the peer first announced are here.
    Synced {
        /// The peer.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
    },
    /// A pull ended and some heads that the peer had announced did not come, for instance of a paused chain.
    Incomplete {
        /// The peer.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
        /// How many heads.
        heads: usize,
    },
    /// Equal frontiers, equal rules, other digests: a bug or a damaged database. Check the own ops by id, give
    /// `Damaged` for what is broken, rebuild the cells, give `Space`. If it comes again after that, health is an error.
    Diverged {
        /// The peer.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
        /// Whether a repair was tried since the last time that this space agreed with anybody.
        after_repair: bool,
    },
    /// Chains given as damaged came again; rebuild the cells and give `Space`.
    Refetched {
        /// The space.
        space: SpaceId,
        /// The chain.
        chain: Chain,
    },
    /// A computer of one of my spaces named a space that is not here. Take it only from a computer of my `Mine` or in a
    /// join that I began: then give `Space` with that peer as its member.
    SpaceOffered {
        /// The peer.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
    },
    /// A member says that this computer does not count in the space any more.
    RemovedHere {
        /// Who says so.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
    },
    /// Somebody at the peer does something else in the space than before; `None` when that is not known any more.
    Presence {
        /// The peer.
        peer: AuthorKey,
        /// The space.
        space: SpaceId,
        /// What, as it is now.
        presence: Option<Presence>,
    },
    /// The peer's wall clock is more than the allowed difference away.
    ClockApart {
        /// The peer.
        peer: AuthorKey,
        /// Its clock minus this one's.
        difference_ms: i64,
    },
    /// No version of the protocol is spoken by both.
    Incompatible {
        /// The peer.
        peer: AuthorKey,
        /// What it speaks.
        versions: VersionRange,
    },
}

impl DropReason {
    /// The number by which Bye tells it.
    #[must_use]
    pub const fn code(&self) -> u64 {
        match self {
            Self::Incompatible => 1,
            Self::Wire(_) => 2,
            Self::Order => 3,
            Self::Silent => 4,
            Self::TooManyBatches => 5,
            Self::UnknownAck => 6,
            Self::TooManyHeads => 7,
            Self::BadOp => 8,
            Self::CannotStore => 9,
            Self::Bye { .. } => 10,
        }
    }
}
