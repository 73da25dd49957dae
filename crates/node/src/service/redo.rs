//! Making again what undo took back.

use rota_api::{ApiError, Redo, Redone};

use super::Service;

impl Service {
    pub(super) async fn redo_latest(&self, _: Redo) -> Result<Redone, ApiError> {
        Err(super::not_here("redo_latest"))
    }
}
