//! Changing many tasks in one go, moving them together, copying them, taking back and making again.

use rota_api::*;

use crate::computer::{Home, ask, fails, plain, titles};

fn ids(tasks: &[&Task]) -> Vec<String> {
    tasks.iter().map(|task| task.id.clone()).collect()
}

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

#[tokio::test]
async fn the_list_that_takes_what_names_no_list_is_told_by_any_name_and_in_any_place() {
    let home = Home::new();
    let client = home.open().await;
    let task = ask(&client, plain("Milk")).await;
    let other = ListAdd {
        name: "House".into(),
        space: None,
    };
    let other = ask(&client, other).await;
    assert!(!other.inbox);
    let moved = ListMove {
        list: other.id,
        to: Place::First,
        space: None,
    };
    ask(&client, moved).await;
    let named = ListRename {
        list: task.list.id.clone(),
        name: "Here".into(),
    };
    ask(&client, named).await;
    let lists = ask(&client, ListsShow::default()).await;
    let inbox: Vec<_> = lists.iter().filter(|list| list.inbox).collect();
    assert_eq!(inbox.len(), 1);
    assert_eq!(
        (&inbox[0].id, inbox[0].name.as_str()),
        (&task.list.id, "Here")
    );
}

#[tokio::test]
async fn the_inbox_can_be_typed_as_windows_call_it() {
    let home = Home::new();
    let client = home.open().await;
    let inbox = ask(&client, plain("Milk")).await.list;
    let parse = |text: &str, locale: &str| QuickAddParse {
        text: text.into(),
        locale: Some(locale.into()),
        ..QuickAddParse::default()
    };
    for (text, locale) in [
        ("Brot +eingang", "de"),
        ("Brot +Inbox", "de"),
        ("Pan +entrada", "es"),
    ] {
        let read = ask(&client, parse(text, locale)).await;
        assert_eq!(read.list.as_ref(), Some(&inbox), "{text}");
    }
    assert_eq!(ask(&client, parse("Bread +eingang", "en")).await.list, None);
    let own = ListAdd {
        name: "Eingang".into(),
        space: None,
    };
    let own = ask(&client, own).await;
    let read = ask(&client, parse("Brot +eingang", "de")).await;
    assert_eq!(read.list.unwrap().id, own.id);
}
