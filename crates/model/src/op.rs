//! The op: header, signature, payload. What makes one acceptable is its bytes alone.

use ed25519_zebra::{Signature, SigningKey, VerificationKey, VerificationKeyBytes, batch};
use rand_core::CryptoRng;

use crate::id::{AuthorKey, Chain, Incarnation, OpId, SpaceId};
use crate::limits::PAYLOAD_ACCEPTED_MAX_BYTES;
use crate::stamp::Time;

/// The format number that this version writes and accepts.
pub const FORMAT: u8 = 1;
/// BLAKE3 context of an op id, and prefix of what is signed.
const DOMAIN: &str = "rota op 1";

/// Flag bits of an op.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flags(pub u8);

impl Flags {
    /// The payload holds writes.
    pub const WRITES: Self = Self(0);
    /// The payload holds membership statements (bit 0).
    pub const MEMBERSHIP: Self = Self(1);
}

/// What is hashed into the op id: 158 bytes, big-endian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// How the payload is to be read.
    pub flags: Flags,
    /// The space; zero in the founding op alone.
    pub space: SpaceId,
    /// Who signs, in which life.
    pub chain: Chain,
    /// Its place in the chain, from 1 without gaps.
    pub counter: u64,
    /// The op before it in the chain; for the first, the admission under which its author writes.
    pub previous: OpId,
    /// The author's wall time.
    pub time: Time,
    /// Length of the payload in bytes.
    pub payload_len: u32,
    /// BLAKE3 of the payload.
    pub payload_hash: [u8; 32],
}

impl Header {
    /// Length in bytes.
    pub const LEN: usize = 158;

    /// The header's bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        let mut at = 0;
        let mut put = |part: &[u8]| {
            bytes[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        };
        put(&[FORMAT, self.flags.0]);
        put(&self.space.0);
        put(&self.chain.author.0);
        put(&self.chain.incarnation.0.to_be_bytes());
        put(&self.counter.to_be_bytes());
        put(&self.previous.0);
        put(&self.time.0.to_be_bytes());
        put(&self.payload_len.to_be_bytes());
        put(&self.payload_hash);
        bytes
    }

    /// Reads a header of this format.
    ///
    /// # Errors
    /// [`Refusal::Format`] for another format.
    pub fn decode(bytes: &[u8; Self::LEN]) -> Result<Self, Refusal> {
        fn part<const N: usize>(bytes: &[u8; Header::LEN], at: usize) -> [u8; N] {
            std::array::from_fn(|i| bytes[at + i])
        }
        if bytes[0] != FORMAT {
            return Err(Refusal::Format(bytes[0]));
        }
        Ok(Self {
            flags: Flags(bytes[1]),
            space: SpaceId(part(bytes, 2)),
            chain: Chain {
                author: AuthorKey(part(bytes, 34)),
                incarnation: Incarnation(u64::from_be_bytes(part(bytes, 66))),
            },
            counter: u64::from_be_bytes(part(bytes, 74)),
            previous: OpId(part(bytes, 82)),
            time: Time(u64::from_be_bytes(part(bytes, 114))),
            payload_len: u32::from_be_bytes(part(bytes, 122)),
            payload_hash: part(bytes, 126),
        })
    }

    /// The op id: BLAKE3 derive-key of the header's bytes.
    #[must_use]
    pub fn id(&self) -> OpId {
        OpId(blake3::derive_key(DOMAIN, &self.encode()))
    }
}

/// A signed, immutable op.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Op {
    /// The id of [`Op::header`].
    pub id: OpId,
    /// What is signed.
    pub header: Header,
    /// Ed25519 of `rota op 1` and the id.
    pub signature: [u8; 64],
    /// CBOR; kept and relayed byte for byte.
    pub payload: Vec<u8>,
}

/// Where a new op stands: everything in its header that its payload does not decide.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The space; zero for a founding op.
    pub space: SpaceId,
    /// The author's life.
    pub incarnation: Incarnation,
    /// Its counter.
    pub counter: u64,
    /// The op before it, or the admission.
    pub previous: OpId,
    /// The author's wall time.
    pub time: Time,
}

/// Why bytes are no acceptable op. The op is dropped and its bearer told; nothing else follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A format that this version does not speak.
    #[error("op format {0} is not known")]
    Format(u8),
    /// Counter 0, or space and previous not both zero or both set.
    #[error("the op's place in its chain is impossible")]
    Place,
    /// Over the accepted length, or not as long as its header says.
    #[error("the payload's length is not allowed or not as announced")]
    Length,
    /// Another payload than the header names.
    #[error("the payload is not the one the header names")]
    Payload,
    /// The signature does not hold.
    #[error("the signature does not hold")]
    Signature,
}

impl Op {
    /// Builds an op from parts that came from elsewhere, computing its id. Unchecked: see [`Op::check`].
    #[must_use]
    pub fn from_parts(header: Header, signature: [u8; 64], payload: Vec<u8>) -> Self {
        Self {
            id: header.id(),
            header,
            signature,
            payload,
        }
    }

    /// The space it belongs to: its own id if it founds one.
    #[must_use]
    pub fn space(&self) -> SpaceId {
        if self.founds() {
            self.id.into()
        } else {
            self.header.space
        }
    }

    /// Whether it founds a space.
    #[must_use]
    pub fn founds(&self) -> bool {
        self.header.space == SpaceId::ZERO
    }

    /// Checks everything that acceptance asks of the bytes, the signature alone.
    ///
    /// # Errors
    /// The first [`Refusal`] met.
    pub fn check(&self) -> Result<(), Refusal> {
        self.check_shape()?;
        VerificationKey::try_from(self.header.chain.author.0)
            .and_then(|key| key.verify(&Signature::from(self.signature), &self.signed_bytes()))
            .map_err(|_| Refusal::Signature)
    }

    /// Checks all but the signature.
    ///
    /// # Errors
    /// The first [`Refusal`] met.
    pub fn check_shape(&self) -> Result<(), Refusal> {
        let header = &self.header;
        let rooted = header.space == SpaceId::ZERO;
        if header.counter == 0
            || rooted != (header.previous == OpId::ZERO)
            || (rooted && header.counter != 1)
        {
            return Err(Refusal::Place);
        }
        if self.payload.len() > PAYLOAD_ACCEPTED_MAX_BYTES
            || u32::try_from(self.payload.len()) != Ok(header.payload_len)
        {
            return Err(Refusal::Length);
        }
        if blake3::hash(&self.payload).as_bytes() != &header.payload_hash {
            return Err(Refusal::Payload);
        }
        Ok(())
    }

    fn signed_bytes(&self) -> Vec<u8> {
        [DOMAIN.as_bytes(), &self.id.0].concat()
    }
}

/// Checks many ops at once, signatures in one batch. By ZIP-215 the answer is the one that [`Op::check`] gives for
/// each; `random` only weighs the batch.
#[must_use]
pub fn check_all<R: CryptoRng>(ops: &[Op], random: R) -> Vec<Result<(), Refusal>> {
    let mut results: Vec<_> = ops.iter().map(Op::check_shape).collect();
    let mut verifier = batch::Verifier::new();
    for op in ops {
        let key = VerificationKeyBytes::from(op.header.chain.author.0);
        verifier.queue((key, Signature::from(op.signature), &op.signed_bytes()));
    }
    if verifier.verify(random).is_err() {
        for (result, op) in results.iter_mut().zip(ops) {
            if result.is_ok() {
                *result = op.check();
            }
        }
    }
    results
}

/// A computer's secret: signs its ops and proves its peer id.
#[derive(Clone)]
pub struct ComputerKey(SigningKey);

impl ComputerKey {
    /// The key of a 32-byte Ed25519 seed.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    /// Its seed.
    #[must_use]
    pub fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> AuthorKey {
        AuthorKey(VerificationKeyBytes::from(&self.0).into())
    }

    /// Signs a new op.
    #[must_use]
    pub fn sign(&self, flags: Flags, place: Place, payload: Vec<u8>) -> Op {
        let header = Header {
            flags,
            space: place.space,
            chain: Chain {
                author: self.public(),
                incarnation: place.incarnation,
            },
            counter: place.counter,
            previous: place.previous,
            time: place.time,
            // A longer payload gets a length that every `check` refuses; `write` bounds it long before.
            payload_len: u32::try_from(payload.len()).unwrap_or(u32::MAX),
            payload_hash: *blake3::hash(&payload).as_bytes(),
        };
        let mut op = Op::from_parts(header, [0; 64], payload);
        op.signature = self.0.sign(&op.signed_bytes()).to_bytes();
        op
    }
}

impl std::fmt::Debug for ComputerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ComputerKey({})", self.public())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};

    fn key(n: u8) -> ComputerKey {
        ComputerKey::from_seed([n; 32])
    }

    fn place(counter: u64) -> Place {
        Place {
            space: SpaceId([9; 32]),
            incarnation: Incarnation(7),
            counter,
            previous: OpId([3; 32]),
            time: Time::new(1_790_000_000_000, 5),
        }
    }

    #[test]
    fn a_header_is_158_bytes_and_round_trips() {
        let op = key(1).sign(Flags::WRITES, place(4), vec![0x80]);
        assert_eq!(Header::decode(&op.header.encode()), Ok(op.header));
    }

    #[test]
    fn a_signed_op_is_acceptable_and_a_touched_one_is_not() {
        let op = key(1).sign(Flags::WRITES, place(4), vec![0x80]);
        assert_eq!(op.check(), Ok(()));
        let touched = Op {
            payload: vec![0x81],
            ..op.clone()
        };
        assert_eq!(touched.check(), Err(Refusal::Payload));
        let mut header = op.header.clone();
        header.counter += 1;
        assert_eq!(
            Op::from_parts(header, op.signature, op.payload).check(),
            Err(Refusal::Signature)
        );
    }

    #[test]
    fn impossible_places_are_refused() {
        for place in [
            Place {
                counter: 0,
                ..place(1)
            },
            Place {
                space: SpaceId::ZERO,
                ..place(1)
            },
        ] {
            assert_eq!(
                key(1).sign(Flags::WRITES, place, vec![]).check(),
                Err(Refusal::Place)
            );
        }
    }

    #[test]
    fn a_payload_over_the_format_limit_is_refused() {
        let op = key(1).sign(
            Flags::WRITES,
            place(1),
            vec![0; PAYLOAD_ACCEPTED_MAX_BYTES + 1],
        );
        assert_eq!(op.check(), Err(Refusal::Length));
    }

    #[test]
    fn a_batch_answers_for_each_op() {
        let mut ops: Vec<_> = (1..20)
            .map(|n| key(n).sign(Flags::WRITES, place(u64::from(n)), vec![n]))
            .collect();
        ops[7].signature[3] ^= 1;
        let results = check_all(&ops, ChaCha20Rng::from_seed([1; 32]));
        for (n, result) in results.iter().enumerate() {
            assert_eq!(result.is_ok(), n != 7);
        }
    }

    /// Keys and nonces of small order make cofactored and cofactorless equations differ. ZIP-215 is cofactored on
    /// both paths, so whether an op is accepted can never depend on the batch it came in.
    #[test]
    fn single_and_batch_agree_on_signatures_with_torsion() {
        let torsion: [[u8; 32]; 2] = [
            // The neutral element and a point of order 8.
            std::array::from_fn(|i| u8::from(i == 0)),
            [
                0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10,
                0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
                0x92, 0xac, 0x03, 0x7a,
            ],
        ];
        for author in torsion {
            for nonce in torsion {
                for counter in 1..40 {
                    let mut op = key(1).sign(Flags::WRITES, place(counter), vec![1]);
                    op.header.chain.author = AuthorKey(author);
                    op = Op::from_parts(op.header, op.signature, op.payload);
                    op.signature = [0; 64];
                    op.signature[..32].copy_from_slice(&nonce);
                    let single = op.check();
                    let batch = check_all(&[op.clone(), op], ChaCha20Rng::seed_from_u64(counter));
                    assert_eq!(batch, vec![single, single]);
                    assert_eq!(single, Ok(()), "ZIP-215 accepts it on both paths");
                }
            }
        }
    }
}
