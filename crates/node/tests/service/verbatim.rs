//! A title that reads like quick-add text stays a title: what is stored is never read as text again.

use rota_api::*;
use rota_node::Client;

use crate::computer::{Home, ask, plain};
use crate::two::{Pair, at_home, pair};

const TITLE: &str = "Read tomorrow !1 #x +Inbox";

/// The title stands as it was written, in this list, and nothing of it became a value.
#[track_caller]
fn is_verbatim(task: &Task, list: &str) {
    assert_eq!(
        (task.title.as_str(), task.list.name.as_str()),
        (TITLE, list)
    );
    assert_eq!(
        (&task.due, &task.start, &task.repeat),
        (&None, &None, &None)
    );
    assert_eq!((task.priority, &task.tags), (0, &Vec::new()));
    assert_eq!((&task.assignee, &task.reminder), (&None, &None));
}

/// A list that the text does not name.
async fn books(client: &Client) -> String {
    let books = ListAdd {
        name: "Books".into(),
        space: None,
    };
    ask(client, books).await.id
}

fn in_books(text: &str) -> TaskAdd {
    TaskAdd {
        list: Some("Books".into()),
        ..plain(text)
    }
}

fn rename(id: &str, title: &str) -> TaskEdit {
    TaskEdit {
        id: id.into(),
        change: TaskChange {
            title: Some(title.into()),
            ..TaskChange::default()
        },
    }
}

async fn show(client: &Client, id: &str) -> Task {
    ask(client, TaskShow { id: id.into() }).await
}

/// The version of the title that the text is.
async fn version(client: &Client, id: &str) -> String {
    let history = ask(client, TaskHistory { id: id.into() }).await;
    let mut titles = history.into_iter().filter(|entry| entry.field == "title");
    titles.find(|entry| entry.value == TITLE).unwrap().version
}

#[tokio::test]
async fn added_renamed_and_put_back_from_the_history() {
    let home = Home::new();
    let client = home.open().await;
    books(&client).await;
    // It is a text of which something is understood.
    let understood = TaskAdd {
        text: TITLE.into(),
        ..TaskAdd::default()
    };
    assert_ne!(ask(&client, understood).await.title, TITLE);
    let added = ask(&client, in_books(TITLE)).await;
    is_verbatim(&added, "Books");
    let other = ask(&client, in_books("Other")).await;
    is_verbatim(&ask(&client, rename(&other.id, TITLE)).await, "Books");
    ask(&client, rename(&other.id, "Else")).await;
    let put_back = TaskUse {
        id: other.id.clone(),
        field: "title".into(),
        version: version(&client, &other.id).await,
        ..TaskUse::default()
    };
    is_verbatim(&ask(&client, put_back).await, "Books");
    ask(&client, Undo::default()).await;
    assert_eq!(show(&client, &other.id).await.title, "Else");
    ask(&client, Undo::default()).await;
    is_verbatim(&show(&client, &other.id).await, "Books");
    let lines = TaskAddMany {
        lines: vec![TITLE.into()],
        plain: true,
        list: Some("Books".into()),
        ..TaskAddMany::default()
    };
    let line = ask(&client, lines).await.remove(0);
    is_verbatim(&show(&client, &line.id).await, "Books");
    client.close().await.unwrap();
}

#[tokio::test]
async fn deleted_and_restored_duplicated_and_repeated() {
    let home = Home::new();
    let client = home.open().await;
    books(&client).await;
    let task = ask(&client, in_books(TITLE)).await;
    let ids = vec![task.id.clone()];
    ask(&client, TaskDelete { ids: ids.clone() }).await;
    assert!(show(&client, &task.id).await.deleted_at.is_some());
    ask(&client, TaskRestore { ids: ids.clone() }).await;
    let restored = show(&client, &task.id).await;
    assert_eq!(restored.deleted_at, None);
    is_verbatim(&restored, "Books");
    ask(&client, TaskDuplicate { ids: ids.clone() }).await;
    let open = ask(&client, TaskList::default()).await;
    assert_eq!(open.len(), 2);
    for task in &open {
        is_verbatim(task, "Books");
    }
    let weekly = TaskChange {
        repeat: Some(Change::Set("every week".into())),
        ..TaskChange::default()
    };
    let weekly = TaskEdit {
        id: task.id.clone(),
        change: weekly,
    };
    ask(&client, weekly).await;
    ask(&client, TaskDone { ids }).await;
    let open = ask(&client, TaskList::default()).await;
    let mut next = open.iter().filter(|next| next.predecessor.is_some());
    let next = next.next().unwrap();
    assert_eq!((next.title.as_str(), &next.tags), (TITLE, &Vec::new()));
    assert_eq!((next.priority, next.list.name.as_str()), (0, "Books"));
    client.close().await.unwrap();
}

#[tokio::test]
async fn moved_to_another_space_and_back_backed_up_and_restored() {
    let home = Home::new();
    let client = home.open().await;
    books(&client).await;
    let family = SpaceAdd {
        name: "Family".into(),
    };
    ask(&client, family).await;
    let shelf = ListAdd {
        name: "Shelf".into(),
        space: Some("Family".into()),
    };
    ask(&client, shelf).await;
    let to = |id: &str, list: &str| TaskEdit {
        id: id.into(),
        change: TaskChange {
            list: Some(list.into()),
            ..TaskChange::default()
        },
    };
    let task = ask(&client, in_books(TITLE)).await;
    let there = ask(&client, to(&task.id, "Shelf")).await;
    assert_ne!(there.id, task.id);
    is_verbatim(&there, "Shelf");
    let back = ask(&client, to(&there.id, "Books")).await;
    is_verbatim(&back, "Books");
    let file = home.beside("rota.backup").display().to_string();
    ask(&client, Backup { file: file.clone() }).await;
    client.close().await.unwrap();
    let new = Home::new();
    let client = new.open().await;
    ask(&client, RestoreBackup { file }).await;
    let open = ask(&client, TaskList::default()).await;
    assert_eq!(open.len(), 1);
    is_verbatim(&open[0], "Books");
    client.close().await.unwrap();
}

#[tokio::test]
async fn synced_and_put_back_as_ones_own_value_of_two() {
    let Pair { homes, a, b } = pair().await;
    let task = a.ask(at_home("Read")).await;
    b.until_task("Read", |_| true).await;
    b.close().await;
    a.ask(rename(&task.id, TITLE)).await;
    let alone = homes[1].open().await;
    ask(&alone, rename(&task.id, "Read it")).await;
    alone.close().await.unwrap();
    let b = homes[1].start().await;
    for node in [&a, &b] {
        let merged = node
            .until_task("Read it", |task| !task.also_written.is_empty())
            .await;
        assert_eq!(merged.also_written["title"], [TITLE]);
    }
    let whole = a
        .ask(TaskShow {
            id: task.id.clone(),
        })
        .await;
    let merged = whole.merged.unwrap().remove(0);
    let mine = TaskUse {
        id: task.id.clone(),
        field: merged.field,
        version: merged.also[0].version.clone(),
        seen: Some(merged.kept.version),
        force: false,
    };
    is_verbatim(&a.ask(mine).await, &task.list.name);
    is_verbatim(&b.until_task(TITLE, |_| true).await, &task.list.name);
    let at_once = b.ask(at_home(TITLE)).await;
    let there = a
        .until("it is there", TaskList::default(), |tasks| {
            tasks.iter().any(|task| task.id == at_once.id)
        })
        .await;
    let there = there.iter().find(|task| task.id == at_once.id).unwrap();
    is_verbatim(there, &task.list.name);
    a.close().await;
    b.close().await;
}
