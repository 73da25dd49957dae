//! What kind of desktop this is, and what its web view needs to know.

/// The name of the system.
pub(crate) const NAME: &str = std::env::consts::OS;

/// Whether the windows are a Wayland compositor's, where no program takes keys or the focus from others.
pub(crate) fn is_wayland() -> bool {
    let backend = std::env::var("GDK_BACKEND").unwrap_or_default();
    let there = std::env::var_os("WAYLAND_DISPLAY").is_some_and(|name| !name.is_empty());
    cfg!(target_os = "linux") && there && !backend.starts_with("x11")
}

/// Sets what the web view has to be told before it starts.
///
/// With NVIDIA's own driver, WebKitGTK 2.42 and later often draw nothing at all: its way to share buffers (DMABUF) fails there,
/// and nobody notices. Its older way works and costs a copy of each frame, so it is taken with that driver alone, and only
/// where the person has not decided. The environment may not be changed once there are threads: the program starts anew.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() {
    use std::os::unix::process::CommandExt;

    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let nvidia = std::path::Path::new("/sys/module/nvidia").exists();
    if !nvidia || std::env::var_os(VARIABLE).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let error = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(VARIABLE, "1")
        .exec();
    tracing::warn!(%error, "the web view may draw nothing");
}

/// Sets what the web view has to be told before it starts: nothing here.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}
