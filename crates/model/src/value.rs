//! A cell's value: CBOR bytes, kept as they came, read into what a field expects.

use minicbor::{Decoder, Encoder, data::Type};

use crate::id::EntityId;
use crate::well_formed::item_len;

/// One well-formed CBOR item. Values of types that this version does not know stay bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(Vec<u8>);

impl Value {
    /// CBOR null: no value.
    #[must_use]
    pub fn null() -> Self {
        Self::encode(|e| drop(e.null()))
    }

    /// A truth value.
    #[must_use]
    pub fn bool(value: bool) -> Self {
        Self::encode(|e| drop(e.bool(value)))
    }

    /// A whole number.
    #[must_use]
    pub fn uint(value: u64) -> Self {
        Self::encode(|e| drop(e.u64(value)))
    }

    /// Text.
    #[must_use]
    pub fn text(value: &str) -> Self {
        Self::encode(|e| drop(e.str(value)))
    }

    /// Text, or null.
    #[must_use]
    pub fn text_or_null(value: Option<&str>) -> Self {
        value.map_or_else(Self::null, Self::text)
    }

    /// Bytes.
    #[must_use]
    pub fn bytes(value: &[u8]) -> Self {
        Self::encode(|e| drop(e.bytes(value)))
    }

    /// An entity's id, or null.
    #[must_use]
    pub fn entity(value: Option<EntityId>) -> Self {
        value.map_or_else(Self::null, |id| Self::bytes(&id.0))
    }

    /// An array of values.
    #[must_use]
    pub fn array(items: &[Self]) -> Self {
        let mut value = Self::encode(|e| drop(e.array(items.len() as u64)));
        for item in items {
            value.0.extend_from_slice(&item.0);
        }
        value
    }

    /// Takes bytes as one value if they are exactly one well-formed CBOR item.
    #[must_use]
    pub fn from_cbor(bytes: &[u8]) -> Option<Self> {
        (item_len(bytes)? == bytes.len()).then(|| Self(bytes.to_vec()))
    }

    /// Its CBOR bytes.
    #[must_use]
    pub fn as_cbor(&self) -> &[u8] {
        &self.0
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.0 == [0xf6]
    }

    /// Its truth value, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        Decoder::new(&self.0).bool().ok()
    }

    /// Its number, if it is a whole one of at most 64 bits.
    #[must_use]
    pub fn as_uint(&self) -> Option<u64> {
        Decoder::new(&self.0).u64().ok()
    }

    /// Its text, if it is text in one piece.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        Decoder::new(&self.0).str().ok()
    }

    /// Its bytes, if it is bytes in one piece.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        Decoder::new(&self.0).bytes().ok()
    }

    /// The entity id it holds, if it does.
    #[must_use]
    pub fn as_entity(&self) -> Option<EntityId> {
        self.as_bytes().and_then(EntityId::from_slice)
    }

    /// Its items, if it is an array of known length.
    #[must_use]
    pub fn as_array(&self) -> Option<Vec<Self>> {
        let mut decoder = Decoder::new(&self.0);
        if decoder.datatype().ok()? != Type::Array {
            return None;
        }
        let count = decoder.array().ok()??;
        let mut items = Vec::new();
        for _ in 0..count {
            let start = decoder.position();
            decoder.skip().ok()?;
            items.push(Self(self.0[start..decoder.position()].to_vec()));
        }
        Some(items)
    }

    fn encode(write: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Self {
        let mut bytes = Vec::new();
        write(&mut Encoder::new(&mut bytes));
        Self(bytes)
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", minicbor::display(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_back_as_what_they_are_and_as_nothing_else() {
        assert_eq!(Value::text("Öl").as_text(), Some("Öl"));
        assert_eq!(Value::text("1").as_uint(), None);
        assert_eq!(Value::bool(true).as_bool(), Some(true));
        assert_eq!(Value::uint(u64::MAX).as_uint(), Some(u64::MAX));
        assert!(Value::null().is_null());
        let id = EntityId([4; 16]);
        assert_eq!(Value::entity(Some(id)).as_entity(), Some(id));
        let array = Value::array(&[Value::uint(1), Value::text("x")]);
        assert_eq!(
            array.as_array(),
            Some(vec![Value::uint(1), Value::text("x")])
        );
        assert_eq!(Value::uint(3).as_array(), None);
    }

    #[test]
    fn only_one_well_formed_item_is_a_value() {
        assert!(Value::from_cbor(&[0xf6]).is_some());
        for bad in [&[][..], &[0xf6, 0xf6], &[0x82, 0x01], &[0xff]] {
            assert!(Value::from_cbor(bad).is_none(), "{bad:?}");
        }
    }
}
