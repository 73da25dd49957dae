//! Who may write, read and let others in, and what a removal leaves.

use std::collections::BTreeMap;

use rota_api::*;

use crate::computer::{Home, plain, titles};
use crate::two::{at_home, join, pair};

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
