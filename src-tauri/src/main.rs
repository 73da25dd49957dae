//! The desktop app: window, tray and quick add.
fn main() {}
