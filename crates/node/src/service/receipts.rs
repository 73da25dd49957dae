//! Which computers have the latest of a task.

use rota_api::{ApiError, Receipt, ReceiptsShow};

use super::Service;

impl Service {
    pub(super) async fn receipts(&self, _: ReceiptsShow) -> Result<Vec<Receipt>, ApiError> {
        Err(super::not_here("receipts"))
    }
}
