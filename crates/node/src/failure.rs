//! Errors inside a transaction or a read of the store, on their way to the border.

use rota_api::{ApiError, Code};
use rota_store::StoreError;

use crate::errors;

/// Why a transaction was taken back, or a read failed.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) ApiError);

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(errors::from_store(error))
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

/// There is no such thing.
pub(crate) fn not_found(what: &str, text: &str, hint: &str) -> ApiError {
    let shown: String = text.chars().take(80).collect();
    ApiError::new(Code::NotFound, format!("there is no {what} {shown:?}")).with_hint(hint)
}

/// A value is wrong.
pub(crate) fn invalid(message: impl Into<String>, field: &str, hint: &str) -> ApiError {
    ApiError::new(Code::InvalidInput, message)
        .with_field(field)
        .with_hint(hint)
}
