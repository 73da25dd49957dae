//! Declares the pages' commands, so that each has to be allowed by name.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let commands = &[
        "call",
        "call_together",
        "take_opening",
        "desktop_info",
        "open_link",
        "open_settings",
        "set_zoom",
        "close_window",
        "quit",
        "finished",
        "hide_quick_add",
        "resize_quick_add",
    ];
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .app_manifest(tauri_build::AppManifest::new().commands(commands)),
    )?;
    Ok(())
}
