//! Reading CBOR that comes from outside: every length is checked against a bound before anything is kept.

use minicbor::{Decoder, Encoder, data::Type, decode};
use rota_model::id::{AuthorKey, Chain, EntityId, Incarnation, OpId, SpaceId};

/// Why bytes are not a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Not CBOR, or not of the shape that its number asks for.
    #[error("malformed message: {0}")]
    Malformed(String),
    /// More or longer than the protocol allows.
    #[error("{0} over its limit")]
    OverLimit(&'static str),
}

impl From<decode::Error> for WireError {
    fn from(error: decode::Error) -> Self {
        Self::Malformed(error.to_string())
    }
}

impl WireError {
    pub(crate) fn malformed(why: &str) -> Self {
        Self::Malformed(why.to_owned())
    }
}

/// Encodes into memory, which cannot fail.
pub(crate) fn encode(write: impl FnOnce(&mut Encoder<Vec<u8>>) -> EncodeResult) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    let _ = write(&mut encoder);
    encoder.into_writer()
}

pub(crate) type EncodeResult = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

/// Reads with bounds.
pub(crate) struct Reader<'b>(Decoder<'b>);

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(Decoder::new(bytes))
    }

    /// Reads an array of at least `known` elements, of which `read` takes exactly so many; those of later versions are
    /// skipped.
    pub(crate) fn tuple<T>(
        &mut self,
        known: u64,
        read: impl FnOnce(&mut Self) -> Result<T, WireError>,
    ) -> Result<T, WireError> {
        let count = self.length()?;
        let rest = count
            .checked_sub(known)
            .ok_or_else(|| WireError::malformed("too few elements"))?;
        let value = read(self)?;
        self.skip(rest)?;
        Ok(value)
    }

    /// Reads an array of any length up to `max`, item by item.
    pub(crate) fn items<T>(
        &mut self,
        max: usize,
        what: &'static str,
        mut read: impl FnMut(&mut Self) -> Result<T, WireError>,
    ) -> Result<Vec<T>, WireError> {
        let count = self.length()?;
        if count > max as u64 {
            return Err(WireError::OverLimit(what));
        }
        // Grows with what is there: a claimed length reserves nothing.
        let mut items = Vec::new();
        for _ in 0..count {
            items.push(read(self)?);
        }
        Ok(items)
    }

    pub(crate) fn length(&mut self) -> Result<u64, WireError> {
        self.0
            .array()?
            .ok_or_else(|| WireError::malformed("array of unknown length"))
    }

    pub(crate) fn skip(&mut self, count: u64) -> Result<(), WireError> {
        for _ in 0..count {
            self.0.skip()?;
        }
        Ok(())
    }

    pub(crate) fn u64(&mut self) -> Result<u64, WireError> {
        Ok(self.0.u64()?)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, WireError> {
        Ok(self.0.u32()?)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, WireError> {
        Ok(self.0.u8()?)
    }

    pub(crate) fn bool(&mut self) -> Result<bool, WireError> {
        Ok(self.0.bool()?)
    }

    pub(crate) fn bytes(&mut self, max: usize, what: &'static str) -> Result<&'b [u8], WireError> {
        let bytes = self.0.bytes()?;
        if bytes.len() > max {
            Err(WireError::OverLimit(what))
        } else {
            Ok(bytes)
        }
    }

    pub(crate) fn text(&mut self, max: usize, what: &'static str) -> Result<String, WireError> {
        let text = self.0.str()?;
        if text.len() > max {
            Err(WireError::OverLimit(what))
        } else {
            Ok(text.to_owned())
        }
    }

    pub(crate) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        self.0
            .bytes()?
            .try_into()
            .map_err(|_| WireError::malformed("bytes of another length"))
    }

    pub(crate) fn space(&mut self) -> Result<SpaceId, WireError> {
        self.fixed().map(SpaceId)
    }

    pub(crate) fn op(&mut self) -> Result<OpId, WireError> {
        self.fixed().map(OpId)
    }

    pub(crate) fn entity(&mut self) -> Result<EntityId, WireError> {
        self.fixed().map(EntityId)
    }

    pub(crate) fn optional_entity(&mut self) -> Result<Option<EntityId>, WireError> {
        if self.0.datatype()? == Type::Null {
            self.0.null()?;
            return Ok(None);
        }
        self.entity().map(Some)
    }

    pub(crate) fn author(&mut self) -> Result<AuthorKey, WireError> {
        self.fixed().map(AuthorKey)
    }

    pub(crate) fn chain(&mut self) -> Result<Chain, WireError> {
        Ok(Chain {
            author: self.author()?,
            incarnation: Incarnation(self.u64()?),
        })
    }

    /// Whether all was read.
    pub(crate) fn at_end(&self) -> bool {
        self.0.position() == self.0.input().len()
    }
}
