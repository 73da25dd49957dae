//! From commits to what windows and watchers hear, and to what has to be done about them.

use std::sync::Arc;
use std::time::Duration;

use rota_api::WatchKind;
use rota_store::{Act, Heard, StoreError};

use super::{Core, Node};
use crate::clock::rfc3339;
use crate::conditions::{self, Conditions, Kind};
use crate::engine::Command;
use crate::failure::Failure;
use crate::remedy;
use crate::service;

const EVENTS: &str = "Telling changes";
const HOUSEHOLD: &str = "Letting one's own computers in";
const HEALTH: &str = "Telling conditions";
const DISK: &str = "Looking whether the disk takes changes again";
/// How often it is looked whether the disk takes changes again.
const DISK_LOOK: Duration = Duration::from_secs(10);

/// Starts what follows from commits of the present log.
pub(super) fn start(node: &Arc<Node>) {
    let telling = Arc::clone(node);
    node.supervisor.start(EVENTS, move |stop| {
        let node = Arc::clone(&telling);
        async move {
            let store = node.core().store.clone();
            let mut events = store.events();
            refresh_conditions(&node).await;
            loop {
                let heard = tokio::select! {
                    () = stop.cancelled() => return Ok(()),
                    heard = events.next() => heard,
                };
                match heard {
                    Heard::Event(event) => {
                        tell(&node, &event);
                        if event.changed.conditions {
                            refresh_conditions(&node).await;
                        }
                    }
                    Heard::Lagged => {
                        node.ends.forget();
                        node.hub.tell_resync();
                    }
                    Heard::Closed => return Ok(()),
                }
            }
        }
    });
}

/// Starts what goes on for as long as the node does.
pub(super) fn start_housekeeping(node: &Arc<Node>) {
    let letting_in = Arc::clone(node);
    node.supervisor.start(HOUSEHOLD, move |stop| {
        let node = Arc::clone(&letting_in);
        async move {
            loop {
                let_in(&node).await;
                tokio::select! {
                    () = stop.cancelled() => return Ok(()),
                    () = node.members_changed.notified() => {}
                }
            }
        }
    });
    let telling = Arc::clone(node);
    node.supervisor.start(HEALTH, move |stop| {
        let node = Arc::clone(&telling);
        async move {
            let mut changes = node.conditions.changes();
            loop {
                tokio::select! {
                    () = stop.cancelled() => return Ok(()),
                    changed = changes.changed() => if changed.is_err() { return Ok(()) },
                }
                node.hub.tell(WatchKind::Health, Vec::new());
            }
        }
    });
    start_looking_at_disk(node);
}

/// While the disk takes no changes, tries every few seconds whether it does: the condition goes when its cause goes.
fn start_looking_at_disk(node: &Arc<Node>) {
    let looking = Arc::clone(node);
    node.supervisor.start(DISK, move |stop| {
        let node = Arc::clone(&looking);
        async move {
            let mut changes = node.conditions.changes();
            loop {
                changes.mark_unchanged();
                if node
                    .conditions
                    .stands(&[conditions::DISK_FULL, conditions::READ_ONLY])
                {
                    tokio::select! {
                        () = stop.cancelled() => return Ok(()),
                        () = tokio::time::sleep(DISK_LOOK) => node.try_disk().await,
                    }
                } else {
                    tokio::select! {
                        () = stop.cancelled() => return Ok(()),
                        changed = changes.changed() => if changed.is_err() { return Ok(()) },
                    }
                }
            }
        }
    });
}

async fn let_in(node: &Arc<Node>) {
    let act = Act::of_machine(node.clock.op_time());
    let done = node.core().store.act_later(act, service::household).await;
    match done {
        Some(Ok(committed)) => {
            if let Some(engine) = node.engine() {
                for space in &committed.changed.frontiers {
                    engine.tell(Command::Committed(*space)).await;
                    engine.tell(Command::Refresh(*space)).await;
                }
                if !committed.changed.spaces.is_empty() {
                    engine.tell(Command::Members).await;
                }
            }
        }
        Some(Err(Failure(error))) => tracing::debug!(%error, "one's own computers"),
        None => {}
    }
}

fn tell(node: &Node, event: &rota_store::Event) {
    let changed = &event.changed;
    if !changed.frontiers.is_empty() {
        node.note_saved();
    }
    let ids = |ids: &std::collections::BTreeSet<rota_model::id::EntityId>| {
        ids.iter()
            .map(rota_model::id::EntityId::uuid)
            .collect::<Vec<_>>()
    };
    if !changed.tasks.is_empty() {
        node.hub
            .tell_at(event.seq, WatchKind::Task, ids(&changed.tasks));
    }
    if !changed.lists.is_empty() {
        node.hub
            .tell_at(event.seq, WatchKind::List, ids(&changed.lists));
    }
    if !changed.spaces.is_empty() || !changed.names.is_empty() {
        let spaces = if changed.spaces.is_empty() {
            &changed.frontiers
        } else {
            &changed.spaces
        };
        let spaces = spaces.iter().map(ToString::to_string).collect();
        node.hub.tell_at(event.seq, WatchKind::Space, spaces);
        node.hub.tell_at(event.seq, WatchKind::Computer, Vec::new());
    }
}

/// Takes over the conditions that the log keeps.
pub(crate) async fn refresh_conditions(node: &Node) {
    let core = node.core();
    let reading = tokio::task::spawn_blocking(move || kept_conditions(&core));
    match reading.await {
        Ok(Ok(kept)) => show(&node.conditions, &kept),
        Ok(Err(error)) => tracing::warn!(%error, "the kept conditions"),
        Err(error) => tracing::error!(%error, "the kept conditions"),
    }
}

/// A condition, and what the computer is called that it is about.
type Kept = (rota_store::Condition, String);

fn kept_conditions(core: &Core) -> Result<Vec<Kept>, StoreError> {
    core.store.read(|reader| {
        let mut kept = Vec::new();
        for condition in reader.conditions()? {
            let author = condition
                .subject
                .rsplit('/')
                .next()
                .and_then(rota_model::id::AuthorKey::from_hex);
            let name = match author {
                Some(author) if author == core.me => THIS.to_owned(),
                Some(author) => crate::records::computer_name(reader, &author)?,
                None => String::new(),
            };
            kept.push((condition, name));
        }
        Ok(kept)
    })
}

fn show(conditions: &Conditions, kept: &[Kept]) {
    for (kind, codes) in KEPT {
        let standing = kept
            .iter()
            .filter(|(condition, _)| codes.contains(&condition.code.as_str()))
            .map(|(condition, name)| {
                let (message, hint) = worded(condition, name);
                let subject = condition.subject.clone();
                let remedy = match condition.code.as_str() {
                    // Another one's key is not for this computer to change.
                    "fork" => (name == THIS).then(remedy::rekey),
                    "too_forked" => None,
                    _ => remedy::of(*kind, &subject),
                };
                (subject, message, hint.to_owned(), remedy)
            });
        conditions.set_all_with(*kind, standing);
    }
}

/// How this computer is called in a condition about it.
const THIS: &str = "this computer";

/// The conditions that the log keeps, by its own codes.
const KEPT: &[(Kind, &[&str])] = &[
    (conditions::FORK, &["fork"]),
    (conditions::PAUSED_CHAIN, &["paused", "too_forked"]),
    (conditions::NEWER_VERSION, &["unreadable"]),
    (conditions::DATABASE_RESTARTED, &["database_restarted"]),
];

fn worded(condition: &rota_store::Condition, name: &str) -> (String, &'static str) {
    let since = rfc3339(condition.since_ms);
    let name = if name.is_empty() { "a computer" } else { name };
    match condition.code.as_str() {
        "fork" => (
            format!(
                "{name} has written twice from the same state: its data folder was copied or set back (seen {since})"
            ),
            "nothing is lost; if a copy of the folder runs elsewhere, run rota rekey on one of the two",
        ),
        "paused" | "too_forked" => (
            format!("{name} writes more than it should; it is paused here (since {since})"),
            "remove it with rota members remove if it should not be there",
        ),
        "database_restarted" => (
            format!(
                "the database was damaged; it was set aside as {} and started over",
                condition.detail
            ),
            "compare with a backup; the old file may go when nothing is missing",
        ),
        _ => (
            format!("some changes were made by a newer version of Rota (seen {since})"),
            "update Rota on this computer; the changes are kept and passed on",
        ),
    }
}
