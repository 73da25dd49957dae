//! SPAKE2 bound to keys and nonces, key confirmation, and authentication of what follows.
//!
//! `spake2` does not confirm keys and knows nothing of the conversation around it: both is done here, with BLAKE3 over
//! everything that was said.

use rand_core_06::{CryptoRng, RngCore};
use rota_model::id::AuthorKey;
use spake2::{Ed25519Group, Identity, Password, Spake2};

/// A message of SPAKE2 over edwards25519: a letter for the side and a point.
pub(super) const PAKE_LEN: usize = 33;

/// Which end speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Joiner,
    Inviter,
}

/// What both ends know before they know whether the words are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) version: u32,
    pub(super) number: u32,
    pub(super) joiner: AuthorKey,
    pub(super) inviter: AuthorKey,
    pub(super) joiner_nonce: [u8; 32],
    pub(super) inviter_nonce: [u8; 32],
}

/// One end's half of the exchange.
pub(super) struct Exchange {
    setting: Setting,
    side: Side,
    state: Spake2<Ed25519Group>,
    own: [u8; PAKE_LEN],
}

/// The key that both came to, if the words were the same.
#[derive(Clone)]
pub(super) struct SharedKey {
    joiner: [u8; 32],
    inviter: [u8; 32],
    transcript: [u8; 32],
}

impl Exchange {
    /// Begins with the words and 32 random bytes. `None` never happens with this group; it spares a panic.
    pub(super) fn begin(
        setting: Setting,
        side: Side,
        password: &[u8],
        random: [u8; 32],
    ) -> Option<Self> {
        let id = |name: &[u8], key: &AuthorKey, nonce: &[u8; 32]| {
            Identity::new(&[b"rota join 1 ".as_slice(), name, b" ", &key.0, nonce].concat())
        };
        let joiner = id(b"joiner", &setting.joiner, &setting.joiner_nonce);
        let inviter = id(b"inviter", &setting.inviter, &setting.inviter_nonce);
        let password = Password::new(password);
        let random = Given::new(random);
        let (state, own) = match side {
            Side::Joiner => Spake2::start_a_with_rng(&password, &joiner, &inviter, random),
            Side::Inviter => Spake2::start_b_with_rng(&password, &joiner, &inviter, random),
        };
        Some(Self {
            setting,
            side,
            state,
            own: own.try_into().ok()?,
        })
    }

    /// What to send to the other end.
    pub(super) fn message(&self) -> [u8; PAKE_LEN] {
        self.own
    }

    /// Comes to the key. `None` if the other's message is none of SPAKE2.
    pub(super) fn finish(self, theirs: &[u8; PAKE_LEN]) -> Option<SharedKey> {
        let secret = self.state.finish(theirs).ok()?;
        let (joiners, inviters) = match self.side {
            Side::Joiner => (&self.own, theirs),
            Side::Inviter => (theirs, &self.own),
        };
        let mut hasher = blake3::Hasher::new_derive_key("rota join 1 transcript");
        let setting = &self.setting;
        hasher
            .update(&setting.version.to_be_bytes())
            .update(&setting.number.to_be_bytes());
        hasher.update(&setting.joiner.0).update(&setting.inviter.0);
        hasher
            .update(&setting.joiner_nonce)
            .update(&setting.inviter_nonce);
        hasher.update(joiners).update(inviters);
        let transcript = *hasher.finalize().as_bytes();
        let material = [secret.as_slice(), &transcript].concat();
        Some(SharedKey {
            joiner: blake3::derive_key("rota join 1 joiner key", &material),
            inviter: blake3::derive_key("rota join 1 inviter key", &material),
            transcript,
        })
    }
}

impl SharedKey {
    /// What `side` says to show that it came to this key.
    pub(super) fn confirmation(&self, side: Side) -> [u8; 32] {
        self.mac(side, &[b"confirm", self.transcript.as_slice()].concat())
            .into()
    }

    /// Whether the other end came to this key too. Takes the same time whatever the answer.
    pub(super) fn confirms(&self, side: Side, mac: [u8; 32]) -> bool {
        self.mac(side, &[b"confirm", self.transcript.as_slice()].concat())
            == blake3::Hash::from(mac)
    }

    /// Authenticates a message of `side`.
    pub(super) fn seal(&self, side: Side, number: u64, body: &[u8]) -> [u8; 32] {
        self.mac(
            side,
            &[b"message", number.to_be_bytes().as_slice(), body].concat(),
        )
        .into()
    }

    /// Whether a message is authentic.
    pub(super) fn opens(&self, side: Side, number: u64, body: &[u8], mac: [u8; 32]) -> bool {
        self.mac(
            side,
            &[b"message", number.to_be_bytes().as_slice(), body].concat(),
        ) == blake3::Hash::from(mac)
    }

    fn mac(&self, side: Side, said: &[u8]) -> blake3::Hash {
        let key = match side {
            Side::Joiner => &self.joiner,
            Side::Inviter => &self.inviter,
        };
        blake3::keyed_hash(key, said)
    }
}

/// Random bytes that came in as an argument, stretched by BLAKE3.
struct Given(blake3::OutputReader);

impl Given {
    fn new(random: [u8; 32]) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("rota join 1 random");
        hasher.update(&random);
        Self(hasher.finalize_xof())
    }
}

impl RngCore for Given {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core_06::Error> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl CryptoRng for Given {}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting() -> Setting {
        Setting {
            version: 1,
            number: 7,
            joiner: AuthorKey([1; 32]),
            inviter: AuthorKey([2; 32]),
            joiner_nonce: [3; 32],
            inviter_nonce: [4; 32],
        }
    }

    fn keys(joiner: (Setting, &str), inviter: (Setting, &str)) -> (SharedKey, SharedKey) {
        let a = Exchange::begin(joiner.0, Side::Joiner, joiner.1.as_bytes(), [5; 32]).unwrap();
        let b = Exchange::begin(inviter.0, Side::Inviter, inviter.1.as_bytes(), [6; 32]).unwrap();
        let (from_a, from_b) = (a.message(), b.message());
        (a.finish(&from_b).unwrap(), b.finish(&from_a).unwrap())
    }

    #[test]
    fn the_same_words_in_the_same_setting_confirm() {
        let (joiner, inviter) = keys((setting(), "a-b-c"), (setting(), "a-b-c"));
        assert!(inviter.confirms(Side::Joiner, joiner.confirmation(Side::Joiner)));
        assert!(joiner.confirms(Side::Inviter, inviter.confirmation(Side::Inviter)));
        assert!(
            !joiner.confirms(Side::Inviter, joiner.confirmation(Side::Joiner)),
            "no reflection"
        );
    }

    #[test]
    fn other_words_do_not_confirm() {
        let (joiner, inviter) = keys((setting(), "a-b-c"), (setting(), "a-b-d"));
        assert!(!inviter.confirms(Side::Joiner, joiner.confirmation(Side::Joiner)));
    }

    #[test]
    fn every_part_of_the_setting_is_bound() {
        let others: [fn(&mut Setting); 6] = [
            |s| s.version = 2,
            |s| s.number = 8,
            |s| s.joiner.0[0] ^= 1,
            |s| s.inviter.0[0] ^= 1,
            |s| s.joiner_nonce[0] ^= 1,
            |s| s.inviter_nonce[0] ^= 1,
        ];
        for (n, change) in others.iter().enumerate() {
            let mut other = setting();
            change(&mut other);
            let (joiner, inviter) = keys((setting(), "a-b-c"), (other, "a-b-c"));
            assert!(
                !inviter.confirms(Side::Joiner, joiner.confirmation(Side::Joiner)),
                "{n}"
            );
        }
    }

    #[test]
    fn a_message_is_bound_to_its_side_number_and_body() {
        let (key, _) = keys((setting(), "a-b-c"), (setting(), "a-b-c"));
        let mac = key.seal(Side::Joiner, 4, b"body");
        assert!(key.opens(Side::Joiner, 4, b"body", mac));
        assert!(!key.opens(Side::Inviter, 4, b"body", mac));
        assert!(!key.opens(Side::Joiner, 5, b"body", mac));
        assert!(!key.opens(Side::Joiner, 4, b"bodY", mac));
    }

    #[test]
    fn a_message_that_is_no_point_or_of_the_own_side_is_refused() {
        let begin = || Exchange::begin(setting(), Side::Joiner, b"a-b-c", [5; 32]).unwrap();
        let own = begin().message();
        assert!(begin().finish(&own).is_none(), "reflected");
        let refused = (0..=u8::MAX).filter(|y| {
            let mut message = [0; PAKE_LEN];
            message[..2].copy_from_slice(&[b'B', *y]);
            begin().finish(&message).is_none()
        });
        assert!(
            refused.count() > 80,
            "about half of all numbers are the height of no point"
        );
    }
}
