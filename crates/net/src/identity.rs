//! One key pair for everything: what signs ops is also what Noise authenticates.

use libp2p_identity::{Keypair, PeerId, ed25519};

use crate::error::NetError;

/// The Ed25519 public key that a computer is known by.
pub type PeerKey = [u8; 32];

/// The public key that belongs to a 32-byte seed.
pub fn public_key(seed: &[u8; 32]) -> Result<PeerKey, NetError> {
    Ok(Identity::from_seed(seed)?.key)
}

/// The libp2p peer id of a key, as people and multiaddresses write it.
#[must_use]
pub fn peer_id_text(key: &PeerKey) -> String {
    match ed25519::PublicKey::try_from_bytes(key) {
        Ok(public) => PeerId::from_public_key(&public.into()).to_base58(),
        // 32 bytes that are no point of the curve belong to no computer, and still need a name in a message.
        Err(_) => format!("invalid-key-{}", hex(key)),
    }
}

/// The key in a peer id's text; `None` if it is no peer id of an Ed25519 key.
#[must_use]
pub fn peer_key_from_text(text: &str) -> Option<PeerKey> {
    key_of(&text.parse::<PeerId>().ok()?)
}

/// This computer's key pair.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) key: PeerKey,
    pub(crate) keypair: Keypair,
}

impl Identity {
    pub(crate) fn from_seed(seed: &[u8; 32]) -> Result<Self, NetError> {
        let secret = ed25519::SecretKey::try_from_bytes(*seed).map_err(NetError::Key)?;
        let keypair = ed25519::Keypair::from(secret);
        let key = keypair.public().to_bytes();
        Ok(Self {
            key,
            keypair: keypair.into(),
        })
    }
}

/// The Ed25519 key inside a peer id. Short keys are not hashed in a peer id but stand in it as they are, behind the
/// four bytes that say "an Ed25519 key of 32 bytes".
pub(crate) fn key_of(peer: &PeerId) -> Option<PeerKey> {
    const IDENTITY_HASH: u64 = 0;
    const ED25519_PREFIX: [u8; 4] = [0x08, 0x01, 0x12, 0x20];
    let hash = peer.as_ref();
    if hash.code() != IDENTITY_HASH {
        return None;
    }
    let key: PeerKey = hash
        .digest()
        .strip_prefix(&ED25519_PREFIX)?
        .try_into()
        .ok()?;
    ed25519::PublicKey::try_from_bytes(&key).ok()?;
    Some(key)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_id_text_leads_back_to_its_key() {
        let key = public_key(&[7; 32]).unwrap();
        let text = peer_id_text(&key);
        assert!(text.starts_with("12D3KooW"), "{text}");
        assert_eq!(peer_key_from_text(&text), Some(key));
    }

    #[test]
    fn text_that_is_no_ed25519_peer_id_has_no_key() {
        for text in [
            "",
            "hello",
            "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
            "12D3KooW",
        ] {
            assert_eq!(peer_key_from_text(text), None, "{text}");
        }
    }
}
