//! Tasks from the first word to the trash and back.

use rota_api::*;

use crate::computer::{Home, ask, fails, plain, titles};

fn all() -> TaskList {
    TaskList::default()
}

#[tokio::test]
async fn quick_add_text_becomes_a_task_and_a_subtask_is_shown_below() {
    let home = Home::new();
    let client = home.open().await;
    let task = ask(
        &client,
        TaskAdd {
            text: "Buy paint #home !2 2031-03-18".into(),
            ..TaskAdd::default()
        },
    )
    .await;
    assert_eq!(
        (task.title.as_str(), task.priority, task.due.as_deref()),
        ("Buy paint", 2, Some("2031-03-18"))
    );
    assert_eq!(
        (task.tags.as_slice(), task.list.name.as_str()),
        (&["home".to_owned()][..], "Inbox")
    );
    assert_eq!(task.space.name, "Mine");
    let below = ask(
        &client,
        TaskAdd {
            parent: Some(task.short[..5].to_lowercase()),
            ..plain("Brush")
        },
    )
    .await;
    assert_eq!(below.parent.as_deref(), Some(task.id.as_str()));
    let whole = ask(
        &client,
        TaskShow {
            id: task.id.clone(),
        },
    )
    .await;
    assert_eq!(titles(whole.subtasks.as_deref().unwrap()), ["Brush"]);
    client.close().await.unwrap();
}

#[tokio::test]
async fn what_was_written_is_there_in_the_next_process() {
    let home = Home::new();
    let client = home.open().await;
    let before = ask(&client, StatusShow {}).await;
    ask(&client, plain("Kept")).await;
    client.close().await.unwrap();
    let client = home.open().await;
    assert_eq!(titles(&ask(&client, all()).await), ["Kept"]);
    let after = ask(&client, StatusShow {}).await;
    assert_eq!(
        (&after.computer, &after.person),
        (&before.computer, &before.person)
    );
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_repeating_task_gets_its_next_occurrence_and_loses_it_when_opened_again() {
    let home = Home::new();
    let client = home.open().await;
    let task = ask(&client, plain("Bins")).await;
    ask(
        &client,
        TaskEdit {
            id: task.id.clone(),
            change: TaskChange {
                due: Some(Change::Set("2031-03-17".into())),
                repeat: Some(Change::Set("FREQ=WEEKLY".into())),
                ..TaskChange::default()
            },
        },
    )
    .await;
    let done = ask(
        &client,
        TaskDone {
            ids: vec![task.id.clone()],
        },
    )
    .await;
    assert_eq!(done[0].status, TaskStatus::Done);
    let open = ask(&client, all()).await;
    assert_eq!(
        (titles(&open), open[0].due.as_deref()),
        (vec!["Bins"], Some("2031-03-24"))
    );
    assert_ne!(open[0].id, task.id);
    ask(
        &client,
        TaskReopen {
            ids: vec![task.id.clone()],
        },
    )
    .await;
    let open = ask(&client, all()).await;
    assert_eq!((open.len(), open[0].id.as_str()), (1, task.id.as_str()));
    client.close().await.unwrap();
}

#[tokio::test]
async fn completing_what_is_done_already_leaves_the_next_occurrence_as_it_is() {
    let home = Home::new();
    let client = home.open().await;
    let task = ask(&client, plain("Bins")).await;
    let repeating = TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            due: Some(Change::Set("2031-03-17".into())),
            repeat: Some(Change::Set("FREQ=WEEKLY".into())),
            ..TaskChange::default()
        },
    };
    ask(&client, repeating).await;
    let done = TaskDone {
        ids: vec![task.id.clone()],
    };
    ask(&client, done.clone()).await;
    let next = ask(&client, all()).await.remove(0);
    let history = ask(
        &client,
        TaskHistory {
            id: next.id.clone(),
        },
    )
    .await;
    let edit = TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            title: Some("Bins of last week".into()),
            ..TaskChange::default()
        },
    };
    ask(&client, edit).await;
    let again = ask(&client, done).await;
    assert_eq!(again[0].status, TaskStatus::Done);
    let after = ask(&client, all()).await;
    assert_eq!(titles(&after), ["Bins"]);
    assert_eq!(after[0].order, next.order);
    let versions = |history: Vec<HistoryEntry>| {
        let versions = history.into_iter().map(|entry| entry.version);
        versions.collect::<Vec<_>>()
    };
    let now = ask(&client, TaskHistory { id: next.id }).await;
    assert_eq!(versions(now), versions(history));
    // Nothing was written, so what is taken back is the edit before.
    ask(&client, Undo::default()).await;
    let first = ask(&client, TaskShow { id: task.id }).await;
    assert_eq!(
        (first.title.as_str(), first.status),
        ("Bins", TaskStatus::Done)
    );
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_move_to_another_space_makes_a_copy_there_and_back_a_third() {
    let home = Home::new();
    let client = home.open().await;
    ask(
        &client,
        SpaceAdd {
            name: "Family".into(),
        },
    )
    .await;
    let task = ask(&client, plain("Picnic")).await;
    let below = TaskAdd {
        parent: Some(task.id.clone()),
        ..plain("Blanket")
    };
    ask(&client, below).await;
    ask(
        &client,
        ListAdd {
            name: "Outside".into(),
            space: Some("Family".into()),
        },
    )
    .await;
    let to = |id: &str, list: &str| TaskEdit {
        id: id.to_owned(),
        change: TaskChange {
            list: Some(list.to_owned()),
            ..TaskChange::default()
        },
    };
    let there = ask(&client, to(&task.id, "Outside")).await;
    assert_eq!(
        (there.space.name.as_str(), there.title.as_str()),
        ("Family", "Picnic")
    );
    assert_ne!(there.id, task.id);
    let whole = ask(
        &client,
        TaskShow {
            id: there.id.clone(),
        },
    )
    .await;
    assert_eq!(titles(whole.subtasks.as_deref().unwrap()), ["Blanket"]);
    assert_eq!(
        titles(&ask(&client, all()).await),
        ["Picnic", "Blanket"],
        "not twice"
    );
    let back = ask(&client, to(&there.id, "Inbox")).await;
    assert_eq!(back.space.name, "Mine");
    assert!(back.id != there.id && back.id != task.id);
    assert_eq!(ask(&client, all()).await.len(), 2);
    client.close().await.unwrap();
}

#[tokio::test]
async fn undo_takes_back_the_latest_change_and_then_says_that_there_is_none() {
    let home = Home::new();
    let client = home.open().await;
    let task = ask(&client, plain("Right")).await;
    let edit = TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            title: Some("Wrong".into()),
            ..TaskChange::default()
        },
    };
    ask(&client, edit).await;
    ask(&client, Undo::default()).await;
    assert_eq!(titles(&ask(&client, all()).await), ["Right"]);
    ask(&client, Undo::default()).await;
    assert!(ask(&client, all()).await.is_empty());
    fails(&client, Undo::default(), Code::NothingToUndo).await;
    let history = ask(&client, TaskHistory { id: task.id }).await;
    let values: Vec<_> = history
        .iter()
        .filter(|entry| entry.field == "title")
        .map(|entry| &entry.value)
        .collect();
    assert_eq!(values, ["Right", "Wrong", "Right"]);
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_task_is_shown_without_what_was_trashed_of_it_and_one_of_the_trash_with_it() {
    let home = Home::new();
    let client = home.open().await;
    let trip = ask(&client, plain("Trip")).await;
    let below = |title: &str| TaskAdd {
        parent: Some(trip.id.clone()),
        ..plain(title)
    };
    let ticket = ask(&client, below("Ticket")).await;
    ask(&client, below("Bag")).await;
    let delete = |id: &str| TaskDelete {
        ids: vec![id.to_owned()],
    };
    let shown = || TaskShow {
        id: trip.id.clone(),
    };
    ask(&client, delete(&ticket.id)).await;
    let whole = ask(&client, shown()).await;
    assert_eq!(titles(whole.subtasks.as_deref().unwrap()), ["Bag"]);
    ask(&client, delete(&trip.id)).await;
    let whole = ask(&client, shown()).await;
    assert_eq!(
        titles(whole.subtasks.as_deref().unwrap()),
        ["Ticket", "Bag"]
    );
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_subtask_comes_out_of_the_trash_with_what_is_above_it() {
    let home = Home::new();
    let client = home.open().await;
    let above = ask(&client, plain("Trip")).await;
    let below = ask(
        &client,
        TaskAdd {
            parent: Some(above.id.clone()),
            ..plain("Ticket")
        },
    )
    .await;
    ask(
        &client,
        TaskDelete {
            ids: vec![above.id.clone()],
        },
    )
    .await;
    assert!(ask(&client, all()).await.is_empty());
    let restored = ask(
        &client,
        TaskRestore {
            ids: vec![below.id],
        },
    )
    .await;
    assert_eq!(restored[0].deleted_at, None);
    assert_eq!(titles(&ask(&client, all()).await), ["Trip", "Ticket"]);
    client.close().await.unwrap();
}

#[tokio::test]
async fn many_lines_are_added_all_or_none() {
    let home = Home::new();
    let client = home.open().await;
    let lines = |lines: &[&str]| TaskAddMany {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        ..TaskAddMany::default()
    };
    let added = ask(
        &client,
        lines(&["Trip", "  Passport", "    - [x] Photo", "", "Sleep #early"]),
    )
    .await;
    assert_eq!(
        added
            .iter()
            .map(|line| line.title.as_str())
            .collect::<Vec<_>>(),
        ["Trip", "Passport", "Photo", "Sleep"]
    );
    let trip = ask(
        &client,
        TaskShow {
            id: added[0].id.clone(),
        },
    )
    .await;
    let passport = &trip.subtasks.unwrap()[0];
    assert_eq!(
        passport.subtasks.as_ref().unwrap()[0].status,
        TaskStatus::Done
    );
    let error = fails(
        &client,
        lines(&["Fine", &"x".repeat(100_000)]),
        Code::TooLarge,
    )
    .await;
    assert!(error.message.starts_with("line 2"), "{error:?}");
    assert_eq!(ask(&client, all()).await.len(), 3);
    client.close().await.unwrap();
}

#[tokio::test]
async fn many_lines_go_below_a_task_or_beside_one_and_are_taken_back_together() {
    let home = Home::new();
    let client = home.open().await;
    let first = ask(&client, plain("First")).await;
    let last = ask(&client, plain("Last")).await;
    let lines = |lines: &[&str]| TaskAddMany {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        plain: true,
        outline: true,
        ..TaskAddMany::default()
    };
    let below = TaskAddMany {
        parent: Some(first.id.clone()),
        ..lines(&["- Rollers", "  - [x] The wide one", "- Tape"])
    };
    assert_eq!(ask(&client, below).await.len(), 3);
    let whole = ask(&client, TaskShow { id: first.id }).await;
    let subtasks = whole.subtasks.unwrap();
    assert_eq!(titles(&subtasks), ["Rollers", "Tape"]);
    let wide = &subtasks[0].subtasks.as_ref().unwrap()[0];
    assert_eq!(
        (wide.title.as_str(), wide.status),
        ("The wide one", TaskStatus::Done)
    );

    let between = TaskAddMany {
        to: Some(Place::Before(last.id.clone())),
        ..lines(&["One", "  Half", "Two"])
    };
    ask(&client, between).await;
    let behind = TaskAddMany {
        to: Some(Place::After(subtasks[0].id.clone())),
        ..lines(&["Tray", "Brush"])
    };
    ask(&client, behind).await;
    ask(&client, plain("End")).await;
    let shown = [
        "First", "Rollers", "Tray", "Brush", "Tape", "One", "Half", "Two", "Last", "End",
    ];
    assert_eq!(titles(&ask(&client, all()).await), shown);

    ask(&client, Undo::default()).await;
    for taken_back in [2, 3, 3] {
        assert_eq!(ask(&client, Undo::default()).await.change.count, taken_back);
    }
    assert_eq!(titles(&ask(&client, all()).await), ["First", "Last"]);
    client.close().await.unwrap();
}

#[tokio::test]
async fn unknown_and_impossible_things_are_refused_with_a_hint() {
    let home = Home::new();
    let client = home.open().await;
    let task = ask(&client, plain("x")).await;
    let show = |id: &str| TaskShow { id: id.to_owned() };
    assert!(
        fails(&client, show("ZZZZZZZZ"), Code::NotFound)
            .await
            .hint
            .is_some()
    );
    fails(&client, show("abc"), Code::NotFound).await;
    fails(&client, plain("   "), Code::InvalidInput).await;
    fails(&client, plain(&"x".repeat(5_000)), Code::TooLarge).await;
    let edit = |due: &str| TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            due: Some(Change::Set(due.into())),
            ..TaskChange::default()
        },
    };
    let error = fails(&client, edit("2031-02-30"), Code::InvalidInput).await;
    assert_eq!(error.field.as_deref(), Some("due"));
    let own = TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            parent: Some(Change::Set(task.id.clone())),
            ..TaskChange::default()
        },
    };
    fails(&client, own, Code::InvalidInput).await;
    let kept = Task { step: None, ..task };
    assert_eq!(ask(&client, all()).await, vec![kept]);
    client.close().await.unwrap();
}

#[tokio::test]
async fn tasks_are_put_in_order() {
    let home = Home::new();
    let client = home.open().await;
    let mut ids = Vec::new();
    for title in ["a", "b", "c"] {
        ids.push(ask(&client, plain(title)).await.id);
    }
    let to = |id: &String, to: Place| TaskMove { id: id.clone(), to };
    ask(&client, to(&ids[2], Place::First)).await;
    ask(&client, to(&ids[0], Place::After(ids[1].clone()))).await;
    assert_eq!(titles(&ask(&client, all()).await), ["c", "b", "a"]);
    ask(&client, to(&ids[0], Place::Before(ids[1].clone()))).await;
    ask(&client, to(&ids[2], Place::Last)).await;
    assert_eq!(titles(&ask(&client, all()).await), ["a", "b", "c"]);
    ask(&client, plain("d")).await;
    assert_eq!(titles(&ask(&client, all()).await), ["a", "b", "c", "d"]);
    client.close().await.unwrap();
}
