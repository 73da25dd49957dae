//! Packages of the system. Debian and Ubuntu: found out and installed; elsewhere: told.

use std::path::Path;

use crate::step::{Failed, Step, answer};

/// What building needs.
const BUILD: &[&str] = &[
    "build-essential",
    "libayatana-appindicator3-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
];

/// What checking and testing need besides.
const TEST: &[&str] = &[
    "at-spi2-core",
    "dbus",
    "dbus-x11",
    "fonts-noto-core",
    "imagemagick",
    "iproute2",
    "libfaketime",
    "openbox",
    "python3-venv",
    "tcpdump",
    "webkit2gtk-driver",
    "xdotool",
    "xvfb",
];

/// The libraries that building needs, as pkg-config knows them on any Linux.
const LIBRARIES: &[&str] = &[
    "webkit2gtk-4.1",
    "gtk+-3.0",
    "ayatana-appindicator3-0.1",
    "librsvg-2.0",
];

/// What the packages are wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To build and run.
    Build,
    /// To build, check and test.
    Test,
}

/// Sees to it that they are there. Nothing asks a question, but sudo may ask for a password at a terminal.
pub(crate) fn ensure(purpose: Purpose) -> Result<(), Failed> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    if answer("dpkg-query", ["--version"]).is_none() || answer("apt-get", ["--version"]).is_none() {
        return ensure_libraries();
    }
    let missing = missing(purpose);
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("These packages are missing: {}", missing.join(" "));
    let Some(root) = Root::find() else {
        return Err(Failed(format!(
            "packages are missing and this is neither root nor is there sudo; run\n    apt-get install -y {}",
            missing.join(" ")
        )));
    };
    // Lists that cannot be fetched whole may still hold what is wanted: the install decides.
    if let Err(Failed(message)) = root.apt_get("package lists", &["update"]).run() {
        eprintln!("warning: {message}");
    }
    let install = ["install", "-y", "--no-install-recommends"]
        .iter()
        .chain(&missing)
        .copied()
        .collect::<Vec<_>>();
    root.apt_get("packages", &install)
        .run()
        .map_err(|Failed(message)| {
            Failed(format!(
                "{message}; run it by hand:\n    sudo apt-get install {}",
                missing.join(" ")
            ))
        })
}

fn missing(purpose: Purpose) -> Vec<&'static str> {
    let wanted = match purpose {
        Purpose::Build => [BUILD, &[]],
        Purpose::Test => [BUILD, TEST],
    };
    wanted
        .concat()
        .into_iter()
        .filter(|package| !installed(package))
        .collect()
}

fn installed(package: &str) -> bool {
    answer(
        "dpkg-query",
        ["--show", "--showformat=${db:Status-Abbrev}", package],
    )
    .is_some_and(|status| status.starts_with("ii"))
}

/// How to act as root.
enum Root {
    Already,
    /// At a terminal sudo may ask for a password; elsewhere it must not.
    Sudo {
        may_ask: bool,
    },
}

impl Root {
    fn find() -> Option<Self> {
        if answer("id", ["-u"])?.trim() == "0" {
            return Some(Self::Already);
        }
        let may_ask = std::io::IsTerminal::is_terminal(&std::io::stdin());
        let usable = if may_ask {
            answer("sudo", ["--version"])
        } else {
            answer("sudo", ["-n", "true"])
        };
        usable.map(|_| Self::Sudo { may_ask })
    }

    fn apt_get(&self, name: &str, arguments: &[&str]) -> Step {
        let quiet = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"];
        match self {
            Self::Already => Step::new(name, "env").args(quiet),
            Self::Sudo { may_ask: true } => Step::new(name, "sudo")
                .args(["env"])
                .args(quiet)
                .interactive(),
            Self::Sudo { may_ask: false } => {
                Step::new(name, "sudo").args(["-n", "env"]).args(quiet)
            }
        }
        .args(arguments)
    }
}

/// Elsewhere on Linux: asks pkg-config, and says what to install.
fn ensure_libraries() -> Result<(), Failed> {
    let missing: Vec<_> = LIBRARIES
        .iter()
        .copied()
        .filter(|library| answer("pkg-config", ["--exists", library]).is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let command = if Path::new("/etc/fedora-release").exists() {
        "sudo dnf install webkit2gtk4.1-devel gtk3-devel libayatana-appindicator-gtk3-devel librsvg2-devel pkgconf gcc"
    } else if Path::new("/etc/arch-release").exists() {
        "sudo pacman -S --needed webkit2gtk-4.1 gtk3 libayatana-appindicator librsvg pkgconf base-devel"
    } else {
        "your package manager, for the development files of these libraries, pkg-config and a C compiler"
    };
    Err(Failed(format!(
        "libraries are missing: {}; install them with\n    {command}",
        missing.join(" ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_name_each_package_once_and_in_order() {
        for list in [BUILD, TEST] {
            assert!(list.is_sorted());
        }
        assert!(TEST.iter().all(|package| !BUILD.contains(package)));
    }
}
