//! On which computers a task is.

use rota_api::*;

use crate::computer::Running;
use crate::pair::{at_home, pair};

async fn receipt(node: &Running, task: &Task) -> Receipt {
    let ids = vec![task.id.clone()];
    node.ask(ReceiptsShow { ids }).await.remove(0)
}

fn names(computers: &[Named]) -> Vec<&str> {
    let mut names: Vec<_> = computers.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    names
}

async fn until_on(node: &Running, task: &Task, wanted: usize) -> Receipt {
    let ids = vec![task.id.clone()];
    let shown = node
        .until("it is on so many computers", ReceiptsShow { ids }, |all| {
            all[0].on.len() == wanted
        })
        .await;
    shown.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_task_is_on_the_others_once_they_have_it_durably() {
    let pair = pair().await;
    let task = pair.a.ask(at_home("Paint")).await;
    let on = until_on(&pair.a, &task, 2).await;
    assert_eq!((on.total, names(&on.on)), (2, vec!["a-desk", "b-laptop"]));
    assert!(on.missing.is_empty());
    assert_eq!(names(&until_on(&pair.b, &task, 2).await.on).len(), 2);
    pair.a.close().await;
    pair.b.close().await;
}

#[tokio::test]
async fn who_is_away_is_remembered_through_a_restart_with_what_it_had() {
    let pair = pair().await;
    let before = pair.a.ask(at_home("Before")).await;
    until_on(&pair.a, &before, 2).await;
    pair.b.close().await;
    pair.a
        .until("Ben is away", ComputersShow {}, |all| {
            all.iter().any(|one| !one.online)
        })
        .await;
    let after = pair.a.ask(at_home("After")).await;
    pair.a.close().await;
    let a = pair.homes[0].start().await;
    let had = receipt(&a, &before).await;
    assert_eq!((had.on.len(), had.missing.len()), (2, 0), "{had:?}");
    let lacks = receipt(&a, &after).await;
    assert_eq!((lacks.total, names(&lacks.on)), (2, vec!["a-desk"]));
    let missing = &lacks.missing[0];
    assert_eq!(
        (missing.computer.name.as_str(), missing.online),
        ("b-laptop", false)
    );
    assert!(missing.last_had.is_some(), "{missing:?}");
    // An edit of what it has is lacking too.
    let edit = TaskEdit {
        id: before.id.clone(),
        change: TaskChange {
            title: Some("Changed".into()),
            ..TaskChange::default()
        },
    };
    a.ask(edit).await;
    assert_eq!(receipt(&a, &before).await.missing.len(), 1);
    let b = pair.homes[1].start().await;
    for task in [&before, &after] {
        until_on(&a, task, 2).await;
    }
    a.close().await;
    b.close().await;
}

#[tokio::test]
async fn who_was_removed_is_not_waited_for() {
    let pair = pair().await;
    pair.b.close().await;
    let task = pair.a.ask(at_home("Paint")).await;
    assert_eq!(receipt(&pair.a, &task).await.missing.len(), 1);
    let remove = MemberRemove {
        who: "Ben".into(),
        space: Some("Home".into()),
    };
    pair.a.ask(remove).await;
    let alone = receipt(&pair.a, &task).await;
    assert_eq!(
        (alone.total, alone.on.len(), alone.missing.len()),
        (1, 1, 0)
    );
    pair.a.close().await;
}

#[tokio::test]
async fn what_is_unknown_or_too_much_is_refused() {
    let pair = pair().await;
    let unknown = ReceiptsShow {
        ids: vec!["00000000-0000-0000-0000-000000000000".into()],
    };
    assert_eq!(pair.a.refuses(unknown).await.code, Code::NotFound);
    let many = ReceiptsShow {
        ids: vec![String::new(); 1_001],
    };
    assert_eq!(pair.a.refuses(many).await.code, Code::TooLarge);
    pair.a.close().await;
    pair.b.close().await;
}
