//! A reminder that is dismissed on one computer is gone on the other, whichever it is and whether or not that runs.

use rota_api::*;

use crate::computer::{Home, Running, ask, plain};
use crate::pair::{at_home, join, name, pair};
use crate::reminders::{handle, reminding, until_due};

/// Anna's desk and laptop, both running.
async fn desk_and_laptop() -> ([Home; 2], [Running; 2]) {
    let homes = [Home::new(), Home::new()];
    let nodes = [homes[0].start().await, homes[1].start().await];
    name(&nodes[0], "Anna", "desk").await;
    let mine = Invite {
        mine: true,
        ..Invite::default()
    };
    join(&nodes[0], &nodes[1], mine).await;
    (homes, nodes)
}

#[tokio::test]
async fn it_is_gone_on_the_other_both_ways() {
    let (_homes, [desk, laptop]) = desk_and_laptop().await;
    for (here, there, title) in [
        (&desk, &laptop, "On the desk"),
        (&laptop, &desk, "On the laptop"),
    ] {
        // Another one stays, to see that it is this one that goes.
        let other = format!("Not {title}");
        let stays = here.ask(reminding(plain(&other), -70)).await;
        let call = here.ask(reminding(plain(title), -5)).await;
        for node in [here, there] {
            until_due(node, &[&other, title]).await;
        }
        here.ask(handle(&call, Handling::Dismiss)).await;
        for node in [here, there] {
            until_due(node, &[&other]).await;
            let task = node.until_task(title, |_| true).await;
            assert_eq!(task.status, TaskStatus::Open, "the task itself stays");
        }
        there.ask(handle(&stays, Handling::Dismiss)).await;
        for node in [here, there] {
            until_due(node, &[]).await;
        }
    }
    desk.close().await;
    laptop.close().await;
}

#[tokio::test]
async fn it_is_gone_for_the_other_person_of_a_space_both_ways() {
    let pair = pair().await;
    for (here, there) in [(&pair.a, &pair.b), (&pair.b, &pair.a)] {
        let call = here.ask(reminding(at_home("Nobody's"), -5)).await;
        for node in [here, there] {
            until_due(node, &["Nobody's"]).await;
        }
        here.ask(handle(&call, Handling::Dismiss)).await;
        for node in [here, there] {
            until_due(node, &[]).await;
        }
    }
    pair.a.close().await;
    pair.b.close().await;
}

#[tokio::test]
async fn it_does_not_come_on_one_that_was_away_meanwhile() {
    let (homes, [desk, laptop]) = desk_and_laptop().await;
    let call = desk.ask(reminding(plain("Call"), -5)).await;
    until_due(&laptop, &["Call"]).await;
    laptop.close().await;
    desk.ask(handle(&call, Handling::Dismiss)).await;
    let laptop = homes[1].start().await;
    until_due(&laptop, &[]).await;
    laptop.close().await;
    // The other way, on a laptop without network.
    let mail = desk.ask(reminding(plain("Mail"), -5)).await;
    let laptop = homes[1].start().await;
    until_due(&laptop, &["Mail"]).await;
    laptop.close().await;
    let alone = homes[1].open().await;
    ask(&alone, handle(&mail, Handling::Dismiss)).await;
    alone.close().await.unwrap();
    until_due(&desk, &["Mail"]).await;
    let laptop = homes[1].start().await;
    for node in [&desk, &laptop] {
        until_due(node, &[]).await;
    }
    desk.close().await;
    laptop.close().await;
}
