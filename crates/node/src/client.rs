//! A data folder as a command sees it: opened in this process, or another process's.

use std::path::{Path, PathBuf};

use rota_api::{ApiError, Call, Code, Effect, Operation, ReportProgress, WatchEvent};
use serde_json::Value;

use crate::control::{RemoteEvents, RemoteNode, Unreached, gone};
use crate::hub::Listener;
use crate::node::{self, Claim, Networking, Role};
use crate::service::Service;

/// How to open a folder for one command.
#[derive(Clone, Copy, Debug)]
pub struct OpenOptions {
    /// Whether a network that the command itself begins announces this computer and looks for others.
    pub discovery: bool,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { discovery: true }
    }
}

/// A data folder as a command sees it.
#[derive(Debug)]
pub struct Client {
    path: PathBuf,
    options: OpenOptions,
    /// Replaced where the owner ended before it was asked.
    place: tokio::sync::RwLock<Place>,
}

#[derive(Clone, Debug)]
enum Place {
    Here(Service),
    There(RemoteNode),
}

/// Changes, as they are committed.
#[derive(Debug)]
pub struct Events {
    source: Source,
}

#[derive(Debug)]
enum Source {
    Here(Listener),
    There(RemoteEvents),
}

/// Opens a data folder in this process, or finds the process that has it.
pub async fn open(path: &Path, options: OpenOptions) -> Result<Client, ApiError> {
    Ok(Client {
        path: path.to_owned(),
        options,
        place: tokio::sync::RwLock::new(find(path, options).await?),
    })
}

async fn find(path: &Path, options: OpenOptions) -> Result<Place, ApiError> {
    Ok(match node::claim(path).await? {
        Claim::Mine(folder, lock) => {
            let networking = Networking {
                port: None,
                discovery: options.discovery,
            };
            let node = node::open(folder, lock, Role::Command, networking).await?;
            Place::Here(Service { node })
        }
        Claim::Theirs(remote, _) => Place::There(remote),
    })
}

impl Client {
    /// Listens to changes from now on.
    pub async fn watch(&self) -> Result<Events, ApiError> {
        let source = match &*self.place.read().await {
            Place::Here(service) => {
                // A watch lasts: others must be able to work on the folder meanwhile.
                service.node.serve_control();
                Source::Here(service.node.hub.listen())
            }
            Place::There(remote) => Source::There(remote.watch().await?),
        };
        Ok(Events { source })
    }

    /// Finishes what waits and gives the folder back, if it was opened here.
    pub async fn close(self) -> Result<(), ApiError> {
        match self.place.into_inner() {
            Place::Here(service) => service.node.close().await,
            Place::There(_) => Ok(()),
        }
    }

    async fn find_again(&self) -> Result<Place, ApiError> {
        let mut place = self.place.write().await;
        let found = find(&self.path, self.options).await?;
        *place = found.clone();
        Ok(found)
    }
}

impl Call for Client {
    async fn call_with_progress(
        &self,
        operation: Operation,
        input: Value,
        progress: &dyn ReportProgress,
    ) -> Result<Value, ApiError> {
        let mut place = self.place.read().await.clone();
        loop {
            match place {
                Place::Here(service) => {
                    if operation.effect() == Effect::Network {
                        service.node.serve_control();
                    }
                    return service.call_with_progress(operation, input, progress).await;
                }
                Place::There(remote) => match remote.call(operation, input.clone(), progress).await
                {
                    Ok(answer) => return answer,
                    Err(Unreached::Gone(source)) => return Err(gone(&source)),
                    // It ended between being found and being asked.
                    Err(Unreached::Nobody) => place = self.find_again().await?,
                },
            }
        }
    }
}

impl Events {
    pub(crate) fn here(listener: Listener) -> Self {
        Self {
            source: Source::Here(listener),
        }
    }

    pub(crate) fn there(events: RemoteEvents) -> Self {
        Self {
            source: Source::There(events),
        }
    }

    /// The next change; `None` once the owner of the folder has ended.
    pub async fn next(&mut self) -> Result<Option<WatchEvent>, ApiError> {
        match &mut self.source {
            Source::Here(listener) => Ok(listener.next().await),
            Source::There(remote) => remote.next().await,
        }
    }
}

/// What needs a node says so.
pub(crate) fn not_running() -> ApiError {
    ApiError::new(Code::NotRunning, "no node runs on this data folder")
        .with_hint("start rota node or the desktop app and try again")
}
