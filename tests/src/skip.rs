//! What a test needs of the machine. Where it is not there the test says so and is counted as skipped; in CI it fails.

use std::io::Write;
use std::process::Command;

/// Something that not every machine has.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// Network namespaces: root on Linux, with `ip` and `nsenter`.
    Namespaces,
    /// Disks in memory: root on Linux, with `mount`.
    Disks,
    /// A program on the path.
    Program(&'static str),
    /// A file, such as a library to preload.
    File(&'static str),
    /// The built desktop app, named by `ROTA_DESKTOP_BIN`.
    Desktop,
}

/// Whether `test` can run here. If not, it is recorded as skipped by name; with `CI=true` it fails instead.
#[must_use]
pub fn can_run(test: &str, needs: &[Need]) -> bool {
    let Some(missing) = needs.iter().find_map(|need| need.missing()) else {
        return true;
    };
    let line = format!("ROTA-SKIP: {test}: {missing}");
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "{line}: in CI nothing may be skipped"
    );
    println!("{line}");
    if let Some(path) = std::env::var_os("ROTA_SKIPS") {
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .unwrap();
        writeln!(file, "{line}").unwrap();
    }
    false
}

impl Need {
    fn missing(self) -> Option<String> {
        match self {
            Self::Namespaces => {
                let name = format!("rota-probe-{}", std::process::id());
                let made = succeeds("ip", &["netns", "add", &name]);
                let entered =
                    made && succeeds("nsenter", &[&format!("--net=/run/netns/{name}"), "true"]);
                if made {
                    succeeds("ip", &["netns", "delete", &name]);
                }
                (!entered)
                    .then(|| "network namespaces cannot be made here (root is needed)".to_owned())
            }
            Self::Disks => {
                let folder =
                    std::env::temp_dir().join(format!("rota-probe-{}", std::process::id()));
                let path = folder.display().to_string();
                std::fs::create_dir_all(&folder).unwrap();
                let mounted = succeeds("mount", &["-t", "tmpfs", "-o", "size=1m", "tmpfs", &path]);
                if mounted {
                    succeeds("umount", &[&path]);
                }
                std::fs::remove_dir(&folder).unwrap();
                (!mounted).then(|| "no disk can be mounted here (root is needed)".to_owned())
            }
            Self::Program(name) => {
                let found = std::env::split_paths(&std::env::var_os("PATH")?)
                    .any(|dir| dir.join(name).is_file());
                (!found).then(|| format!("{name} is not installed"))
            }
            Self::File(path) => {
                (!std::path::Path::new(path).exists()).then(|| format!("{path} is not there"))
            }
            Self::Desktop => {
                let there = std::env::var_os("ROTA_DESKTOP_BIN")
                    .is_some_and(|path| std::path::Path::new(&path).is_file());
                (!there).then(|| "ROTA_DESKTOP_BIN names no built desktop app".to_owned())
            }
        }
    }
}

fn succeeds(program: &str, args: &[&str]) -> bool {
    Command::new(program)
        .args(args)
        .output()
        .is_ok_and(|output| output.status.success())
}
