//! Texts that are being typed.

use rota_api::{ApiError, Draft, DraftSet, DraftShow, Empty};

use super::Service;

impl Service {
    pub(super) async fn draft(&self, _: DraftShow) -> Result<Draft, ApiError> {
        Err(super::not_here("draft"))
    }

    pub(super) async fn keep_draft(&self, _: DraftSet) -> Result<Empty, ApiError> {
        Err(super::not_here("keep_draft"))
    }
}
