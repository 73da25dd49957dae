//! The one place that draws random numbers from the system.

use rota_api::{ApiError, Code};

/// Random bytes of the system, fit for keys.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that draws random numbers"
)]
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], ApiError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|source| {
        ApiError::new(
            Code::Failed,
            format!("the system gives no random numbers: {source}"),
        )
    })?;
    Ok(bytes)
}

/// A random number of the system.
pub(crate) fn number() -> Result<u64, ApiError> {
    Ok(u64::from_be_bytes(bytes()?))
}
