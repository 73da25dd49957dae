//! Two computers over loopback, without discovery.

use rota_api::*;

use crate::computer::{Home, Running, plain};

pub(crate) struct Pair {
    pub(crate) homes: [Home; 2],
    pub(crate) a: Running,
    pub(crate) b: Running,
}

/// Anna's computer with the space Home, and Ben's, which has joined it.
pub(crate) async fn pair() -> Pair {
    let homes = [Home::new(), Home::new()];
    let (a, b) = (homes[0].start().await, homes[1].start().await);
    name(&a, "Anna", "a-desk").await;
    name(&b, "Ben", "b-laptop").await;
    a.ask(SpaceAdd {
        name: "Home".into(),
    })
    .await;
    let joined = join(&a, &b, Invite::default()).await;
    assert_eq!(joined.space.name, "Home");
    Pair { homes, a, b }
}

async fn name(node: &Running, person: &str, computer: &str) {
    node.ask(Init {
        person: Some(person.into()),
        computer: Some(computer.into()),
    })
    .await;
}

pub(crate) async fn join(inviter: &Running, newcomer: &Running, invite: Invite) -> JoinResult {
    let invitation = inviter.ask(invite).await;
    newcomer
        .ask(Join {
            code: invitation.code,
            address: Some(inviter.address()),
            timeout_seconds: None,
        })
        .await
}

pub(crate) fn at_home(text: &str) -> TaskAdd {
    TaskAdd {
        space: Some("Home".into()),
        ..plain(text)
    }
}

#[tokio::test]
async fn what_is_added_on_one_appears_on_the_other_and_is_completed_there() {
    let pair = pair().await;
    let task = pair.a.ask(at_home("Rent")).await;
    let seen = pair.b.until_task("Rent", |_| true).await;
    assert_eq!(
        (seen.id.as_str(), seen.created_by.person.name.as_str()),
        (task.id.as_str(), "Anna")
    );
    pair.b
        .ask(TaskDone {
            ids: vec![task.short],
        })
        .await;
    let done = pair
        .a
        .until_task("Rent", |task| task.status == TaskStatus::Done)
        .await;
    assert_eq!(done.completed_by.unwrap().person.name, "Ben");
    let computers = pair
        .a
        .until("both are online", ComputersShow {}, |all| {
            all.iter().all(|one| one.online)
        })
        .await;
    assert_eq!(computers.len(), 2);
    pair.a.close().await;
    pair.b.close().await;
}

#[tokio::test]
async fn edits_made_apart_meet_and_the_other_one_stands_beside() {
    let pair = pair().await;
    let task = pair.a.ask(at_home("Rent")).await;
    pair.b.until_task("Rent", |_| true).await;
    pair.b.close().await;
    let edit = |title: &str, tag: &str| TaskEdit {
        id: task.id.clone(),
        change: TaskChange {
            title: Some(title.into()),
            add_tags: vec![tag.into()],
            ..TaskChange::default()
        },
    };
    pair.a.ask(edit("Rent 950", "bank")).await;
    let apart = pair.homes[1].open().await;
    crate::computer::ask(&apart, edit("Rent 900", "march")).await;
    apart.close().await.unwrap();
    let b = pair.homes[1].start().await;
    for node in [&pair.a, &b] {
        let merged = node
            .until_task("Rent 900", |task| task.tags.len() == 2)
            .await;
        assert_eq!(merged.also_written["title"], ["Rent 950"]);
    }
    pair.a.close().await;
    b.close().await;
}

#[tokio::test]
async fn ones_second_computer_gets_everything_and_its_own_tasks_move_in() {
    let homes = [Home::new(), Home::new(), Home::new()];
    let (desk, laptop, ben) = (
        homes[0].start().await,
        homes[1].start().await,
        homes[2].start().await,
    );
    name(&desk, "Anna", "desk").await;
    name(&laptop, "anna", "laptop").await;
    name(&ben, "Ben", "ben-pc").await;
    desk.ask(plain("On the desk")).await;
    laptop.ask(plain("On the laptop before")).await;
    ben.ask(SpaceAdd {
        name: "Home".into(),
    })
    .await;
    ben.ask(at_home("Shared")).await;
    join(&ben, &desk, Invite::default()).await;
    let mine = Invite {
        mine: true,
        ..Invite::default()
    };
    join(&desk, &laptop, mine).await;
    for node in [&desk, &laptop] {
        for title in ["On the desk", "On the laptop before", "Shared"] {
            node.until_task(title, |_| true).await;
        }
        let spaces = node.ask(SpacesShow {}).await;
        let mine: Vec<_> = spaces
            .iter()
            .filter(|space| space.kind == SpaceKind::Mine)
            .collect();
        assert_eq!((mine.len(), mine[0].computers, mine[0].people), (1, 2, 1));
    }
    let from_laptop = laptop.ask(at_home("Shared from the laptop")).await;
    assert_eq!(from_laptop.created_by.person.name, "Anna");
    let there = ben.until_task("Shared from the laptop", |_| true).await;
    assert_eq!(there.created_by.person.name, "Anna");
    for node in [desk, laptop, ben] {
        node.close().await;
    }
}

#[tokio::test]
async fn wrong_and_spent_codes_are_refused() {
    let homes = [Home::new(), Home::new()];
    let (a, b) = (homes[0].start().await, homes[1].start().await);
    a.ask(SpaceAdd {
        name: "Home".into(),
    })
    .await;
    let invitation = a.ask(Invite::default()).await;
    let number = invitation.code.split('-').next().unwrap();
    let with = |code: String| Join {
        code,
        address: Some(a.address()),
        timeout_seconds: None,
    };
    let error = b.refuses(with(format!("{number}-wrong-wrong-wrong"))).await;
    assert_eq!((error.code, error.code.exit()), (Code::WrongCode, 4));
    assert_eq!(error.tries_left, Some(4));
    a.ask(InviteCancel {
        number: number.parse().unwrap(),
    })
    .await;
    assert!(a.ask(InvitationsShow {}).await.is_empty());
    let error = b.refuses(with(invitation.code)).await;
    assert_eq!((error.code, error.code.exit()), (Code::DeadCode, 4));
    let nobody = Join {
        code: "7-a-b-c".into(),
        address: Some("127.0.0.1:9".into()),
        timeout_seconds: Some(2),
    };
    assert_eq!(b.refuses(nobody).await.code.exit(), 6);
    a.close().await;
    b.close().await;
}

#[tokio::test]
async fn a_damaged_database_comes_back_from_the_others() {
    let pair = pair().await;
    pair.a.ask(at_home("From Anna")).await;
    pair.b.ask(at_home("From Ben")).await;
    pair.b.until_task("From Anna", |_| true).await;
    pair.a.until_task("From Ben", |_| true).await;
    pair.b.close().await;
    let database = pair.homes[1].path().join("rota.db");
    std::fs::write(
        database,
        b"this is no database at all, and has never been one",
    )
    .unwrap();
    let b = pair.homes[1].start().await;
    for title in ["From Anna", "From Ben"] {
        b.until_task(title, |_| true).await;
    }
    b.until("it is a member again", SpacesShow {}, |spaces| {
        spaces
            .iter()
            .any(|space| space.name == "Home" && space.role == Role::Editor)
    })
    .await;
    let written = b.ask(at_home("Written after")).await;
    let there = pair.a.until_task("Written after", |_| true).await;
    assert_eq!(
        (there.id, there.created_by.person.name),
        (written.id, "Ben".to_owned())
    );
    pair.a.close().await;
    b.close().await;
}

#[tokio::test]
async fn who_has_other_computers_does_not_leave_them_behind_for_another_mine() {
    let homes = [Home::new(), Home::new(), Home::new()];
    let (desk, laptop, phone) = (
        homes[0].start().await,
        homes[1].start().await,
        homes[2].start().await,
    );
    let mine = Invite {
        mine: true,
        ..Invite::default()
    };
    join(&desk, &laptop, mine.clone()).await;
    laptop.ask(plain("Of both")).await;
    let invitation = phone.ask(mine).await;
    let error = laptop
        .refuses(Join {
            code: invitation.code,
            address: Some(phone.address()),
            timeout_seconds: None,
        })
        .await;
    assert_eq!((error.code, error.code.exit()), (Code::NotAllowed, 4));
    assert!(
        error
            .hint
            .is_some_and(|hint| hint.contains("invite from this side"))
    );
    assert_eq!(phone.ask(ComputersShow {}).await.len(), 1);
    assert_eq!(phone.ask(InvitationsShow {}).await.len(), 1);
    let spaces = laptop.ask(SpacesShow {}).await;
    assert_eq!((spaces.len(), spaces[0].computers), (1, 2));
    desk.until_task("Of both", |_| true).await;
    for node in [desk, laptop, phone] {
        node.close().await;
    }
}

#[tokio::test]
async fn a_code_for_ones_own_computer_can_be_told_from_any_other() {
    let pair = pair().await;
    let own = Invite {
        mine: true,
        ..Invite::default()
    };
    let codes = [
        pair.a.ask(own).await.code,
        pair.a.ask(Invite::default()).await.code,
    ];
    let says_so = codes.map(|code| {
        let words = code.split_once('-').unwrap().1.to_owned();
        words.starts_with("mine")
    });
    assert_eq!(says_so, [true, false]);
    pair.a.close().await;
    pair.b.close().await;
}
