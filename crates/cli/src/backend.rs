//! The folder's service, in this process or another.

use std::path::{Path, PathBuf};

use rota_api::{ApiError, Call, Code, NodeEvent, Operation, ReportProgress, WatchEvent};
use serde_json::Value;

#[derive(Debug, Default)]
pub(crate) struct OpenOptions {}

#[derive(Debug)]
pub(crate) struct Client {}

fn missing() -> ApiError {
    ApiError::new(Code::Internal, "the node is not built in yet")
}

pub(crate) async fn open(_folder: &Path, _options: OpenOptions) -> Result<Client, ApiError> {
    std::future::ready(Err(missing())).await
}

impl Client {
    pub(crate) async fn close(self) -> Result<(), ApiError> {
        std::future::ready(Ok(())).await
    }
    pub(crate) async fn watch(&self) -> Result<Events, ApiError> {
        std::future::ready(Err(missing())).await
    }
}

#[derive(Debug)]
pub(crate) struct Events {}
impl Events {
    pub(crate) async fn next(&mut self) -> Result<Option<WatchEvent>, ApiError> {
        std::future::ready(Err(missing())).await
    }
}

impl Call for Client {
    async fn call_with_progress(
        &self,
        _: Operation,
        _: Value,
        _: &dyn ReportProgress,
    ) -> Result<Value, ApiError> {
        std::future::ready(Err(missing())).await
    }
}

#[derive(Debug)]
pub(crate) struct NodeOptions {
    pub(crate) data_dir: PathBuf,
    pub(crate) port: Option<u16>,
    pub(crate) discovery: bool,
}

pub(crate) async fn run(
    options: NodeOptions,
    _on_event: impl FnMut(NodeEvent) + Send + 'static,
) -> Result<(), ApiError> {
    let _ = (options.data_dir, options.port, options.discovery);
    std::future::ready(Err(missing())).await
}
