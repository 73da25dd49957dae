//! What the app is started with.

use std::path::{Path, PathBuf};

use clap::Parser;
use directories::ProjectDirs;
use rota_api::{ApiError, Code};
use tracing_subscriber::EnvFilter;

use crate::opening::Opening;

/// Rota, the task list that the computers on one network share.
#[derive(Debug, Parser)]
#[command(name = "rota-desktop", version)]
pub(crate) struct Args {
    /// The folder of this person's data on this computer.
    #[arg(long, env = "ROTA_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Starts in the tray, without a window.
    #[arg(long, conflicts_with_all = ["quick_add", "link"])]
    hidden: bool,
    /// Opens quick add, with this text in its field.
    #[arg(long, value_name = "TEXT", num_args = 0..=1, conflicts_with = "link")]
    quick_add: Option<Option<String>>,
    /// Listens on this TCP port; without it on the one of the last time, else on any.
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Does not look for computers; `rota connect` reaches them by address.
    #[arg(long)]
    pub(crate) no_discovery: bool,
    /// A link to open: rota://add?text=… or rota://task/ID.
    #[arg(value_name = "LINK")]
    link: Option<String>,
}

impl Args {
    /// What is to be shown.
    pub(crate) fn opening(&self) -> Result<Opening, ApiError> {
        match (&self.link, &self.quick_add) {
            (Some(link), _) => Opening::from_link(link),
            (None, Some(Some(text))) => Opening::quick_add(text),
            (None, Some(None)) => Ok(Opening::QuickAdd(None)),
            (None, None) if self.hidden => Ok(Opening::Nothing),
            (None, None) => Ok(Opening::Main),
        }
    }

    /// The folder that was asked for, else the platform's own place: the one that `rota` takes.
    pub(crate) fn data_dir(&self) -> Result<PathBuf, ApiError> {
        match self
            .data_dir
            .as_ref()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            // Absolute, because another program may have another working folder.
            Some(folder) => std::path::absolute(folder).map_err(|source| {
                ApiError::new(Code::NoAccess, format!("{}: {source}", folder.display()))
            }),
            None => usual_folder().ok_or_else(|| {
                ApiError::new(
                    Code::NoAccess,
                    "this system names no place for a person's data",
                )
                .with_hint("name a folder with --data-dir DIR or ROTA_DATA_DIR")
            }),
        }
    }

    /// Writes warnings to standard error, or what `ROTA_LOG` asks for.
    pub(crate) fn start_log(&self) {
        let filter = EnvFilter::try_from_env("ROTA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .init();
    }
}

/// Whether the folder is the one that is taken where none is named.
pub(crate) fn is_usual(folder: &Path) -> bool {
    usual_folder().as_deref() == Some(folder)
}

/// A short name for the folder, the same each time.
pub(crate) fn mark(folder: &Path) -> String {
    let hash = blake3::hash(folder.as_os_str().as_encoded_bytes());
    hash.to_hex()[..8].to_owned()
}

fn usual_folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "rota").map(|dirs| dirs.data_dir().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(args: &[&str]) -> Result<Opening, ApiError> {
        let all = ["rota-desktop"].iter().chain(args);
        Args::try_parse_from(all).unwrap().opening()
    }

    #[test]
    fn the_arguments_say_what_to_show() {
        assert_eq!(opening(&[]), Ok(Opening::Main));
        assert_eq!(opening(&["--hidden"]), Ok(Opening::Nothing));
        assert_eq!(opening(&["--quick-add"]), Ok(Opening::QuickAdd(None)));
        let text = Opening::QuickAdd(Some("Buy milk".to_owned()));
        assert_eq!(opening(&["--quick-add", "Buy milk"]), Ok(text.clone()));
        assert_eq!(opening(&["rota://add?text=Buy%20milk"]), Ok(text));
        assert!(opening(&["https://example.org"]).is_err());
    }
}
