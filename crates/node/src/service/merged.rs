//! What two people changed apart.

use rota_api::{ApiError, Task, TaskKeep, TaskUse};

use super::Service;

impl Service {
    pub(super) async fn keep_values(&self, _: TaskKeep) -> Result<Vec<Task>, ApiError> {
        Err(super::not_here("keep_values"))
    }

    pub(super) async fn use_version(&self, _: TaskUse) -> Result<Task, ApiError> {
        Err(super::not_here("use_version"))
    }
}
