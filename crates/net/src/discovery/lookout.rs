//! Keeps the mDNS daemon running on the network as it is.

use std::{collections::BTreeSet, ops::ControlFlow, time::Duration};

use mdns_sd::{IfKind, IfPredicate, Receiver, ServiceDaemon, ServiceEvent};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep_until, timeout},
};

use super::{Announced, Announcer, Network, SERVICE, Sighting, advertise, browse, interfaces};

/// How long one's own announcement may take to come back before multicast counts as blocked.
const OWN_ECHO: Duration = Duration::from_secs(6);

/// How often to ask who is there although nothing seems to change: the library asks ever more seldom.
const ASK_AGAIN: Duration = Duration::from_secs(60);

/// How long a computer that was announced before the daemon began anew may take to be heard again.
const SETTLED: Duration = Duration::from_secs(10);

/// Waits before discovery is begun anew after a failure.
const RETRY_FIRST: Duration = Duration::from_secs(2);
const RETRY_LONGEST: Duration = Duration::from_secs(60);

/// What the daemon's thread gets to say goodbye.
const GOODBYE: Duration = Duration::from_millis(500);

const BLOCKED: &str = "this computer does not hear its own announcement, so multicast seems to be blocked; other computers are found at \
                       the addresses that worked before, or by hand";

/// Why one run of the daemon ended.
enum Stopped {
    /// Nobody wants discovery any more.
    Quit,
    /// The network is another than before.
    NetworkChanged,
    /// It does not work; the failure was told.
    Failed,
    /// It did not work for long enough: another daemon may.
    BeginAnew,
}

/// Announces and looks around until `sightings` is closed.
pub(crate) async fn run(
    announcer: Announcer,
    announced: watch::Receiver<Announced>,
    network: watch::Receiver<Network>,
    sightings: mpsc::Sender<Sighting>,
) {
    let mut lookout = Lookout {
        announcer,
        announced,
        network,
        sightings,
        revision: 0,
        heard: BTreeSet::new(),
        retry: RETRY_FIRST,
    };
    loop {
        if !lookout.network.borrow_and_update().is_up() {
            if lookout.network_change(None).await.is_break() {
                return;
            }
            continue;
        }
        match lookout.run_daemon().await {
            Stopped::Quit => return,
            Stopped::NetworkChanged => lookout.retry = RETRY_FIRST,
            Stopped::BeginAnew => {}
            Stopped::Failed => {
                let pause = lookout.retry;
                lookout.retry = (pause * 2).min(RETRY_LONGEST);
                if lookout.network_change(Some(pause)).await.is_break() {
                    return;
                }
            }
        }
    }
}

struct Lookout {
    announcer: Announcer,
    announced: watch::Receiver<Announced>,
    network: watch::Receiver<Network>,
    sightings: mpsc::Sender<Sighting>,
    /// Counts announcements.
    revision: u32,
    /// Names of the announcements that stand.
    heard: BTreeSet<String>,
    /// The wait after the next failure.
    retry: Duration,
}

impl Lookout {
    /// Waits for another network, at most for `pause`.
    async fn network_change(&mut self, pause: Option<Duration>) -> ControlFlow<()> {
        tokio::select! {
            changed = self.network.changed() => match changed {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            },
            () = due(pause.map(|pause| Instant::now() + pause)) => ControlFlow::Continue(()),
            () = self.sightings.closed() => ControlFlow::Break(()),
        }
    }

    /// Runs a daemon on the network as it is now: the library does not recover from every change by itself.
    async fn run_daemon(&mut self) -> Stopped {
        let daemon = match start_daemon() {
            Ok(daemon) => daemon,
            Err(error) => {
                return self
                    .failed(format!("mDNS cannot be started: {error}"))
                    .await;
            }
        };
        let stopped = self.look_around(&daemon).await;
        // Others learn that the announcement ends, unless there is no way to tell them.
        if let Ok(done) = daemon.shutdown() {
            drop(timeout(GOODBYE, done.recv_async()).await);
        }
        stopped
    }

    async fn look_around(&mut self, daemon: &ServiceDaemon) -> Stopped {
        let begun = Instant::now();
        let mut found = match ask(daemon) {
            Ok(found) => found,
            Err(error) => {
                return self
                    .failed(format!("other computers cannot be looked for: {error}"))
                    .await;
            }
        };
        let mut own_name = None;
        let mut echo_due = None;
        let mut begin_anew = None;
        let mut ask_again = begun + ASK_AGAIN;
        let mut unheard = std::mem::take(&mut self.heard);
        let mut settled = (!unheard.is_empty()).then_some(begun + SETTLED);
        self.heard.clone_from(&unheard);
        self.announced.mark_changed();
        loop {
            tokio::select! {
                event = found.recv_async() => {
                    let sighting = match event {
                        Ok(ServiceEvent::ServiceResolved(service)) if own_name.as_deref() == Some(service.get_fullname()) => {
                            (echo_due, begin_anew, self.retry) = (None, None, RETRY_FIRST);
                            Some(Sighting::Works)
                        }
                        Ok(ServiceEvent::ServiceResolved(service)) => browse::hint(&service).map(|hint| {
                            let name = service.get_fullname().to_owned();
                            unheard.remove(&name);
                            self.heard.insert(name.clone());
                            Sighting::Seen { name, hint }
                        }),
                        Ok(ServiceEvent::ServiceRemoved(_, name)) => {
                            self.heard.remove(&name);
                            Some(Sighting::Gone { name })
                        }
                        Ok(_) => None,
                        Err(_) => return self.failed("mDNS stopped".to_owned()).await,
                    };
                    if self.tell(sighting).await.is_break() {
                        return Stopped::Quit;
                    }
                }
                changed = self.announced.changed() => {
                    if changed.is_err() {
                        return Stopped::Quit;
                    }
                    let announced = self.announced.borrow_and_update().clone();
                    self.revision += 1;
                    match advertise::register(daemon, self.announcer, &announced, self.revision) {
                        Ok(name) => {
                            if name.is_some() && own_name.is_none() {
                                echo_due = Some(Instant::now() + OWN_ECHO);
                            }
                            own_name = name;
                        }
                        Err(error) => return self.failed(format!("this computer cannot be announced: {error}")).await,
                    }
                }
                changed = self.network.changed() => {
                    return if changed.is_err() { Stopped::Quit } else { Stopped::NetworkChanged };
                }
                () = sleep_until(ask_again) => {
                    ask_again = Instant::now() + ASK_AGAIN;
                    found = match ask(daemon) {
                        Ok(found) => found,
                        Err(error) => return self.failed(format!("other computers cannot be looked for: {error}")).await,
                    };
                }
                // It goes on meanwhile: others may still be heard.
                () = due(echo_due) => {
                    echo_due = None;
                    begin_anew = Some(Instant::now() + self.retry);
                    if let Stopped::Quit = self.failed(BLOCKED.to_owned()).await {
                        return Stopped::Quit;
                    }
                }
                () = due(begin_anew) => {
                    self.retry = (self.retry * 2).min(RETRY_LONGEST);
                    return Stopped::BeginAnew;
                }
                () = due(settled) => {
                    settled = None;
                    for name in std::mem::take(&mut unheard) {
                        self.heard.remove(&name);
                        if self.tell(Some(Sighting::Gone { name })).await.is_break() {
                            return Stopped::Quit;
                        }
                    }
                }
                () = self.sightings.closed() => return Stopped::Quit,
            }
        }
    }

    async fn tell(&self, sighting: Option<Sighting>) -> ControlFlow<()> {
        let Some(sighting) = sighting else {
            return ControlFlow::Continue(());
        };
        match self.sightings.send(sighting).await {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    async fn failed(&self, message: String) -> Stopped {
        tracing::warn!(message, "discovery");
        match self.tell(Some(Sighting::Failed { message })).await {
            ControlFlow::Continue(()) => Stopped::Failed,
            ControlFlow::Break(()) => Stopped::Quit,
        }
    }
}

fn start_daemon() -> Result<ServiceDaemon, mdns_sd::Error> {
    let daemon = ServiceDaemon::new()?;
    let unwanted = IfPredicate::new(|interface| !interfaces::is_wanted(interface));
    daemon.disable_interface(IfKind::Predicate(unwanted))?;
    Ok(daemon)
}

fn ask(daemon: &ServiceDaemon) -> Result<Receiver<ServiceEvent>, mdns_sd::Error> {
    daemon.browse(SERVICE)
}

async fn due(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
