//! The payload of an op: an array of writes or of membership statements, in CBOR.
//!
//! A write is `[kind, entity, field, key, stamp, [base…], value, …]`. A statement is `[number, …]`. Further elements
//! are for later versions and are skipped. What cannot be read counts for nothing; the op stays accepted.

use minicbor::{Decoder, Encoder, decode};

use crate::cell::{Cell, Field, Kind};
use crate::id::{AuthorKey, EntityId, Incarnation, OpId};
use crate::limits::{BASES_MAX_COUNT, CELL_KEY_MAX_BYTES};
use crate::op::Flags;
use crate::stamp::Stamp;
use crate::value::Value;
use crate::well_formed::item_len;

/// First 8 bytes of the id of an op whose value the writer saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base(pub [u8; 8]);

impl From<OpId> for Base {
    fn from(op: OpId) -> Self {
        Self(std::array::from_fn(|i| op.0[i]))
    }
}

/// One value written to one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Where.
    pub cell: Cell,
    /// What decides against other writes, before the op id.
    pub stamp: Stamp,
    /// The ops whose values in this cell the writer saw.
    pub bases: Vec<Base>,
    /// What.
    pub value: Value,
}

/// What a computer may do in a space. A greater role includes the lesser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads.
    Viewer = 0,
    /// Reads and writes.
    Editor = 1,
    /// Also says who is in the space.
    Owner = 2,
}

impl Role {
    fn from_number(number: u64) -> Option<Self> {
        [Self::Viewer, Self::Editor, Self::Owner]
            .into_iter()
            .find(|role| *role as u64 == number)
    }
}

/// Who may be in a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpaceKind {
    /// One person's own computers.
    Mine = 0,
    /// Several people.
    Shared = 1,
}

/// Lets a key into the space; the id of its op is the *admission*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admit {
    /// The computer's key.
    pub key: AuthorKey,
    /// The person it belongs to.
    pub person: EntityId,
    /// What it may do. Fixed: another role is another admission.
    pub role: Role,
    /// The computer's name when admitted.
    pub computer_name: String,
    /// The person's name when admitted.
    pub person_name: String,
}

/// The last op of one chain that counts after a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cut {
    /// Which life of the removed computer's.
    pub incarnation: Incarnation,
    /// Up to this counter.
    pub counter: u64,
    /// The op at that counter: in a fork it says which branch.
    pub op: OpId,
}

/// Ends an admission. Chains that no cut names count for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remove {
    /// The admission that ends.
    pub admission: OpId,
    /// What of its chains still counts.
    pub cuts: Vec<Cut>,
}

/// A membership statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// In the founding op: what kind of space this is.
    Found(SpaceKind),
    /// Lets a computer in.
    Admit(Admit),
    /// Puts a computer out.
    Remove(Remove),
    /// Of a later version; counts for nothing here.
    Unknown,
}

/// A payload as this version reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// Writes, each to another cell.
    Writes(Vec<Write>),
    /// Statements, with at most one admit.
    Membership(Vec<Statement>),
    /// It counts for nothing here; a later version may read it.
    Unreadable,
}

impl Payload {
    /// Reads a payload. Never fails: what cannot be read is [`Payload::Unreadable`].
    #[must_use]
    pub fn read(flags: Flags, bytes: &[u8]) -> Self {
        let read = match flags {
            Flags::WRITES => read_array(bytes, read_write)
                .ok()
                .filter(|writes| distinct(writes))
                .map(Self::Writes),
            Flags::MEMBERSHIP => read_array(bytes, read_statement)
                .ok()
                .filter(|all| one_admit(all))
                .map(Self::Membership),
            _ => None,
        };
        read.unwrap_or(Self::Unreadable)
    }

    /// Its flags.
    #[must_use]
    pub fn flags(&self) -> Flags {
        match self {
            Self::Membership(_) => Flags::MEMBERSHIP,
            Self::Writes(_) | Self::Unreadable => Flags::WRITES,
        }
    }
}

/// The bytes of a payload of writes.
#[must_use]
pub fn encode_writes(writes: &[Write]) -> Vec<u8> {
    encode(writes.len(), |e| {
        for write in writes {
            e.array(7)?
                .u32(write.cell.kind.0)?
                .bytes(&write.cell.entity.0)?
                .u32(write.cell.field.0)?;
            e.bytes(&write.cell.key)?
                .u64(write.stamp.0)?
                .array(write.bases.len() as u64)?;
            for base in &write.bases {
                e.bytes(&base.0)?;
            }
            e.writer_mut().extend_from_slice(write.value.as_cbor());
        }
        Ok(())
    })
}

/// The bytes of a payload of statements. [`Statement::Unknown`] cannot be written and is left out.
#[must_use]
pub fn encode_statements(statements: &[Statement]) -> Vec<u8> {
    let known: Vec<_> = statements
        .iter()
        .filter(|statement| **statement != Statement::Unknown)
        .collect();
    encode(known.len(), |e| {
        for statement in known {
            match statement {
                Statement::Found(kind) => {
                    e.array(2)?.u8(FOUND)?.u8(*kind as u8)?;
                }
                Statement::Admit(admit) => {
                    e.array(6)?
                        .u8(ADMIT)?
                        .bytes(&admit.key.0)?
                        .bytes(&admit.person.0)?
                        .u8(admit.role as u8)?;
                    e.str(&admit.computer_name)?.str(&admit.person_name)?;
                }
                Statement::Remove(remove) => {
                    e.array(3)?
                        .u8(REMOVE)?
                        .bytes(&remove.admission.0)?
                        .array(remove.cuts.len() as u64)?;
                    for cut in &remove.cuts {
                        e.array(3)?
                            .u64(cut.incarnation.0)?
                            .u64(cut.counter)?
                            .bytes(&cut.op.0)?;
                    }
                }
                Statement::Unknown => {}
            }
        }
        Ok(())
    })
}

const FOUND: u8 = 0;
const ADMIT: u8 = 1;
const REMOVE: u8 = 2;

type EncodeResult = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

fn encode(count: usize, write: impl FnOnce(&mut Encoder<Vec<u8>>) -> EncodeResult) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = encoder
        .array(count as u64)
        .map(drop)
        .and_then(|()| write(&mut encoder));
    encoder.into_writer()
}

/// Reads a payload that is one array of known length and nothing more. Each item is an array of which `read` takes
/// what it knows and whose other elements are skipped.
fn read_array<T>(
    bytes: &[u8],
    read: impl Fn(&mut Decoder<'_>, u64) -> Result<T, decode::Error>,
) -> Result<Vec<T>, decode::Error> {
    let mut decoder = Decoder::new(bytes);
    let count = known_length(&mut decoder)?;
    let mut items = Vec::new();
    for _ in 0..count {
        let start = decoder.position();
        let end = start + length_of_item(&bytes[start..])?;
        decoder.set_position(end);
        let mut item = Decoder::new(&bytes[start..end]);
        let elements = known_length(&mut item)?;
        items.push(read(&mut item, elements)?);
    }
    if decoder.position() != bytes.len() {
        return Err(decode::Error::message("bytes behind the payload"));
    }
    Ok(items)
}

fn length_of_item(bytes: &[u8]) -> Result<usize, decode::Error> {
    item_len(bytes).ok_or_else(|| decode::Error::message("no well-formed item"))
}

fn known_length(decoder: &mut Decoder<'_>) -> Result<u64, decode::Error> {
    decoder
        .array()?
        .ok_or_else(|| decode::Error::message("array of unknown length"))
}

fn read_write(d: &mut Decoder<'_>, elements: u64) -> Result<Write, decode::Error> {
    at_least(elements, 7)?;
    let kind = Kind(d.u32()?);
    let entity = EntityId(fixed(d)?);
    let field = Field(d.u32()?);
    let key = d.bytes()?.to_vec();
    let stamp = Stamp(d.u64()?);
    let count = known_length(d)?;
    if key.len() > CELL_KEY_MAX_BYTES || count > BASES_MAX_COUNT as u64 {
        return Err(decode::Error::message("key or bases over their limit"));
    }
    let bases = (0..count)
        .map(|_| fixed(d).map(Base))
        .collect::<Result<_, _>>()?;
    let start = d.position();
    d.skip()?;
    let value = Value::from_cbor(&d.input()[start..d.position()])
        .ok_or_else(|| decode::Error::message("value"))?;
    Ok(Write {
        cell: Cell {
            kind,
            entity,
            field,
            key,
        },
        stamp,
        bases,
        value,
    })
}

fn read_statement(d: &mut Decoder<'_>, elements: u64) -> Result<Statement, decode::Error> {
    at_least(elements, 1)?;
    let number = d.u64()?;
    Ok(match number {
        n if n == u64::from(FOUND) => {
            at_least(elements, 2)?;
            match d.u64()? {
                0 => Statement::Found(SpaceKind::Mine),
                1 => Statement::Found(SpaceKind::Shared),
                _ => Statement::Unknown,
            }
        }
        n if n == u64::from(ADMIT) => {
            at_least(elements, 6)?;
            let (key, person, role) = (
                AuthorKey(fixed(d)?),
                EntityId(fixed(d)?),
                Role::from_number(d.u64()?),
            );
            let (computer_name, person_name) = (d.str()?.to_owned(), d.str()?.to_owned());
            role.map_or(Statement::Unknown, |role| {
                Statement::Admit(Admit {
                    key,
                    person,
                    role,
                    computer_name,
                    person_name,
                })
            })
        }
        n if n == u64::from(REMOVE) => {
            at_least(elements, 3)?;
            let admission = OpId(fixed(d)?);
            let count = known_length(d)?;
            let mut cuts = Vec::new();
            for _ in 0..count {
                at_least(known_length(d)?, 3)?;
                cuts.push(Cut {
                    incarnation: Incarnation(d.u64()?),
                    counter: d.u64()?,
                    op: OpId(fixed(d)?),
                });
            }
            Statement::Remove(Remove { admission, cuts })
        }
        _ => Statement::Unknown,
    })
}

fn at_least(elements: u64, wanted: u64) -> Result<(), decode::Error> {
    if elements < wanted {
        Err(decode::Error::message("too few elements"))
    } else {
        Ok(())
    }
}

fn fixed<const N: usize>(d: &mut Decoder<'_>) -> Result<[u8; N], decode::Error> {
    d.bytes()?
        .try_into()
        .map_err(|_| decode::Error::message("bytes of the wrong length"))
}

/// A cell twice in one op would make the outcome depend on order: such an op counts for nothing.
fn distinct(writes: &[Write]) -> bool {
    let mut cells: Vec<_> = writes.iter().map(|write| &write.cell).collect();
    cells.sort_unstable();
    cells.windows(2).all(|pair| pair[0] != pair[1])
}

fn one_admit(statements: &[Statement]) -> bool {
    statements
        .iter()
        .filter(|statement| matches!(statement, Statement::Admit(_)))
        .count()
        <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::task;

    fn write(field: Field, key: &[u8]) -> Write {
        Write {
            cell: Cell::element(Kind::TASK, EntityId([1; 16]), field, key),
            stamp: Stamp(77),
            bases: vec![Base([2; 8])],
            value: Value::text("Milk"),
        }
    }

    fn admit(key: u8) -> Statement {
        Statement::Admit(Admit {
            key: AuthorKey([key; 32]),
            person: EntityId([3; 16]),
            role: Role::Editor,
            computer_name: "desk".into(),
            person_name: "Mia".into(),
        })
    }

    #[test]
    fn writes_round_trip() {
        let writes = vec![write(task::TITLE, b""), write(task::TAG, b"home")];
        assert_eq!(
            Payload::read(Flags::WRITES, &encode_writes(&writes)),
            Payload::Writes(writes)
        );
    }

    #[test]
    fn statements_round_trip() {
        let remove = Remove {
            admission: OpId([5; 32]),
            cuts: vec![Cut {
                incarnation: Incarnation(1),
                counter: 9,
                op: OpId([6; 32]),
            }],
        };
        let statements = vec![
            Statement::Found(SpaceKind::Shared),
            admit(1),
            Statement::Remove(remove),
        ];
        assert_eq!(
            Payload::read(Flags::MEMBERSHIP, &encode_statements(&statements)),
            Payload::Membership(statements)
        );
    }

    #[test]
    fn a_cell_twice_and_two_admits_count_for_nothing() {
        let twice = encode_writes(&[write(task::TITLE, b""), write(task::TITLE, b"")]);
        assert_eq!(Payload::read(Flags::WRITES, &twice), Payload::Unreadable);
        let two = encode_statements(&[admit(1), admit(2)]);
        assert_eq!(Payload::read(Flags::MEMBERSHIP, &two), Payload::Unreadable);
    }

    #[test]
    fn unknown_flags_and_broken_bytes_count_for_nothing() {
        let good = encode_writes(&[write(task::TITLE, b"")]);
        assert_eq!(Payload::read(Flags(2), &good), Payload::Unreadable);
        assert_eq!(Payload::read(Flags(3), &good), Payload::Unreadable);
        for cut in 0..good.len() {
            assert_eq!(
                Payload::read(Flags::WRITES, &good[..cut]),
                Payload::Unreadable,
                "{cut}"
            );
        }
        assert_eq!(
            Payload::read(Flags::WRITES, &[good, vec![0]].concat()),
            Payload::Unreadable
        );
    }

    #[test]
    fn elements_of_later_versions_are_skipped() {
        let mut bytes = encode_writes(&[write(Field(9_999), b"")]);
        bytes[1] = 0x88;
        bytes.push(0x05);
        let Payload::Writes(writes) = Payload::read(Flags::WRITES, &bytes) else {
            panic!("unreadable")
        };
        assert_eq!(writes, vec![write(Field(9_999), b"")]);
        let unknown = [0x81, 0x82, 0x18, 0x63, 0xf5];
        assert_eq!(
            Payload::read(Flags::MEMBERSHIP, &unknown),
            Payload::Membership(vec![Statement::Unknown])
        );
    }
}
