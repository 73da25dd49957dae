//! Where the channel of a folder lies. On systems with sockets: a path under the folder may be longer than these allow,
//! and runtime folders are cleared when the machine starts. On Windows: a named pipe, of another name with each start, so
//! that nobody can wait there with one of its own.

use std::io;
use std::path::{Path, PathBuf};

/// Longest path that every system takes for a socket, in bytes.
#[cfg(unix)]
const SOCKET_PATH_MAX_BYTES: usize = 103;

/// The socket's path for a data folder, in a place that is this user's alone.
#[cfg(unix)]
pub(crate) fn socket_path(folder: &Path) -> io::Result<PathBuf> {
    // One folder under two names is one folder.
    let folder = folder.canonicalize()?;
    let hash = blake3::hash(folder.as_os_str().as_encoded_bytes());
    let name = format!("{}.sock", &hash.to_hex()[..16]);
    let runtime = std::env::var_os("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|place| place.is_absolute() && place.is_dir())
        .map(|place| place.join("rota"));
    let temporary =
        std::env::temp_dir().join(format!("rota-{}", rustix::process::geteuid().as_raw()));
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for place in runtime.into_iter().chain([temporary]) {
        let path = place.join(&name);
        if path.as_os_str().len() > SOCKET_PATH_MAX_BYTES {
            last = io::Error::new(
                io::ErrorKind::InvalidFilename,
                "the path is too long for a socket",
            );
            continue;
        }
        match private(&place) {
            Ok(()) => return Ok(path),
            Err(source) => last = source,
        }
    }
    Err(last)
}

/// A name for the pipe of a data folder.
#[cfg(windows)]
pub(crate) fn socket_path(folder: &Path) -> io::Result<PathBuf> {
    let folder = folder.canonicalize()?;
    let hash = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    let random: [u8; 16] = crate::random::bytes().map_err(io::Error::other)?;
    let random = blake3::hash(&random).to_hex();
    Ok(PathBuf::from(format!(
        r"\\.\pipe\rota-{}-{}",
        &hash[..16],
        &random[..32]
    )))
}

/// Makes the folder, or makes sure that it is this user's alone: in a shared place anyone may have put one there.
#[cfg(unix)]
fn private(place: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    crate::folder::create_private(place)?;
    let found = std::fs::symlink_metadata(place)?;
    if !found.is_dir() || found.uid() != rustix::process::geteuid().as_raw() {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "the runtime folder is another user's",
        ));
    }
    if found.permissions().mode() & 0o077 != 0 {
        std::fs::set_permissions(place, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}
