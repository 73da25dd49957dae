//! Two computers of two people that share a space.

use rota_api::{Init, Invite, Join, SpaceAdd, TaskAdd};

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
    join(&a, &b, Invite::default()).await;
    Pair { homes, a, b }
}

pub(crate) async fn name(node: &Running, person: &str, computer: &str) {
    node.ask(Init {
        person: Some(person.into()),
        computer: Some(computer.into()),
    })
    .await;
}

pub(crate) async fn join(inviter: &Running, newcomer: &Running, invite: Invite) {
    let invitation = inviter.ask(invite).await;
    newcomer
        .ask(Join {
            code: invitation.code,
            address: Some(inviter.address()),
            timeout_seconds: None,
        })
        .await;
}

pub(crate) fn at_home(text: &str) -> TaskAdd {
    TaskAdd {
        space: Some("Home".into()),
        ..plain(text)
    }
}
