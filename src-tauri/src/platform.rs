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
/// WebKitGTK 2.42 and later share buffers (DMABUF) with whoever draws the window. With NVIDIA's own driver that often draws
/// nothing at all, and nobody notices. Without a graphics processor, as in virtual machines and over remote desktops, every
/// frame is drawn by a processor that pretends to be one and read back: scrolling takes two to three times as long, and a
/// third more memory. The older way is taken there.
///
/// To find the processor's file WebKitGTK begins a graphics driver in this process. Where there is no such file it begins
/// one that pretends, with a compiler of 20 MiB, and finds none; so it is told one that is nobody's.
///
/// Only what the person has not decided is set. The environment may not be changed once there are threads, so this comes
/// first of all.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() {
    let nvidia = std::path::Path::new("/sys/module/nvidia").exists();
    let none = !has_graphics_processor();
    let all = [
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1", nvidia || none),
        ("WEBKIT_WEB_RENDER_DEVICE_FILE", "/dev/null", none),
    ];
    for (variable, value, wanted) in all {
        if wanted && let Err(error) = glib::setenv(variable, value, false) {
            tracing::warn!(%error, variable, "the web view was not told");
        }
    }
}

/// Whether there is one that programs may draw with.
#[cfg(target_os = "linux")]
fn has_graphics_processor() -> bool {
    let entries = std::fs::read_dir("/dev/dri")
        .into_iter()
        .flatten()
        .flatten();
    let mut names = entries.map(|entry| entry.file_name());
    names.any(|name| name.to_string_lossy().starts_with("renderD"))
}

/// Sets what the web view has to be told before it starts: nothing here.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() {}
