//! Numbers and fixed bytes in and out of SQLite, which has signed 64-bit integers alone.

use rusqlite::Row;

/// The same 64 bits as SQLite stores them.
#[allow(clippy::cast_possible_wrap)]
pub(crate) const fn int(value: u64) -> i64 {
    value as i64
}

/// The same 64 bits back.
#[allow(clippy::cast_sign_loss)]
pub(crate) const fn uint(value: i64) -> u64 {
    value as u64
}

/// A column of exactly `N` bytes.
pub(crate) fn fixed<const N: usize>(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; N]> {
    let bytes = row.get_ref(column)?.as_blob()?;
    bytes.try_into().map_err(|_| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Blob,
            "bytes of another length".into(),
        )
    })
}
