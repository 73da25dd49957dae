//! Names of things: ops, spaces, authors, chains, entities.

use std::fmt;

/// Declares a fixed-size identifier of `$len` bytes with a hexadecimal text form.
macro_rules! byte_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The value with all bits zero.
            pub const ZERO: Self = Self([0; $len]);
            /// Its length in bytes.
            pub const LEN: usize = $len;

            /// Its bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// Reads it from exactly as many bytes.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// Reads the hexadecimal text that [`fmt::Display`] writes, in either case.
            #[must_use]
            pub fn from_hex(text: &str) -> Option<Self> {
                from_hex(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

byte_id!(
    /// BLAKE3 of an op's header: what identifies the op everywhere.
    OpId, 32
);
byte_id!(
    /// A space, named by the id of its founding op.
    SpaceId, 32
);
byte_id!(
    /// The Ed25519 public key of a computer: the author of ops and the peer on the network.
    AuthorKey, 32
);
byte_id!(
    /// A task, list, person or computer: a UUID, version 4 when new and 8 when derived.
    EntityId, 16
);

impl From<OpId> for SpaceId {
    fn from(founding: OpId) -> Self {
        Self(founding.0)
    }
}

impl From<SpaceId> for OpId {
    fn from(space: SpaceId) -> Self {
        Self(space.0)
    }
}

impl EntityId {
    /// Makes a new id (UUID version 4) of 16 random bytes.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(
            uuid::Builder::from_random_bytes(random)
                .into_uuid()
                .into_bytes(),
        )
    }

    /// Derives an id (UUID version 8) from `parts` under a BLAKE3 context, the same on every computer.
    #[must_use]
    pub fn derive(context: &str, parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(context);
        for part in parts {
            hasher.update(part);
        }
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        Self(
            uuid::Builder::from_custom_bytes(bytes)
                .into_uuid()
                .into_bytes(),
        )
    }

    /// The entity that stands for a computer: what its name is written to.
    #[must_use]
    pub fn of_computer(key: &AuthorKey) -> Self {
        Self::derive("rota computer 1", &[&key.0])
    }

    /// Its UUID text.
    #[must_use]
    pub fn uuid(&self) -> String {
        uuid::Uuid::from_bytes(self.0).hyphenated().to_string()
    }

    /// Reads a UUID's text.
    #[must_use]
    pub fn from_uuid(text: &str) -> Option<Self> {
        uuid::Uuid::try_parse(text)
            .ok()
            .map(|uuid| Self(uuid.into_bytes()))
    }

    /// Its short handle: the first 8 Crockford base-32 characters of BLAKE3 of the id.
    #[must_use]
    pub fn short(&self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let hash = blake3::hash(&self.0);
        let bits = hash.as_bytes()[..5]
            .iter()
            .fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        (0..8)
            .rev()
            .map(|place| char::from(ALPHABET[(bits >> (place * 5)) as usize & 31]))
            .collect()
    }
}

/// Reads what a person typed for a short handle: upper case, with Crockford's look-alikes (`o`, `i`, `l`) resolved.
/// `None` if it is shorter than 4 characters, longer than 8, or has a character that no handle has.
#[must_use]
pub fn normalise_short(typed: &str) -> Option<String> {
    if !(4..=8).contains(&typed.len()) {
        return None;
    }
    typed
        .chars()
        .map(|c| match c.to_ascii_uppercase() {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            'U' => None,
            c if c.is_ascii_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

/// One life of a computer's writing in a space: random, so that a copied or restored folder never reuses a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Incarnation(pub u64);

/// A sequence of ops by one author in one life, counted from 1. Named within a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chain {
    /// Who signs its ops.
    pub author: AuthorKey,
    /// Which life of the author's.
    pub incarnation: Incarnation,
}

fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let high = char::from(digits[0]).to_digit(16)?;
        let low = char::from(digits[1]).to_digit(16)?;
        *byte = u8::try_from(high << 4 | low).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_round_trips() {
        let id = OpId([0xa5; 32]);
        assert_eq!(OpId::from_hex(&id.to_string()), Some(id));
        assert_eq!(OpId::from_hex("zz"), None);
    }

    #[test]
    fn a_handle_is_eight_crockford_characters_of_the_hash() {
        let id = EntityId([0; 16]);
        let hash = blake3::hash(&[0; 16]);
        let first = usize::from(hash.as_bytes()[0] >> 3);
        let short = id.short();
        assert_eq!(short.len(), 8);
        assert_eq!(
            short.as_bytes()[0],
            b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[first]
        );
        assert_eq!(normalise_short(&short.to_lowercase()), Some(short));
    }

    #[test]
    fn typed_handles_resolve_look_alikes_and_refuse_others() {
        assert_eq!(normalise_short("oil9"), Some("0119".into()));
        for bad in ["abc", "abcdefghj", "ab-d", "uuuu"] {
            assert_eq!(normalise_short(bad), None, "{bad}");
        }
    }

    #[test]
    fn derived_ids_are_version_8_and_new_ones_4() {
        assert_eq!(
            uuid::Uuid::from_bytes(EntityId::derive("x", &[b"a"]).0).get_version_num(),
            8
        );
        assert_eq!(
            uuid::Uuid::from_bytes(EntityId::new([7; 16]).0).get_version_num(),
            4
        );
    }
}
