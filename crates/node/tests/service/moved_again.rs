//! A move to another space that is taken back, and made again after a change.

use rota_api::*;
use rota_node::Client;

use crate::computer::{Home, ask, plain, titles};

fn edit(id: &str, change: TaskChange) -> TaskEdit {
    TaskEdit {
        id: id.into(),
        change,
    }
}

async fn move_to(client: &Client, id: &str, list: &str) -> Task {
    let change = TaskChange {
        list: Some(list.into()),
        ..TaskChange::default()
    };
    ask(client, edit(id, change)).await
}

#[tokio::test]
async fn the_copy_is_of_the_task_as_it_is_then() {
    let home = Home::new();
    let client = home.open().await;
    let family = SpaceAdd {
        name: "Family".into(),
    };
    ask(&client, family).await;
    let outside = ListAdd {
        name: "Outside".into(),
        space: Some("Family".into()),
    };
    ask(&client, outside).await;
    let task = ask(&client, plain("Picnic")).await;
    let first = move_to(&client, &task.id, "Outside").await;
    // Often enough that it is no luck.
    for number in 0..12 {
        ask(&client, Undo::default()).await;
        let change = TaskChange {
            title: Some(format!("Picnic {number}")),
            due: Some(Change::Set(format!("2031-05-{}", number + 10))),
            ..TaskChange::default()
        };
        let changed = ask(&client, edit(&task.id, change)).await;
        let copy = move_to(&client, &task.id, "Outside").await;
        assert_eq!(copy.id, first.id);
        assert_eq!((&copy.title, &copy.due), (&changed.title, &changed.due));
        assert!(copy.also_written.is_empty(), "{:?}", copy.also_written);
        let open = ask(&client, TaskList::default()).await;
        assert_eq!(titles(&open), [changed.title.as_str()]);
    }
    client.close().await.unwrap();
}
