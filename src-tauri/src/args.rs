//! What the app is started with.

use std::path::PathBuf;

use clap::Parser;
use directories::ProjectDirs;
use rota_api::{ApiError, Code};
use tracing_subscriber::EnvFilter;

/// Rota, the task list that the computers on one network share.
#[derive(Debug, Parser)]
#[command(name = "rota-desktop", version)]
pub(crate) struct Args {
    /// The folder of this person's data on this computer.
    #[arg(long, env = "ROTA_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Starts in the tray, without a window.
    #[arg(long)]
    pub(crate) hidden: bool,
    /// Listens on this TCP port; without it on the one of the last time, else on any.
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Does not look for computers; `rota connect` reaches them by address.
    #[arg(long)]
    pub(crate) no_discovery: bool,
}

impl Args {
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

    /// Writes warnings to standard error, or what `ROTA_LOG` asks for.
    pub(crate) fn start_log(&self) {
        let filter = EnvFilter::try_from_env("ROTA_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .init();
    }
}
