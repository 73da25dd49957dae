//! A desktop of its own for a window: an X server without a monitor, a window manager, a session bus.

use std::path::Path;
use std::process::Command;

use crate::desktop_bus::Bus;
use crate::process::Process;
use crate::skip::Need;
use crate::wait::until;

/// What a desktop and the windows on it need.
pub const NEEDS: &[Need] = &[
    Need::Desktop,
    Need::Program("Xvfb"),
    Need::Program("openbox"),
    Need::Program("dbus-daemon"),
    Need::Program("WebKitWebDriver"),
    Need::Program("xdotool"),
    Need::Program("setxkbmap"),
    Need::Program("import"),
];

/// A desktop.
#[derive(Debug)]
pub struct Display {
    server: Process,
    manager: Option<Process>,
    number: String,
    bus: Bus,
}

impl Display {
    /// Starts a server on a free number, with a window manager so that focus works as on a desktop.
    #[must_use]
    pub fn start() -> Self {
        let mut command = Command::new("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x860x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let mut server = Process::start(command);
        let number = server.line("the X server is ready", 20, |line| {
            line.trim().parse::<u32>().is_ok()
        });
        let number = format!(":{}", number.trim());
        let mut display = Self {
            server,
            manager: None,
            number,
            bus: Bus::start(),
        };
        // The first key of a new server changes the keyboard; a window manager would let go of its own keys meanwhile.
        display.press(&["shift"]);
        display.manager = Some(window_manager(&display.number));
        display
    }

    /// Its session bus.
    #[must_use]
    pub fn bus(&self) -> &Bus {
        &self.bus
    }

    /// Puts a program on it.
    pub fn place(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.number)
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address())
            .env("LANG", "C.UTF-8")
            .env("NO_AT_BRIDGE", "1")
            .env("GDK_BACKEND", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME");
    }

    /// Whether a window with this title is to be seen.
    #[must_use]
    pub fn shows(&self, title: &str) -> bool {
        self.ask(&["search", "--onlyvisible", "--name", &format!("^{title}$")])
            .is_some()
    }

    /// The title of the window that has the focus.
    #[must_use]
    pub fn focused(&self) -> Option<String> {
        self.ask(&["getactivewindow", "getwindowname"])
    }

    /// The place and size of a window that is to be seen, in pixels: left, top, width, height.
    #[must_use]
    pub fn geometry(&self, title: &str) -> Option<[i32; 4]> {
        let title = format!("^{title}$");
        let told = self.ask(&[
            "search",
            "--onlyvisible",
            "--name",
            &title,
            "getwindowgeometry",
            "--shell",
        ])?;
        let value = |name: &str| {
            let line = told.lines().find_map(|line| line.strip_prefix(name));
            line?.strip_prefix('=')?.parse().ok()
        };
        Some([value("X")?, value("Y")?, value("WIDTH")?, value("HEIGHT")?])
    }

    /// Its number, for `DISPLAY`.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Moves the pointer.
    pub fn point_at(&self, x: i32, y: i32) {
        self.tell(&["mousemove", &x.to_string(), &y.to_string()]);
    }

    /// Waits until the window with this title is to be seen and has the focus. One of Rota's own has its page drawn by
    /// then: keys that come before are nobody's.
    pub fn wait_focused(&self, title: &str) {
        let is_page = title.starts_with("Rota");
        until(&format!("{title:?} is shown and has the focus"), 40, || {
            self.shows(title)
                && self.focused().as_deref() == Some(title)
                && (!is_page || self.is_drawn(title))
        });
    }

    /// Gives the focus to the window with this title, as a click on it does.
    pub fn focus(&self, title: &str) {
        let name = format!("^{title}$");
        until(&format!("{title:?} has the focus"), 40, || {
            if self.focused().as_deref() == Some(title) {
                return true;
            }
            // It may not be shown yet.
            let _ = self.ask(&["search", "--onlyvisible", "--name", &name, "windowactivate"]);
            false
        });
    }

    /// Whether more is drawn in a visible window than its ground.
    fn is_drawn(&self, title: &str) -> bool {
        let search = ["search", "--onlyvisible", "--name", &format!("^{title}$")];
        let Some(window) = self.ask(&search) else {
            return false;
        };
        let counted = Command::new("import")
            .env("DISPLAY", &self.number)
            .args(["-window", &window, "-format", "%k", "info:-"])
            .output()
            .unwrap();
        let colours = String::from_utf8_lossy(&counted.stdout);
        colours
            .trim()
            .parse::<u32>()
            .is_ok_and(|colours| colours > 8)
    }

    /// Turns the wheel towards the person, so many notches, where the pointer is.
    pub fn wheel_down(&self, notches: usize) {
        self.tell(&[
            "click",
            "--delay",
            "20",
            "--repeat",
            &notches.to_string(),
            "5",
        ]);
    }

    /// Presses keys, such as `ctrl+z`, where the focus is.
    pub fn press(&self, keys: &[&str]) {
        let mut all = vec!["key", "--delay", "40"];
        all.extend(keys);
        self.tell(&all);
    }

    /// Gives the keyboard another layout, such as `ru`.
    pub fn layout(&self, name: &str) {
        let mut command = Command::new("setxkbmap");
        self.place(&mut command);
        assert!(command.arg(name).status().unwrap().success());
    }

    /// Types text where the focus is.
    pub fn type_text(&self, text: &str) {
        self.tell(&["type", "--delay", "20", text]);
    }

    /// Takes a picture of all of it.
    pub fn picture(&self, file: &Path) {
        let taken = self.import(file).unwrap();
        assert!(
            taken.status.success(),
            "import: {}",
            String::from_utf8_lossy(&taken.stderr)
        );
    }

    /// Takes a picture of a window as it is on the screen, once two in a row are the same.
    pub fn picture_of(&self, title: &str, file: &Path) {
        let search = ["search", "--onlyvisible", "--name", &format!("^{title}$")];
        let window = self.ask(&search).expect("the window is to be seen");
        let take = || {
            let taken = Command::new("import")
                .env("DISPLAY", &self.number)
                .args([
                    "-window",
                    &window,
                    "-define",
                    "png:exclude-chunks=all",
                    "png:-",
                ])
                .output()
                .unwrap();
            assert!(
                taken.status.success(),
                "import: {}",
                String::from_utf8_lossy(&taken.stderr)
            );
            taken.stdout
        };
        let mut last = take();
        until(&format!("{title:?} stands still"), 20, || {
            let before = std::mem::replace(&mut last, take());
            before == last
        });
        std::fs::write(file, last).unwrap();
    }

    /// Makes a window so large, in pixels, as far as it allows that.
    pub fn resize(&self, title: &str, width: u32, height: u32) {
        let title = format!("^{title}$");
        let (width, height) = (width.to_string(), height.to_string());
        let search = ["search", "--onlyvisible", "--name", &title];
        self.tell(&[&search[..], &["windowsize", &width, &height]].concat());
    }

    fn import(&self, file: &Path) -> std::io::Result<std::process::Output> {
        Command::new("import")
            .env("DISPLAY", &self.number)
            .args(["-window", "root"])
            .arg(file)
            .output()
    }

    fn tell(&self, args: &[&str]) {
        let told = self.xdotool(args);
        assert!(
            told.status.success(),
            "xdotool {args:?}: {}",
            String::from_utf8_lossy(&told.stderr)
        );
    }

    fn ask(&self, args: &[&str]) -> Option<String> {
        let told = self.xdotool(args);
        told.status
            .success()
            .then(|| String::from_utf8_lossy(&told.stdout).trim().to_owned())
    }

    fn xdotool(&self, args: &[&str]) -> std::process::Output {
        Command::new("xdotool")
            .env("DISPLAY", &self.number)
            .args(args)
            .output()
            .unwrap()
    }
}

/// A window manager that has begun to manage. What is mapped before, while it already names its desktops, it shows only
/// when something else happens; so it tells by a program that it starts last of all.
fn window_manager(display: &str) -> Process {
    const READY: &str = "ready";
    let mut command = Command::new("openbox");
    command
        .env("DISPLAY", display)
        .args(["--startup", &format!("echo {READY}")]);
    let mut manager = Process::start(command);
    manager.line("the window manager is ready", 20, |line| line == READY);
    manager
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.manager.take());
        // The server has no more clients and ends in order, so that its lock file goes.
        self.server.signal("TERM");
    }
}
