//! Discovery over mDNS: a hint where to dial, never a proof of who is there.

mod advertise;
mod browse;
mod interfaces;
mod txt;

use std::{net::SocketAddr, time::Duration};

use mdns_sd::{IfKind, IfPredicate, Receiver, ServiceDaemon, ServiceEvent};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep, sleep_until, timeout},
};

pub(crate) use self::interfaces::{Network, slept, watch as watch_interfaces};
use crate::identity::PeerKey;

/// The service that computers announce themselves under.
pub(crate) const SERVICE: &str = "_rota._tcp.local.";

/// How long one's own announcement may take to come back before multicast counts as blocked.
const OWN_ECHO: Duration = Duration::from_secs(6);

/// How often to ask who is there although nothing seems to change: the library asks ever more seldom.
const ASK_AGAIN: Duration = Duration::from_secs(60);

/// Waits before discovery is begun anew after a failure.
const RETRY_FIRST: Duration = Duration::from_secs(2);
const RETRY_LONGEST: Duration = Duration::from_secs(30);

/// What the daemon's thread gets to say goodbye.
const GOODBYE: Duration = Duration::from_millis(500);

/// What a computer announces. Anyone on the network can announce anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The key that it claims.
    pub peer: PeerKey,
    /// Random number of its start.
    pub boot: u64,
    /// Its name, free of control characters.
    pub name: String,
    /// The protocol version that it speaks.
    pub version: u32,
    /// Where it can be dialled, best first.
    pub addresses: Vec<SocketAddr>,
    /// The numbers of its open invitations.
    pub invites: Vec<u32>,
}

/// What discovery tells.
#[derive(Debug)]
pub(crate) enum Sighting {
    Seen { name: String, hint: Hint },
    Gone { name: String },
    Failed { message: String },
    Works,
}

/// What this computer announces now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Announced {
    pub(crate) name: String,
    /// `None` while no port is open: then nothing is announced.
    pub(crate) port: Option<u16>,
    pub(crate) invites: Vec<u32>,
}

/// Who announces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announcer {
    pub(crate) key: PeerKey,
    pub(crate) boot: u64,
}

/// Why one run of the daemon ended.
enum Stopped {
    /// Nobody wants discovery any more.
    Quit,
    /// The network is another than before.
    NetworkChanged,
    Failed(String),
}

/// Announces and looks around until `sightings` is closed.
pub(crate) async fn run(
    announcer: Announcer,
    mut announced: watch::Receiver<Announced>,
    mut network: watch::Receiver<Network>,
    sightings: mpsc::Sender<Sighting>,
) {
    let mut retry = RETRY_FIRST;
    loop {
        let usable = network.borrow_and_update().is_up();
        if !usable {
            tokio::select! {
                changed = network.changed() => if changed.is_err() { return },
                () = sightings.closed() => return,
            }
            continue;
        }
        let begun = Instant::now();
        match watch_network(announcer, &mut announced, &mut network, &sightings).await {
            Stopped::Quit => return,
            Stopped::NetworkChanged => retry = RETRY_FIRST,
            Stopped::Failed(message) => {
                tracing::warn!(message, "discovery");
                if sightings.send(Sighting::Failed { message }).await.is_err() {
                    return;
                }
                if begun.elapsed() > RETRY_LONGEST {
                    retry = RETRY_FIRST;
                }
                tokio::select! {
                    () = sleep(retry) => retry = (retry * 2).min(RETRY_LONGEST),
                    changed = network.changed() => if changed.is_err() { return },
                    () = sightings.closed() => return,
                }
            }
        }
    }
}

/// One run of the daemon, on the network as it is now: the library does not recover from every change by itself.
async fn watch_network(
    announcer: Announcer,
    announced: &mut watch::Receiver<Announced>,
    network: &mut watch::Receiver<Network>,
    sightings: &mpsc::Sender<Sighting>,
) -> Stopped {
    let daemon = match start_daemon() {
        Ok(daemon) => daemon,
        Err(error) => return Stopped::Failed(format!("mDNS cannot be started: {error}")),
    };
    let stopped = look_around(&daemon, announcer, announced, network, sightings).await;
    // Others learn that the announcement ends, unless there is no way to tell them.
    if let Ok(done) = daemon.shutdown() {
        drop(timeout(GOODBYE, done.recv_async()).await);
    }
    stopped
}

fn start_daemon() -> Result<ServiceDaemon, mdns_sd::Error> {
    let daemon = ServiceDaemon::new()?;
    let unwanted = IfPredicate::new(|interface| !interfaces::is_wanted(interface));
    daemon.disable_interface(IfKind::Predicate(unwanted))?;
    Ok(daemon)
}

async fn look_around(
    daemon: &ServiceDaemon,
    announcer: Announcer,
    announced: &mut watch::Receiver<Announced>,
    network: &mut watch::Receiver<Network>,
    sightings: &mpsc::Sender<Sighting>,
) -> Stopped {
    let mut found = match browse(daemon) {
        Ok(found) => found,
        Err(message) => return Stopped::Failed(message),
    };
    let mut own_name = None;
    let mut revision = 0;
    let mut echo_due = None;
    let mut ask_again = Instant::now() + ASK_AGAIN;
    announced.mark_changed();
    loop {
        tokio::select! {
            event = found.recv_async() => match event {
                Ok(ServiceEvent::ServiceResolved(service)) => {
                    if own_name.as_deref() == Some(service.get_fullname()) {
                        echo_due = None;
                        if sightings.send(Sighting::Works).await.is_err() {
                            return Stopped::Quit;
                        }
                    } else if let Some(hint) = browse::hint(&service) {
                        let name = service.get_fullname().to_owned();
                        if sightings.send(Sighting::Seen { name, hint }).await.is_err() {
                            return Stopped::Quit;
                        }
                    }
                }
                Ok(ServiceEvent::ServiceRemoved(_, name)) => {
                    if sightings.send(Sighting::Gone { name }).await.is_err() {
                        return Stopped::Quit;
                    }
                }
                Ok(_) => {}
                Err(_) => return Stopped::Failed("mDNS stopped".to_owned()),
            },
            changed = announced.changed() => {
                if changed.is_err() {
                    return Stopped::Quit;
                }
                let now = announced.borrow_and_update().clone();
                revision += 1;
                match advertise::register(daemon, announcer, &now, revision) {
                    Ok(None) => {}
                    Ok(Some(name)) => {
                        if own_name.as_ref() != Some(&name) {
                            echo_due = Some(Instant::now() + OWN_ECHO);
                        }
                        own_name = Some(name);
                    }
                    Err(error) => return Stopped::Failed(format!("this computer cannot be announced: {error}")),
                }
            }
            changed = network.changed() => return if changed.is_err() { Stopped::Quit } else { Stopped::NetworkChanged },
            () = sleep_until(ask_again) => {
                ask_again = Instant::now() + ASK_AGAIN;
                found = match browse(daemon) {
                    Ok(found) => found,
                    Err(message) => return Stopped::Failed(message),
                };
            }
            () = due(echo_due) => {
                return Stopped::Failed(
                    "this computer does not hear its own announcement: multicast seems to be blocked, other computers are \
                     found by the addresses that worked before or by hand".to_owned(),
                );
            }
            () = sightings.closed() => return Stopped::Quit,
        }
    }
}

fn browse(daemon: &ServiceDaemon) -> Result<Receiver<ServiceEvent>, String> {
    daemon
        .browse(SERVICE)
        .map_err(|error| format!("other computers cannot be looked for: {error}"))
}

async fn due(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
