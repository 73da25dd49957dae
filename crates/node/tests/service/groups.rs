//! Lists, spaces, and who is in them, on one computer.

use rota_api::*;

use crate::computer::{Home, ask, fails, plain};

#[tokio::test]
async fn names_are_given_and_changed_everywhere() {
    let home = Home::new();
    let client = home.open().await;
    ask(
        &client,
        SpaceAdd {
            name: "Family".into(),
        },
    )
    .await;
    let status = ask(
        &client,
        Init {
            person: Some("Mia".into()),
            computer: Some("laptop".into()),
        },
    )
    .await;
    assert_eq!(
        (status.person.name.as_str(), status.computer.name.as_str()),
        ("Mia", "laptop")
    );
    let members = ask(
        &client,
        MembersShow {
            space: Some("family".into()),
        },
    )
    .await;
    assert_eq!(
        (
            members[0].person.name.as_str(),
            members[0].computers[0].name.as_str()
        ),
        ("Mia", "laptop")
    );
    assert_eq!(members[0].role, Role::Owner);
    client.close().await.unwrap();
}

#[tokio::test]
async fn lists_are_found_without_case_and_deleted_with_their_tasks() {
    let home = Home::new();
    let client = home.open().await;
    let list = ask(
        &client,
        ListAdd {
            name: "House".into(),
            space: None,
        },
    )
    .await;
    assert_eq!((list.open, list.space.name.as_str()), (0, "Mine"));
    fails(
        &client,
        ListAdd {
            name: "house".into(),
            space: None,
        },
        Code::InvalidInput,
    )
    .await;
    let there = TaskAdd {
        list: Some("hOUSE".into()),
        ..plain("Roof")
    };
    let task = ask(&client, there).await;
    let renamed = ask(
        &client,
        ListRename {
            list: "House".into(),
            name: "Home".into(),
        },
    )
    .await;
    assert_eq!((renamed.id, renamed.open), (list.id, 1));
    ask(
        &client,
        ListDelete {
            list: "Home".into(),
        },
    )
    .await;
    assert!(ask(&client, TaskList::default()).await.is_empty());
    let with_trash = ListsShow {
        trash: true,
        ..ListsShow::default()
    };
    let lists = ask(&client, with_trash).await;
    let gone = lists.iter().find(|list| list.deleted_at.is_some()).unwrap();
    assert_eq!(gone.deleted_by.as_ref(), Some(&task.created_by));
    assert!(
        lists
            .iter()
            .all(|list| list.deleted_by.is_none() || list.name == "Home")
    );
    fails(
        &client,
        ListDelete {
            list: "Home".into(),
        },
        Code::NotFound,
    )
    .await;
    ask(&client, TaskRestore { ids: vec![task.id] }).await;
    assert_eq!(ask(&client, TaskList::default()).await[0].list.name, "Home");
    client.close().await.unwrap();
}

#[tokio::test]
async fn the_only_person_of_a_space_may_leave_it() {
    let home = Home::new();
    let client = home.open().await;
    let space = ask(
        &client,
        SpaceAdd {
            name: "Family".into(),
        },
    )
    .await;
    assert_eq!(
        (space.kind, space.role, space.people),
        (SpaceKind::Shared, Role::Owner, 1)
    );
    fails(
        &client,
        SpaceAdd {
            name: "family".into(),
        },
        Code::InvalidInput,
    )
    .await;
    fails(
        &client,
        SpaceLeave {
            space: "Mine".into(),
        },
        Code::NotAllowed,
    )
    .await;
    ask(
        &client,
        SpaceLeave {
            space: "Family".into(),
        },
    )
    .await;
    let spaces = ask(&client, SpacesShow {}).await;
    assert_eq!(
        spaces
            .iter()
            .map(|space| space.name.as_str())
            .collect::<Vec<_>>(),
        ["Mine"]
    );
    client.close().await.unwrap();
}

#[tokio::test]
async fn what_needs_something_that_does_not_run_says_so() {
    let home = Home::new();
    let client = home.open().await;
    fails(&client, Invite::default(), Code::NotRunning).await;
    fails(&client, QuickAddOpen {}, Code::NotRunning).await;
    fails(
        &client,
        Join {
            code: "not a code".into(),
            address: None,
            timeout_seconds: None,
        },
        Code::InvalidInput,
    )
    .await;
    let checks = ask(&client, Doctor {}).await;
    assert!(
        checks
            .iter()
            .any(|check| check.check == "folder" && check.ok)
    );
    client.close().await.unwrap();
}
