//! Joining a space with a code.

use std::time::Duration;

use rota_api::{ApiError, Code, Join, JoinResult, Progress, ReportProgress};
use rota_model::id::{AuthorKey, SpaceId};
use rota_model::payload::{Admit, Role, SpaceKind, Statement};
use rota_net::{DialAddress, JoinStream, JoinTarget, NetError};
use rota_store::{Reader, Tx};
use rota_sync::join::{
    Failure as Refusal, Grant, InviteCode, JoinerHandshake, JoinerOutput, Request, Welcome,
};
use tokio::time::{Instant, sleep, timeout_at};

use super::{Service, absorb, find, view};
use crate::engine::{Command, Engine};
use crate::errors;
use crate::failure::{Failure, invalid};
use crate::invitations::{self, grant};
use crate::random;
use crate::records;

/// How long to try unless said.
const TRY_SECONDS: u64 = 30;
/// Longest time that may be asked for.
const TRY_MAX_SECONDS: u64 = 3_600;
/// Wait before looking again for who announces the invitation.
const LOOK_AGAIN: Duration = Duration::from_millis(250);
/// Tries at a computer that answers and lets nobody in, before that is taken for its word.
const SHUT_MAX_TRIES: u32 = 6;
/// Wait before the next try where the inviter answers only so many a second.
const BUSY_AGAIN: Duration = Duration::from_millis(600);

/// Why one try did not work.
enum Tried {
    /// The inviter answered, and not by letting this computer in.
    Refused(Refusal),
    /// It has no place for another stranger just now.
    Crowded(ApiError),
    /// It answers and lets nobody in, without a word: so it is without an open invitation, and for a moment while who
    /// its members are changes.
    Shut,
    /// This computer may not join there; nothing was said.
    NotFor(ApiError),
    /// It was not reached, or something here stands in the way.
    Broken(ApiError),
    /// The connection went in the middle, as when another one with the same computer takes its place.
    Interrupted(ApiError),
}

impl Service {
    pub(super) async fn join_by_code(
        &self,
        input: Join,
        progress: &dyn ReportProgress,
    ) -> Result<JoinResult, ApiError> {
        let code = InviteCode::parse(&input.code).map_err(|error| {
            invalid(
                error.to_string(),
                "code",
                "write the code as the other computer shows it",
            )
        })?;
        let address = input
            .address
            .as_deref()
            .map(str::parse::<DialAddress>)
            .transpose()
            .map_err(|error| errors::from_net(&error))?;
        let seconds = input
            .timeout_seconds
            .unwrap_or(TRY_SECONDS)
            .min(TRY_MAX_SECONDS);
        let deadline = Instant::now() + Duration::from_secs(seconds);
        let running = self.network().await?;
        running.engine.peers.set_joining(true);
        let joined = self
            .join_within(&running.engine, code, address, deadline, progress)
            .await;
        running.engine.peers.set_joining(false);
        running.engine.tell(Command::Members).await;
        running.end().await;
        joined
    }

    async fn join_within(
        &self,
        engine: &Engine,
        code: InviteCode,
        address: Option<DialAddress>,
        deadline: Instant,
        progress: &dyn ReportProgress,
    ) -> Result<JoinResult, ApiError> {
        let (inviter, welcome) = self
            .get_in(engine, &code, address.as_ref(), deadline)
            .await?;
        if let Some(address) = address {
            // The conversation may have been the only connection: members keep one of their own.
            let net = engine.net.clone();
            tokio::spawn(async move { net.connect(address).await });
        }
        self.wait_for(&welcome.grants, deadline, progress).await?;
        self.settle(&welcome).await?;
        let first = welcome
            .grants
            .first()
            .ok_or_else(|| errors::broken("an empty welcome"))?;
        let (space, name) = (first.space, first.name.clone());
        tracing::info!(inviter = rota_net::peer_id_text(&inviter.0), %space, "joined");
        let tasks = self.read(move |reader| tasks_in(reader, &space)).await?;
        Ok(JoinResult {
            space: view::space_named(space, name),
            tasks,
        })
    }

    /// Finds who has the invitation open and talks until this computer is in.
    async fn get_in(
        &self,
        engine: &Engine,
        code: &InviteCode,
        address: Option<&DialAddress>,
        deadline: Instant,
    ) -> Result<(AuthorKey, Welcome), ApiError> {
        let mut last = Tried::Broken(errors::from_net(&NetError::NoSuchInvitation(code.number())));
        let mut tries = 0;
        loop {
            let targets = match address {
                Some(address) => vec![JoinTarget::Address(address.clone())],
                None => {
                    let inviters = engine.net.inviters(code.number()).await;
                    let inviters = inviters.map_err(|error| errors::from_net(&error))?;
                    inviters.into_iter().map(JoinTarget::Peer).collect()
                }
            };
            let mut wait = LOOK_AGAIN;
            tries += 1;
            let mut final_word = address.is_some();
            for target in targets {
                // Two computers may have chosen one number: who refuses is not the last word while others are there.
                match timeout_at(deadline, self.try_at(engine, code, target)).await {
                    Ok(Ok(joined)) => return Ok(joined),
                    Ok(Err(Tried::Refused(Refusal::Busy))) => {
                        wait = BUSY_AGAIN;
                        final_word = false;
                        last = Tried::Refused(Refusal::Busy);
                    }
                    Ok(Err(Tried::Crowded(error))) => {
                        wait = BUSY_AGAIN;
                        final_word = false;
                        last = Tried::Crowded(error);
                    }
                    Ok(Err(Tried::Shut)) => {
                        final_word = (final_word && address.is_none()) || tries >= SHUT_MAX_TRIES;
                        last = Tried::Shut;
                    }
                    Ok(Err(Tried::Interrupted(error))) => {
                        final_word = false;
                        last = Tried::Broken(error);
                    }
                    Ok(Err(tried)) => {
                        final_word |= matches!(tried, Tried::Refused(_) | Tried::NotFor(_));
                        last = tried;
                    }
                    Err(_) => return Err(too_late("the other computer did not answer in time")),
                }
            }
            if final_word || Instant::now() + wait >= deadline {
                return Err(match last {
                    Tried::Refused(refusal) => refused(refusal, code),
                    Tried::Shut => refused(Refusal::NotFound, code),
                    Tried::NotFor(error)
                    | Tried::Crowded(error)
                    | Tried::Broken(error)
                    | Tried::Interrupted(error) => error,
                });
            }
            sleep(wait).await;
        }
    }

    /// One conversation with one computer.
    async fn try_at(
        &self,
        engine: &Engine,
        code: &InviteCode,
        target: JoinTarget,
    ) -> Result<(AuthorKey, Welcome), Tried> {
        let stream = engine.net.open_join(target).await;
        let mut stream = stream.map_err(|error| match error {
            // It answers, and lets no strangers in because it has no invitation open.
            NetError::Refused => Tried::Shut,
            NetError::NoPlace { .. } => Tried::Crowded(errors::from_net(&error)),
            NetError::NotConnected | NetError::Broken(_) => {
                Tried::Interrupted(errors::from_net(&error))
            }
            error => Tried::Broken(errors::from_net(&error)),
        })?;
        let inviter = AuthorKey(*stream.remote());
        if code.is_mine() {
            let me = self.node.core().me;
            self.read(move |reader| alone_in_mine(reader, &me, &inviter))
                .await
                .map_err(Tried::NotFor)?;
        }
        let result = self.converse(&mut stream, inviter, code).await;
        // Whatever was said has arrived or does not matter.
        let _ = stream.close().await;
        result.map(|welcome| (inviter, welcome))
    }

    async fn converse(
        &self,
        stream: &mut JoinStream,
        inviter: AuthorKey,
        code: &InviteCode,
    ) -> Result<Welcome, Tried> {
        let me = self.node.core().me;
        let request = self
            .read(move |reader| request(reader, &me))
            .await
            .map_err(Tried::Broken)?;
        let random = [
            random::bytes().map_err(Tried::Broken)?,
            random::bytes().map_err(Tried::Broken)?,
        ];
        let mut handshake = JoinerHandshake::new(me, inviter, code.clone(), request, random);
        let mut welcomed = None;
        loop {
            while let Some(output) = handshake.poll() {
                match output {
                    JoinerOutput::Send(frame) => stream
                        .write_frame(&frame)
                        .await
                        .map_err(|error| Tried::Interrupted(errors::from_net(&error)))?,
                    JoinerOutput::Welcomed(welcome) => {
                        let grants = self
                            .welcomed(inviter, &welcome)
                            .await
                            .map_err(Tried::Broken)?;
                        handshake.done(&grants);
                        welcomed = Some(welcome);
                    }
                    JoinerOutput::Finished => {
                        return welcomed.ok_or_else(|| Tried::Broken(errors::broken("no welcome")));
                    }
                    JoinerOutput::Failed(failure) => return Err(Tried::Refused(failure)),
                }
            }
            match stream.read_frame().await {
                Ok(Some(frame)) => handshake.handle(&frame),
                // Being in is what counts; the last word may be lost.
                Ok(None) | Err(_) if welcomed.is_some() => {
                    return welcomed.ok_or_else(|| Tried::Broken(errors::broken("no welcome")));
                }
                Ok(None) => {
                    return Err(Tried::Interrupted(
                        ApiError::new(Code::Unreachable, "the other computer hung up")
                            .with_hint("try again"),
                    ));
                }
                Err(error) => return Err(Tried::Interrupted(errors::from_net(&error))),
            }
        }
    }

    /// Takes the spaces, and lets a computer of the same person into one's own.
    async fn welcomed(
        &self,
        inviter: AuthorKey,
        welcome: &Welcome,
    ) -> Result<Vec<Grant>, ApiError> {
        invitations::take_all(self, &welcome.grants, inviter).await;
        if !welcome.mine {
            return Ok(Vec::new());
        }
        let name = welcome.inviter_computer_name.clone();
        self.act_unlabelled(move |tx| admit_to_all(tx, inviter, &name))
            .await
    }

    /// Waits until all that the inviter had is here.
    async fn wait_for(
        &self,
        grants: &[Grant],
        deadline: Instant,
        progress: &dyn ReportProgress,
    ) -> Result<(), ApiError> {
        let mut events = self.node.core().store.events();
        let me = self.node.core().me;
        loop {
            let wanted: Vec<Grant> = grants.to_vec();
            let (complete, tasks) = self
                .read(move |reader| arrived(reader, &me, &wanted))
                .await?;
            progress.report(Progress {
                done: tasks,
                total: None,
            });
            if complete {
                return Ok(());
            }
            match timeout_at(deadline, events.next()).await {
                Ok(rota_store::Heard::Closed) => {
                    return Err(errors::from_store(rota_store::StoreError::Closed));
                }
                Ok(_) => {}
                Err(_) => {
                    return Err(too_late(
                        "this computer was let in, but not everything came in time; it goes on when both are connected",
                    ));
                }
            }
        }
    }

    /// What is to be done once the spaces are here.
    async fn settle(&self, welcome: &Welcome) -> Result<(), ApiError> {
        let grants: Vec<(SpaceId, SpaceKind)> = welcome
            .grants
            .iter()
            .map(|grant| (grant.space, grant.kind))
            .collect();
        let mine = welcome.mine;
        self.act_unlabelled(move |tx| {
            for (space, _) in &grants {
                records::set_left(tx, space, false)?;
            }
            let joined = grants.iter().find(|(_, kind)| *kind == SpaceKind::Mine);
            if let (true, Some((target, _))) = (mine, joined) {
                let old = records::mine(&tx.reader())?;
                if let Some(old) = old.filter(|old| old != target) {
                    absorb::leave_behind(tx, old, *target)?;
                }
                records::set_mine(tx, target)?;
            }
            super::household(tx)
        })
        .await?;
        self.node.ends.forget();
        Ok(())
    }
}

fn request(reader: &Reader<'_>, me: &AuthorKey) -> Result<Request, Failure> {
    let names = super::names(reader, me)?;
    let mine = records::mine(reader)?.ok_or_else(|| errors::broken("there is no Mine"))?;
    let person = find::my_person(reader, me, &mine)?;
    Ok(Request {
        person: person.map_or_else(
            || rota_model::id::EntityId::of_computer(me),
            |(person, _)| person,
        ),
        person_name: names.person,
        computer_name: names.computer,
    })
}

/// Refuses if this computer would leave others of its own behind in the `Mine` that it has. Who is in that one too
/// invites into no other.
fn alone_in_mine(reader: &Reader<'_>, me: &AuthorKey, inviter: &AuthorKey) -> Result<(), Failure> {
    let mine = records::mine(reader)?.ok_or_else(|| errors::broken("there is no Mine"))?;
    // Whoever was put out of it has nobody there any more.
    if records::is_removed(reader, &mine, me)? || !reader.is_member(&mine, me)? {
        return Ok(());
    }
    if reader.is_member(&mine, inviter)? {
        return Ok(());
    }
    let admissions = reader.admissions(&mine)?;
    if admissions
        .iter()
        .any(|admission| admission.computer.id != *me && admission.removed_ms.is_none())
    {
        return Err(ApiError::new(
            Code::NotAllowed,
            "this computer's own space has other computers, and they would stay behind",
        )
        .with_hint("this computer's own space has other computers: invite from this side instead")
        .into());
    }
    Ok(())
}

/// Lets another computer of this person into every shared space that this one is in.
fn admit_to_all(tx: &mut Tx<'_>, other: AuthorKey, name: &str) -> Result<Vec<Grant>, Failure> {
    let me = tx.me();
    let mut grants = Vec::new();
    for space in find::spaces(&tx.reader(), &me)? {
        let Some(role) = space.role.filter(|_| space.kind == Some(SpaceKind::Shared)) else {
            continue;
        };
        let Some((person, person_name)) = find::my_person(&tx.reader(), &me, &space.id)? else {
            continue;
        };
        if !tx.reader().is_member(&space.id, &other)? {
            let admit = Admit {
                key: other,
                person,
                role: role.max(Role::Viewer),
                computer_name: super::name_or(name, "Computer"),
                person_name,
            };
            tx.state(space.id, vec![Statement::Admit(admit)])?;
        }
        grants.push(grant(tx, space.id, &other)?);
    }
    Ok(grants)
}

/// Whether all of the granted heads are here, and how many tasks came.
fn arrived(reader: &Reader<'_>, me: &AuthorKey, grants: &[Grant]) -> Result<(bool, u64), Failure> {
    let (mut complete, mut tasks) = (true, 0);
    for grant in grants {
        for head in &grant.heads {
            complete = complete && reader.has(&grant.space, head)?;
        }
        complete = complete && reader.is_member(&grant.space, me)?;
        tasks += tasks_in(reader, &grant.space)?;
    }
    Ok((complete, tasks))
}

fn tasks_in(reader: &Reader<'_>, space: &SpaceId) -> Result<u64, Failure> {
    let filter = rota_store::TaskFilter {
        space: Some(*space),
        done: true,
        ..rota_store::TaskFilter::default()
    };
    let page = rota_store::Page {
        offset: 0,
        limit: Some(0),
    };
    Ok(reader.tasks(&filter, page)?.total)
}

fn too_late(message: &str) -> ApiError {
    ApiError::new(Code::Timeout, message).with_hint(
        "check that both computers are on the same network, and try again with --timeout 60s",
    )
}

fn refused(refusal: Refusal, code: &InviteCode) -> ApiError {
    let message = refusal.to_string();
    match refusal {
        Refusal::WrongCode { tries_left } => {
            let unknown = code.unknown_words();
            let hint = match unknown.first() {
                _ if tries_left == Some(0) => "ask for a new code (rota invite)".to_owned(),
                None => "compare each word with what the other computer shows".to_owned(),
                Some(word) => match InviteCode::likely_word(word) {
                    Some(likely) => {
                        format!("no code has the word {word:?}: did you mean {likely:?}?")
                    }
                    None => format!("no code has the word {word:?}: look for a typing mistake"),
                },
            };
            let message = match tries_left {
                None => message,
                Some(0) => format!("{message}; no tries are left"),
                Some(1) => format!("{message}; 1 try is left"),
                Some(tries) => format!("{message}; {tries} tries are left"),
            };
            ApiError::new(Code::WrongCode, message)
                .with_hint(hint)
                .with_tries_left(tries_left)
        }
        Refusal::Expired | Refusal::Burnt | Refusal::UsedUp | Refusal::NotFound => {
            ApiError::new(Code::DeadCode, message).with_hint("ask for a new code (rota invite)")
        }
        Refusal::Busy => {
            ApiError::new(Code::Timeout, message).with_hint("wait a moment and try again")
        }
        Refusal::Incompatible => {
            ApiError::new(Code::Incompatible, message).with_hint("update Rota on both computers")
        }
        Refusal::Refused => ApiError::new(Code::NotAllowed, message)
            .with_hint("ask whoever invited; the other computer's health may say why"),
        Refusal::Garbage => ApiError::new(Code::Failed, message)
            .with_hint("update Rota on both computers and try again"),
    }
}
