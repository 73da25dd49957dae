//! The command line and the headless computer.
fn main() {}
