//! Changing many tasks in one go.

use rota_api::{ApiError, ManyChanged, TaskEditMany};

use super::Service;

impl Service {
    pub(super) async fn edit_tasks(&self, _: TaskEditMany) -> Result<ManyChanged, ApiError> {
        Err(super::not_here("edit_tasks"))
    }
}
