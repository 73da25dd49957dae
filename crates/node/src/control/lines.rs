//! JSON values, one a line, with a bound on a line's length.

use std::io;

use rota_model::limits::CONTROL_LINE_MAX_BYTES;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Reads one line; `None` at the end.
///
/// # Errors
/// `InvalidData` for a line that is too long or is not of this form, else what the channel said.
pub(super) async fn read<T: DeserializeOwned>(
    from: &mut (impl AsyncBufRead + Unpin),
) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    let bound = CONTROL_LINE_MAX_BYTES as u64 + 1;
    match from.take(bound).read_until(b'\n', &mut line).await {
        // A pipe whose other end was closed ends with this on Windows.
        Err(source) if source.kind() == io::ErrorKind::BrokenPipe && line.is_empty() => {
            return Ok(None);
        }
        read => read?,
    };
    if line.is_empty() {
        return Ok(None);
    }
    if line.pop() != Some(b'\n') {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "a line is cut off or too long",
        ));
    }
    serde_json::from_slice(&line)
        .map(Some)
        .map_err(|source| io::Error::new(io::ErrorKind::InvalidData, source))
}

/// Writes one line.
pub(super) async fn write<T: Serialize>(
    to: &mut (impl AsyncWrite + Unpin),
    value: &T,
) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    to.write_all(&line).await?;
    to.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_come_one_by_one_and_what_is_no_line_is_refused() {
        let mut bytes = &b"1\n2\nnot json\n3"[..];
        assert_eq!(read::<u8>(&mut bytes).await.unwrap(), Some(1));
        assert_eq!(read::<u8>(&mut bytes).await.unwrap(), Some(2));
        for _ in 0..2 {
            let error = read::<u8>(&mut bytes).await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        }
        assert_eq!(read::<u8>(&mut bytes).await.unwrap(), None);
    }
}
