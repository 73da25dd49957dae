//! A window that shows one heading: what the desktop app is measured against.

/// Opens the window and runs until it is ended.
fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("examples/bare/tauri.conf.json"))
}
