//! What windows ask for besides tasks: groups, numbers, tags, settings, drafts, lists in the trash, quick add.

use rota_api::*;

use crate::computer::{Home, ask, fails, plain, titles};

fn due(text: &str, day: &str) -> TaskAdd {
    TaskAdd {
        set: NewFields {
            due: Some(day.into()),
            ..NewFields::default()
        },
        ..plain(text)
    }
}

#[tokio::test]
async fn pages_groups_and_numbers_agree() {
    let home = Home::new();
    let client = home.open().await;
    ask(&client, due("Late", "2001-01-02")).await;
    ask(&client, due("Far", "2999-01-02")).await;
    ask(&client, due("Now", "today")).await;
    let mine = TaskAdd {
        set: NewFields {
            assignee: Some("me".into()),
            ..NewFields::default()
        },
        ..plain("Some day")
    };
    ask(&client, mine).await;
    let gone = ask(&client, plain("Gone")).await;
    ask(
        &client,
        TaskDelete {
            ids: vec![gone.id.clone()],
        },
    )
    .await;
    let numbers = ask(&client, OverviewShow {}).await;
    assert_eq!(
        (numbers.today, numbers.overdue, numbers.upcoming),
        (2, 1, 1)
    );
    assert_eq!(
        (numbers.for_me, numbers.trash, numbers.recovered),
        (1, 1, 0)
    );

    let filter = TaskFilter {
        only: Some(Only::Open),
        sort: Some(Sort::Due),
        ..TaskFilter::default()
    };
    let page = TaskPageShow {
        filter: filter.clone(),
        offset: 0,
        limit: 10,
    };
    let page = ask(&client, page).await;
    assert_eq!(
        (titles(&page.tasks), page.total),
        (vec!["Late", "Now", "Far", "Some day"], 4)
    );
    let groups = ask(
        &client,
        TaskGroupsShow {
            filter: filter.clone(),
            by: GroupBy::DueDay,
        },
    )
    .await;
    let today = page.tasks[1].due.clone();
    let found: Vec<_> = groups
        .groups
        .iter()
        .map(|group| (group.key.clone(), group.count))
        .collect();
    let key = |key: &str| Some(key.to_owned());
    assert_eq!(
        found,
        [
            (key("2001-01-02"), 1),
            (today, 1),
            (key("2999-01-02"), 1),
            (None, 1)
        ]
    );
    let from = TaskFilter {
        due: Some(DateFilter::From("today".into())),
        ..filter.clone()
    };
    let page = ask(
        &client,
        TaskPageShow {
            filter: from,
            offset: 1,
            limit: 10,
        },
    )
    .await;
    assert_eq!((titles(&page.tasks), page.total), (vec!["Far"], 2));
    let by_list = ask(
        &client,
        TaskGroupsShow {
            filter,
            by: GroupBy::List,
        },
    )
    .await;
    assert_eq!(
        (by_list.groups[0].name.as_deref(), by_list.groups[0].count),
        (Some("Inbox"), 4)
    );
    let trash = TaskFilter {
        only: Some(Only::Trash),
        sort: Some(Sort::Deleted),
        ..TaskFilter::default()
    };
    let page = ask(
        &client,
        TaskPageShow {
            filter: trash,
            offset: 0,
            limit: 10,
        },
    )
    .await;
    assert_eq!(titles(&page.tasks), ["Gone"]);
    assert!(page.tasks[0].deleted_by.is_some());
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_task_is_found_by_what_it_was_called_before() {
    let home = Home::new();
    let client = home.open().await;
    let task = ask(&client, plain("Call the plumber")).await;
    let renamed = TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            title: Some("Book the heating".into()),
            ..TaskChange::default()
        },
    };
    ask(&client, renamed).await;
    let once = |search: &str| EarlierTitlesShow {
        search: search.into(),
        limit: 3,
    };
    let found = ask(&client, once("plumb")).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].title, "Call the plumber");
    assert_eq!(
        (&*found[0].task.title, &found[0].task.id),
        ("Book the heating", &task.id)
    );
    assert!(ask(&client, once("heating")).await.is_empty());
    assert!(ask(&client, once("")).await.is_empty());
    client.close().await.unwrap();
}

#[tokio::test]
async fn tags_are_counted_and_a_search_gives_the_best_match_first() {
    let home = Home::new();
    let client = home.open().await;
    for text in ["Buy paint #home", "Paint #home #art", "Old #home"] {
        ask(
            &client,
            TaskAdd {
                text: text.into(),
                ..TaskAdd::default()
            },
        )
        .await;
    }
    let tags = ask(&client, TagsShow::default()).await;
    let tags: Vec<_> = tags
        .iter()
        .map(|tag| (tag.name.as_str(), tag.tasks))
        .collect();
    assert_eq!(tags, [("home", 3), ("art", 1)]);
    let filter = TaskFilter {
        search: Some("paint".into()),
        ..TaskFilter::default()
    };
    let page = ask(
        &client,
        TaskPageShow {
            filter,
            offset: 0,
            limit: 5,
        },
    )
    .await;
    assert_eq!(titles(&page.tasks), ["Paint", "Buy paint"]);
    client.close().await.unwrap();
}

#[tokio::test]
async fn settings_are_kept_checked_and_told() {
    let home = Home::new();
    let node = home.start().await;
    let settings = node.ask(SettingsShow {}).await;
    assert_eq!(settings, Settings::default());
    let mut events = node.service().watch();
    let change = |json: serde_json::Value| serde_json::from_value::<SettingsChange>(json).unwrap();
    let wanted = serde_json::json!({"language": "de", "zoom": 120, "keys": {"task.done": "Ctrl+D"}, "global_shortcut": ""});
    let settings = node.ask(change(wanted)).await;
    assert_eq!(
        (settings.language, settings.zoom),
        (Some(Language::De), 120)
    );
    assert_eq!(settings.global_shortcut, None);
    loop {
        let event = events.next().await.unwrap().unwrap();
        if event.kind == WatchKind::Settings {
            break;
        }
    }
    for (wrong, field) in [
        (serde_json::json!({"zoom": 500}), "zoom"),
        (serde_json::json!({"evening": "25:00"}), "evening"),
        (serde_json::json!({"morning": "20:00"}), "afternoon"),
        (serde_json::json!({"keys": {"Not a command": "x"}}), "keys"),
        (
            serde_json::json!({"global_shortcut": "Ctrl+"}),
            "global_shortcut",
        ),
    ] {
        let error = node.refuses(change(wrong)).await;
        assert_eq!(
            (error.code, error.field.as_deref()),
            (Code::InvalidInput, Some(field))
        );
    }
    // The parser reads the language from them.
    let german = TaskAdd {
        text: "Müll morgen".into(),
        ..TaskAdd::default()
    };
    let task = node.ask(german).await;
    assert_eq!(task.title, "Müll");
    assert!(task.due.is_some());
    node.close().await;
    let node = home.start().await;
    // The task that was added has ended the first run.
    let kept = Settings {
        first_run_done: true,
        ..settings
    };
    assert_eq!(node.ask(SettingsShow {}).await, kept);
    let back = node
        .ask(change(
            serde_json::json!({"language": null, "zoom": null, "global_shortcut": null}),
        ))
        .await;
    assert_eq!(
        (back.language, back.zoom, back.global_shortcut.as_deref()),
        (None, 100, Some("Ctrl+Alt+Space"))
    );
    node.close().await;
}

#[tokio::test]
async fn what_is_being_typed_is_there_in_the_next_process() {
    let home = Home::new();
    let client = home.open().await;
    let show = DraftShow {
        key: "quick_add".into(),
    };
    assert_eq!(ask(&client, show.clone()).await.text, None);
    ask(
        &client,
        DraftSet {
            key: "quick_add".into(),
            text: Some("Buy pai".into()),
        },
    )
    .await;
    client.close().await.unwrap();
    let client = home.open().await;
    let draft = ask(&client, show.clone()).await;
    assert_eq!(draft.text.as_deref(), Some("Buy pai"));
    assert!(draft.at.is_some());
    ask(
        &client,
        DraftSet {
            key: "quick_add".into(),
            text: None,
        },
    )
    .await;
    assert_eq!(ask(&client, show).await, Draft::default());
    // Nothing of it is a change of a task.
    fails(&client, Undo::default(), Code::NothingToUndo).await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn lists_change_their_place_hue_and_space_and_come_back_from_the_trash() {
    let home = Home::new();
    let client = home.open().await;
    for name in ["House", "Garden", "Car"] {
        ask(
            &client,
            ListAdd {
                name: name.into(),
                space: None,
            },
        )
        .await;
    }
    let names = |trash| {
        let client = &client;
        async move {
            let lists = ask(
                client,
                ListsShow {
                    trash,
                    ..ListsShow::default()
                },
            )
            .await;
            lists.into_iter().map(|list| list.name).collect::<Vec<_>>()
        }
    };
    let to = |list: &str, to, space: Option<&str>| ListMove {
        list: list.into(),
        to,
        space: space.map(str::to_owned),
    };
    ask(&client, to("Car", Place::Before("House".into()), None)).await;
    assert_eq!(names(false).await, ["Car", "House", "Garden"]);
    fails(
        &client,
        to("Car", Place::After("Car".into()), None),
        Code::InvalidInput,
    )
    .await;
    let edit = ListEdit {
        list: "Car".into(),
        color: Some(Change::Set("Teal".into())),
        archived: Some(true),
        ..ListEdit::default()
    };
    let edited = ask(&client, edit).await;
    assert_eq!((edited.color.as_str(), edited.archived), ("teal", true));
    let wrong = ListEdit {
        list: "Car".into(),
        color: Some(Change::Set("mauve".into())),
        ..ListEdit::default()
    };
    assert_eq!(
        fails(&client, wrong, Code::InvalidInput)
            .await
            .field
            .as_deref(),
        Some("color")
    );

    let dig = ask(
        &client,
        TaskAdd {
            list: Some("Garden".into()),
            ..plain("Dig")
        },
    )
    .await;
    let deleted = ask(
        &client,
        ListDelete {
            list: "Garden".into(),
        },
    )
    .await;
    assert!(deleted.deleted_at.is_some() && deleted.recovered == 0);
    assert_eq!(names(false).await, ["Car", "House"]);
    assert_eq!(names(true).await, ["Car", "House", "Garden"]);
    let back = ask(
        &client,
        ListRestore {
            list: "Garden".into(),
        },
    )
    .await;
    assert_eq!((back.deleted_at, back.open), (None, 1));
    assert_eq!(
        ask(&client, Undo::default()).await.change.verb,
        Verb::ListRestore
    );
    assert_eq!(names(false).await, ["Car", "House"]);
    assert_eq!(ask(&client, Redo {}).await.change.verb, Verb::ListRestore);

    ask(
        &client,
        SpaceAdd {
            name: "Home".into(),
        },
    )
    .await;
    let moved = ask(&client, to("Garden", Place::Last, Some("Home"))).await;
    assert_eq!((moved.space.name.as_str(), moved.open), ("Home", 1));
    assert_ne!(moved.id, back.id);
    let tasks = ask(&client, TaskList::default()).await;
    assert_eq!(
        (titles(&tasks), tasks[0].list.id.as_str()),
        (vec!["Dig"], moved.id.as_str())
    );
    assert_ne!(tasks[0].id, dig.id);
    client.close().await.unwrap();
}

#[tokio::test]
async fn quick_add_tells_what_it_understood_where_in_utf16() {
    let home = Home::new();
    let client = home.open().await;
    ask(
        &client,
        Init {
            person: Some("Anna".into()),
            computer: None,
        },
    )
    .await;
    ask(
        &client,
        ListAdd {
            name: "House".into(),
            space: None,
        },
    )
    .await;
    let text = "😀 Paint #home !9 +House @nobody 2031-03-18";
    let parse = QuickAddParse {
        text: text.into(),
        ..QuickAddParse::default()
    };
    let parsed = ask(&client, parse.clone()).await;
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let cut =
        |start: u32, end: u32| String::from_utf16(&utf16[start as usize..end as usize]).unwrap();
    let tokens: Vec<_> = parsed
        .tokens
        .iter()
        .map(|token| {
            (
                cut(token.start, token.end),
                token.slot,
                token.value.as_str(),
            )
        })
        .collect();
    let expected = [
        ("#home".to_owned(), TokenSlot::Tag, "home"),
        ("+House".to_owned(), TokenSlot::List, "House"),
        ("2031-03-18".to_owned(), TokenSlot::Due, "2031-03-18"),
    ];
    assert_eq!(tokens, expected);
    let ignored: Vec<_> = parsed
        .ignored
        .iter()
        .map(|part| (cut(part.start, part.end), part.reason))
        .collect();
    assert_eq!(
        ignored,
        [
            ("!9".to_owned(), IgnoredReason::BadPriority),
            ("@nobody".to_owned(), IgnoredReason::UnknownWho)
        ]
    );
    assert_eq!(
        (parsed.title.as_str(), parsed.due.as_deref()),
        ("😀 Paint !9 @nobody", Some("2031-03-18"))
    );
    assert!(parsed.tags[0].new && parsed.tokens[0].new == Some(true));
    assert_eq!(
        (parsed.space.name.as_str(), parsed.seen_by.len()),
        ("Mine", 0)
    );

    // What is turned back into text stays text, and what it says is what is added.
    let literal = vec![Span {
        start: parsed.tokens[2].start,
        end: parsed.tokens[2].end,
    }];
    let again = ask(
        &client,
        QuickAddParse {
            literal: literal.clone(),
            ..parse
        },
    )
    .await;
    assert_eq!(
        (again.due, again.title.as_str()),
        (None, "😀 Paint !9 @nobody 2031-03-18")
    );
    let task = ask(
        &client,
        TaskAdd {
            text: text.into(),
            literal,
            ..TaskAdd::default()
        },
    )
    .await;
    assert_eq!(
        (task.title, task.list.name.as_str()),
        (again.title, "House")
    );
    let nothing = ask(&client, QuickAddParse::default()).await;
    assert_eq!((nothing.title.as_str(), nothing.tokens.len()), ("", 0));
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_folder_that_commands_filled_is_past_its_first_run() {
    let home = Home::new();
    let client = home.open().await;
    assert!(!ask(&client, SettingsShow {}).await.first_run_done);
    ask(&client, plain("Buy milk")).await;
    assert!(ask(&client, SettingsShow {}).await.first_run_done);
    // Whatever else is set, the answer says the same.
    let larger = SettingsChange {
        zoom: Some(Some(110)),
        ..SettingsChange::default()
    };
    let now = ask(&client, larger).await;
    assert_eq!((now.zoom, now.first_run_done), (110, true));
}
