//! Reminders: when they come, for whom, and what becomes of them.

use jiff::{Timestamp, ToSpan};
use rota_api::*;

use crate::computer::{Home, Running, ask, plain};
use crate::pair::{at_home, join, name, pair};

/// A task with a reminder at a moment, so many seconds from now.
pub(crate) fn reminding(task: TaskAdd, seconds: i64) -> TaskAdd {
    TaskAdd {
        set: NewFields {
            reminder: Some(stored(seconds)),
            ..task.set.clone()
        },
        ..task
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "reminders are due by the real clock"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

/// The stored form of the minute in which a moment falls, so many seconds from now.
fn stored(seconds: i64) -> String {
    let at = now() + seconds.seconds();
    let local = at.to_zoned(jiff::tz::TimeZone::get("Europe/Berlin").unwrap());
    format!("{}[Europe/Berlin]", local.strftime("%Y-%m-%dT%H:%M"))
}

fn titles(due: &[DueReminder]) -> Vec<&str> {
    due.iter().map(|due| due.task.title.as_str()).collect()
}

pub(crate) async fn until_due(node: &Running, wanted: &[&str]) -> Vec<DueReminder> {
    node.until("the reminders are so", RemindersDue {}, |due| {
        titles(due) == wanted
    })
    .await
}

pub(crate) fn handle(task: &Task, how: Handling) -> ReminderHandle {
    ReminderHandle {
        id: task.id.clone(),
        how,
    }
}

#[tokio::test]
async fn what_was_missed_while_nothing_ran_comes_with_the_start() {
    let home = Home::new();
    let client = home.open().await;
    let late = ask(&client, reminding(plain("Late"), -86_400)).await;
    let before_due = TaskAdd {
        set: NewFields {
            due: Some(stored(1_800)),
            reminder: Some("before 1h".into()),
            ..NewFields::default()
        },
        ..plain("Half an hour ago")
    };
    ask(&client, before_due).await;
    ask(&client, reminding(plain("Long done"), -50)).await;
    client.close().await.unwrap();
    let node = home.start().await;
    let due = until_due(&node, &["Late", "Half an hour ago", "Long done"]).await;
    node.ask(TaskDone {
        ids: vec![due[2].task.id.clone()],
    })
    .await;
    until_due(&node, &["Late", "Half an hour ago"]).await;
    node.ask(TaskDelete {
        ids: vec![late.id.clone()],
    })
    .await;
    until_due(&node, &["Half an hour ago"]).await;
    node.ask(TaskRestore { ids: vec![late.id] }).await;
    until_due(&node, &["Late", "Half an hour ago"]).await;
    node.close().await;
}

#[tokio::test]
async fn dismissed_on_one_computer_it_is_gone_on_the_other_and_comes_with_another_time() {
    let homes = [Home::new(), Home::new()];
    let (desk, laptop) = (homes[0].start().await, homes[1].start().await);
    name(&desk, "Anna", "desk").await;
    let mine = Invite {
        mine: true,
        ..Invite::default()
    };
    join(&desk, &laptop, mine).await;
    let call = desk.ask(reminding(plain("Call"), -5)).await;
    for node in [&desk, &laptop] {
        until_due(node, &["Call"]).await;
    }
    let handled = laptop.ask(handle(&call, Handling::Dismiss)).await;
    assert_eq!(
        handled.updated_at, call.updated_at,
        "nobody changed the task"
    );
    let id = call.id.clone();
    let history = laptop.ask(TaskHistory { id }).await;
    assert!(history.iter().all(|entry| entry.field != "reminded"));
    for node in [&desk, &laptop] {
        until_due(node, &[]).await;
    }
    let edit = TaskEdit {
        id: call.id.clone(),
        change: TaskChange {
            reminder: Some(Change::Set(stored(-100))),
            ..TaskChange::default()
        },
    };
    desk.ask(edit).await;
    for node in [&desk, &laptop] {
        until_due(node, &["Call"]).await;
    }
    // Both at once: nothing that anybody has to look at comes of it.
    desk.ask(handle(&call, Handling::Dismiss)).await;
    laptop.ask(handle(&call, Handling::Later)).await;
    desk.ask(Undo::default()).await;
    laptop.ask(Undo::default()).await;
    for node in [&desk, &laptop] {
        let due = until_due(node, &["Call"]).await;
        assert!(due[0].task.also_written.is_empty(), "{:?}", due[0].task);
    }
    desk.ask(handle(&call, Handling::Done)).await;
    let done = laptop
        .until_task("Call", |task| task.status == TaskStatus::Done)
        .await;
    assert_eq!(done.id, call.id);
    for node in [&desk, &laptop] {
        until_due(node, &[]).await;
    }
    desk.close().await;
    laptop.close().await;
}

#[tokio::test]
async fn a_copy_of_what_one_was_reminded_of_does_not_remind_again() {
    let home = Home::new();
    let node = home.start().await;
    let task = node.ask(reminding(plain("Late"), -86_400)).await;
    until_due(&node, &["Late"]).await;
    node.ask(handle(&task, Handling::Dismiss)).await;
    until_due(&node, &[]).await;
    let copy = TaskDuplicate {
        ids: vec![task.id.clone()],
    };
    let copies = node.ask(copy).await;
    assert!(copies[0].reminder.is_some());
    // Another one that is due is told, and the copy is not beside it.
    node.ask(reminding(plain("Later"), -3_600)).await;
    until_due(&node, &["Later"]).await;
    node.close().await;
}

#[tokio::test]
async fn put_off_it_comes_again_later() {
    let home = Home::new();
    let node = home.start().await;
    let call = node.ask(reminding(plain("Call"), -5)).await;
    for how in [Handling::Later, Handling::Tomorrow] {
        until_due(&node, &["Call"]).await;
        node.ask(handle(&call, how)).await;
        until_due(&node, &[]).await;
        node.ask(Undo::default()).await;
    }
    until_due(&node, &["Call"]).await;
    let plain_task = node.ask(plain("No reminder")).await;
    let error = node.refuses(handle(&plain_task, Handling::Dismiss)).await;
    assert_eq!(
        (error.code, error.field.as_deref()),
        (Code::InvalidInput, Some("id"))
    );
    node.close().await;
}

#[tokio::test]
async fn one_is_reminded_of_ones_own_and_of_what_is_nobodys() {
    let pair = pair().await;
    let given = |title: &str, who: &str, seconds| {
        let mut task = reminding(at_home(title), seconds);
        task.set.assignee = Some(who.into());
        task
    };
    pair.a.ask(given("Anna's", "Anna", -400)).await;
    pair.a.ask(given("Ben's", "Ben", -300)).await;
    pair.a.ask(reminding(at_home("Nobody's"), -200)).await;
    pair.b.ask(reminding(plain("Private"), -100)).await;
    until_due(&pair.a, &["Anna's", "Nobody's"]).await;
    until_due(&pair.b, &["Ben's", "Nobody's", "Private"]).await;
    let as_viewer = MemberRole {
        who: "Ben".into(),
        role: Role::Viewer,
        space: Some("Home".into()),
    };
    pair.a.ask(as_viewer).await;
    until_due(&pair.b, &["Private"]).await;
    pair.a.close().await;
    pair.b.close().await;
}
