//! Whose turn is next, where two computers complete one occurrence without hearing of each other.

use rota_api::*;
use rota_node::Client;

use crate::computer::{Home, Running, ask, plain};
use crate::two::{Pair, at_home, pair};

/// Anna's and Ben's computers, neither of them running, and the weekly task at which Anna, Ben and Cleo take turns.
struct Apart {
    homes: [Home; 2],
    id: String,
}

fn open_bins() -> TaskList {
    TaskList {
        filter: TaskFilter {
            tags: vec!["bins".into()],
            ..TaskFilter::default()
        },
        ..TaskList::default()
    }
}

fn everyone() -> MembersShow {
    MembersShow {
        space: Some("Home".into()),
    }
}

fn edit(id: &str, change: TaskChange) -> TaskEdit {
    TaskEdit {
        id: id.into(),
        change,
    }
}

fn done(id: &str) -> TaskDone {
    TaskDone {
        ids: vec![id.into()],
    }
}

/// Cleo joins the space from a computer that is away from then on.
async fn cleo_joins(a: &Running) {
    let home = Home::new();
    let cleo = home.start().await;
    let named = Init {
        person: Some("Cleo".into()),
        computer: None,
    };
    cleo.ask(named).await;
    let code = a.ask(Invite::default()).await.code;
    let join = Join {
        code,
        address: Some(a.address()),
        timeout_seconds: None,
    };
    cleo.ask(join).await;
    cleo.close().await;
}

/// The task repeats by this rule, and it is this person's turn.
async fn apart(repeat: &str, turn: &str) -> Apart {
    let Pair { homes, a, b } = pair().await;
    cleo_joins(&a).await;
    let bins = a.ask(at_home("Bins")).await;
    let persons = ["Anna", "Ben", "Cleo"].map(str::to_owned);
    let change = TaskChange {
        due: Some(Change::Set("2031-03-17".into())),
        repeat: Some(Change::Set(repeat.into())),
        rotation: Some(Change::Set(persons.to_vec())),
        assignee: Some(Change::Set(turn.into())),
        add_tags: vec!["bins".into()],
        ..TaskChange::default()
    };
    a.ask(edit(&bins.id, change)).await;
    b.until_task("Bins", |task| task.rotation.len() == 3).await;
    b.until("Cleo is in", everyone(), |all| all.len() == 3)
        .await;
    a.close().await;
    b.close().await;
    Apart { homes, id: bins.id }
}

impl Apart {
    /// The computer does something while neither runs. It gives what is open there then.
    async fn alone(&self, which: usize, does: impl AsyncFnOnce(&Client, &str)) -> Vec<Task> {
        let client = self.homes[which].open().await;
        does(&client, &self.id).await;
        let open = ask(&client, open_bins()).await;
        client.close().await.unwrap();
        open
    }

    /// Both run until each has what the other wrote. What is open must be the same on both.
    async fn meet(&self) -> ([Running; 2], Vec<Task>) {
        for (which, sign) in ["Anna was here", "Ben was here"].into_iter().enumerate() {
            let client = self.homes[which].open().await;
            ask(&client, at_home(sign)).await;
            client.close().await.unwrap();
        }
        let nodes = [self.homes[0].start().await, self.homes[1].start().await];
        nodes[0].until_task("Ben was here", |_| true).await;
        nodes[1].until_task("Anna was here", |_| true).await;
        let [on_a, on_b] = [
            nodes[0].ask(open_bins()).await,
            nodes[1].ask(open_bins()).await,
        ];
        assert_eq!(on_a, on_b);
        (nodes, on_a)
    }
}

async fn completes(client: &Client, id: &str) {
    ask(client, done(id)).await;
}

async fn completes_and_takes_it_back(client: &Client, id: &str) {
    ask(client, done(id)).await;
    ask(client, Undo::default()).await;
}

fn turn(task: &Task) -> &str {
    task.assignee.as_ref().map_or("", |who| &who.name)
}

/// The one task that is open.
fn only(tasks: &[Task]) -> &Task {
    assert_eq!(tasks.len(), 1, "{tasks:#?}");
    assert!(tasks[0].also_written.is_empty(), "{:#?}", tasks[0]);
    &tasks[0]
}

async fn close(nodes: [Running; 2]) {
    for node in nodes {
        node.close().await;
    }
}

#[tokio::test]
async fn both_complete_it_and_there_is_one_next_with_one_turn() {
    for repeat in ["every week", "every week after done"] {
        let apart = apart(repeat, "Anna").await;
        let on_b = apart.alone(1, completes).await;
        let on_a = apart.alone(0, completes).await;
        let (nodes, open) = apart.meet().await;
        let next = only(&open);
        assert_eq!(turn(next), "Ben", "{repeat}");
        for own in [only(&on_a), only(&on_b)] {
            assert_eq!((&next.id, turn(next)), (&own.id, turn(own)), "{repeat}");
        }
        assert!([&on_a[0].due, &on_b[0].due].contains(&&next.due));
        if repeat == "every week" {
            assert_eq!(next.due.as_deref(), Some("2031-03-24"));
        }
        assert_eq!(next.predecessor.as_ref(), Some(&apart.id));
        // The round goes on from there, wherever the next is completed.
        nodes[1].ask(done(&next.id)).await;
        nodes[0]
            .until("it is Cleo's turn", open_bins(), |open| {
                open.iter().map(turn).eq(["Cleo"])
            })
            .await;
        close(nodes).await;
    }
}

#[tokio::test]
async fn one_takes_the_completion_back_before_the_other_completes_it() {
    let apart = apart("every week", "Anna").await;
    let on_a = apart.alone(0, completes_and_takes_it_back).await;
    assert_eq!(only(&on_a).id, apart.id);
    let on_b = apart.alone(1, completes).await;
    let (nodes, open) = apart.meet().await;
    let next = only(&open);
    assert_eq!((&next.id, turn(next)), (&on_b[0].id, "Ben"));
    assert_eq!(next.due.as_deref(), Some("2031-03-24"));
    close(nodes).await;
}

#[tokio::test]
async fn one_takes_the_completion_back_after_the_other_completed_it() {
    let apart = apart("every week", "Anna").await;
    apart.alone(1, completes).await;
    apart.alone(0, completes_and_takes_it_back).await;
    let (nodes, open) = apart.meet().await;
    // The later of the two is open again: nothing follows it. That Ben completed it stands beside.
    assert_eq!(open.len(), 1, "{open:#?}");
    assert_eq!((&open[0].id, turn(&open[0])), (&apart.id, "Anna"));
    assert_eq!(open[0].also_written.len(), 1, "{:?}", open[0].also_written);
    assert_eq!(open[0].also_written["status"], ["done"]);
    // Completed once more, the same next one comes.
    nodes[0].ask(done(&apart.id)).await;
    for node in &nodes {
        let next = node
            .until("the next one is there", open_bins(), |open| {
                open.iter().map(turn).eq(["Ben"])
            })
            .await;
        assert_eq!(only(&next).due.as_deref(), Some("2031-03-24"));
    }
    close(nodes).await;
}

#[tokio::test]
async fn one_completes_it_knowing_that_a_member_has_left() {
    for (now, may_follow) in [("Anna", &["Ben"][..]), ("Ben", &["Anna", "Cleo"])] {
        let apart = apart("every week", now).await;
        let without_cleo = async |client: &Client, id: &str| {
            let remove = MemberRemove {
                who: "Cleo".into(),
                space: Some("Home".into()),
            };
            ask(client, remove).await;
            completes(client, id).await;
        };
        let on_a = apart.alone(0, without_cleo).await;
        assert_eq!(turn(only(&on_a)), may_follow[0]);
        let on_b = apart.alone(1, completes).await;
        assert_eq!(turn(only(&on_b)), may_follow[may_follow.len() - 1]);
        let (nodes, open) = apart.meet().await;
        let next = only(&open);
        assert!(may_follow.contains(&turn(next)), "{next:#?}");
        assert_eq!(next.due.as_deref(), Some("2031-03-24"));
        // Whoever it is, the round passes Cleo over from there on.
        let behind = match turn(next) {
            "Anna" => "Ben",
            _ => "Anna",
        };
        nodes[1].ask(done(&next.id)).await;
        nodes[0]
            .until("the round goes on", open_bins(), |open| {
                open.iter().map(turn).eq([behind])
            })
            .await;
        close(nodes).await;
    }
}

/// A task of every week on one computer, completed and opened again.
async fn opened_again(client: &Client) -> Task {
    let bins = ask(client, plain("Bins")).await;
    let weekly = TaskChange {
        due: Some(Change::Set("2031-03-17".into())),
        repeat: Some(Change::Set("every week".into())),
        notes: Some("The blue one".into()),
        add_tags: vec!["bins".into(), "heavy".into()],
        ..TaskChange::default()
    };
    ask(client, edit(&bins.id, weekly)).await;
    ask(client, done(&bins.id)).await;
    reopen(client, &bins).await
}

async fn reopen(client: &Client, bins: &Task) -> Task {
    let ids = vec![bins.id.clone()];
    ask(client, TaskReopen { ids }).await.remove(0)
}

#[tokio::test]
async fn completed_again_after_a_change_the_next_one_follows_the_change() {
    let home = Home::new();
    let client = home.open().await;
    let bins = opened_again(&client).await;
    // Often enough that it is no luck.
    for day in 10..30 {
        let change = TaskChange {
            due: Some(Change::Set(format!("2031-04-{day}"))),
            repeat: Some(Change::Set("every day".into())),
            title: Some(format!("Bins of {day}")),
            notes: Some(String::new()),
            remove_tags: vec!["heavy".into()],
            ..TaskChange::default()
        };
        ask(&client, edit(&bins.id, change)).await;
        ask(&client, done(&bins.id)).await;
        let open = ask(&client, open_bins()).await;
        let next = only(&open);
        let due = format!("2031-04-{}", day + 1);
        assert_eq!(
            (&next.title, next.due.as_ref()),
            (&format!("Bins of {day}"), Some(&due))
        );
        assert_eq!(
            (next.notes.as_str(), &next.tags[..]),
            ("", &["bins".to_owned()][..])
        );
        assert_eq!(only(&[reopen(&client, &bins).await]).id, bins.id);
        let open = ask(&client, open_bins()).await;
        assert_eq!(only(&open).id, bins.id, "the next one is away again");
    }
    client.close().await.unwrap();
}

#[tokio::test]
async fn completed_again_without_its_rule_nothing_follows_until_it_has_one() {
    let home = Home::new();
    let client = home.open().await;
    let bins = opened_again(&client).await;
    let repeat = |repeat: Change<String>| {
        let change = TaskChange {
            repeat: Some(repeat),
            ..TaskChange::default()
        };
        edit(&bins.id, change)
    };
    ask(&client, repeat(Change::Clear)).await;
    ask(&client, done(&bins.id)).await;
    assert_eq!(ask(&client, open_bins()).await, []);
    reopen(&client, &bins).await;
    ask(&client, repeat(Change::Set("every month".into()))).await;
    ask(&client, done(&bins.id)).await;
    let open = ask(&client, open_bins()).await;
    assert_eq!(only(&open).due.as_deref(), Some("2031-04-17"));
    client.close().await.unwrap();
}

#[tokio::test]
async fn what_a_person_made_of_the_next_one_stays_when_it_is_completed_again() {
    let home = Home::new();
    let client = home.open().await;
    let bins = opened_again(&client).await;
    ask(&client, done(&bins.id)).await;
    let next = ask(&client, open_bins()).await.remove(0);
    let chosen = TaskChange {
        due: Some(Change::Set("2031-05-01".into())),
        ..TaskChange::default()
    };
    ask(&client, edit(&next.id, chosen)).await;
    reopen(&client, &bins).await;
    let renamed = TaskChange {
        title: Some("All bins".into()),
        repeat: Some(Change::Clear),
        ..TaskChange::default()
    };
    ask(&client, edit(&bins.id, renamed)).await;
    ask(&client, done(&bins.id)).await;
    let open = ask(&client, open_bins()).await;
    let kept = only(&open);
    assert_eq!(
        (&kept.id, kept.due.as_deref()),
        (&next.id, Some("2031-05-01"))
    );
    client.close().await.unwrap();
}
