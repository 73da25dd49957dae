//! `rota://` links of other programs: the desktop is told that they are Rota's.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::args;
use crate::desktop_entry::{exec, program, write, xdg_folder};

const NAME: &str = "rota-link.desktop";
const TYPE: &str = "x-scheme-handler/rota";

/// Makes links open here. Only the usual folder takes them: a link names none.
pub(crate) fn claim(folder: &Path) {
    if !cfg!(target_os = "linux") || !args::is_usual(folder) {
        return;
    }
    if let Err(error) = try_claim() {
        tracing::warn!(%error, "links of other programs do not open Rota");
    }
}

fn try_claim() -> io::Result<()> {
    let data = xdg_folder("XDG_DATA_HOME", ".local/share").ok_or(io::ErrorKind::NotFound)?;
    let applications = data.join("applications");
    let new = write(
        &applications.join(NAME),
        &[
            ("Name", "Rota"),
            ("Exec", &exec(&program()?, &["%u"])?),
            ("Icon", "rota"),
            ("Terminal", "false"),
            // The entry of the program itself is the one that menus show.
            ("NoDisplay", "true"),
            ("MimeType", &format!("{TYPE};")),
        ],
    )?;
    // Both take their time, and are not needed again for the same file. Where one is missing the desktop reads the file itself.
    if new {
        run(Command::new("update-desktop-database").arg(&applications));
        run(Command::new("xdg-mime").args(["default", NAME, TYPE]));
    }
    Ok(())
}

fn run(command: &mut Command) {
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Err(error) = quiet.status() {
        tracing::debug!(%error, "the desktop's list of programs");
    }
}
