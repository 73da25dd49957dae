//! Undo of a named change: what a toast offers takes back what it tells of, whatever was done since.

use std::collections::BTreeMap;

use rota_api::*;

use crate::computer::{Home, ask, fails, plain, titles};
use crate::two::{at_home, pair};

fn rename(task: &Task, title: &str) -> TaskEdit {
    TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            title: Some(title.into()),
            ..TaskChange::default()
        },
    }
}

fn step(step: Option<u64>) -> Undo {
    assert!(step.is_some(), "the answer names no step");
    Undo { step }
}

#[tokio::test]
async fn a_named_change_is_taken_back_and_what_was_done_since_stays() {
    let home = Home::new();
    let client = home.open().await;
    let milk = ask(&client, plain("Milk")).await;
    let many = TaskDoMany {
        ids: vec![milk.id.clone()],
        what: Deed::Complete,
        seen: BTreeMap::new(),
    };
    let done = ask(&client, many).await;
    assert_eq!(done.tasks[0].status, TaskStatus::Done);
    let bread = ask(&client, plain("Bread")).await;
    ask(&client, rename(&milk, "Oat milk")).await;

    let undone = ask(&client, step(done.step)).await.change;
    assert_eq!((undone.verb, undone.count), (Verb::Complete, 1));
    let now = ask(&client, TaskList::default()).await;
    assert_eq!(titles(&now), ["Oat milk", "Bread"]);
    assert_eq!(now[0].status, TaskStatus::Open);
    // Once is enough, and the latest one is still the next.
    fails(&client, step(done.step), Code::NothingToUndo).await;
    let latest = ask(&client, Undo::default()).await.change;
    assert_eq!(latest.verb, Verb::Rename);
    let added = ask(&client, step(bread.step)).await.change;
    assert_eq!(
        (added.verb, added.name.as_deref()),
        (Verb::Add, Some("Bread"))
    );
    assert_eq!(titles(&ask(&client, TaskList::default()).await), ["Milk"]);
}

#[tokio::test]
async fn every_answer_to_a_change_names_it() {
    let home = Home::new();
    let client = home.open().await;
    let many = TaskAddMany {
        lines: vec!["One".into(), "Two".into()],
        plain: true,
        ..TaskAddMany::default()
    };
    let lines = ask(&client, many).await;
    assert_eq!(lines[0].step, lines[1].step);
    assert_eq!(ask(&client, step(lines[0].step)).await.change.count, 2);

    let list = ask(
        &client,
        ListAdd {
            name: "House".into(),
            space: None,
        },
    )
    .await;
    let task = ask(&client, plain("Paint")).await;
    let moved = TaskArrange {
        ids: vec![task.id.clone()],
        list: Some(list.id.clone()),
        ..TaskArrange::default()
    };
    let moved = ask(&client, moved).await;
    let again = ask(&client, rename(&task, "Buy paint")).await;
    for (answer, verb) in [
        (again.step, Verb::Rename),
        (moved.step, Verb::Move),
        (task.step, Verb::Add),
        (list.step, Verb::ListAdd),
    ] {
        assert_eq!(ask(&client, step(answer)).await.change.verb, verb);
    }
    let redone = ask(&client, Redo {}).await;
    assert_eq!(redone.change.verb, Verb::ListAdd);
    assert_eq!(
        ask(&client, step(redone.step)).await.change.verb,
        Verb::ListAdd
    );
    let shown = ask(&client, TaskShow { id: task.id }).await;
    assert_eq!(shown.step, None);
}

#[tokio::test]
async fn what_another_person_wrote_since_stays_and_is_named() {
    let pair = pair().await;
    let task = pair.a.ask(at_home("Rent")).await;
    pair.b.until_task("Rent", |_| true).await;
    let first = pair.a.ask(rename(&task, "Rent 950")).await;
    pair.b.until_task("Rent 950", |_| true).await;
    pair.b.ask(rename(&task, "Rent 900")).await;
    pair.a.until_task("Rent 900", |_| true).await;
    pair.a.ask(at_home("Water")).await;
    let undone = pair.a.ask(step(first.step)).await.change;
    assert_eq!(undone.left, 1);
    assert_eq!(undone.by.unwrap().name, "Ben");
    let shown = pair.a.ask(TaskShow { id: task.id }).await;
    assert_eq!(shown.title, "Rent 900");
    pair.a.close().await;
    pair.b.close().await;
}
