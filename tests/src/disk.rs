//! A disk of a few megabytes that can be full.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A disk in memory under a folder, gone with this.
#[derive(Debug)]
pub struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    /// Puts one under the folder, which it makes.
    #[must_use]
    pub fn under(folder: &Path, size_mib: u32) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let mounted = Command::new("mount")
            .args([
                "-t",
                "tmpfs",
                "-o",
                &format!("size={size_mib}m,mode=700"),
                "tmpfs",
            ])
            .arg(folder)
            .status()
            .unwrap();
        assert!(
            mounted.success(),
            "a disk cannot be put under {}",
            folder.display()
        );
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Leaves no room on it.
    pub fn fill(&self) {
        let mut file = File::options()
            .create(true)
            .append(true)
            .open(self.ballast())
            .unwrap();
        // The last bytes are filled one by one.
        for piece in [64 * 1024, 1] {
            let zeros = vec![0; piece];
            loop {
                match file.write(&zeros) {
                    Ok(_) => {}
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => panic!("{error}"),
                }
            }
        }
    }

    /// Makes room again.
    pub fn free(&self) {
        std::fs::remove_file(self.ballast()).unwrap();
    }

    fn ballast(&self) -> PathBuf {
        self.folder.join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Whoever still holds a file of it keeps only that.
        let _ = Command::new("umount")
            .arg("--lazy")
            .arg(&self.folder)
            .status();
    }
}
