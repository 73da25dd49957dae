//! Declares the window's commands, so that each has to be allowed by name.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let commands = &["call", "subscribe", "hide_quick_add"];
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .app_manifest(tauri_build::AppManifest::new().commands(commands)),
    )?;
    Ok(())
}
