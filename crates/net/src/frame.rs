//! Length-prefixed frames: four bytes big-endian, then that many bytes.

use std::io;

use futures_util::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use rota_model::limits::FRAME_MAX_BYTES;

use crate::error::NetError;

/// What a frame could not be read for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FrameError {
    #[error("a frame of {length_bytes} bytes is announced")]
    TooLong { length_bytes: u32 },
    #[error("the stream ends within a frame")]
    CutShort,
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<FrameError> for NetError {
    fn from(error: FrameError) -> Self {
        match error {
            FrameError::TooLong { length_bytes } => Self::FrameTooLong {
                length_bytes: length_bytes.into(),
            },
            FrameError::CutShort => Self::Broken(io::ErrorKind::UnexpectedEof.into()),
            FrameError::Io(source) => Self::Broken(source),
        }
    }
}

/// Reads one frame; `None` where the stream ends between two frames.
pub(crate) async fn read_frame<R: AsyncRead + Unpin>(
    stream: &mut R,
) -> Result<Option<Vec<u8>>, FrameError> {
    let mut prefix = [0; 4];
    let mut filled = 0;
    while filled < prefix.len() {
        match stream.read(&mut prefix[filled..]).await? {
            0 if filled == 0 => return Ok(None),
            0 => return Err(FrameError::CutShort),
            count => filled += count,
        }
    }
    let length_bytes = u32::from_be_bytes(prefix);
    let length = usize::try_from(length_bytes).map_err(|_| FrameError::TooLong { length_bytes })?;
    if length > FRAME_MAX_BYTES {
        return Err(FrameError::TooLong { length_bytes });
    }
    // Grows with what arrives: a prefix alone reserves no memory.
    let mut frame = Vec::new();
    stream
        .take(u64::from(length_bytes))
        .read_to_end(&mut frame)
        .await?;
    if frame.len() < length {
        Err(FrameError::CutShort)
    } else {
        Ok(Some(frame))
    }
}

/// Writes one frame without flushing it.
pub(crate) async fn write_frame<W: AsyncWrite + Unpin>(
    stream: &mut W,
    frame: &[u8],
) -> Result<(), NetError> {
    let prefix = prefix_of(frame)?;
    stream.write_all(&prefix).await.map_err(NetError::Broken)?;
    stream.write_all(frame).await.map_err(NetError::Broken)
}

/// The four bytes before a frame; refuses one that is too long.
pub(crate) fn prefix_of(frame: &[u8]) -> Result<[u8; 4], NetError> {
    let too_long = || NetError::FrameTooLong {
        length_bytes: frame.len() as u64,
    };
    if frame.len() > FRAME_MAX_BYTES {
        return Err(too_long());
    }
    Ok(u32::try_from(frame.len())
        .map_err(|_| too_long())?
        .to_be_bytes())
}

#[cfg(test)]
mod tests {
    use std::{
        pin::Pin,
        task::{Context, Poll},
    };

    use futures_util::io::Cursor;
    use proptest::prelude::*;

    use super::*;

    fn block_on<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(future)
    }

    /// A stream that announces a frame and then ends; notes the largest buffer that it was asked to fill.
    struct OnlyPrefix {
        prefix: Cursor<[u8; 4]>,
        largest_asked_bytes: usize,
    }

    impl AsyncRead for OnlyPrefix {
        fn poll_read(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            buf: &mut [u8],
        ) -> Poll<io::Result<usize>> {
            self.largest_asked_bytes = self.largest_asked_bytes.max(buf.len());
            Pin::new(&mut self.prefix).poll_read(cx, buf)
        }
    }

    #[test]
    fn a_length_over_the_limit_is_refused_before_anything_is_read_or_reserved() {
        for length in [FRAME_MAX_BYTES as u32 + 1, u32::MAX] {
            let mut stream = OnlyPrefix {
                prefix: Cursor::new(length.to_be_bytes()),
                largest_asked_bytes: 0,
            };
            let error = block_on(read_frame(&mut stream)).unwrap_err();
            assert!(
                matches!(error, FrameError::TooLong { length_bytes } if length_bytes == length),
                "{error}"
            );
            assert_eq!(stream.largest_asked_bytes, 4);
        }
    }

    #[test]
    fn an_announced_frame_reserves_no_memory_before_it_arrives() {
        let length = FRAME_MAX_BYTES as u32;
        let mut stream = OnlyPrefix {
            prefix: Cursor::new(length.to_be_bytes()),
            largest_asked_bytes: 0,
        };
        let error = block_on(read_frame(&mut stream)).unwrap_err();
        assert!(matches!(error, FrameError::CutShort), "{error}");
        assert!(
            stream.largest_asked_bytes < 64 * 1024,
            "{}",
            stream.largest_asked_bytes
        );
    }

    #[test]
    fn a_frame_over_the_limit_is_not_written() {
        let mut out = Vec::new();
        let error = block_on(write_frame(&mut out, &vec![0; FRAME_MAX_BYTES + 1])).unwrap_err();
        assert!(matches!(error, NetError::FrameTooLong { .. }), "{error}");
        assert!(out.is_empty());
    }

    #[test]
    fn the_largest_frame_passes() {
        let frame = vec![5; FRAME_MAX_BYTES];
        let mut out = Vec::new();
        block_on(write_frame(&mut out, &frame)).unwrap();
        assert_eq!(
            block_on(read_frame(&mut Cursor::new(out))).unwrap(),
            Some(frame)
        );
    }

    proptest! {
        #[test]
        fn frames_come_back_as_they_were_written(frames: Vec<Vec<u8>>) {
            let read = block_on(async {
                let mut out = Vec::new();
                for frame in &frames {
                    write_frame(&mut out, frame).await.unwrap();
                }
                let mut stream = Cursor::new(out);
                let mut read = Vec::new();
                while let Some(frame) = read_frame(&mut stream).await.unwrap() {
                    read.push(frame);
                }
                read
            });
            prop_assert_eq!(read, frames);
        }

        #[test]
        fn any_bytes_end_in_frames_or_an_error(bytes: Vec<u8>) {
            block_on(async {
                let mut stream = Cursor::new(bytes);
                while let Ok(Some(_)) = read_frame(&mut stream).await {}
            });
        }
    }
}
