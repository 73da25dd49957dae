//! What can go wrong, told apart by what there is to do about it.

use std::path::PathBuf;

use rota_model::id::SpaceId;

/// Why the store refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too much is waiting to be written. Try again.
    #[error("too much is waiting to be written")]
    Busy,
    /// The store was closed, or its writer ended.
    #[error("the store is closed")]
    Closed,
    /// The disk is full. Nothing was lost; it works again once there is room.
    #[error("the disk is full")]
    Full(#[source] rusqlite::Error),
    /// The folder or the file cannot be written.
    #[error("the database cannot be written")]
    ReadOnly(#[source] Option<rusqlite::Error>),
    /// The folder or the file cannot be opened.
    #[error("{path} cannot be opened")]
    NoAccess {
        /// What was to be opened.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// A newer version of Rota wrote the database; it can be read only.
    #[error("the database has version {found}, this program knows {known}")]
    Newer {
        /// Its version.
        found: i64,
        /// The version that this program writes.
        known: i64,
    },
    /// The database is damaged. If it was set aside, opening again starts over.
    #[error("the database is damaged")]
    Damaged {
        /// Where the damaged file now is, if it was set aside.
        aside: Option<PathBuf>,
        /// What was found.
        #[source]
        source: Option<rusqlite::Error>,
    },
    /// This computer may not write in the space.
    #[error("this computer may not write in space {space}: {why}")]
    NotAllowed {
        /// The space.
        space: SpaceId,
        /// Why not.
        why: NotAllowed,
    },
    /// There is no such thing here.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Past a limit.
    #[error("{what} is past its limit of {max}")]
    Limit {
        /// What is.
        what: &'static str,
        /// How much is allowed.
        max: u64,
    },
    /// A file is no backup of Rota.
    #[error("this file is no backup of Rota")]
    NoBackup,
    /// The database failed in another way.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

/// Why this computer may not write in a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    /// It was never admitted.
    #[error("it is not a member")]
    NotMember,
    /// It was admitted and removed.
    #[error("it was removed")]
    Removed,
    /// It may only read.
    #[error("it is a viewer")]
    Viewer,
}

impl StoreError {
    /// The same failure for another caller of the same commit.
    pub(crate) fn again(&self) -> Self {
        use rusqlite::Error::SqliteFailure;
        let copy = |source: &rusqlite::Error| match source {
            SqliteFailure(code, text) => SqliteFailure(*code, text.clone()),
            other => SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ERROR),
                Some(other.to_string()),
            ),
        };
        match self {
            Self::Busy => Self::Busy,
            Self::Full(source) => Self::Full(copy(source)),
            Self::ReadOnly(source) => Self::ReadOnly(source.as_ref().map(copy)),
            Self::Damaged { aside, source } => Self::Damaged {
                aside: aside.clone(),
                source: source.as_ref().map(copy),
            },
            Self::Database(source) => Self::Database(copy(source)),
            _ => Self::Closed,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(source),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly(Some(source))
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                aside: None,
                source: Some(source),
            },
            _ => Self::Database(source),
        }
    }
}
