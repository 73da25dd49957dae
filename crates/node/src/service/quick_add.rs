//! What a quick-add text means.

use rota_api::{ApiError, QuickAddParse, QuickAddParsed};

use super::Service;

impl Service {
    pub(super) async fn parse_quick_add(&self, _: QuickAddParse) -> Result<QuickAddParsed, ApiError> {
        Err(super::not_here("parse_quick_add"))
    }
}
