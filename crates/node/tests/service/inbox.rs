//! The list that takes what names no list.

use rota_api::*;

use crate::computer::{Home, ask, plain};

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
