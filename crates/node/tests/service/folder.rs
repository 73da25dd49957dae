//! The folder: whose it is, what keeps it from being used, copies of it.

use rota_api::*;
use rota_node::OpenOptions;

use crate::computer::{Home, ask, fails, plain, titles};

#[tokio::test]
async fn a_command_speaks_to_the_node_that_has_the_folder() {
    let home = Home::new();
    let node = home.start().await;
    let client = home.open().await;
    let mut events = client.watch().await.unwrap();
    let hello = events.next().await.unwrap().unwrap();
    assert_eq!(hello.kind, WatchKind::Hello);
    let task = ask(&client, plain("Through the node")).await;
    loop {
        let event = events.next().await.unwrap().unwrap();
        if event.kind == WatchKind::Task {
            assert!(event.ids.unwrap().contains(&task.id));
            assert!(event.seq > hello.seq);
            break;
        }
    }
    assert!(ask(&client, StatusShow {}).await.running);
    assert_eq!(
        titles(&node.ask(TaskList::default()).await),
        ["Through the node"]
    );
    fails(&client, TaskShow { id: "ZZZZ".into() }, Code::NotFound).await;
    client.close().await.unwrap();
    node.close().await;
    while events.next().await.unwrap().is_some() {}
    let client = home.open().await;
    assert!(!ask(&client, StatusShow {}).await.running);
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_folder_in_use_names_the_process() {
    let home = Home::new();
    let client = home.open().await;
    let error = rota_node::open(&home.path(), OpenOptions::default())
        .await
        .unwrap_err();
    assert_eq!((error.code, error.code.exit()), (Code::InUse, 5));
    assert!(
        error.message.contains(&std::process::id().to_string()),
        "{error:?}"
    );
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_backup_comes_back_as_a_new_computer() {
    let (old, new) = (Home::new(), Home::new());
    let file = old.beside("copy.rota").display().to_string();
    let client = old.open().await;
    ask(
        &client,
        SpaceAdd {
            name: "Family".into(),
        },
    )
    .await;
    let shared = TaskAdd {
        space: Some("Family".into()),
        ..plain("Shared")
    };
    ask(&client, shared).await;
    ask(
        &client,
        ListAdd {
            name: "House".into(),
            space: None,
        },
    )
    .await;
    let own = TaskAdd {
        list: Some("House".into()),
        ..plain("Own")
    };
    ask(&client, own).await;
    ask(&client, plain("In the inbox")).await;
    let before = ask(&client, StatusShow {}).await;
    assert_eq!(ask(&client, Backup { file: file.clone() }).await.tasks, 3);
    client.close().await.unwrap();

    let client = new.open().await;
    assert_eq!(
        ask(&client, RestoreBackup { file: file.clone() })
            .await
            .tasks,
        3
    );
    let tasks = ask(&client, TaskList::default()).await;
    let mut shown = titles(&tasks);
    shown.sort_unstable();
    assert_eq!(shown, ["In the inbox", "Own", "Shared"]);
    let own = tasks.iter().find(|task| task.title == "Own").unwrap();
    assert_eq!(
        (own.list.name.as_str(), own.space.name.as_str()),
        ("House", "Mine")
    );
    let edit = TaskEdit {
        id: own.id.clone(),
        change: TaskChange {
            title: Some("Still mine".into()),
            ..TaskChange::default()
        },
    };
    ask(&client, edit).await;
    let shared = tasks.iter().find(|task| task.title == "Shared").unwrap();
    let edit = TaskEdit {
        id: shared.id.clone(),
        change: TaskChange {
            title: Some("No".into()),
            ..TaskChange::default()
        },
    };
    fails(&client, edit, Code::NotAllowed).await;
    let after = ask(&client, StatusShow {}).await;
    assert_ne!(after.computer.id, before.computer.id);
    fails(
        &client,
        RestoreBackup {
            file: new.path().join("key").display().to_string(),
        },
        Code::InvalidInput,
    )
    .await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_new_key_keeps_every_task_and_every_right() {
    let home = Home::new();
    let client = home.open().await;
    ask(
        &client,
        SpaceAdd {
            name: "Family".into(),
        },
    )
    .await;
    ask(&client, plain("Kept")).await;
    let before = ask(&client, StatusShow {}).await;
    let after = ask(&client, Rekey {}).await;
    assert_ne!(before.computer.id, after.computer.id);
    assert_eq!(before.person, after.person);
    let shared = TaskAdd {
        space: Some("Family".into()),
        ..plain("Still writable")
    };
    ask(&client, shared).await;
    client.close().await.unwrap();
    let client = home.open().await;
    assert_eq!(
        titles(&ask(&client, TaskList::default()).await),
        ["Kept", "Still writable"]
    );
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_new_key_that_cannot_be_stored_leaves_the_old_one_at_work() {
    let home = Home::new();
    let client = home.open().await;
    ask(&client, plain("Before")).await;
    let before = ask(&client, StatusShow {}).await;
    // A folder where the new key is to be written first.
    let in_the_way = home.path().join("key.new");
    std::fs::create_dir(&in_the_way).unwrap();
    let error = fails(&client, Rekey {}, Code::NoAccess).await;
    assert!(error.message.contains("key"), "{}", error.message);
    ask(&client, plain("After")).await;
    let after = ask(&client, StatusShow {}).await;
    assert_eq!(after.computer, before.computer);
    std::fs::remove_dir(&in_the_way).unwrap();
    let renewed = ask(&client, Rekey {}).await;
    assert_ne!(renewed.computer.id, before.computer.id);
    assert_eq!(
        titles(&ask(&client, TaskList::default()).await),
        ["Before", "After"]
    );
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_damaged_database_is_set_aside_and_comes_back_from_the_backup() {
    let home = Home::new();
    let client = home.open().await;
    ask(&client, plain("Saved")).await;
    let file = home.path().join("yesterday.rota").display().to_string();
    ask(&client, Backup { file }).await;
    client.close().await.unwrap();
    std::fs::write(
        home.path().join("rota.db"),
        b"this is no database at all, and has never been one",
    )
    .unwrap();
    let client = home.open().await;
    assert_eq!(titles(&ask(&client, TaskList::default()).await), ["Saved"]);
    ask(&client, plain("Written after")).await;
    let status = ask(&client, StatusShow {}).await;
    assert!(
        status
            .health
            .iter()
            .any(|condition| condition.code == "database_restarted"),
        "{status:?}"
    );
    client.close().await.unwrap();
}

#[tokio::test]
async fn a_damaged_database_without_a_backup_says_what_to_do() {
    let home = Home::new();
    home.open().await.close().await.unwrap();
    std::fs::write(
        home.path().join("rota.db"),
        b"this is no database at all, and has never been one",
    )
    .unwrap();
    let error = rota_node::open(&home.path(), OpenOptions::default())
        .await
        .unwrap_err();
    assert_eq!((error.code, error.code.exit()), (Code::Damaged, 5));
    assert!(error.hint.is_some());
}
