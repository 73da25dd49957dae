//! Where tasks stand: dragged together, copied, added at a place.

use rota_api::*;

use crate::computer::{Home, ask, fails, plain, titles};
use crate::edits::ids;

async fn shown(client: &rota_node::Client) -> Vec<(String, u32)> {
    let tasks = ask(client, TaskList::default()).await;
    tasks
        .into_iter()
        .map(|task| (task.title, task.depth))
        .collect()
}

fn rows(rows: &[(&str, u32)]) -> Vec<(String, u32)> {
    rows.iter()
        .map(|(title, depth)| ((*title).to_owned(), *depth))
        .collect()
}

#[tokio::test]
async fn tasks_are_dragged_indented_and_taken_back_together() {
    let home = Home::new();
    let client = home.open().await;
    let mut all = Vec::new();
    for title in ["a", "b", "c", "d"] {
        all.push(ask(&client, plain(title)).await);
    }
    let [a, b, c, d] = all.try_into().unwrap();
    // Dragged: two behind the last.
    let to = |ids, to| TaskArrange {
        ids,
        to: Some(to),
        ..TaskArrange::default()
    };
    ask(&client, to(ids(&[&a, &b]), Place::After(d.id.clone()))).await;
    assert_eq!(
        shown(&client).await,
        rows(&[("c", 0), ("d", 0), ("a", 0), ("b", 0)])
    );
    // Indented below the one before them.
    let below = |ids, parent: &Task| TaskArrange {
        ids,
        parent: Some(Change::Set(parent.id.clone())),
        ..TaskArrange::default()
    };
    ask(&client, below(ids(&[&d, &a]), &c)).await;
    assert_eq!(
        shown(&client).await,
        rows(&[("c", 0), ("d", 1), ("a", 1), ("b", 0)])
    );
    ask(&client, below(ids(&[&a]), &d)).await;
    assert_eq!(
        shown(&client).await,
        rows(&[("c", 0), ("d", 1), ("a", 2), ("b", 0)])
    );
    // Nothing goes below itself.
    let error = fails(&client, below(ids(&[&b, &c]), &a), Code::InvalidInput).await;
    assert_eq!(
        (error.field.as_deref(), error.message.as_str()),
        (Some("parent"), "a task cannot be below itself")
    );
    // Outdented behind what it was below.
    let outdent = TaskArrange {
        parent: Some(Change::Clear),
        ..to(ids(&[&d]), Place::After(c.id.clone()))
    };
    ask(&client, outdent).await;
    assert_eq!(
        shown(&client).await,
        rows(&[("c", 0), ("d", 0), ("a", 1), ("b", 0)])
    );
    let undone = ask(&client, Undo::default()).await.change;
    assert_eq!(
        (undone.verb, undone.name.as_deref()),
        (Verb::Arrange, Some("d"))
    );
    assert_eq!(
        shown(&client).await,
        rows(&[("c", 0), ("d", 1), ("a", 2), ("b", 0)])
    );
    // A place beside a task of another row takes the tasks there; what is below goes along.
    ask(&client, to(ids(&[&b, &c, &a]), Place::First)).await;
    assert_eq!(shown(&client).await[0], ("b".to_owned(), 0));
    fails(
        &client,
        TaskArrange {
            ids: ids(&[&a]),
            ..TaskArrange::default()
        },
        Code::InvalidInput,
    )
    .await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn tasks_are_dragged_to_lists_and_spaces_at_a_place() {
    let home = Home::new();
    let client = home.open().await;
    ask(
        &client,
        SpaceAdd {
            name: "Home".into(),
        },
    )
    .await;
    let house = ListAdd {
        name: "House".into(),
        space: Some("Home".into()),
    };
    ask(&client, house).await;
    let there = |text: &str| TaskAdd {
        list: Some("House".into()),
        ..plain(text)
    };
    let (rent, bins) = (
        ask(&client, there("Rent")).await,
        ask(&client, there("Bins")).await,
    );
    let milk = ask(&client, plain("Milk")).await;
    let oat = ask(
        &client,
        TaskAdd {
            parent: Some(milk.id.clone()),
            ..plain("Oat")
        },
    )
    .await;
    let drag = TaskArrange {
        ids: ids(&[&milk, &oat]),
        list: Some("House".into()),
        to: Some(Place::Before(bins.id.clone())),
        ..TaskArrange::default()
    };
    let moved = ask(&client, drag).await;
    assert_eq!(titles(&moved.tasks), ["Milk"]);
    assert_eq!(moved.tasks[0].space.name, "Home");
    let list = TaskList {
        filter: TaskFilter {
            list: Some("House".into()),
            ..TaskFilter::default()
        },
        ..TaskList::default()
    };
    assert_eq!(
        titles(&ask(&client, list.clone()).await),
        ["Rent", "Milk", "Oat", "Bins"]
    );
    let undone = ask(&client, Undo::default()).await.change;
    assert_eq!(
        (undone.verb, undone.name.as_deref()),
        (Verb::Move, Some("House"))
    );
    assert_eq!(titles(&ask(&client, list).await), ["Rent", "Bins"]);
    let whole = ask(&client, TaskShow { id: milk.id }).await;
    assert_eq!(
        (whole.list.name.as_str(), whole.subtasks_total),
        ("Inbox", 1)
    );
    drop(rent);
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_copy_is_open_stands_behind_its_original_and_brings_its_subtasks() {
    let home = Home::new();
    let client = home.open().await;
    let trip = ask(
        &client,
        TaskAdd {
            text: "Trip #travel !1 2031-05-01".into(),
            ..TaskAdd::default()
        },
    )
    .await;
    let pack = ask(
        &client,
        TaskAdd {
            parent: Some(trip.id.clone()),
            ..plain("Pack")
        },
    )
    .await;
    ask(
        &client,
        TaskAdd {
            parent: Some(trip.id.clone()),
            ..plain("Book")
        },
    )
    .await;
    ask(&client, plain("Last")).await;
    ask(
        &client,
        TaskDone {
            ids: ids(&[&trip, &pack]),
        },
    )
    .await;
    let copies = ask(
        &client,
        TaskDuplicate {
            ids: ids(&[&trip, &pack]),
        },
    )
    .await;
    assert_eq!(titles(&copies), ["Trip"]);
    let copy = &copies[0];
    assert_eq!(
        (copy.status, copy.priority, copy.due.as_deref()),
        (TaskStatus::Open, 1, Some("2031-05-01"))
    );
    assert_eq!(
        (copy.tags.len(), copy.subtasks_total, copy.subtasks_done),
        (1, 2, 0)
    );
    assert_eq!(
        shown(&client).await,
        rows(&[
            ("Book", 1),
            ("Trip", 0),
            ("Pack", 1),
            ("Book", 1),
            ("Last", 0)
        ])
    );
    assert_eq!(
        ask(&client, Undo::default()).await.change.verb,
        Verb::Duplicate
    );
    assert_eq!(shown(&client).await, rows(&[("Book", 1), ("Last", 0)]));
    client.close().await.unwrap();
}

#[tokio::test]
async fn what_is_given_beside_the_text_stands_and_a_task_goes_right_behind_another() {
    let home = Home::new();
    let client = home.open().await;
    let first = ask(&client, plain("First")).await;
    ask(&client, plain("Last")).await;
    let add = TaskAdd {
        text: "Buy paint #home !2 tomorrow".into(),
        after: Some(first.id.clone()),
        literal: vec![Span { start: 20, end: 28 }],
        set: NewFields {
            notes: Some("the red one".into()),
            due: Some("2031-03-18".into()),
            reminder: Some("due".into()),
            tags: Some(vec!["shop".into()]),
            priority: Some(1),
            assignee: Some("me".into()),
            ..NewFields::default()
        },
        ..TaskAdd::default()
    };
    let task = ask(&client, add).await;
    assert_eq!(task.title, "Buy paint tomorrow");
    assert_eq!(
        (task.priority, task.due.as_deref(), task.reminder.as_deref()),
        (1, Some("2031-03-18"), Some("due"))
    );
    assert_eq!(
        (task.notes.as_str(), task.tags.as_slice()),
        ("the red one", &["home".to_owned(), "shop".to_owned()][..])
    );
    assert!(task.assignee.is_some());
    assert_eq!(
        shown(&client).await,
        rows(&[("First", 0), ("Buy paint tomorrow", 0), ("Last", 0)])
    );
    let many = TaskAddMany {
        lines: vec!["One".into(), "  Two".into()],
        set: Some(NewFields {
            priority: Some(3),
            ..NewFields::default()
        }),
        ..TaskAddMany::default()
    };
    ask(&client, many).await;
    let tasks = ask(&client, TaskList::default()).await;
    let of = |title: &str| {
        tasks
            .iter()
            .find(|task| task.title == title)
            .unwrap()
            .priority
    };
    assert_eq!((of("One"), of("Two")), (3, 0));
    assert_eq!(ask(&client, Undo::default()).await.change.count, 2);
    // Pasted lines: their marks are read, their words are not.
    let pasted = TaskAddMany {
        lines: vec!["1. Call +Inbox tomorrow".into(), "   - [x] #2 of it".into()],
        plain: true,
        outline: true,
        ..TaskAddMany::default()
    };
    let added = ask(&client, pasted).await;
    let titles: Vec<_> = added.iter().map(|line| line.title.as_str()).collect();
    assert_eq!(titles, ["Call +Inbox tomorrow", "#2 of it"]);
    let id = added[0].id.clone();
    let whole = ask(&client, TaskShow { id }).await;
    assert_eq!((whole.subtasks_total, whole.subtasks_done), (1, 1));
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_new_task_comes_before_another_in_one_step() {
    let home = Home::new();
    let client = home.open().await;
    let milk = ask(&client, plain("Milk")).await;
    let below = TaskAdd {
        parent: Some(milk.id.clone()),
        ..plain("Oat")
    };
    let oat = ask(&client, below).await;
    let before = |task: &Task, title: &str| TaskAdd {
        before: Some(task.id.clone()),
        ..plain(title)
    };
    ask(&client, before(&oat, "Soy")).await;
    ask(&client, before(&milk, "Bread")).await;
    let all = [("Bread", 0), ("Milk", 0), ("Soy", 1), ("Oat", 1)];
    assert_eq!(shown(&client).await, rows(&all));
    ask(&client, Undo::default()).await;
    assert_eq!(shown(&client).await, rows(&all[1..]));
}
