//! Who looks at what, between two computers.

use rota_api::*;

use crate::computer::{Home, Running, ask, plain};
use crate::pair::{at_home, pair};

async fn sets(node: &Running, set: PresenceSet) {
    node.ask(set).await;
}

fn opens(list: Option<&str>, task: Option<&str>) -> PresenceSet {
    PresenceSet {
        list: Some(list.map(str::to_owned)),
        task: Some(task.map(str::to_owned)),
        ..PresenceSet::default()
    }
}

/// The row of a person on the others' computers.
fn row<'a>(all: &'a [Presence], person: &str) -> Option<&'a Presence> {
    all.iter().find(|row| row.person.name == person)
}

#[tokio::test]
async fn what_somebody_has_open_and_types_is_shown_and_passes() {
    let pair = pair().await;
    let task = pair.a.ask(at_home("Paint")).await;
    pair.b.until_task("Paint", |_| true).await;
    sets(&pair.a, opens(Some(&task.list.id), Some(&task.id))).await;
    let typing = PresenceSet {
        typing: Some(true),
        ..PresenceSet::default()
    };
    sets(&pair.a, typing).await;
    let shown = pair
        .b
        .until("Anna types", PresenceShow {}, |all| {
            row(all, "Anna").is_some_and(|anna| anna.typing)
        })
        .await;
    let anna = row(&shown, "Anna").unwrap();
    assert_eq!(
        (anna.list.as_ref(), anna.task.as_ref(), anna.this),
        (Some(&task.list.id), Some(&task.id), false)
    );
    assert_eq!(anna.computer.name, "a-desk");
    let own = pair.a.ask(PresenceShow {}).await;
    assert!(own[0].this && own[0].typing, "{own:?}");
    // Nobody says that it is over: it ends by itself, on both.
    for node in [&pair.b, &pair.a] {
        node.until("nobody types", PresenceShow {}, |all| {
            row(all, "Anna").is_some_and(|anna| !anna.typing && anna.task.is_some())
        })
        .await;
    }
    sets(&pair.a, opens(None, None)).await;
    pair.b
        .until("Anna looks elsewhere", PresenceShow {}, |all| {
            row(all, "Anna").is_none()
        })
        .await;
    pair.a.close().await;
    pair.b.close().await;
}

#[tokio::test]
async fn two_who_are_on_a_task_are_both_named_until_one_goes_offline() {
    let pair = pair().await;
    let task = pair.a.ask(at_home("Paint")).await;
    pair.b.until_task("Paint", |_| true).await;
    let on_it = PresenceSet {
        on_it: Some(Some(task.short.clone())),
        ..PresenceSet::default()
    };
    sets(&pair.a, on_it.clone()).await;
    sets(&pair.b, on_it).await;
    let is_on = |all: &Vec<Presence>, person: &str| {
        row(all, person).is_some_and(|row| row.on_it.contains(&task.id))
    };
    for node in [&pair.a, &pair.b] {
        node.until("both are on it", PresenceShow {}, |all| {
            is_on(all, "Anna") && is_on(all, "Ben")
        })
        .await;
    }
    let events = pair
        .a
        .ask(TaskHistory {
            id: task.id.clone(),
        })
        .await
        .len();
    pair.b.close().await;
    pair.a
        .until("Ben is gone", PresenceShow {}, |all| {
            row(all, "Ben").is_none() && is_on(all, "Anna")
        })
        .await;
    let off_it = PresenceSet {
        off_it: Some(task.id.clone()),
        ..PresenceSet::default()
    };
    sets(&pair.a, off_it).await;
    assert!(pair.a.ask(PresenceShow {}).await.is_empty());
    assert_eq!(
        pair.a.ask(TaskHistory { id: task.id }).await.len(),
        events,
        "presence leaves no trace"
    );
    pair.a.close().await;
}

#[tokio::test]
async fn what_is_open_in_mine_is_nobody_elses_business() {
    let pair = pair().await;
    let private = pair.a.ask(plain("A present for Ben")).await;
    let shared = pair.a.ask(at_home("Paint")).await;
    pair.b.until_task("Paint", |_| true).await;
    sets(&pair.a, opens(Some(&private.list.id), Some(&private.id))).await;
    let on_it = PresenceSet {
        on_it: Some(Some(shared.id.clone())),
        ..PresenceSet::default()
    };
    sets(&pair.a, on_it).await;
    let shown = pair
        .b
        .until("Anna is on it", PresenceShow {}, |all| {
            row(all, "Anna").is_some_and(|anna| !anna.on_it.is_empty())
        })
        .await;
    let anna = row(&shown, "Anna").unwrap();
    assert_eq!((anna.list.as_ref(), anna.task.as_ref()), (None, None));
    pair.a.close().await;
    pair.b.close().await;
}

#[tokio::test]
async fn one_is_on_no_task_that_is_done_or_unknown() {
    let home = Home::new();
    let node = home.start().await;
    let task = node.ask(plain("Paint")).await;
    let on_it = |id: &str| PresenceSet {
        on_it: Some(Some(id.to_owned())),
        ..PresenceSet::default()
    };
    let unknown = node
        .refuses(on_it("00000000-0000-0000-0000-000000000000"))
        .await;
    assert_eq!(unknown.code, Code::NotFound);
    ask(node.service(), on_it(&task.id)).await;
    let shown = node.ask(PresenceShow {}).await.remove(0);
    assert_eq!(shown.on_it, vec![task.id.clone()]);
    node.ask(TaskDone { ids: vec![task.id] }).await;
    assert!(node.ask(PresenceShow {}).await.is_empty());
    node.close().await;
}
