//! Taking back a change of several tasks, of which another person changed one.

use rota_api::*;
use rota_node::Client;

use crate::computer::{Home, Running, ask};
use crate::two::{Pair, at_home, pair};

const TITLES: [&str; 3] = ["Bread", "Milk", "Paint"];

/// Anna's and Ben's computers, both running, with three tasks of one list and no priority.
async fn three() -> ([Home; 2], [Running; 2], Vec<String>) {
    let Pair { homes, a, b } = pair().await;
    let mut ids = Vec::new();
    for title in TITLES {
        ids.push(a.ask(at_home(title)).await.id);
        b.until_task(title, |_| true).await;
    }
    (homes, [a, b], ids)
}

fn to(priority: u8) -> TaskChange {
    TaskChange {
        priority: Some(priority),
        ..TaskChange::default()
    }
}

/// Anna gives all of them the second priority in one go.
async fn all_to_second(a: &Running, ids: &[String]) {
    let all = TaskEditMany {
        ids: ids.to_vec(),
        change: to(2),
    };
    assert_eq!(a.ask(all).await.tasks.len(), 3);
}

fn milk(ids: &[String]) -> TaskEdit {
    TaskEdit {
        id: ids[1].clone(),
        change: to(3),
    }
}

/// Ben gives one of them the third, while his computer hears nothing.
async fn ben_alone(home: &Home, ids: &[String]) {
    let client: Client = home.open().await;
    ask(&client, milk(ids)).await;
    client.close().await.unwrap();
}

/// Waits until both show these priorities; what stands beside them must be the same then.
async fn until_both(nodes: [&Running; 2], wanted: [u8; 3]) {
    let is = |tasks: &Vec<Task>| {
        let of = |title: &str| tasks.iter().find(|task| task.title == title);
        let shown = TITLES.map(|title| of(title).map(|task| task.priority));
        shown == wanted.map(Some)
    };
    for node in nodes {
        node.until("the priorities are so", TaskList::default(), is)
            .await;
    }
    let shown = [
        nodes[0].ask(TaskList::default()).await,
        nodes[1].ask(TaskList::default()).await,
    ];
    let beside =
        |tasks: &[Task]| -> Vec<_> { tasks.iter().map(|task| task.also_written.clone()).collect() };
    assert_eq!(beside(&shown[0]), beside(&shown[1]));
}

async fn is_taken_back(a: &Running, left: u64) {
    let change = a.ask(Undo::default()).await.change;
    assert_eq!((change.verb, change.count), (Verb::Prioritize, 3));
    assert_eq!(change.left, left);
    let by = change.by.map(|person| person.name);
    assert_eq!(by.as_deref(), (left > 0).then_some("Ben"));
}

#[tokio::test]
async fn what_another_changed_since_stays_and_is_told() {
    let (_homes, [a, b], ids) = three().await;
    all_to_second(&a, &ids).await;
    until_both([&a, &b], [2, 2, 2]).await;
    b.ask(milk(&ids)).await;
    until_both([&a, &b], [2, 3, 2]).await;
    is_taken_back(&a, 1).await;
    until_both([&a, &b], [0, 3, 0]).await;
    let milk = a.until_task("Milk", |_| true).await;
    assert!(milk.also_written.is_empty(), "{:?}", milk.also_written);
    // Made again is what was taken back, and that is two of them.
    let again = a.ask(Redo::default()).await.change;
    assert_eq!((again.verb, again.left), (Verb::Prioritize, 0));
    until_both([&a, &b], [2, 3, 2]).await;
    a.close().await;
    b.close().await;
}

#[tokio::test]
async fn what_another_changed_apart_and_later_stays_and_is_told() {
    let (homes, [a, b], ids) = three().await;
    b.close().await;
    all_to_second(&a, &ids).await;
    ben_alone(&homes[1], &ids).await;
    let b = homes[1].start().await;
    until_both([&a, &b], [2, 3, 2]).await;
    is_taken_back(&a, 1).await;
    until_both([&a, &b], [0, 3, 0]).await;
    a.close().await;
    b.close().await;
}

#[tokio::test]
async fn a_later_change_that_is_heard_of_after_the_undo_stands_on_both() {
    for saw_it in [true, false] {
        let (homes, [a, b], ids) = three().await;
        if !saw_it {
            b.close().await;
            all_to_second(&a, &ids).await;
        } else {
            all_to_second(&a, &ids).await;
            until_both([&a, &b], [2, 2, 2]).await;
            b.close().await;
        }
        ben_alone(&homes[1], &ids).await;
        is_taken_back(&a, 0).await;
        let alone = a.ask(TaskList::default()).await;
        assert!(alone.iter().all(|task| task.priority == 0), "{alone:?}");
        a.ask(at_home("Anna was here")).await;
        let b = homes[1].start().await;
        b.until_task("Anna was here", |_| true).await;
        until_both([&a, &b], [0, 3, 0]).await;
        let history = b.ask(TaskHistory { id: ids[1].clone() }).await;
        let values = history.iter().filter(|entry| entry.field == "priority");
        let current: Vec<_> = values.filter(|entry| entry.current).collect();
        assert_eq!(current.len(), 1, "saw it: {saw_it}");
        let (value, person) = (&current[0].value, &current[0].person.name);
        assert_eq!((value.as_u64(), person.as_str()), (Some(3), "Ben"));
        // That Anna wanted none, not knowing of it, is shown beside it.
        let milk = b.until_task("Milk", |_| true).await;
        assert_eq!(milk.also_written["priority"], [0]);
        a.close().await;
        b.close().await;
    }
}
