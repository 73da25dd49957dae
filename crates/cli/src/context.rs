//! What every command works with: the folder and the place for answers.

use std::path::{Path, PathBuf};

use rota_api::{ApiError, Call, Code, Input, Operation, ReportProgress};
use rota_node::{Client, OpenOptions, open};
use serde_json::Value;

use crate::data_dir;
use crate::failure::{Failure, usage};
use crate::output::Output;

/// What every command works with.
#[derive(Debug)]
pub(crate) struct Context {
    /// The folder that was asked for.
    pub(crate) data_dir: Option<PathBuf>,
    /// Where answers go.
    pub(crate) output: Output,
}

impl Context {
    /// Asks the folder's owner, or the folder itself where nobody owns it.
    pub(crate) async fn ask<I: Input + Sync>(&self, input: &I) -> Result<I::Output, Failure> {
        self.ask_with_progress(input, &()).await
    }

    /// Asks, and reports how far it is.
    pub(crate) async fn ask_with_progress<I: Input + Sync>(
        &self,
        input: &I,
        progress: &dyn ReportProgress,
    ) -> Result<I::Output, Failure> {
        let client = self.open().await?;
        let answer = rota_api::ask(&WithoutStep(&client), input, progress).await;
        // Also after a failure: what other operations of the folder wrote has to be flushed.
        let closed = client.close().await;
        let answer = answer?;
        closed?;
        Ok(answer)
    }

    /// Opens the folder, or speaks to its owner.
    pub(crate) async fn open(&self) -> Result<Client, ApiError> {
        open(&self.folder()?, OpenOptions::default()).await
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> Result<PathBuf, ApiError> {
        data_dir::resolve(self.data_dir.as_deref())
    }

    /// A path that means the same to the folder's owner, who may have another working folder.
    pub(crate) fn absolute(&self, path: &Path) -> Result<String, Failure> {
        let absolute = std::path::absolute(path).map_err(|source| {
            ApiError::new(Code::Usage, format!("{}: {source}", path.display()))
        })?;
        absolute.into_os_string().into_string().map_err(|_| {
            usage(
                "the name of the file is not UTF-8",
                "give the file another name",
            )
        })
    }
}

/// Whose answers do not say what undo names a change by: here undo always takes back the latest.
struct WithoutStep<'a>(&'a Client);

impl Call for WithoutStep<'_> {
    async fn call_with_progress(
        &self,
        operation: Operation,
        input: Value,
        progress: &dyn ReportProgress,
    ) -> Result<Value, ApiError> {
        let mut answer = self
            .0
            .call_with_progress(operation, input, progress)
            .await?;
        let all = match &mut answer {
            Value::Array(all) => all.as_mut_slice(),
            one => std::slice::from_mut(one),
        };
        for one in all.iter_mut().filter_map(Value::as_object_mut) {
            one.remove("step");
        }
        Ok(answer)
    }
}
