//! The node behind the windows, and how they hear of changes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rota_api::{ApiError, Call, Code, Input, Operation, ReportProgress, WatchEvent};
use rota_node::{Events, NodeOptions, Resident};
use serde_json::Value;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;
use tokio::sync::{Notify, watch};

use crate::args::Args;

/// The node behind the windows. It opens while their pages load, and whoever asks meanwhile waits.
pub(crate) struct Node {
    data_dir: PathBuf,
    begin: Arc<Notify>,
    opened: watch::Receiver<Option<Opened>>,
    quick_add_asked: Arc<Notify>,
    /// Who tells each window.
    tellers: Mutex<HashMap<String, JoinHandle<()>>>,
}

type Opened = Result<Arc<Resident>, ApiError>;

/// The node as it is before `Node::begin`.
pub(crate) fn prepare(args: &Args, data_dir: PathBuf) -> Node {
    let quick_add_asked = Arc::new(Notify::new());
    let asked = Arc::clone(&quick_add_asked);
    let options = NodeOptions {
        data_dir: data_dir.clone(),
        port: args.port,
        discovery: !args.no_discovery,
    };
    let (tell, opened) = watch::channel(None);
    let begin = Arc::new(Notify::new());
    let begun = Arc::clone(&begin);
    tauri::async_runtime::spawn(async move {
        begun.notified().await;
        let started = Resident::start(options, move || asked.notify_one()).await;
        // Nobody waits any more where the app has ended.
        let _ = tell.send(Some(started.map(Arc::new)));
    });
    Node {
        data_dir,
        begin,
        opened,
        quick_add_asked,
        tellers: Mutex::default(),
    }
}

impl Node {
    /// Begins to start it, or to find the one that runs on the folder. Not before the windows are built: both would take
    /// the processor from what is waited for.
    pub(crate) fn begin(&self) {
        self.begin.notify_one();
    }

    /// Waits until it is open, or gives why it cannot be opened.
    pub(crate) async fn opened(&self) -> Result<(), ApiError> {
        self.resident().await.map(|_| ())
    }

    async fn resident(&self) -> Opened {
        let mut opened = self.opened.clone();
        let found = opened.wait_for(Option::is_some).await;
        match found.ok().and_then(|found| found.clone()) {
            Some(opened) => opened,
            None => Err(ApiError::new(Code::Internal, "the node was not started")),
        }
    }

    /// Calls an operation.
    pub(crate) async fn call(
        &self,
        operation: Operation,
        input: Value,
        progress: &dyn ReportProgress,
    ) -> Result<Value, ApiError> {
        let resident = self.resident().await?;
        resident
            .call_with_progress(operation, input, progress)
            .await
    }

    /// Asks with types.
    pub(crate) async fn ask<I: Input>(&self, input: &I) -> Result<I::Output, ApiError> {
        rota_api::ask(&*self.resident().await?, input, &()).await
    }

    /// The data folder.
    pub(crate) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Hears every change from now on, until all ends.
    pub(crate) async fn follow(&self, heard: impl FnMut(&WatchEvent)) -> Result<(), ApiError> {
        let resident = self.resident().await?;
        if let Some(events) = resident.watch_again().await {
            resident.follow(events, heard).await;
        }
        Ok(())
    }

    /// Tells a window every change from now on. A page that was loaded again is told from then on.
    pub(crate) async fn subscribe(
        &self,
        window: String,
        page: Channel<WatchEvent>,
    ) -> Result<(), ApiError> {
        let resident = self.resident().await?;
        let events = resident.watch().await?;
        let teller = tell(resident, events, page);
        let teller = tauri::async_runtime::spawn(teller);
        let before = self
            .tellers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(window, teller);
        if let Some(before) = before {
            before.abort();
        }
        Ok(())
    }

    /// Waits until another program asks for the quick-add window.
    pub(crate) async fn quick_add_asked(&self) {
        self.quick_add_asked.notified().await;
    }

    /// Ends everything in order.
    pub(crate) async fn close(&self) -> Result<(), ApiError> {
        for (_, teller) in self
            .tellers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .drain()
        {
            teller.abort();
        }
        // What could not be opened need not be closed.
        match self.resident().await {
            Ok(resident) => resident.close().await,
            Err(_) => Ok(()),
        }
    }
}

async fn tell(resident: Arc<Resident>, events: Events, page: Channel<WatchEvent>) {
    let told = |event: &WatchEvent| {
        if let Err(error) = page.send(event.clone()) {
            tracing::warn!(%error, "an event was not sent");
        }
    };
    resident.follow(events, told).await;
}
