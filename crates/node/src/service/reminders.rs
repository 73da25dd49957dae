//! Reminders that are due.

use rota_api::{ApiError, DueReminder, ReminderHandle, RemindersDue, Task};

use super::Service;

impl Service {
    pub(super) async fn due_reminders(&self, _: RemindersDue) -> Result<Vec<DueReminder>, ApiError> {
        Err(super::not_here("due_reminders"))
    }

    pub(super) async fn handle_reminder(&self, _: ReminderHandle) -> Result<Task, ApiError> {
        Err(super::not_here("handle_reminder"))
    }
}
