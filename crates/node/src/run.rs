//! A node that runs until it is told to end.

use std::path::PathBuf;
use std::sync::Arc;

use rota_api::{ApiError, HealthCondition, NodeEvent};
use rota_net::listen_text;

use crate::folder::Folder;
use crate::lock::FolderLock;
use crate::node::{self, Claim, Network, Networking, Role};
use crate::service::Service;

/// How to run a node.
#[derive(Clone, Debug)]
pub struct NodeOptions {
    /// The data folder.
    pub data_dir: PathBuf,
    /// The TCP port to listen on; without one the one of the last time, else any.
    pub port: Option<u16>,
    /// Whether to announce this computer and look for others.
    pub discovery: bool,
}

/// A node at work in this process.
pub struct RunningNode {
    service: Service,
    network: Network,
    ready: NodeEvent,
}

impl std::fmt::Debug for RunningNode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunningNode").finish_non_exhaustive()
    }
}

/// Starts a node: it owns the folder, is on the network and answers other processes.
///
/// # Errors
/// `in_use` if another process has the folder, or why the folder cannot be opened. What stands in the way of the
/// network is a standing condition and no error.
pub async fn start(options: NodeOptions) -> Result<RunningNode, ApiError> {
    let (folder, lock) = match node::claim(&options.data_dir).await? {
        Claim::Mine(folder, lock) => (folder, lock),
        Claim::Theirs(_, owner) => {
            let folder = Folder::open(&options.data_dir)?;
            return Err(node::in_use(&folder, &owner));
        }
    };
    begin(folder, lock, &options).await
}

/// Starts a node on a folder that is this process's.
pub(crate) async fn begin(
    folder: Folder,
    lock: FolderLock,
    options: &NodeOptions,
) -> Result<RunningNode, ApiError> {
    let networking = Networking {
        port: options.port,
        discovery: options.discovery,
    };
    let node = node::open(folder, lock, Role::Node, networking).await?;
    let service = Service {
        node: Arc::clone(&node),
    };
    node.serve_control();
    let network = match node.network().await {
        Ok(network) => network,
        Err(error) => {
            node.close().await?;
            return Err(error);
        }
    };
    let me = node.core().me;
    let listen = network
        .engine
        .listening
        .borrow()
        .iter()
        .map(|address| listen_text(*address, &me.0))
        .collect();
    let ready = NodeEvent::Ready {
        computer: service.own_computer().await?,
        listen,
        http: None,
    };
    Ok(RunningNode {
        service,
        network,
        ready,
    })
}

impl RunningNode {
    /// The service of the folder.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// Who it is and where it listens.
    #[must_use]
    pub fn ready(&self) -> &NodeEvent {
        &self.ready
    }

    /// Ends everything in order: no more callers, no more peers, what waits is stored.
    pub async fn close(self) -> Result<(), ApiError> {
        self.service.node.supervisor.stop(node::CONTROL).await;
        self.network.end().await;
        self.service.node.close().await
    }

    /// Tells each change of the standing conditions until `end` is there.
    async fn tell_health(
        &self,
        on_event: &mut (impl FnMut(NodeEvent) + Send),
        end: impl Future<Output = ()>,
    ) {
        let mut changes = self.service.node.conditions.changes();
        let mut told: Vec<HealthCondition> = Vec::new();
        let mut end = std::pin::pin!(end);
        loop {
            let health = self.service.health();
            if health != told {
                told.clone_from(&health);
                on_event(NodeEvent::Health { health });
            }
            tokio::select! {
                () = &mut end => return,
                changed = changes.changed() => if changed.is_err() { return },
            }
        }
    }
}

/// Runs a node in the foreground until SIGTERM or SIGINT. The first event is `ready`.
///
/// # Errors
/// As [`start`], or if it could not end cleanly.
pub async fn run(
    options: NodeOptions,
    mut on_event: impl FnMut(NodeEvent) + Send + 'static,
) -> Result<(), ApiError> {
    let told_to_end = told_to_end();
    let node = start(options).await?;
    on_event(node.ready().clone());
    node.tell_health(&mut on_event, told_to_end).await;
    on_event(NodeEvent::Stopping);
    node.close().await
}

#[cfg(unix)]
fn told_to_end() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    // Taken before anything starts, so that no signal ends the process in the middle.
    let signals = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    );
    async move {
        match signals {
            (Ok(mut terminate), Ok(mut interrupt)) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            }
            _ => {
                tracing::error!("signals cannot be heard");
                std::future::pending().await
            }
        }
    }
}

#[cfg(not(unix))]
async fn told_to_end() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "signals cannot be heard");
        std::future::pending::<()>().await;
    }
}
