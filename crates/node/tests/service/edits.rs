//! Changing many tasks in one go, taking back and making again.

use rota_api::*;

use crate::computer::{Home, ask, fails, plain, titles};

pub(crate) fn ids(tasks: &[&Task]) -> Vec<String> {
    tasks.iter().map(|task| task.id.clone()).collect()
}

#[tokio::test]
async fn one_change_of_many_tasks_is_one_step_and_skips_what_is_not_there() {
    let home = Home::new();
    let client = home.open().await;
    let (milk, bread) = (
        ask(&client, plain("Milk")).await,
        ask(&client, plain("Bread")).await,
    );
    let mut names = ids(&[&milk, &bread, &milk]);
    names.push("zzzz9999".into());
    let change = TaskChange {
        due: Some(Change::Set("2031-03-18".into())),
        reminder: Some(Change::Set("before 10m".into())),
        add_tags: vec!["shop".into()],
        ..TaskChange::default()
    };
    let changed = ask(&client, TaskEditMany { ids: names, change }).await;
    assert_eq!(titles(&changed.tasks), ["Milk", "Bread"]);
    assert!(
        changed
            .tasks
            .iter()
            .all(|task| task.reminder.as_deref() == Some("before 10m"))
    );
    assert_eq!(changed.skipped[0].reason.code, Code::NotFound);

    let undone = ask(&client, Undo::default()).await.change;
    assert_eq!((undone.verb, undone.count, undone.left), (Verb::Edit, 2, 0));
    let after = ask(&client, TaskList::default()).await;
    assert!(
        after
            .iter()
            .all(|task| task.due.is_none() && task.tags.is_empty())
    );
    let redone = ask(&client, Redo {}).await.change;
    assert_eq!((redone.verb, redone.count), (Verb::Edit, 2));
    let after = ask(&client, TaskList::default()).await;
    assert!(
        after
            .iter()
            .all(|task| task.due.as_deref() == Some("2031-03-18"))
    );
    fails(&client, Redo {}, Code::NothingToRedo).await;

    // A value that is wrong for all is one error, and nothing is changed.
    let wrong = TaskChange {
        priority: Some(7),
        add_tags: vec!["no".into()],
        ..TaskChange::default()
    };
    let error = fails(
        &client,
        TaskEditMany {
            ids: ids(&[&milk, &bread]),
            change: wrong,
        },
        Code::InvalidInput,
    )
    .await;
    assert_eq!(error.field.as_deref(), Some("priority"));
    client.close().await.unwrap();
}

#[tokio::test]
async fn completing_many_makes_each_next_occurrence_and_passes_the_turn_on() {
    let home = Home::new();
    let client = home.open().await;
    let bins = ask(&client, plain("Bins")).await;
    let weekly = TaskChange {
        due: Some(Change::Set("2031-03-17".into())),
        repeat: Some(Change::Set("every week".into())),
        rotation: Some(Change::Set(vec!["me".into()])),
        ..TaskChange::default()
    };
    let edited = ask(
        &client,
        TaskEdit {
            id: bins.id.clone(),
            change: weekly,
        },
    )
    .await;
    assert_eq!(edited.rotation.len(), 1);
    let milk = ask(&client, plain("Milk")).await;
    let done = TaskChange {
        status: Some(TaskStatus::Done),
        ..TaskChange::default()
    };
    let changed = ask(
        &client,
        TaskEditMany {
            ids: ids(&[&bins, &milk]),
            change: done,
        },
    )
    .await;
    assert!(
        changed
            .tasks
            .iter()
            .all(|task| task.status == TaskStatus::Done)
    );
    let open = ask(&client, TaskList::default()).await;
    assert_eq!(
        (titles(&open), open[0].due.as_deref()),
        (vec!["Bins"], Some("2031-03-24"))
    );
    assert_eq!(open[0].predecessor.as_deref(), Some(bins.id.as_str()));
    assert_eq!(
        open[0].assignee.as_ref().map(|who| &who.id),
        Some(&edited.rotation[0].id)
    );
    assert_eq!(
        ask(&client, Undo::default()).await.change.verb,
        Verb::Complete
    );
    assert_eq!(ask(&client, TaskList::default()).await.len(), 2);
    client.close().await.unwrap();
}

#[tokio::test]
async fn tasks_wait_for_others_and_never_for_each_other() {
    let home = Home::new();
    let client = home.open().await;
    let (paint, buy) = (
        ask(&client, plain("Paint")).await,
        ask(&client, plain("Buy paint")).await,
    );
    let wait = |task: &Task, other: &Task| TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            add_waits_for: vec![other.short.clone()],
            ..TaskChange::default()
        },
    };
    let waiting = ask(&client, wait(&paint, &buy)).await;
    assert!(waiting.blocked && waiting.waits_for[0].title == "Buy paint");
    let error = fails(&client, wait(&buy, &paint), Code::InvalidInput).await;
    assert_eq!(error.field.as_deref(), Some("add_waits_for"));
    fails(&client, wait(&buy, &buy), Code::InvalidInput).await;
    ask(&client, TaskDone { ids: ids(&[&buy]) }).await;
    let free = ask(
        &client,
        TaskShow {
            id: paint.id.clone(),
        },
    )
    .await;
    assert!(!free.blocked && free.waits_for[0].status == TaskStatus::Done);
    client.close().await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_taken_back_says_so_and_leaves_the_change_before_it() {
    let home = Home::new();
    let client = home.open().await;
    ask(&client, plain("Milk")).await;
    ask(
        &client,
        SpaceAdd {
            name: "Home".into(),
        },
    )
    .await;
    let error = fails(&client, Undo::default(), Code::NothingToUndo).await;
    assert!(
        error.message.starts_with("the new space stays"),
        "{}",
        error.message
    );
    assert_eq!(ask(&client, TaskList::default()).await.len(), 1);
    assert_eq!(
        ask(&client, Undo::default()).await.change.name.as_deref(),
        Some("Milk")
    );
    assert!(ask(&client, TaskList::default()).await.is_empty());
    client.close().await.unwrap();
}

#[tokio::test]
async fn another_day_keeps_the_time_of_day_of_each_task() {
    let home = Home::new();
    let client = home.open().await;
    let at = |title: &str, due: Option<&str>, day: &str| TaskAdd {
        set: NewFields {
            due: due.map(str::to_owned),
            start: Some(format!("{day}T08:00")),
            ..NewFields::default()
        },
        ..plain(title)
    };
    let timed = ask(&client, at("Call", Some("2031-03-18T17:00"), "2031-03-01")).await;
    let dated = ask(&client, at("Rent", Some("2031-03-18"), "2031-03-02")).await;
    let free = ask(&client, at("Read", None, "2031-06-02")).await;
    let meant = ask(&client, at("Meant", Some("2031-06-02T17:00"), "2031-06-03")).await;
    let change = TaskChange {
        due_day: Some("2031-06-02".into()),
        start_day: Some("2031-06-03".into()),
        ..TaskChange::default()
    };
    let ids = ids(&[&timed, &dated, &free]);
    let now = ask(&client, TaskEditMany { ids, change }).await.tasks;
    let due: Vec<_> = now.iter().map(|task| task.due.clone().unwrap()).collect();
    let due_of = |day: &str| day.to_owned();
    assert!(now.iter().all(|task| task.start == meant.start));
    assert_eq!(
        due,
        [
            meant.due.unwrap(),
            due_of("2031-06-02"),
            due_of("2031-06-02")
        ]
    );
    let undone = ask(&client, Undo::default()).await.change;
    assert_eq!((undone.verb, undone.count), (Verb::Schedule, 3));
}

#[tokio::test]
async fn another_time_keeps_the_day_of_each_task() {
    let home = Home::new();
    let client = home.open().await;
    let at = |title: &str, due: Option<&str>| TaskAdd {
        set: NewFields {
            due: due.map(str::to_owned),
            ..NewFields::default()
        },
        ..plain(title)
    };
    let timed = ask(&client, at("Call", Some("2031-03-18T17:00"))).await;
    let dated = ask(&client, at("Rent", Some("2031-06-02"))).await;
    let free = ask(&client, at("Read", None)).await;
    let mut meant = Vec::new();
    for due in ["2031-03-18T09:00", "2031-06-02T09:00", "today 09:00"] {
        meant.push(ask(&client, at("Meant", Some(due))).await.due);
    }
    let change = TaskChange {
        due_time: Some("09:00".into()),
        ..TaskChange::default()
    };
    let edit = TaskEditMany {
        ids: ids(&[&timed, &dated, &free]),
        change,
    };
    let now = ask(&client, edit).await.tasks;
    let due: Vec<_> = now.iter().map(|task| task.due.clone()).collect();
    assert_eq!(due, meant);
    let undone = ask(&client, Undo::default()).await.change;
    assert_eq!((undone.verb, undone.count), (Verb::Schedule, 3));
    let bad = TaskEditMany {
        ids: ids(&[&timed]),
        change: TaskChange {
            due_time: Some("soon".into()),
            ..TaskChange::default()
        },
    };
    let error = fails(&client, bad, Code::InvalidInput).await;
    assert_eq!(error.field.as_deref(), Some("due"));
}

#[tokio::test]
async fn each_kind_of_change_has_its_own_name() {
    let home = Home::new();
    let client = home.open().await;
    let task = ask(&client, plain("Rent")).await;
    let set = |text: &str| Some(Change::Set(text.to_owned()));
    let with = TaskChange::default;
    let kinds = [
        (
            TaskChange {
                due: set("2031-03-18"),
                reminder: set("due"),
                ..with()
            },
            Verb::Schedule,
        ),
        (
            TaskChange {
                reminder: set("before 10m"),
                ..with()
            },
            Verb::Remind,
        ),
        (
            TaskChange {
                repeat: set("every week"),
                ..with()
            },
            Verb::Repeat,
        ),
        (
            TaskChange {
                start: set("2031-03-01"),
                ..with()
            },
            Verb::Start,
        ),
        (
            TaskChange {
                due: Some(Change::Clear),
                ..with()
            },
            Verb::Unschedule,
        ),
        (
            TaskChange {
                assignee: set("me"),
                ..with()
            },
            Verb::Assign,
        ),
        (
            TaskChange {
                assignee: Some(Change::Clear),
                ..with()
            },
            Verb::Unassign,
        ),
        (
            TaskChange {
                rotation: Some(Change::Clear),
                ..with()
            },
            Verb::Rotate,
        ),
    ];
    for (change, verb) in kinds {
        let id = task.id.clone();
        let step = ask(&client, TaskEdit { id, change }).await.step;
        assert_eq!(ask(&client, Undo { step }).await.change.verb, verb);
    }
}
