//! Starting with the desktop, hidden in the tray.

use std::io;
use std::path::{Path, PathBuf};

use crate::args;
use crate::desktop_entry::{exec, program, write, xdg_folder};

/// Whether Rota starts with the desktop on this folder; none where that cannot be told.
pub(crate) fn is_on(folder: &Path) -> Option<bool> {
    Some(place(folder)?.is_file())
}

/// Does what the setting says. What is there or not is changed only when `asked_anew`: one who took Rota out with the
/// desktop's own means is obeyed, and settings that were lost with a damaged database take nothing away. Says whether
/// anything changed.
pub(crate) fn follow(folder: &Path, wanted: bool, asked_anew: bool) -> bool {
    let Some(place) = place(folder) else {
        return false;
    };
    let there = place.is_file();
    let done = match (wanted, there) {
        // The program may lie elsewhere than the last time.
        (true, true) => enable(&place, folder),
        (true, false) if asked_anew => enable(&place, folder),
        (false, true) if asked_anew => std::fs::remove_file(&place).map(|()| true),
        (true | false, false) | (false, true) => Ok(false),
    };
    done.unwrap_or_else(|error| {
        tracing::warn!(%error, place = %place.display(), "starting with the desktop");
        false
    })
}

fn enable(place: &Path, folder: &Path) -> io::Result<bool> {
    let mut arguments = vec!["--hidden"];
    if !args::is_usual(folder) {
        let folder = folder.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
        arguments.extend(["--data-dir", folder]);
    }
    let exec = exec(&program()?, &arguments)?;
    write(
        place,
        &[
            ("Name", "Rota"),
            ("Exec", &exec),
            ("Icon", "rota"),
            ("Terminal", "false"),
            ("X-GNOME-Autostart-enabled", "true"),
        ],
    )
}

/// A file of its own for each folder: two folders are two computers.
fn place(folder: &Path) -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let name = if args::is_usual(folder) {
        "rota.desktop".to_owned()
    } else {
        format!("rota-{}.desktop", args::mark(folder))
    };
    Some(
        xdg_folder("XDG_CONFIG_HOME", ".config")?
            .join("autostart")
            .join(name),
    )
}
