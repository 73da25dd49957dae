//! Two computers over loopback, without discovery.

use std::collections::BTreeMap;

use rota_api::*;

use crate::computer::{Home, Running, plain, titles};

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

async fn join(inviter: &Running, newcomer: &Running, invite: Invite) -> JoinResult {
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
async fn a_removal_sticks_through_a_restart_and_what_was_there_stays_readable() {
    let pair = pair().await;
    pair.b.ask(at_home("Ben was here")).await;
    pair.a.until_task("Ben was here", |_| true).await;
    let removed = pair
        .a
        .ask(MemberRemove {
            who: "Ben".into(),
            space: Some("Home".into()),
        })
        .await;
    assert!(
        removed
            .iter()
            .any(|member| member.person.name == "Ben" && member.removed_at.is_some())
    );
    loop {
        let tried = rota_api::ask(pair.b.service(), &at_home("no"), &()).await;
        if let Err(error) = tried {
            assert_eq!((error.code, error.code.exit()), (Code::Removed, 4));
            break;
        }
        tokio::task::yield_now().await;
    }
    pair.b.close().await;
    let b = pair.homes[1].start().await;
    assert_eq!(b.refuses(at_home("still no")).await.code, Code::Removed);
    let tasks = b.ask(TaskList::default()).await;
    assert!(titles(&tasks).contains(&"Ben was here"));
    pair.a.close().await;
    b.close().await;
}

#[tokio::test]
async fn who_was_removed_can_take_back_what_was_changed_elsewhere_before() {
    let pair = pair().await;
    pair.b.ask(plain("Own of Ben")).await;
    pair.b.ask(at_home("Ben was here")).await;
    pair.a.until_task("Ben was here", |_| true).await;
    let remove = MemberRemove {
        who: "Ben".into(),
        space: Some("Home".into()),
    };
    pair.a.ask(remove).await;
    // Whether Ben is out yet shows in what is refused; what was written until then is passed over as well.
    let mut in_home = 1_usize;
    loop {
        match rota_api::ask(pair.b.service(), &at_home("Late"), &()).await {
            Ok(_) => in_home += 1,
            Err(error) => {
                assert_eq!(error.code, Code::Removed, "{error:?}");
                // The removal may arrive between the commit and the answer.
                in_home += usize::from(error.message.contains("while the change was made"));
                break;
            }
        }
        tokio::task::yield_now().await;
    }
    for _ in 0..in_home {
        let refused = pair.b.refuses(Undo::default()).await;
        assert_eq!((refused.code, refused.code.exit()), (Code::Removed, 4));
        assert!(refused.hint.is_some_and(|hint| hint.contains("undo again")));
    }
    pair.b.ask(Undo::default()).await;
    let tasks = pair.b.ask(TaskList::default()).await;
    assert!(titles(&tasks).contains(&"Ben was here"));
    assert!(!titles(&tasks).contains(&"Own of Ben"));
    assert_eq!(
        pair.b.refuses(Undo::default()).await.code,
        Code::NothingToUndo
    );
    pair.a.close().await;
    pair.b.close().await;
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
async fn a_viewer_reads_and_an_owner_may_make_it_an_editor_and_back() {
    let pair = pair().await;
    let role = |role: Role| MemberRole {
        who: "Ben".into(),
        role,
        space: Some("Home".into()),
    };
    let is = |wanted: Role| {
        move |spaces: &Vec<Space>| {
            spaces
                .iter()
                .any(|space| space.name == "Home" && space.role == wanted)
        }
    };
    pair.b.ask(at_home("Written as an editor")).await;
    pair.a.until_task("Written as an editor", |_| true).await;
    pair.a.ask(role(Role::Viewer)).await;
    pair.b
        .until("Ben is a viewer", SpacesShow {}, is(Role::Viewer))
        .await;
    let error = pair.b.refuses(at_home("no")).await;
    assert_eq!((error.code, error.code.exit()), (Code::NotAllowed, 4));
    assert_eq!(
        pair.b.refuses(Invite::default()).await.code,
        Code::NotAllowed
    );
    pair.a.ask(role(Role::Owner)).await;
    pair.b
        .until("Ben is an owner", SpacesShow {}, is(Role::Owner))
        .await;
    pair.b.ask(at_home("Written as an owner")).await;
    pair.a.until_task("Written as an owner", |_| true).await;
    pair.a.until_task("Written as an editor", |_| true).await;
    let mine = MemberRole {
        who: "Anna".into(),
        role: Role::Editor,
        space: Some("Home".into()),
    };
    pair.b.ask(mine).await;
    pair.a
        .until("Anna is an editor", SpacesShow {}, is(Role::Editor))
        .await;
    assert_eq!(
        pair.b.refuses(role(Role::Viewer)).await.code,
        Code::NotAllowed
    );
    pair.a.close().await;
    pair.b.close().await;
}

#[tokio::test]
async fn who_is_no_owner_any_more_lets_nobody_in() {
    let pair = pair().await;
    let invitation = pair.a.ask(Invite::default()).await;
    let role = |who: &str, role: Role| MemberRole {
        who: who.into(),
        role,
        space: Some("Home".into()),
    };
    let is = |wanted: Role| {
        move |spaces: &Vec<Space>| {
            spaces
                .iter()
                .any(|space| space.name == "Home" && space.role == wanted)
        }
    };
    pair.a.ask(role("Ben", Role::Owner)).await;
    pair.b
        .until("Ben is an owner", SpacesShow {}, is(Role::Owner))
        .await;
    pair.b.ask(role("Anna", Role::Editor)).await;
    pair.a
        .until("Anna is an editor", SpacesShow {}, is(Role::Editor))
        .await;
    let home = Home::new();
    let newcomer = home.start().await;
    let refused = newcomer
        .refuses(Join {
            code: invitation.code,
            address: Some(pair.a.address()),
            timeout_seconds: None,
        })
        .await;
    assert_eq!((refused.code, refused.code.exit()), (Code::NotAllowed, 4));
    assert_eq!(newcomer.ask(SpacesShow {}).await.len(), 1);
    let members = MembersShow {
        space: Some("Home".into()),
    };
    assert_eq!(pair.a.ask(members).await.len(), 2);
    for node in [pair.a, pair.b, newcomer] {
        node.close().await;
    }
}

#[tokio::test]
async fn what_is_written_apart_survives_a_lower_role() {
    let pair = pair().await;
    let role = |role: Role| MemberRole {
        who: "Ben".into(),
        role,
        space: Some("Home".into()),
    };
    pair.a.ask(role(Role::Owner)).await;
    pair.b
        .until("Ben is an owner", SpacesShow {}, |spaces| {
            spaces
                .iter()
                .any(|space| space.name == "Home" && space.role == Role::Owner)
        })
        .await;
    pair.b.close().await;
    pair.a.ask(role(Role::Editor)).await;
    let apart = pair.homes[1].open().await;
    crate::computer::ask(&apart, at_home("Written apart")).await;
    apart.close().await.unwrap();
    let b = pair.homes[1].start().await;
    pair.a.until_task("Written apart", |_| true).await;
    b.until_task("Written apart", |_| true).await;
    pair.a.close().await;
    b.close().await;
}

/// A program that hands out an own computer's code in the looks of any other gets nothing by it.
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

#[tokio::test]
async fn the_last_owner_stays_while_others_remain_and_who_leaves_is_gone_everywhere() {
    let pair = pair().await;
    let leave = SpaceLeave {
        space: "Home".into(),
    };
    assert_eq!(pair.a.refuses(leave.clone()).await.code, Code::NotAllowed);
    pair.b.ask(leave.clone()).await;
    let spaces = pair.b.ask(SpacesShow {}).await;
    assert!(spaces.iter().all(|space| space.name != "Home"));
    let members = MembersShow {
        space: Some("Home".into()),
    };
    pair.a
        .until("Ben is gone", members, |members| {
            members
                .iter()
                .any(|member| member.person.name == "Ben" && member.removed_at.is_some())
        })
        .await;
    pair.a.ask(leave).await;
    pair.a.close().await;
    pair.b.close().await;
}

#[tokio::test]
async fn a_command_joins_without_a_node_and_who_was_removed_may_come_back() {
    let homes = [Home::new(), Home::new()];
    let a = homes[0].start().await;
    a.ask(SpaceAdd {
        name: "Home".into(),
    })
    .await;
    a.ask(at_home("There before")).await;
    let client = homes[1].open().await;
    crate::computer::ask(
        &client,
        Init {
            person: Some("Ben".into()),
            computer: None,
        },
    )
    .await;
    for visit in ["first", "second"] {
        let invitation = a.ask(Invite::default()).await;
        let joined = crate::computer::ask(
            &client,
            Join {
                code: invitation.code,
                address: Some(a.address()),
                timeout_seconds: None,
            },
        )
        .await;
        assert_eq!(joined.tasks, 1, "{visit}: complete when it returns");
        let space = crate::computer::ask(&client, SpacesShow {}).await;
        assert!(
            space
                .iter()
                .any(|space| space.name == "Home" && space.role == Role::Editor),
            "{visit}: {space:?}"
        );
        let members = a
            .ask(MemberRemove {
                who: "Ben".into(),
                space: Some("Home".into()),
            })
            .await;
        assert_eq!(
            members.len(),
            2,
            "{visit}: one Ben, who comes back as himself"
        );
    }
    client.close().await.unwrap();
    a.close().await;
}

#[tokio::test]
async fn what_may_only_be_read_is_skipped_and_told_when_many_are_changed() {
    let homes = [Home::new(), Home::new()];
    let (a, b) = (homes[0].start().await, homes[1].start().await);
    a.ask(SpaceAdd {
        name: "Home".into(),
    })
    .await;
    let viewer = Invite {
        space: Some("Home".into()),
        role: Some(Role::Viewer),
        ..Invite::default()
    };
    join(&a, &b, viewer).await;
    let theirs = a.ask(at_home("Rent")).await;
    b.until_task("Rent", |_| true).await;
    let mine = b.ask(plain("Milk")).await;
    let deeds = [
        Deed::Complete,
        Deed::Reopen,
        Deed::Duplicate,
        Deed::Keep,
        Deed::Delete,
        Deed::Restore,
    ];
    for what in deeds {
        let done = b
            .ask(TaskDoMany {
                ids: vec![theirs.id.clone(), mine.id.clone()],
                what,
                seen: BTreeMap::new(),
            })
            .await;
        assert_eq!(titles(&done.tasks), ["Milk"], "{what:?}");
        assert_eq!(done.skipped.len(), 1, "{what:?}");
        assert_eq!(done.skipped[0].id, theirs.id);
        assert_eq!(done.skipped[0].reason.code, Code::NotAllowed);
    }
    let none = TaskDoMany {
        ids: vec![theirs.id.clone()],
        what: Deed::Delete,
        seen: BTreeMap::new(),
    };
    let none = b.ask(none).await;
    assert_eq!((none.tasks.len(), none.step), (0, None));
    // One that is named in a command is an error, not left out.
    let one = TaskDone {
        ids: vec![mine.id, theirs.id],
    };
    assert_eq!(b.refuses(one).await.code, Code::NotAllowed);
    a.close().await;
    b.close().await;
}
