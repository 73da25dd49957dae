//! Copying tasks.

use rota_api::{ApiError, Task, TaskDuplicate};

use super::Service;

impl Service {
    pub(super) async fn duplicate_tasks(&self, _: TaskDuplicate) -> Result<Vec<Task>, ApiError> {
        Err(super::not_here("duplicate_tasks"))
    }
}
