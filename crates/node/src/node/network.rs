//! The network part of a node: begun for good by a node, for a while by a command.

use std::sync::Arc;
use std::time::Duration;

use rota_api::ApiError;
use rota_net::{Net, NetConfig};
use rota_store::Act;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::Node;
use crate::conditions;
use crate::engine::{self, Engine, Parts, Peers, Surroundings};
use crate::errors;
use crate::failure::Failure;
use crate::invitations;
use crate::records;
use crate::service::{Service, names};
use crate::supervisor::PartFailure;

/// The part's name.
pub(crate) const NETWORK: &str = "The network";
/// How long the port has to be open, or refused.
const LISTENING: Duration = Duration::from_secs(5);
/// Newcomers that wait for being answered.
const KNOCKS_MAX_COUNT: usize = 8;

/// The network for the time of an operation: the node's own, or one that was begun for it.
pub(crate) struct Network {
    node: Arc<Node>,
    pub(crate) engine: Engine,
}

impl Network {
    /// Ends it, if nobody else uses it.
    pub(crate) async fn end(self) {
        let mut users = self.node.network.lock().await;
        *users = users.saturating_sub(1);
        if *users == 0 {
            self.node.supervisor.stop(NETWORK).await;
        }
    }
}

impl Service {
    /// The network, begun if it does not run.
    pub(crate) async fn network(&self) -> Result<Network, ApiError> {
        self.node.network().await
    }
}

impl Node {
    /// The network, begun if it does not run. Has to be ended by [`Network::end`].
    pub(crate) async fn network(self: &Arc<Self>) -> Result<Network, ApiError> {
        let mut users = self.network.lock().await;
        if *users == 0 {
            let node = Arc::clone(self);
            self.supervisor
                .start(NETWORK, move |stop| run(Arc::clone(&node), stop));
        }
        *users += 1;
        drop(users);
        let mut engines = self.engine.subscribe();
        let begun = timeout(LISTENING, engines.wait_for(Option::is_some)).await;
        let engine = begun
            .ok()
            .and_then(Result::ok)
            .and_then(|engine| engine.clone());
        let Some(engine) = engine else {
            let mut users = self.network.lock().await;
            *users = users.saturating_sub(1);
            if *users == 0 {
                self.supervisor.stop(NETWORK).await;
            }
            return Err(errors::broken("the network does not start"));
        };
        self.wait_until_listening(&engine).await;
        Ok(Network {
            node: Arc::clone(self),
            engine,
        })
    }

    /// Ends the network whoever uses it, and says whether it ran.
    pub(crate) async fn interrupt_network(&self) -> bool {
        let users = self.network.lock().await;
        self.supervisor.stop(NETWORK).await;
        *users > 0
    }

    /// Begins the network again after an interruption.
    pub(crate) async fn resume_network(self: &Arc<Self>) {
        let users = self.network.lock().await;
        if *users > 0 {
            let node = Arc::clone(self);
            self.supervisor
                .start(NETWORK, move |stop| run(Arc::clone(&node), stop));
        }
    }

    async fn wait_until_listening(&self, engine: &Engine) {
        let mut listening = engine.listening.clone();
        let mut changes = self.conditions.changes();
        let is_refused = || {
            let refusals = [
                conditions::PORT_IN_USE.code,
                conditions::CANNOT_LISTEN.code,
                conditions::NO_NETWORK.code,
            ];
            self.conditions
                .all()
                .iter()
                .any(|condition| refusals.contains(&condition.code.as_str()))
        };
        let wait = async {
            while listening.borrow_and_update().is_empty() && !is_refused() {
                tokio::select! {
                    changed = listening.changed() => if changed.is_err() { return },
                    changed = changes.changed() => if changed.is_err() { return },
                }
            }
        };
        if timeout(LISTENING, wait).await.is_err() {
            tracing::warn!("the port is not open yet");
        }
    }

    /// The port to ask for: the one that was said, else the one of the last time if it is free, else any.
    async fn port(&self) -> u16 {
        if let Some(port) = self.networking.port {
            return port;
        }
        if !self.is_running() {
            return 0;
        }
        let core = self.core();
        let reading = tokio::task::spawn_blocking(move || core.store.read(records::port));
        let last = reading.await.ok().and_then(Result::ok).flatten();
        last.filter(|port| std::net::TcpListener::bind(("0.0.0.0", *port)).is_ok())
            .unwrap_or(0)
    }
}

async fn run(node: Arc<Node>, stop: CancellationToken) -> Result<(), PartFailure> {
    let core = node.core();
    let me = core.me;
    let computer_name = {
        let store = core.store.clone();
        tokio::task::spawn_blocking(move || store.read(|reader| names(reader, &me)))
            .await
            .map_err(|error| PartFailure(error.to_string()))?
            .map_err(|error| PartFailure(error.to_string()))?
            .computer
    };
    let mut config = NetConfig::new(core.key.seed(), node.boot, computer_name.clone());
    config.listen_port = node.port().await;
    config.discovery = node.networking.discovery;
    let (net, events) = Net::start(config).map_err(|error| PartFailure(errors::chain(&error)))?;
    let (commands, commanded) = Engine::commands();
    let (listening, listens) = watch::channel(Vec::new());
    let (knocks, mut knocking) = mpsc::channel(KNOCKS_MAX_COUNT);
    let peers = Arc::new(Peers::default());
    let engine = Engine {
        net: net.clone(),
        commands,
        peers: Arc::clone(&peers),
        listening: listens.clone(),
    };
    let parts = Parts {
        with: Surroundings {
            store: core.store.clone(),
            clock: Arc::clone(&node.clock),
            conditions: Arc::clone(&node.conditions),
            hub: Arc::clone(&node.hub),
            ends: Arc::clone(&node.ends),
            presences: Arc::clone(&node.presences),
            known: node.folder.known(),
        },
        net: net.clone(),
        events,
        commands: commanded,
        peers,
        listening,
        knocks,
        members_changed: Arc::clone(&node.members_changed),
        name: computer_name,
        boot: node.boot,
    };
    node.engine.send_replace(Some(engine));
    let inviting = tokio::spawn({
        let service = Service {
            node: Arc::clone(&node),
        };
        async move {
            while let Some(stream) = knocking.recv().await {
                tokio::spawn(invitations::answer(service.clone(), stream));
            }
        }
    });
    let sweeping = tokio::spawn(invitations::announce(Arc::clone(&node), net.clone()));
    let port = tokio::spawn(remember_port(Arc::clone(&node), listens));
    engine::run(parts, stop.clone()).await;
    node.engine.send_replace(None);
    if node.presences.forget_others() {
        node.hub.tell(rota_api::WatchKind::Presence, Vec::new());
    }
    inviting.abort();
    sweeping.abort();
    port.abort();
    net.shutdown().await;
    if stop.is_cancelled() {
        Ok(())
    } else {
        Err(PartFailure("it ended by itself".to_owned()))
    }
}

/// Keeps the port for the next start, so that others find this computer where it was.
async fn remember_port(node: Arc<Node>, mut listening: watch::Receiver<Vec<std::net::SocketAddr>>) {
    if !node.is_running() {
        return;
    }
    let mut known = None;
    loop {
        let port = listening
            .borrow_and_update()
            .first()
            .map(std::net::SocketAddr::port);
        if let Some(port) = port
            && known != Some(port)
        {
            known = Some(port);
            let act = Act::of_machine(node.clock.op_time());
            let kept = node
                .core()
                .store
                .act_later(act, move |tx| {
                    Ok::<_, Failure>(records::set_port(tx, port)?)
                })
                .await;
            if let Some(Err(Failure(error))) = kept {
                tracing::debug!(%error, "the port");
            }
        }
        if listening.changed().await.is_err() {
            return;
        }
    }
}
