//! Moving tasks together.

use rota_api::{ApiError, ManyChanged, TaskArrange};

use super::Service;

impl Service {
    pub(super) async fn arrange_tasks(&self, _: TaskArrange) -> Result<ManyChanged, ApiError> {
        Err(super::not_here("arrange_tasks"))
    }
}
