//! What two people change apart: shown with both values, kept or put back; and what others add to a deleted list.

use rota_api::*;

use crate::computer::{Home, Running, ask, titles};
use crate::two::{Pair, at_home, pair};

fn rename(id: &str, title: &str) -> TaskEdit {
    TaskEdit {
        id: id.into(),
        change: TaskChange {
            title: Some(title.into()),
            ..TaskChange::default()
        },
    }
}

/// Both change the title of one task without hearing of each other; then they meet.
async fn apart() -> ([Home; 2], [Running; 2], String) {
    let Pair { homes, a, b } = pair().await;
    let task = a.ask(at_home("Rent")).await;
    b.until_task("Rent", |_| true).await;
    b.close().await;
    a.ask(rename(&task.id, "Rent 950")).await;
    let offline = homes[1].open().await;
    ask(&offline, rename(&task.id, "Rent 900")).await;
    offline.close().await.unwrap();
    let b = homes[1].start().await;
    for node in [&a, &b] {
        node.until_task("Rent 900", |task| task.also_written.contains_key("title"))
            .await;
    }
    (homes, [a, b], task.id)
}

#[tokio::test]
async fn both_values_are_shown_with_who_wrote_them_and_keep_ends_it_for_everybody() {
    let (_homes, [a, b], id) = apart().await;
    let whole = a.ask(TaskShow { id: id.clone() }).await;
    let merged = whole.merged.unwrap();
    assert_eq!((merged.len(), merged[0].field.as_str()), (1, "title"));
    let kept = &merged[0].kept;
    assert_eq!(
        (kept.value.as_str(), kept.person.name.as_str()),
        (Some("Rent 900"), "Ben")
    );
    let also = &merged[0].also[0];
    assert_eq!(
        (also.value.as_str(), also.person.name.as_str()),
        (Some("Rent 950"), "Anna")
    );
    a.ask(TaskKeep {
        ids: vec![id.clone()],
        field: None,
    })
    .await;
    for node in [&a, &b] {
        node.until_task("Rent 900", |task| task.also_written.is_empty())
            .await;
    }
    assert_eq!(a.ask(Undo::default()).await.change.verb, Verb::Keep);
    let [a, b] = [a, b];
    a.close().await;
    b.close().await;
}

#[tokio::test]
async fn what_was_changed_since_one_saw_it_is_not_kept_with_the_others() {
    let (_homes, [a, b], id) = apart().await;
    let keep = |seen: String| TaskDoMany {
        ids: vec![id.clone()],
        what: Deed::Keep,
        seen: [(id.clone(), seen)].into(),
    };
    let seen = a.ask(TaskShow { id: id.clone() }).await.updated_at;
    let priority = TaskEdit {
        id: id.clone(),
        change: TaskChange {
            priority: Some(2),
            ..TaskChange::default()
        },
    };
    b.ask(priority).await;
    a.until_task("Rent 900", |task| task.priority == 2).await;
    let done = a.ask(keep(seen)).await;
    assert!(done.tasks.is_empty() && done.step.is_none());
    assert_eq!(done.skipped[0].reason.code, Code::Stale);
    let now = a.ask(TaskShow { id: id.clone() }).await;
    assert!(now.also_written.contains_key("title"));
    let done = a.ask(keep(now.updated_at)).await;
    assert!(done.skipped.is_empty() && done.tasks[0].also_written.is_empty());
    for node in [a, b] {
        node.close().await;
    }
}

#[tokio::test]
async fn the_other_value_is_put_back_unless_somebody_changed_it_since() {
    let (_homes, [a, b], id) = apart().await;
    let merged = a
        .ask(TaskShow { id: id.clone() })
        .await
        .merged
        .unwrap()
        .remove(0);
    b.ask(rename(&id, "Rent 1000")).await;
    a.until_task("Rent 1000", |_| true).await;
    let mut using = TaskUse {
        id: id.clone(),
        field: "title".into(),
        version: merged.also[0].version.clone(),
        seen: Some(merged.kept.version.clone()),
        force: false,
    };
    let error = a.refuses(using.clone()).await;
    assert_eq!(error.code, Code::Stale);
    assert!(
        error.message.starts_with("Ben changed it again at"),
        "{}",
        error.message
    );
    using.force = true;
    assert_eq!(a.ask(using).await.title, "Rent 950");
    b.until_task("Rent 950", |task| task.also_written.is_empty())
        .await;
    // Versions have one name everywhere: B restores an earlier value from its history.
    let history = b.ask(TaskHistory { id: id.clone() }).await;
    let first = history
        .iter()
        .rfind(|entry| entry.field == "title")
        .unwrap();
    let restore = TaskUse {
        id: id.clone(),
        field: "title".into(),
        version: first.version.clone(),
        ..TaskUse::default()
    };
    assert_eq!(b.ask(restore.clone()).await.title, "Rent");
    let unknown = TaskUse {
        version: "0000".into(),
        ..restore
    };
    assert_eq!(b.refuses(unknown).await.code, Code::NotFound);
    let list = history.iter().find(|entry| entry.field == "list").unwrap();
    assert_eq!(list.shown.as_deref(), Some("Inbox"));
    a.close().await;
    b.close().await;
}

#[tokio::test]
async fn what_another_adds_to_a_list_before_hearing_of_its_end_is_kept_for_a_decision() {
    let Pair { homes, a, b } = pair().await;
    let garden = ListAdd {
        name: "Garden".into(),
        space: Some("Home".into()),
    };
    a.ask(garden).await;
    let there = |text: &str| TaskAdd {
        list: Some("Garden".into()),
        ..crate::computer::plain(text)
    };
    a.ask(there("Dig")).await;
    b.until_task("Dig", |_| true).await;
    b.close().await;
    let offline = homes[1].open().await;
    ask(&offline, there("Water")).await;
    offline.close().await.unwrap();
    a.ask(ListDelete {
        list: "Garden".into(),
    })
    .await;
    let b = homes[1].start().await;
    let recovered = TaskList {
        filter: TaskFilter {
            only: Some(Only::Recovered),
            ..TaskFilter::default()
        },
        ..TaskList::default()
    };
    for node in [&a, &b] {
        let tasks = node
            .until("kept", recovered.clone(), |tasks| tasks.len() == 1)
            .await;
        assert!(tasks[0].recovered && titles(&tasks) == ["Water"]);
        assert_eq!(tasks[0].deleted_by.as_ref().unwrap().person.name, "Anna");
        assert_eq!(node.ask(OverviewShow {}).await.recovered, 1);
        let lists = node
            .ask(ListsShow {
                trash: true,
                ..ListsShow::default()
            })
            .await;
        let garden = lists.iter().find(|list| list.name == "Garden").unwrap();
        assert_eq!((garden.recovered, garden.deleted_at.is_some()), (1, true));
    }
    // One way out: to another list.
    let water = b.ask(recovered.clone()).await.remove(0);
    let out = TaskArrange {
        ids: vec![water.id],
        list: Some("Inbox".into()),
        ..TaskArrange::default()
    };
    b.ask(ListAdd {
        name: "Inbox".into(),
        space: Some("Home".into()),
    })
    .await;
    let out = b.ask(out).await;
    assert!(!out.tasks[0].recovered);
    a.until("moved", recovered, Vec::is_empty).await;
    a.close().await;
    b.close().await;
}

/// Ben types over a text while Anna's own arrives.
#[tokio::test]
async fn what_arrives_while_one_types_over_it_stands_beside() {
    let Pair {
        homes: _homes,
        a,
        b,
    } = pair().await;
    let task = a.ask(at_home("Rent")).await;
    b.until_task("Rent", |_| true).await;
    let over = |title: &str, seen: &str| TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            title: Some(title.into()),
            title_seen: Some(seen.into()),
            ..TaskChange::default()
        },
    };
    a.ask(rename(&task.id, "Rent 950")).await;
    b.until_task("Rent 950", |_| true).await;
    let written = b.ask(over("Rent 900", "Rent")).await;
    assert_eq!(written.title, "Rent 900");
    assert_eq!(written.also_written["title"], ["Rent 950"]);
    a.until_task("Rent 900", |task| task.also_written.contains_key("title"))
        .await;
    // What one wrote oneself meanwhile is no other's edit.
    let again = b.ask(over("Rent 901", "Rent")).await;
    assert_eq!(again.also_written["title"], ["Rent 950"]);
    // What was there is back, and what stood beside it then is known.
    let undo = Undo { step: written.step };
    assert_eq!(b.ask(undo).await.change.left, 1);
    b.ask(Undo { step: again.step }).await;
    let now = b
        .ask(TaskShow {
            id: task.id.clone(),
        })
        .await;
    assert_eq!(now.title, "Rent 900");
    a.close().await;
    b.close().await;
}

#[tokio::test]
async fn undo_of_a_text_typed_over_anothers_brings_the_others_back() {
    let Pair {
        homes: _homes,
        a,
        b,
    } = pair().await;
    let task = a.ask(at_home("Rent")).await;
    b.until_task("Rent", |_| true).await;
    let notes = |notes: &str, seen: Option<&str>| TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            notes: Some(notes.into()),
            notes_seen: seen.map(str::to_owned),
            ..TaskChange::default()
        },
    };
    a.ask(notes("from Anna", None)).await;
    b.until_task("Rent", |task| task.notes == "from Anna").await;
    let written = b.ask(notes("from Ben", Some(""))).await;
    assert_eq!(written.notes, "from Ben");
    assert_eq!(written.also_written["notes"], ["from Anna"]);
    b.ask(Undo { step: written.step }).await;
    let now = b
        .ask(TaskShow {
            id: task.id.clone(),
        })
        .await;
    assert_eq!(now.notes, "from Anna");
    assert!(now.also_written.is_empty());
    // What one typed oneself one has read as one typed it, here with a decomposed letter.
    b.ask(notes("Cafe\u{301} from Ben", Some("from Anna")))
        .await;
    a.until_task("Rent", |task| task.notes == "Caf\u{e9} from Ben")
        .await;
    a.ask(notes("Anna again", None)).await;
    b.until_task("Rent", |task| task.notes == "Anna again")
        .await;
    let written = b
        .ask(notes("Ben again", Some("Cafe\u{301} from Ben")))
        .await;
    assert_eq!(written.also_written["notes"], ["Anna again"]);
    b.ask(Undo { step: written.step }).await;
    // A text that was never here says nothing: what stands is what was seen.
    let unknown = b.ask(notes("from Ben", Some("cut off"))).await;
    assert!(
        unknown.also_written.is_empty(),
        "{:?}",
        unknown.also_written
    );
    a.close().await;
    b.close().await;
}
