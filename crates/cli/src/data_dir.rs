//! Which folder holds everything of this person on this computer.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use rota_api::{ApiError, Code};

/// The folder that was asked for, else that of the environment, else the platform's own place.
pub(crate) fn resolve(asked: Option<&Path>) -> Result<PathBuf, ApiError> {
    let environment = std::env::var_os("ROTA_DATA_DIR")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from);
    match asked.or(environment.as_deref()) {
        // Absolute, because the owner of the folder may have another working folder.
        Some(folder) => std::path::absolute(folder).map_err(|source| {
            ApiError::new(Code::NoAccess, format!("{}: {source}", folder.display()))
        }),
        None => ProjectDirs::from("", "", "rota")
            .map(|dirs| dirs.data_dir().to_owned())
            .ok_or_else(|| {
                ApiError::new(
                    Code::NoAccess,
                    "this system names no place for a person's data",
                )
                .with_hint("name a folder with --data-dir DIR or ROTA_DATA_DIR")
            }),
    }
}
