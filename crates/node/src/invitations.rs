//! The inviting end of joining: open invitations, and the conversation with who comes.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rota_api::ApiError;
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::payload::{Admit, Role, SpaceKind, Statement};
use rota_net::{JoinStream, NetError, NetHandle, peer_id_text};
use rota_store::{Reader, Tx};
use rota_sync::Millis;
use rota_sync::join::{Grant, Invitations, InviterHandshake, InviterOutput, Request, Welcome};
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::engine::Command;
use crate::errors;
use crate::failure::Failure;
use crate::node::Node;
use crate::random;
use crate::records;
use crate::service::{self, Service};

/// How often invitations are looked at that may have ended.
const LOOK: Duration = Duration::from_secs(1);

/// What an invitation lets its user do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) space: SpaceId,
    pub(crate) role: Role,
    /// Whether it is for another computer of one's own.
    pub(crate) mine: bool,
}

/// The open invitations. They live in memory alone and end with the node.
#[derive(Debug, Default)]
pub(crate) struct Inviting {
    all: Mutex<Invitations<Subject>>,
    changed: Notify,
    /// What the network was told last; held while it is told, so that an older state never comes after a newer one.
    announced: tokio::sync::Mutex<Option<BTreeSet<u32>>>,
}

impl Inviting {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Invitations<Subject>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the network which are open: these are announced, and strangers let in.
    pub(crate) async fn announce(&self, net: &NetHandle, now: Millis) -> Result<(), NetError> {
        let mut announced = self.announced.lock().await;
        let open = self.lock().numbers(now);
        if announced.as_ref() != Some(&open) {
            net.set_invitations(open.iter().copied().collect()).await?;
            *announced = Some(open);
        }
        Ok(())
    }

    /// Says that one was opened or closed.
    pub(crate) fn tell(&self) {
        self.changed.notify_one();
    }
}

/// Keeps what is announced equal to what is open.
pub(crate) async fn announce(node: Arc<Node>, net: NetHandle) {
    // Another network was told before, if any.
    *node.inviting.announced.lock().await = None;
    loop {
        let now = Millis(node.clock.elapsed_ms());
        if node.inviting.announce(&net, now).await.is_err() {
            return;
        }
        let _ = timeout(LOOK, node.inviting.changed.notified()).await;
    }
}

/// Talks with one newcomer to its end.
pub(crate) async fn answer(service: Service, stream: JoinStream) {
    let joiner = AuthorKey(*stream.remote());
    match converse(&service, stream, joiner).await {
        Ok(()) => {}
        Err(error) => {
            tracing::warn!(
                peer = peer_id_text(&joiner.0),
                error = error.message,
                "joining"
            );
        }
    }
    service.node.inviting.tell();
}

async fn converse(
    service: &Service,
    mut stream: JoinStream,
    joiner: AuthorKey,
) -> Result<(), ApiError> {
    let node = &service.node;
    let random = [random::bytes()?, random::bytes()?];
    let mut handshake = InviterHandshake::new(node.core().me, joiner, random);
    loop {
        let frame = match stream.read_frame().await {
            Ok(Some(frame)) => frame,
            Ok(None) => {
                handshake.closed(&mut node.inviting.lock());
                return Ok(());
            }
            Err(error) => {
                handshake.closed(&mut node.inviting.lock());
                return Err(errors::from_net(&error));
            }
        };
        let now = Millis(node.clock.elapsed_ms());
        handshake.handle(now, &mut node.inviting.lock(), &frame);
        while let Some(output) = handshake.poll() {
            match output {
                InviterOutput::Send(frame) => {
                    stream
                        .write_frame(&frame)
                        .await
                        .map_err(|error| errors::from_net(&error))?;
                }
                InviterOutput::Requested { number, request } => {
                    stream.proved();
                    let subject = node
                        .inviting
                        .lock()
                        .get(number)
                        .map(|invitation| invitation.subject);
                    let admitted = match subject {
                        Some(subject) => admit(service, joiner, subject, request).await,
                        None => Err(errors::broken("the invitation is gone")),
                    };
                    match admitted {
                        Ok(welcome) => handshake.welcome(&welcome),
                        Err(error) => {
                            tracing::warn!(error = error.message, "a newcomer was not let in");
                            handshake.refuse();
                        }
                    }
                    node.inviting.tell();
                }
                InviterOutput::Done(grants) => {
                    take_all(service, &grants, joiner).await;
                    handshake.finish();
                }
                InviterOutput::Failed(failure) => {
                    tracing::info!(peer = peer_id_text(&joiner.0), %failure, "did not join");
                    // What was written arrives all the same.
                    let _ = stream.close().await;
                    return Ok(());
                }
            }
        }
    }
}

/// Takes the spaces that the other end has let this computer into.
pub(crate) async fn take_all(service: &Service, grants: &[Grant], from: AuthorKey) {
    if let Some(engine) = service.node.engine() {
        for grant in grants {
            engine
                .tell(Command::Take {
                    space: grant.space,
                    from,
                })
                .await;
        }
    }
}

/// Lets a newcomer in, durably.
async fn admit(
    service: &Service,
    joiner: AuthorKey,
    subject: Subject,
    request: Request,
) -> Result<Welcome, ApiError> {
    service
        .act_unlabelled(move |tx| {
            let me = tx.me();
            let own = service::my_person(&tx.reader(), &me, &subject.space)?
                .ok_or_else(|| errors::broken("this computer is not in the space"))?;
            may_let_in(tx, &me, &subject.space)?;
            let admissions = tx.reader().admissions(&subject.space)?;
            let before = admissions
                .iter()
                .find(|admission| admission.computer.id == joiner);
            let (person, person_name) = match (subject.mine, before) {
                (true, _) => own.clone(),
                // Who comes back is who it was.
                (false, Some(before)) => (before.person.id, request.person_name.clone()),
                (false, None) => (EntityId::new(tx.random()), request.person_name.clone()),
            };
            let is_in = admissions.iter().any(|admission| {
                admission.computer.id == joiner
                    && admission.removed_ms.is_none()
                    && admission.role >= subject.role
            });
            if !is_in {
                let admit = Admit {
                    key: joiner,
                    person,
                    role: subject.role,
                    computer_name: service::name_or(&request.computer_name, "Computer"),
                    person_name: service::name_or(&person_name, "Somebody"),
                };
                tx.state(subject.space, vec![Statement::Admit(admit)])?;
            }
            let mut spaces = vec![subject.space];
            if subject.mine {
                service::household(tx)?;
                spaces.extend(shared_with(&tx.reader(), &me, &joiner)?);
            }
            let mut grants = Vec::new();
            for space in spaces {
                grants.push(grant(tx, space, &joiner)?);
            }
            let names = service::names(&tx.reader(), &me)?;
            Ok(Welcome {
                mine: subject.mine,
                person,
                person_name,
                inviter_person: own.0,
                inviter_person_name: own.1,
                inviter_computer_name: names.computer,
                grants,
            })
        })
        .await
}

/// Refuses if this computer is no owner of the space any more: the others would not heed whom it lets in.
fn may_let_in(tx: &mut Tx<'_>, me: &AuthorKey, space: &SpaceId) -> Result<(), Failure> {
    if records::is_removed(&tx.reader(), space, me)? {
        return Err(errors::not_allowed(rota_store::NotAllowed::Removed).into());
    }
    tx.my_admission(*space, Role::Owner)?;
    Ok(())
}

/// The shared spaces that both computers are in.
pub(crate) fn shared_with(
    reader: &Reader<'_>,
    me: &AuthorKey,
    other: &AuthorKey,
) -> Result<Vec<SpaceId>, Failure> {
    let mut shared = Vec::new();
    for space in reader.spaces(me)? {
        if space.kind == Some(SpaceKind::Shared)
            && space.role.is_some()
            && reader.is_member(&space.id, other)?
        {
            shared.push(space.id);
        }
    }
    Ok(shared)
}

/// What a computer that was let in is told about a space.
pub(crate) fn grant(tx: &Tx<'_>, space: SpaceId, newcomer: &AuthorKey) -> Result<Grant, Failure> {
    let reader = tx.reader();
    let me = tx.me();
    let view = reader
        .spaces(&me)?
        .into_iter()
        .find(|other| other.id == space)
        .ok_or_else(|| errors::broken("the space is not there"))?;
    let role = reader
        .admissions(&space)?
        .iter()
        .filter(|admission| admission.computer.id == *newcomer && admission.removed_ms.is_none())
        .map(|admission| admission.role)
        .max()
        .unwrap_or(Role::Viewer);
    let is_mine = records::mine(&reader)? == Some(space);
    Ok(Grant {
        space,
        kind: view.kind.unwrap_or(SpaceKind::Shared),
        role,
        name: if is_mine {
            "Mine".to_owned()
        } else {
            view.name
        },
        heads: reader.frontier(&space)?.heads().collect(),
    })
}
