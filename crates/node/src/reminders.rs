//! Reminders that become due: found when something changes and when the next moment comes, told once each.
//!
//! Nothing is counted down: the wall clock is compared with the next moment every few seconds, so that sleep, a clock that
//! jumps and another zone lose no reminder.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Zoned;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use rota_api::{Code, WatchKind};
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::limits::REMINDERS_DUE_MAX_COUNT;
use rota_model::payload::Role;
use rota_model::reminder::Reminder;
use rota_model::task::{Assignee, Status};
use rota_model::when::When;
use rota_store::{Reader, ReminderRow};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::errors;
use crate::failure::Failure;
use crate::hub::Listener;
use crate::node::Node;
use crate::presence::Moment;
use crate::records;
use crate::service;
use crate::supervisor::PartFailure;

/// The part's name.
const REMINDERS: &str = "Reminders";
/// How long the wall clock is trusted to go as it should.
const LOOK: Duration = Duration::from_secs(15);
/// How far ahead reminders are read.
const AHEAD_MS: u64 = 60 * 60 * 1000;
/// Changes in quick succession are looked at together.
const SETTLE: Duration = Duration::from_millis(150);
/// Wait while the log is closed, as while the folder gets another key.
const CLOSED: Duration = Duration::from_millis(500);
/// Hour of the morning where the settings hold none that can be read.
const MORNING: Time = Time::constant(9, 0, 0, 0);

/// What is due, and when to look again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// The tasks with the Unix millisecond at which each reminder became due, the latest of them, in rising order.
    pub(crate) due: Vec<(EntityId, u64)>,
    /// When the next becomes due, or more has to be read, in Unix milliseconds.
    pub(crate) next_ms: u64,
}

/// How this person's mornings begin and where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Habits {
    pub(crate) zone: TimeZone,
    pub(crate) morning: Time,
}

impl Habits {
    /// As the settings say, in the zone of `now`.
    pub(crate) fn of(reader: &Reader<'_>, now: &Zoned) -> Result<Self, Failure> {
        let settings = service::settings_of(reader)?;
        Ok(Self {
            zone: now.time_zone().clone(),
            morning: settings.morning.parse().unwrap_or(MORNING),
        })
    }

    /// The Unix millisecond at which a reminder is due; `None` for one that counts from a due date that there is not.
    fn moment(&self, row: &ReminderRow) -> Option<u64> {
        if row.again_ms.is_some() {
            return row.again_ms;
        }
        let reminder = Reminder::parse_stored(&row.reminder).ok()?;
        let due = row
            .due
            .as_deref()
            .and_then(|due| When::parse_stored(due).ok());
        let moment = reminder.moment(due.as_ref(), &self.zone, self.morning)?;
        // What was before 1970 is due all the same.
        Some(u64::try_from(moment.as_millisecond()).unwrap_or(0))
    }
}

/// Looks which reminders of this person are due: of tasks of its own, of nobody, and in `Mine` of all.
pub(crate) fn look(
    reader: &Reader<'_>,
    me: &AuthorKey,
    habits: &Habits,
    now_ms: u64,
) -> Result<Look, Failure> {
    let spaces = spaces(reader, me)?;
    let mut next_ms = now_ms.saturating_add(AHEAD_MS);
    let mut due = Vec::new();
    for row in reader.reminders_until(next_ms)? {
        let is_mine = match spaces.get(&row.space) {
            Some(Person::InMine) => true,
            Some(Person::Of(person)) => row
                .assignee
                .is_none_or(|assignee| assignee == Assignee::Person(*person)),
            None => false,
        };
        let Some(at_ms) = habits.moment(&row).filter(|_| is_mine) else {
            continue;
        };
        if at_ms <= now_ms {
            due.push((at_ms, row.task));
        } else {
            next_ms = next_ms.min(at_ms);
        }
    }
    due.sort_unstable();
    let mut shown = Vec::new();
    for (at_ms, id) in due.into_iter().rev() {
        if shown.len() == REMINDERS_DUE_MAX_COUNT {
            break;
        }
        // A task may be in the trash by its list.
        let task = reader.task(&id)?;
        if task.is_some_and(|task| task.status == Status::Open && task.deleted_ms.is_none()) {
            shown.push((id, at_ms));
        }
    }
    shown.reverse();
    Ok(Look {
        due: shown,
        next_ms,
    })
}

/// Who this computer's person is in a space.
enum Person {
    InMine,
    Of(EntityId),
}

/// The spaces in which this computer may write: who cannot handle a reminder is not reminded.
fn spaces(reader: &Reader<'_>, me: &AuthorKey) -> Result<BTreeMap<SpaceId, Person>, Failure> {
    let mine = records::mine(reader)?;
    let mut spaces = BTreeMap::new();
    for space in service::shown_spaces(reader, me)? {
        if space.role.is_none_or(|role| role < Role::Editor) {
            continue;
        }
        if Some(space.id) == mine {
            spaces.insert(space.id, Person::InMine);
        } else if let Some((person, _)) = service::my_person(reader, me, &space.id)? {
            spaces.insert(space.id, Person::Of(person));
        }
    }
    Ok(spaces)
}

/// Starts looking for reminders.
pub(crate) fn start(node: &Arc<Node>) {
    let looking = Arc::clone(node);
    node.supervisor.start(REMINDERS, move |stop| {
        let node = Arc::clone(&looking);
        async move {
            // What changes while it is looked is heard afterwards.
            let mut changes = node.hub.listen();
            let mut known: Option<Look> = None;
            while !stop.is_cancelled() {
                let began = node.clock.moment();
                let zone = node.clock.zoned().time_zone().clone();
                match look_now(&node).await {
                    Ok(found) => {
                        tell(&node, known.as_ref(), &found);
                        let waiting = Waiting {
                            began,
                            next_ms: found.next_ms,
                            zone,
                        };
                        known = Some(found);
                        if !wait(&node, &waiting, &mut changes, &stop).await {
                            return Ok(());
                        }
                    }
                    Err(error) if error.code == Code::NotRunning => {
                        let _ = timeout(CLOSED, stop.cancelled()).await;
                    }
                    Err(error) => return Err(PartFailure(error.message)),
                }
            }
            Ok(())
        }
    });
}

async fn look_now(node: &Arc<Node>) -> Result<Look, rota_api::ApiError> {
    let core = node.core();
    let (now, now_ms) = (node.clock.zoned(), node.clock.wall_ms());
    let looked = tokio::task::spawn_blocking(move || {
        core.store.read(|reader| {
            let habits = Habits::of(reader, &now)?;
            look(reader, &core.me, &habits, now_ms)
        })
    });
    Ok(looked.await.map_err(errors::broken)??)
}

/// Tells which tasks' reminders came or went.
fn tell(node: &Node, known: Option<&Look>, found: &Look) {
    let before = known.map_or(&[][..], |look| &look.due);
    let changed = |from: &[(EntityId, u64)], than: &[(EntityId, u64)]| -> Vec<String> {
        from.iter()
            .filter(|one| !than.contains(one))
            .map(|(id, _)| id.uuid())
            .collect()
    };
    let mut ids = changed(&found.due, before);
    ids.extend(changed(before, &found.due));
    ids.sort_unstable();
    ids.dedup();
    if !ids.is_empty() {
        node.hub.tell(WatchKind::Reminder, ids);
    }
}

/// Until when nothing has to be looked at.
struct Waiting {
    began: Moment,
    next_ms: u64,
    zone: TimeZone,
}

impl Waiting {
    /// How long to wait for the next comparison with the clock.
    fn pause(&self, now: Moment) -> Duration {
        Duration::from_millis(self.next_ms.saturating_sub(now.wall_ms)).min(LOOK)
    }

    /// Whether it is time to look again: the moment has come, or the clock or the zone is another one.
    fn is_over(&self, now: Moment, zone: &TimeZone) -> bool {
        now.wall_ms >= self.next_ms || now.wall_ms < self.began.wall_ms || *zone != self.zone
    }
}

/// Waits until there is something to look at; false when everything ends.
async fn wait(
    node: &Node,
    waiting: &Waiting,
    changes: &mut Listener,
    stop: &CancellationToken,
) -> bool {
    loop {
        let pause = waiting.pause(node.clock.moment());
        tokio::select! {
            () = stop.cancelled() => return false,
            () = sleep(pause) => {
                let zone = node.clock.zoned().time_zone().clone();
                if waiting.is_over(node.clock.moment(), &zone) {
                    return true;
                }
            }
            event = changes.next() => match event {
                None => return false,
                Some(event) if matters(event.kind) => {
                    settle(changes).await;
                    return true;
                }
                Some(_) => {}
            },
        }
    }
}

/// Hears what follows at once.
async fn settle(changes: &mut Listener) {
    let hear = async { while changes.next().await.is_some() {} };
    let _ = timeout(SETTLE, hear).await;
}

/// Whether a change may concern a reminder.
fn matters(kind: WatchKind) -> bool {
    matches!(
        kind,
        WatchKind::Task
            | WatchKind::List
            | WatchKind::Space
            | WatchKind::Settings
            | WatchKind::Resync
    )
}

#[cfg(test)]
mod tests {
    use rota_sync::Millis;

    use super::*;

    fn at(ms: u64) -> Moment {
        Moment {
            at: Millis(0),
            wall_ms: ms,
        }
    }

    fn waiting() -> Waiting {
        Waiting {
            began: at(1_000_000),
            next_ms: 1_060_000,
            zone: TimeZone::UTC,
        }
    }

    #[test]
    fn a_moment_that_passed_in_sleep_or_by_a_jump_is_looked_at_within_seconds() {
        let waiting = waiting();
        assert_eq!(waiting.pause(at(1_000_000)), LOOK);
        assert!(!waiting.is_over(at(1_015_000), &TimeZone::UTC));
        assert!(waiting.is_over(at(9_000_000_000), &TimeZone::UTC));
        assert!(waiting.is_over(at(500_000), &TimeZone::UTC), "set back");
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert!(waiting.is_over(at(1_001_000), &berlin));
    }

    #[test]
    fn near_the_moment_it_wakes_at_the_moment() {
        let waiting = waiting();
        assert_eq!(waiting.pause(at(1_059_400)), Duration::from_millis(600));
        assert_eq!(waiting.pause(at(1_070_000)), Duration::ZERO);
        assert!(waiting.is_over(at(1_060_000), &TimeZone::UTC));
    }

    #[test]
    fn of_a_day_one_is_reminded_in_the_readers_morning() {
        let habits = |zone: &str| Habits {
            zone: TimeZone::get(zone).unwrap(),
            morning: Time::constant(7, 30, 0, 0),
        };
        let row = |reminder: &str, due: &str, again_ms| ReminderRow {
            task: EntityId::ZERO,
            space: SpaceId::ZERO,
            assignee: None,
            reminder: reminder.to_owned(),
            due: Some(due.to_owned()),
            again_ms,
        };
        let ms = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond() as u64;
        let moment = habits("Asia/Tokyo").moment(&row("due", "2026-11-21", None));
        assert_eq!(moment, Some(ms("2026-11-20T22:30:00Z")));
        let berlin = habits("Europe/Berlin");
        let zoned = row("before 30m", "2026-11-21T09:00[Asia/Tokyo]", None);
        assert_eq!(berlin.moment(&zoned), Some(ms("2026-11-20T23:30:00Z")));
        assert_eq!(berlin.moment(&row("due", "2026-11-21", Some(42))), Some(42));
        assert_eq!(berlin.moment(&row("sometime", "2026-11-21", None)), None);
    }

    /// By the second: a reminder's own text knows minutes alone.
    #[tokio::test]
    async fn it_is_told_at_its_moment_by_itself() {
        let home = tempfile::tempdir().unwrap();
        let node = crate::start(crate::NodeOptions {
            data_dir: home.path().join("data"),
            port: None,
            discovery: false,
        })
        .await
        .unwrap();
        let service = node.service().clone();
        let add = rota_api::TaskAdd {
            text: "Call".to_owned(),
            plain: true,
            ..rota_api::TaskAdd::default()
        };
        let task = rota_api::ask(&service, &add, &()).await.unwrap();
        let mut events = service.watch();
        let due_ms = service.node.clock.wall_ms() + 1_500;
        let id = EntityId::from_uuid(&task.id).unwrap();
        let reminded = service.act("the reminder", move |tx| {
            let text = "2030-01-01T09:00[Europe/Berlin]";
            let reminded = rota_model::reminded::Reminded {
                of: text.to_owned(),
                until_ms: Some(due_ms),
            };
            let space = tx.reader().task(&id)?.map(|task| task.space.id);
            let one = |field, value| rota_model::edit::Draft {
                cell: rota_model::cell::Cell::of(rota_model::cell::Kind::TASK, id, field),
                value,
            };
            let drafts = vec![
                one(
                    rota_model::cell::task::REMINDER,
                    rota_model::value::Value::text(text),
                ),
                one(rota_model::cell::task::REMINDED, reminded.value()),
            ];
            tx.write(space.unwrap(), drafts, rota_model::edit::By::Person)?;
            Ok(())
        });
        reminded.await.unwrap();
        let told = timeout(Duration::from_secs(30), async {
            loop {
                let event = events.next().await.unwrap().unwrap();
                if event.kind == WatchKind::Reminder {
                    return event.ids;
                }
            }
        });
        assert_eq!(told.await.unwrap(), Some(vec![task.id.clone()]));
        assert!(service.node.clock.wall_ms() >= due_ms);
        let due = rota_api::ask(&service, &rota_api::RemindersDue {}, &())
            .await
            .unwrap();
        assert_eq!(due[0].task.id, task.id);
        node.close().await.unwrap();
    }
}
