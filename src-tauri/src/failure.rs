//! How the app ends when it cannot start.

use rota_api::ApiError;

/// Says why on standard error and ends with the exit code that the error has everywhere.
#[expect(clippy::print_stderr, reason = "there is no window yet to say it in")]
pub(crate) fn exit(error: &ApiError) -> ! {
    eprintln!("error: {}", error.message);
    if let Some(hint) = &error.hint {
        eprintln!("hint: {hint}");
    }
    std::process::exit(i32::from(error.code.exit()))
}
