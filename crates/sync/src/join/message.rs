//! The messages of `/rota/join/1`, framed and numbered as those of `/rota/sync/1`.

use std::mem::discriminant;

use rota_model::{
    frontier::Head,
    id::{EntityId, SpaceId},
    limits::{
        BYE_TEXT_MAX_BYTES, FRAME_MAX_BYTES, INVITATION_MAX_FAILURES, MESSAGE_MAX_SPACES,
        NAME_MAX_BYTES,
    },
    payload::{Role, SpaceKind},
};

use super::crypto::PAKE_LEN;
use crate::{
    cbor::{self, EncodeResult, Reader, WireError},
    message::{read_heads, write_heads},
    version::VersionRange,
};

type Encoder = minicbor::Encoder<Vec<u8>>;

/// Why joining did not work, as the inviter says it or as the joiner finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The words are wrong.
    #[error("the words of the code are wrong")]
    WrongCode {
        /// How many more wrong tries the invitation allows, where its inviter says so.
        tries_left: Option<u32>,
    },
    /// The invitation ended.
    #[error("the invitation has expired")]
    Expired,
    /// Too many wrong words: nobody can use it any more.
    #[error("the invitation was closed after too many wrong tries")]
    Burnt,
    /// It let in as many as it was for.
    #[error("the invitation was used already")]
    UsedUp,
    /// Too many tries at once: wait a second and try again.
    #[error("too many tries at once")]
    Busy,
    /// There is no invitation of this number.
    #[error("this computer has no invitation of that number")]
    NotFound,
    /// No common version.
    #[error("the two versions of Rota do not understand each other")]
    Incompatible,
    /// The owner at the other end did not let it happen.
    #[error("the other computer refused")]
    Refused,
    /// A message broke the rules.
    #[error("the other computer broke the rules of joining")]
    Garbage,
}

/// A space that one end lets the other into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The space.
    pub space: SpaceId,
    /// What kind it is.
    pub kind: SpaceKind,
    /// The role in it.
    pub role: Role,
    /// Its name, to be shown before the first sync.
    pub name: String,
    /// The heads that must be here before the first sync counts as complete; empty for those announced in Hello.
    pub heads: Vec<Head>,
}

/// Who wants in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The person's id as the joiner has it; the admitter decides whether it stays.
    pub person: EntityId,
    /// The person's name.
    pub person_name: String,
    /// The computer's name.
    pub computer_name: String,
}

/// What the newcomer gets. The inviter's computer has admitted it before this is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// Whether the newcomer becomes a computer of the inviter's own person: then its `Mine` moves into the inviter's,
    /// and it admits the inviter's computer to its spaces.
    pub mine: bool,
    /// The person that the newcomer's computer belongs to from now on.
    pub person: EntityId,
    /// That person's name.
    pub person_name: String,
    /// The inviter's own person.
    pub inviter_person: EntityId,
    /// The inviter's person's name.
    pub inviter_person_name: String,
    /// The inviter's computer's name.
    pub inviter_computer_name: String,
    /// The spaces.
    pub grants: Vec<Grant>,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinMessage {
    /// The joiner's first.
    Start {
        /// The versions that the joiner speaks.
        versions: VersionRange,
        /// The number of the code.
        number: u32,
        /// Fresh.
        nonce: [u8; 32],
    },
    /// The inviter's first.
    Answer {
        /// The version that both speak now.
        version: u32,
        /// Fresh.
        nonce: [u8; 32],
        /// The inviter's half of SPAKE2.
        pake: [u8; PAKE_LEN],
    },
    /// The joiner's half, and that it came to a key.
    Prove {
        /// The joiner's half of SPAKE2.
        pake: [u8; PAKE_LEN],
        /// The joiner's confirmation.
        mac: [u8; 32],
    },
    /// That the inviter came to the same key.
    Confirm {
        /// The inviter's confirmation.
        mac: [u8; 32],
    },
    /// A [`Request`], a [`Welcome`], a list of [`Grant`]s or nothing, authenticated with the key.
    Sealed {
        /// Which: see [`sealed`].
        kind: u64,
        /// Its bytes.
        body: Vec<u8>,
        /// Of kind and body.
        mac: [u8; 32],
    },
    /// It did not work; the last message.
    Failed(Option<Failure>),
    /// Of a later version; skipped.
    Unknown(u64),
}

/// The numbers of sealed messages.
pub(super) mod sealed {
    pub(in crate::join) const REQUEST: u64 = 4;
    pub(in crate::join) const WELCOME: u64 = 5;
    pub(in crate::join) const DONE: u64 = 6;
    pub(in crate::join) const FINISHED: u64 = 7;
}

const START: u64 = 0;
const ANSWER: u64 = 1;
const PROVE: u64 = 2;
const CONFIRM: u64 = 3;
const FAILED: u64 = 8;

impl Failure {
    const ALL: [Self; 9] = [
        Self::WrongCode { tries_left: None },
        Self::Expired,
        Self::Burnt,
        Self::UsedUp,
        Self::Busy,
        Self::NotFound,
        Self::Incompatible,
        Self::Refused,
        Self::Garbage,
    ];

    /// Its number on the wire, from 1.
    #[must_use]
    pub fn number(self) -> u64 {
        Self::ALL
            .iter()
            .position(|failure| discriminant(failure) == discriminant(&self))
            .map_or(0, |place| place as u64 + 1)
    }

    fn from_number(number: u64) -> Option<Self> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        Self::ALL.get(place).copied()
    }
}

impl JoinMessage {
    /// Its bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(|e| self.write(e))
    }

    /// Reads a message, which must fill `bytes`.
    ///
    /// # Errors
    /// [`WireError`] for bytes that no computer of Rota sends.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        if bytes.len() > FRAME_MAX_BYTES {
            return Err(WireError::OverLimit("frame"));
        }
        let mut r = Reader::new(bytes);
        let count = r.length()?;
        if count == 0 {
            return Err(WireError::malformed("no message number"));
        }
        let number = r.u64()?;
        let takes = match number {
            START => 4,
            ANSWER => 3,
            PROVE | FAILED | sealed::REQUEST..=sealed::FINISHED => 2,
            CONFIRM => 1,
            _ => 0,
        };
        let rest = (count - 1)
            .checked_sub(takes)
            .ok_or_else(|| WireError::malformed("too few elements"))?;
        let mut message = Self::read(&mut r, number)?;
        let rest = message.read_added(&mut r, rest)?;
        r.skip(rest)?;
        if r.at_end() {
            Ok(message)
        } else {
            Err(WireError::malformed("bytes behind the message"))
        }
    }

    fn write(&self, e: &mut Encoder) -> EncodeResult {
        match self {
            Self::Start {
                versions,
                number,
                nonce,
            } => e
                .array(5)?
                .u64(START)?
                .u32(versions.min)?
                .u32(versions.max)?
                .u32(*number)?
                .bytes(nonce)?,
            Self::Answer {
                version,
                nonce,
                pake,
            } => e
                .array(4)?
                .u64(ANSWER)?
                .u32(*version)?
                .bytes(nonce)?
                .bytes(pake)?,
            Self::Prove { pake, mac } => e.array(3)?.u64(PROVE)?.bytes(pake)?.bytes(mac)?,
            Self::Confirm { mac } => e.array(2)?.u64(CONFIRM)?.bytes(mac)?,
            Self::Sealed { kind, body, mac } => e.array(3)?.u64(*kind)?.bytes(body)?.bytes(mac)?,
            Self::Failed(failure) => {
                let text = failure
                    .map(|failure| failure.to_string())
                    .unwrap_or_default();
                let tries_left = match failure {
                    Some(Failure::WrongCode { tries_left }) => *tries_left,
                    _ => None,
                };
                e.array(3 + u64::from(tries_left.is_some()))?
                    .u64(FAILED)?
                    .u64(failure.map_or(0, Failure::number))?
                    .str(&text)?;
                match tries_left {
                    Some(left) => e.u32(left)?,
                    None => e,
                }
            }
            Self::Unknown(number) => e.array(1)?.u64(*number)?,
        };
        Ok(())
    }

    /// Reads what was added behind the first elements of a message, if it is there. Gives how many are left to skip.
    fn read_added(&mut self, r: &mut Reader<'_>, rest: u64) -> Result<u64, WireError> {
        match self {
            Self::Failed(Some(Failure::WrongCode { tries_left })) if rest > 0 => {
                // More than there are is nothing that a person could go by.
                *tries_left = Some(r.u32()?).filter(|left| *left < INVITATION_MAX_FAILURES);
                Ok(rest - 1)
            }
            _ => Ok(rest),
        }
    }

    fn read(r: &mut Reader<'_>, number: u64) -> Result<Self, WireError> {
        Ok(match number {
            START => Self::Start {
                versions: VersionRange {
                    min: r.u32()?,
                    max: r.u32()?,
                },
                number: r.u32()?,
                nonce: r.fixed()?,
            },
            ANSWER => Self::Answer {
                version: r.u32()?,
                nonce: r.fixed()?,
                pake: r.fixed()?,
            },
            PROVE => Self::Prove {
                pake: r.fixed()?,
                mac: r.fixed()?,
            },
            CONFIRM => Self::Confirm { mac: r.fixed()? },
            kind @ sealed::REQUEST..=sealed::FINISHED => Self::Sealed {
                kind,
                body: r.bytes(FRAME_MAX_BYTES, "body")?.to_vec(),
                mac: r.fixed()?,
            },
            FAILED => {
                let failure = Failure::from_number(r.u64()?);
                r.text(BYE_TEXT_MAX_BYTES, "text of a failure")?;
                Self::Failed(failure)
            }
            unknown => Self::Unknown(unknown),
        })
    }
}

impl Request {
    pub(super) fn encode(&self) -> Vec<u8> {
        cbor::encode(|e| {
            e.array(3)?
                .bytes(&self.person.0)?
                .str(&self.person_name)?
                .str(&self.computer_name)?;
            Ok(())
        })
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        whole(bytes, |r| {
            r.tuple(3, |r| {
                Ok(Self {
                    person: EntityId(r.fixed()?),
                    person_name: name(r)?,
                    computer_name: name(r)?,
                })
            })
        })
    }
}

impl Welcome {
    pub(super) fn encode(&self) -> Vec<u8> {
        cbor::encode(|e| {
            e.array(7)?
                .bool(self.mine)?
                .bytes(&self.person.0)?
                .str(&self.person_name)?;
            e.bytes(&self.inviter_person.0)?
                .str(&self.inviter_person_name)?
                .str(&self.inviter_computer_name)?;
            write_grants(e, &self.grants)
        })
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        whole(bytes, |r| {
            r.tuple(7, |r| {
                Ok(Self {
                    mine: r.bool()?,
                    person: EntityId(r.fixed()?),
                    person_name: name(r)?,
                    inviter_person: EntityId(r.fixed()?),
                    inviter_person_name: name(r)?,
                    inviter_computer_name: name(r)?,
                    grants: read_grants(r)?,
                })
            })
        })
    }
}

pub(super) fn encode_grants(grants: &[Grant]) -> Vec<u8> {
    cbor::encode(|e| {
        e.array(1)?;
        write_grants(e, grants)
    })
}

pub(super) fn decode_grants(bytes: &[u8]) -> Result<Vec<Grant>, WireError> {
    whole(bytes, |r| r.tuple(1, read_grants))
}

fn write_grants(e: &mut Encoder, grants: &[Grant]) -> EncodeResult {
    e.array(grants.len() as u64)?;
    grants.iter().try_for_each(|grant| {
        e.array(5)?
            .bytes(&grant.space.0)?
            .u8(grant.kind as u8)?
            .u8(grant.role as u8)?
            .str(&grant.name)?;
        write_heads(e, &grant.heads)
    })
}

/// Grants of kinds and roles that this version does not know are passed over: it could not keep them.
fn read_grants(r: &mut Reader<'_>) -> Result<Vec<Grant>, WireError> {
    let grants = r.items(MESSAGE_MAX_SPACES, "grants", |r| {
        r.tuple(5, |r| {
            let (space, kind, role) = (r.space()?, r.u8()?, r.u8()?);
            let (name, heads) = (name(r)?, read_heads(r)?);
            let kind = [SpaceKind::Mine, SpaceKind::Shared]
                .into_iter()
                .find(|known| *known as u8 == kind);
            let role = [Role::Viewer, Role::Editor, Role::Owner]
                .into_iter()
                .find(|known| *known as u8 == role);
            Ok(kind.zip(role).map(|(kind, role)| Grant {
                space,
                kind,
                role,
                name,
                heads,
            }))
        })
    })?;
    Ok(grants.into_iter().flatten().collect())
}

fn name(r: &mut Reader<'_>) -> Result<String, WireError> {
    r.text(NAME_MAX_BYTES, "name")
}

fn whole<T>(
    bytes: &[u8],
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, WireError>,
) -> Result<T, WireError> {
    let mut r = Reader::new(bytes);
    let value = read(&mut r)?;
    if r.at_end() {
        Ok(value)
    } else {
        Err(WireError::malformed("bytes behind the body"))
    }
}
