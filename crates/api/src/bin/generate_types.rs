//! Writes the TypeScript types of the window, or with `--check` says whether the committed ones are out of date.
#![allow(
    clippy::print_stderr,
    reason = "a developer's tool that speaks to a terminal"
)]

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/generated/api.ts");
    let check = std::env::args().nth(1).as_deref() == Some("--check");
    let text = rota_api::typescript::generate();
    if check {
        if std::fs::read_to_string(&path).is_ok_and(|committed| committed == text) {
            return ExitCode::SUCCESS;
        }
        eprintln!("error: ui/src/generated/api.ts is out of date");
        eprintln!("hint: cargo run -p rota-api --bin generate-types");
        return ExitCode::FAILURE;
    }
    let written = path
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(&path, text));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(source) => {
            eprintln!("error: {}: {source}", path.display());
            ExitCode::FAILURE
        }
    }
}
