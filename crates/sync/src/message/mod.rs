//! The messages of `/rota/sync/1`. Each is a CBOR array whose first element is the message's number. Messages of
//! unknown numbers and elements behind the known ones belong to later versions and are skipped.

mod heads;
mod hello;
mod ops;
mod presence;

use rota_model::{
    id::{AuthorKey, Chain, SpaceId},
    limits::{BYE_TEXT_MAX_BYTES, LINKS_MAX_COUNT},
};

pub use heads::{HeadsUpdate, PartOfFrontier};
pub(crate) use heads::{read_heads, write_heads};
pub use hello::{Hello, SpaceSummary};
pub use ops::OpsBatch;
pub use presence::Presence;

use crate::cbor::{self, EncodeResult, Reader, WireError};

type Encoder = minicbor::Encoder<Vec<u8>>;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The first message of both.
    Hello(Hello),
    /// How the sender's spaces stand: after Hello, each minute, and when a space becomes common.
    Announce(Vec<SpaceSummary>),
    /// The sender's whole frontier of a space, or a part of it.
    Frontier(PartOfFrontier),
    /// The sender's heads of some chains.
    Heads(HeadsUpdate),
    /// Asks for everything that the sender lacks.
    Pull {
        /// Names this pull.
        number: u64,
        /// The sender's heads, of chains where they are others than it told this peer before.
        changed: HeadsUpdate,
    },
    /// Ends a pull early.
    PullStop {
        /// The space.
        space: SpaceId,
        /// Which pull.
        number: u64,
    },
    /// Ops, in the sender's store order.
    Ops(OpsBatch),
    /// All that the sender had for this pull is sent.
    PullEnd {
        /// The space.
        space: SpaceId,
        /// Which pull.
        number: u64,
    },
    /// A batch is durable at the sender.
    Ack {
        /// The number of the batch.
        batch: u64,
        /// The sender's heads of the chains in the batch.
        heads: HeadsUpdate,
    },
    /// The members of a space that the sender is connected with.
    Links {
        /// The space.
        space: SpaceId,
        /// Their keys.
        members: Vec<AuthorKey>,
    },
    /// The receiver does not count in this space any more in the sender's log.
    Removed {
        /// The space.
        space: SpaceId,
    },
    /// Asks for a chain again from a counter on, because it is damaged at the sender.
    Again {
        /// The space.
        space: SpaceId,
        /// Names this request; it is ended as a pull is.
        number: u64,
        /// The chain.
        chain: Chain,
        /// The first damaged counter.
        from: u64,
    },
    /// The last message before the sender closes.
    Bye {
        /// Why.
        code: u64,
        /// For a log.
        text: String,
    },
    /// What somebody at the sender is looking at and working on in a space.
    Presence {
        /// The space.
        space: SpaceId,
        /// What.
        presence: Presence,
    },
    /// Of a later version; skipped.
    Unknown(u64),
}

const HELLO: u64 = 0;
const ANNOUNCE: u64 = 1;
const FRONTIER: u64 = 2;
const HEADS: u64 = 3;
const PULL: u64 = 4;
const PULL_STOP: u64 = 5;
const OPS: u64 = 6;
const PULL_END: u64 = 7;
const ACK: u64 = 8;
const LINKS: u64 = 9;
const REMOVED: u64 = 10;
const AGAIN: u64 = 11;
const BYE: u64 = 12;
const PRESENCE: u64 = 13;

impl Message {
    /// Its bytes. [`Message::Unknown`] becomes an array of its number alone.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(|e| self.write(e))
    }

    /// Reads a message, which must fill `bytes`.
    ///
    /// # Errors
    /// [`WireError`] for bytes that no computer of Rota sends.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        let mut reader = Reader::new(bytes);
        let count = reader.length()?;
        if count == 0 {
            return Err(WireError::malformed("no message number"));
        }
        let number = reader.u64()?;
        let mut body = Body {
            reader: &mut reader,
            left: count - 1,
        };
        let message = body.read(number)?;
        let left = body.left;
        reader.skip(left)?;
        if reader.at_end() {
            Ok(message)
        } else {
            Err(WireError::malformed("bytes behind the message"))
        }
    }

    fn write(&self, e: &mut Encoder) -> EncodeResult {
        match self {
            Self::Hello(hello) => hello.write(e, HELLO),
            Self::Announce(spaces) => {
                e.array(2)?.u64(ANNOUNCE)?;
                hello::write_summaries(e, spaces)
            }
            Self::Frontier(part) => {
                e.array(5)?
                    .u64(FRONTIER)?
                    .bytes(&part.space.0)?
                    .bool(part.first)?
                    .bool(part.last)?;
                heads::write_heads(e, &part.heads)
            }
            Self::Heads(update) => {
                e.array(3)?.u64(HEADS)?;
                update.write(e)
            }
            Self::Pull { number, changed } => {
                e.array(4)?.u64(PULL)?.u64(*number)?;
                changed.write(e)
            }
            Self::PullStop { space, number } => {
                e.array(3)?.u64(PULL_STOP)?.bytes(&space.0)?.u64(*number)?;
                Ok(())
            }
            Self::Ops(batch) => {
                e.array(5)?.u64(OPS)?;
                batch.write(e)
            }
            Self::PullEnd { space, number } => {
                e.array(3)?.u64(PULL_END)?.bytes(&space.0)?.u64(*number)?;
                Ok(())
            }
            Self::Ack { batch, heads } => {
                e.array(4)?.u64(ACK)?.u64(*batch)?;
                heads.write(e)
            }
            Self::Links { space, members } => {
                e.array(3)?
                    .u64(LINKS)?
                    .bytes(&space.0)?
                    .array(members.len() as u64)?;
                members.iter().try_for_each(|key| e.bytes(&key.0).map(drop))
            }
            Self::Removed { space } => {
                e.array(2)?.u64(REMOVED)?.bytes(&space.0)?;
                Ok(())
            }
            Self::Again {
                space,
                number,
                chain,
                from,
            } => {
                e.array(6)?.u64(AGAIN)?.bytes(&space.0)?.u64(*number)?;
                e.bytes(&chain.author.0)?
                    .u64(chain.incarnation.0)?
                    .u64(*from)?;
                Ok(())
            }
            Self::Bye { code, text } => {
                e.array(3)?.u64(BYE)?.u64(*code)?.str(text)?;
                Ok(())
            }
            Self::Presence { space, presence } => {
                e.array(7)?.u64(PRESENCE)?.bytes(&space.0)?;
                presence.write(e)
            }
            Self::Unknown(number) => {
                e.array(1)?.u64(*number)?;
                Ok(())
            }
        }
    }
}

/// The elements of a message behind its number.
struct Body<'a, 'b> {
    reader: &'a mut Reader<'b>,
    left: u64,
}

impl<'b> Body<'_, 'b> {
    fn read(&mut self, number: u64) -> Result<Message, WireError> {
        Ok(match number {
            HELLO => Message::Hello(Hello::read(self.take(7)?)?),
            ANNOUNCE => Message::Announce(hello::read_summaries(self.take(1)?)?),
            FRONTIER => {
                let r = self.take(4)?;
                let (space, first, last) = (r.space()?, r.bool()?, r.bool()?);
                Message::Frontier(PartOfFrontier {
                    space,
                    first,
                    last,
                    heads: heads::read_heads(r)?,
                })
            }
            HEADS => Message::Heads(HeadsUpdate::read(self.take(2)?)?),
            PULL => {
                let r = self.take(3)?;
                Message::Pull {
                    number: r.u64()?,
                    changed: HeadsUpdate::read(r)?,
                }
            }
            PULL_STOP => {
                let r = self.take(2)?;
                Message::PullStop {
                    space: r.space()?,
                    number: r.u64()?,
                }
            }
            OPS => Message::Ops(OpsBatch::read(self.take(4)?)?),
            PULL_END => {
                let r = self.take(2)?;
                Message::PullEnd {
                    space: r.space()?,
                    number: r.u64()?,
                }
            }
            ACK => {
                let r = self.take(3)?;
                Message::Ack {
                    batch: r.u64()?,
                    heads: HeadsUpdate::read(r)?,
                }
            }
            LINKS => {
                let r = self.take(2)?;
                let space = r.space()?;
                Message::Links {
                    space,
                    members: r.items(LINKS_MAX_COUNT, "links", Reader::author)?,
                }
            }
            REMOVED => Message::Removed {
                space: self.take(1)?.space()?,
            },
            AGAIN => {
                let r = self.take(5)?;
                Message::Again {
                    space: r.space()?,
                    number: r.u64()?,
                    chain: r.chain()?,
                    from: r.u64()?,
                }
            }
            BYE => {
                let r = self.take(2)?;
                Message::Bye {
                    code: r.u64()?,
                    text: r.text(BYE_TEXT_MAX_BYTES, "text of a Bye")?,
                }
            }
            PRESENCE => {
                let r = self.take(6)?;
                Message::Presence {
                    space: r.space()?,
                    presence: Presence::read(r)?,
                }
            }
            unknown => Message::Unknown(unknown),
        })
    }

    fn take(&mut self, count: u64) -> Result<&mut Reader<'b>, WireError> {
        self.left = self
            .left
            .checked_sub(count)
            .ok_or_else(|| WireError::malformed("too few elements"))?;
        Ok(self.reader)
    }
}
