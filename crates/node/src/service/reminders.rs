//! Reminders that are due, and what becomes of them.

use std::collections::BTreeMap;

use rota_api::{ApiError, DueReminder, Handling, ReminderHandle, RemindersDue, Task, Verb};
use rota_model::cell::task as field;
use rota_model::edit::By;
use rota_model::reminded::{Reminded, name};
use rota_model::reminder::Reminder;
use rota_model::when::When;

use super::many::Many;
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
            let done = self.complete(Many::all(vec![id.uuid()])).await?;
            return self.task_after(id, done.step).await;
        }
        let (id, step) = self
            .act("the reminder", move |tx| {
                let until_ms = match input.how {
                    Handling::Later => Some(now_ms.saturating_add(LATER_MS)),
                    Handling::Tomorrow => Some(tomorrow(&Habits::of(&tx.reader(), &now)?, &now)?),
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
                tx.is_about(Verb::Remind.name(), 1, Some(found.title));
                Ok(found.id)
            })
            .await?;
        self.task_after(id, step).await
    }
}

/// The Unix millisecond at which tomorrow's morning begins here.
fn tomorrow(habits: &Habits, now: &jiff::Zoned) -> Result<u64, Failure> {
    let day = now.date().tomorrow().map_err(crate::errors::broken)?;
    let morning = habits
        .zone
        .to_ambiguous_timestamp(day.to_datetime(habits.morning))
        .compatible()
        .map_err(crate::errors::broken)?;
    Ok(u64::try_from(morning.as_millisecond()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Time;
    use jiff::{Timestamp, Zoned};
    use rota_api::{SettingsChange, TaskAdd, ask};
    use rota_model::id::EntityId;

    use super::*;

    fn habits(morning: &str) -> Habits {
        Habits {
            zone: jiff::tz::TimeZone::get("Europe/Berlin").unwrap(),
            morning: morning.parse::<Time>().unwrap(),
        }
    }

    #[test]
    fn tomorrow_is_the_next_mornings_own_hour_also_when_the_clocks_change() {
        for (now, morning, wanted) in [
            ("2026-06-01T00:10+02:00", "07:30", "2026-06-02T05:30:00Z"),
            ("2026-06-01T23:59+02:00", "07:30", "2026-06-02T05:30:00Z"),
            ("2026-12-31T12:00+01:00", "09:00", "2027-01-01T08:00:00Z"),
            // Into summer time and out of it.
            ("2026-03-28T21:00+01:00", "07:30", "2026-03-29T05:30:00Z"),
            ("2026-10-24T21:00+02:00", "07:30", "2026-10-25T06:30:00Z"),
            // A morning that the clocks leave out, and one that they have twice.
            ("2026-03-28T21:00+01:00", "02:30", "2026-03-29T01:30:00Z"),
            ("2026-10-24T21:00+02:00", "02:30", "2026-10-25T00:30:00Z"),
        ] {
            let at: Zoned = format!("{now}[Europe/Berlin]").parse().unwrap();
            let ms = tomorrow(&habits(morning), &at).unwrap();
            let found = Timestamp::from_millisecond(i64::try_from(ms).unwrap()).unwrap();
            assert_eq!(found, wanted.parse().unwrap(), "{now}, {morning}");
        }
    }

    /// Until when a task's reminder is put off, as it is stored.
    async fn until_ms(service: &Service, id: EntityId) -> Option<u64> {
        let row = service.read(move |reader| {
            let rows = reader.reminders_until(u64::MAX >> 1)?;
            Ok(rows.into_iter().find(|row| row.task == id))
        });
        row.await.unwrap().unwrap().again_ms
    }

    /// Whether it is due at a moment.
    async fn is_due(service: &Service, id: EntityId, at_ms: u64) -> bool {
        let (me, now) = (service.node.core().me, service.node.clock.zoned());
        let look = service.read(move |reader| {
            let habits = Habits::of(reader, &now)?;
            reminders::look(reader, &me, &habits, at_ms)
        });
        let due = look.await.unwrap().due;
        due.iter().any(|(task, _)| *task == id)
    }

    #[tokio::test]
    async fn later_is_ten_minutes_and_tomorrow_the_morning_of_the_settings() {
        let home = tempfile::tempdir().unwrap();
        let node = crate::start(crate::NodeOptions {
            data_dir: home.path().join("data"),
            port: None,
            discovery: false,
        })
        .await
        .unwrap();
        let service = node.service();
        let settings = SettingsChange {
            morning: Some(Some("06:45".to_owned())),
            ..SettingsChange::default()
        };
        ask(service, &settings, &()).await.unwrap();
        let mut add = TaskAdd {
            text: "Call".to_owned(),
            plain: true,
            ..TaskAdd::default()
        };
        add.set.reminder = Some("2026-01-05T09:00[Europe/Berlin]".to_owned());
        let task = ask(service, &add, &()).await.unwrap();
        let id = EntityId::from_uuid(&task.id).unwrap();
        assert_eq!(until_ms(service, id).await, None);
        let handle = |how| ReminderHandle {
            id: task.id.clone(),
            how,
        };

        let before = service.node.clock.wall_ms();
        ask(service, &handle(Handling::Later), &()).await.unwrap();
        let after = service.node.clock.wall_ms();
        let later = until_ms(service, id).await.unwrap();
        assert!((before + 600_000..=after + 600_000).contains(&later));
        assert!(!is_due(service, id, later - 1).await);
        assert!(is_due(service, id, later).await);

        // Midnight may come between.
        let morning = || {
            let day = service.node.clock.zoned().tomorrow().unwrap();
            let morning = day.with().time(Time::constant(6, 45, 0, 0)).build();
            u64::try_from(morning.unwrap().timestamp().as_millisecond()).unwrap()
        };
        let before = morning();
        ask(service, &handle(Handling::Tomorrow), &())
            .await
            .unwrap();
        let found = until_ms(service, id).await.unwrap();
        assert!([before, morning()].contains(&found), "{found}");
        assert!(!is_due(service, id, found - 1).await);
        assert!(is_due(service, id, found).await);
        node.close().await.unwrap();
    }
}
