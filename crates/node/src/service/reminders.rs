//! Reminders that are due, and what becomes of them.

use std::collections::BTreeMap;

use rota_api::{
    ApiError, DueReminder, Handling, ReminderHandle, RemindersDue, Task, TaskDone, Verb,
};
use rota_model::cell::task as field;
use rota_model::edit::By;
use rota_model::reminded::{Reminded, name};
use rota_model::reminder::Reminder;
use rota_model::when::When;
use rota_store::Tx;

use super::{Service, edit, find};
use crate::clock::rfc3339;
use crate::failure::{Failure, invalid};
use crate::reminders::{self, Habits};

/// How long "later" is.
const LATER_MS: u64 = 10 * 60 * 1000;

impl Service {
    pub(super) async fn due_reminders(
        &self,
        _: RemindersDue,
    ) -> Result<Vec<DueReminder>, ApiError> {
        let me = self.node.core().me;
        let (now, now_ms) = (self.node.clock.zoned(), self.node.clock.wall_ms());
        let look = self
            .read(move |reader| {
                let habits = Habits::of(reader, &now)?;
                reminders::look(reader, &me, &habits, now_ms)
            })
            .await?;
        let ids = look.due.iter().map(|(id, _)| *id).collect();
        let mut tasks: BTreeMap<String, Task> = self
            .tasks_by_id(ids)
            .await?
            .into_iter()
            .map(|task| (task.id.clone(), task))
            .collect();
        let due = look.due.into_iter().filter_map(|(id, at_ms)| {
            Some(DueReminder {
                task: tasks.remove(&id.uuid())?,
                at: rfc3339(at_ms),
            })
        });
        Ok(due.collect())
    }

    pub(super) async fn handle_reminder(&self, input: ReminderHandle) -> Result<Task, ApiError> {
        let (now, now_ms) = (self.node.clock.zoned(), self.node.clock.wall_ms());
        if input.how == Handling::Done {
            let id = {
                let text = input.id;
                self.read(move |reader| Ok(find::task(reader, &text)?.id))
                    .await?
            };
            self.complete(TaskDone {
                ids: vec![id.uuid()],
            })
            .await?;
            return self.task_by_id(id).await;
        }
        let id = self
            .act("the reminder", move |tx| {
                let until_ms = match input.how {
                    Handling::Later => Some(now_ms.saturating_add(LATER_MS)),
                    Handling::Tomorrow => Some(tomorrow(tx, &now)?),
                    Handling::Done | Handling::Dismiss => None,
                };
                let found = find::task(&tx.reader(), &input.id)?;
                let fields = edit::folded(tx, &found)?;
                let due = fields
                    .due
                    .as_deref()
                    .and_then(|due| When::parse_stored(due).ok());
                let reminder = fields
                    .reminder
                    .as_deref()
                    .and_then(|text| Reminder::parse_stored(text).ok());
                let Some(reminder) = reminder else {
                    return Err(invalid(
                        "the task has no reminder",
                        "id",
                        "it may have been taken away on another computer",
                    )
                    .into());
                };
                let reminded = Reminded {
                    of: name(&reminder, due.as_ref()),
                    until_ms,
                };
                let draft = edit::one(found.id, field::REMINDED, reminded.value());
                tx.write(found.space.id, vec![draft], By::Person)?;
                tx.is_about(Verb::Schedule.name(), 1, Some(found.title));
                Ok(found.id)
            })
            .await?;
        self.task_by_id(id).await
    }
}

/// The Unix millisecond at which tomorrow's morning begins here.
fn tomorrow(tx: &Tx<'_>, now: &jiff::Zoned) -> Result<u64, Failure> {
    let habits = Habits::of(&tx.reader(), now)?;
    let day = now.date().tomorrow().map_err(crate::errors::broken)?;
    let morning = habits
        .zone
        .to_ambiguous_timestamp(day.to_datetime(habits.morning))
        .compatible()
        .map_err(crate::errors::broken)?;
    Ok(u64::try_from(morning.as_millisecond()).unwrap_or(0))
}
