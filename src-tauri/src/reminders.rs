//! Reminders as notifications: shown when they are due, gone when they are handled, here or on another computer.

#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
mod shown;

#[cfg(target_os = "linux")]
pub(crate) use bus::keep;

/// Keeps the notifications in step. Here nobody shows any that can be answered; the window shows what is due.
#[cfg(not(target_os = "linux"))]
pub(crate) async fn keep(_: tauri::AppHandle, desktop: std::sync::Arc<crate::desktop::Desktop>) {
    loop {
        desktop.reminders_may_differ().await;
    }
}
