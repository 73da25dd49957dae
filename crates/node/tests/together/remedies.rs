//! What can be done about what is wrong.

use rota_api::*;

use crate::computer::{Home, ask, plain};
use crate::pair::{join, name, pair};

#[tokio::test]
async fn a_computer_that_is_in_mine_already_may_join_it_again() {
    let homes = [Home::new(), Home::new(), Home::new()];
    let (desk, laptop) = (homes[0].start().await, homes[1].start().await);
    name(&desk, "Anna", "desk").await;
    let mine = Invite {
        mine: true,
        ..Invite::default()
    };
    join(&desk, &laptop, mine.clone()).await;
    desk.ask(plain("Of both")).await;
    laptop.until_task("Of both", |_| true).await;
    join(&desk, &laptop, mine.clone()).await;
    let spaces = laptop.ask(SpacesShow {}).await;
    assert_eq!((spaces.len(), spaces[0].computers), (1, 2));
    laptop.ask(plain("From the laptop")).await;
    desk.until_task("From the laptop", |_| true).await;
    laptop.until_task("Of both", |_| true).await;
    // Another's Mine is still none to go to with others left behind.
    let phone = homes[2].start().await;
    let invitation = phone.ask(mine).await;
    let code = Join {
        code: invitation.code,
        address: Some(phone.address()),
        timeout_seconds: None,
    };
    assert_eq!(laptop.refuses(code).await.code, Code::NotAllowed);
    for node in [desk, laptop, phone] {
        node.close().await;
    }
}

#[tokio::test]
async fn the_doctor_offers_what_can_be_done_by_a_click() {
    let pair = pair().await;
    let fine = pair.a.ask(Doctor {}).await;
    assert!(
        fine.iter().all(|check| check.ok && check.remedy.is_none()),
        "{fine:?}"
    );
    pair.b.close().await;
    pair.a
        .until("Ben is away", ComputersShow {}, |all| {
            all.iter().any(|one| !one.online)
        })
        .await;
    let checks = pair.a.ask(Doctor {}).await;
    let alone = checks
        .iter()
        .find(|check| check.check == "computers")
        .unwrap();
    let remedy = alone.remedy.as_ref().unwrap();
    assert_eq!((alone.ok, remedy.kind), (false, RemedyKind::TryAgain));
    pair.a.close().await;
}

#[tokio::test]
async fn where_nothing_is_paused_lifting_changes_nothing_and_an_unknown_one_is_said() {
    let home = Home::new();
    let client = home.open().await;
    let status = ask(&client, PauseLift::default()).await;
    assert!(status.health.is_empty(), "{:?}", status.health);
    let nobody = PauseLift {
        author: Some("nobody".into()),
        ..PauseLift::default()
    };
    crate::computer::fails(&client, nobody, Code::NotFound).await;
    client.close().await.unwrap();
}

#[tokio::test]
async fn beside_a_node_quick_add_opens_the_apps_window_or_says_what_is_missing() {
    let home = Home::new();
    let node = home.start().await;
    let client = home.open().await;
    let error = crate::computer::fails(&client, QuickAddOpen {}, Code::NotRunning).await;
    assert!(error.hint.is_some_and(|hint| hint.contains("rota-desktop")));
    // The desktop app beside the node has the window.
    let opened = std::sync::Arc::new(tokio::sync::Notify::new());
    let asked = std::sync::Arc::clone(&opened);
    let options = rota_node::NodeOptions {
        data_dir: home.path(),
        port: None,
        discovery: false,
    };
    let app = rota_node::Resident::start(options, move || asked.notify_one())
        .await
        .unwrap();
    assert!(!app.has_folder().await);
    let waited = tokio::time::timeout(crate::computer::DEADLINE, async {
        // It says that it has a window a moment after it started.
        while rota_api::ask(&client, &QuickAddOpen {}, &()).await.is_err() {
            tokio::task::yield_now().await;
        }
        opened.notified().await;
    });
    waited.await.unwrap();
    app.close().await.unwrap();
    client.close().await.unwrap();
    node.close().await;
}
