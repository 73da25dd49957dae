//! A computer under test: a folder of its own, opened for commands or run as a node.

use std::path::PathBuf;
use std::time::Duration;

use rota_api::{ApiError, Code, Input, NodeEvent, Task, TaskAdd, TaskFilter, TaskList, WatchEvent};
use rota_node::{Client, NodeOptions, OpenOptions, RunningNode, Service};
use tempfile::TempDir;

/// Only a failing test waits so long.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// A folder of its own.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Opened as a command does.
    pub(crate) async fn open(&self) -> Client {
        rota_node::open(&self.path(), OpenOptions { discovery: false })
            .await
            .unwrap()
    }

    /// Run as a node on loopback.
    pub(crate) async fn start(&self) -> Running {
        let options = NodeOptions {
            data_dir: self.path(),
            port: None,
            discovery: false,
        };
        Running {
            node: rota_node::start(options).await.unwrap(),
        }
    }
}

/// A node at work.
pub(crate) struct Running {
    pub(crate) node: RunningNode,
}

impl Running {
    pub(crate) fn service(&self) -> &Service {
        self.node.service()
    }

    /// Where it can be reached from this machine.
    pub(crate) fn address(&self) -> String {
        let NodeEvent::Ready { listen, .. } = self.node.ready() else {
            panic!("not ready");
        };
        let port = listen[0]
            .split("/tcp/")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap();
        format!("127.0.0.1:{port}")
    }

    pub(crate) async fn ask<I: Input + Sync>(&self, input: I) -> I::Output {
        ask(self.service(), input).await
    }

    pub(crate) async fn refuses<I: Input + Sync>(&self, input: I) -> ApiError
    where
        I::Output: std::fmt::Debug,
    {
        rota_api::ask(self.service(), &input, &())
            .await
            .unwrap_err()
    }

    /// Waits until the service answers as is wanted.
    pub(crate) async fn until<I: Input + Sync + Clone>(
        &self,
        what: &str,
        input: I,
        mut wanted: impl FnMut(&I::Output) -> bool,
    ) -> I::Output
    where
        I::Output: std::fmt::Debug,
    {
        let mut changes = self.service().watch();
        let mut last = None;
        let waited = tokio::time::timeout(DEADLINE, async {
            loop {
                let answer = ask(self.service(), input.clone()).await;
                if wanted(&answer) {
                    return answer;
                }
                last = Some(answer);
                let _: Option<WatchEvent> = changes.next().await.unwrap();
            }
        })
        .await;
        waited.unwrap_or_else(|_| panic!("{what} did not happen; last: {last:?}"))
    }

    /// Waits until a task of this title is shown as is wanted.
    pub(crate) async fn until_task(
        &self,
        title: &str,
        mut wanted: impl FnMut(&Task) -> bool,
    ) -> Task {
        let all = TaskList {
            filter: TaskFilter {
                done: true,
                ..TaskFilter::default()
            },
            ..TaskList::default()
        };
        let tasks = self
            .until(title, all, |tasks| {
                tasks.iter().any(|task| task.title == title && wanted(task))
            })
            .await;
        tasks.into_iter().find(|task| task.title == title).unwrap()
    }

    pub(crate) async fn close(self) {
        self.node.close().await.unwrap();
    }
}

pub(crate) async fn ask<C: rota_api::Call, I: Input + Sync>(caller: &C, input: I) -> I::Output {
    rota_api::ask(caller, &input, &())
        .await
        .unwrap_or_else(|error| {
            panic!("{}: {error:?}", I::OPERATION.name());
        })
}

/// The call has to fail with this code.
pub(crate) async fn fails<C: rota_api::Call, I: Input + Sync>(
    caller: &C,
    input: I,
    code: Code,
) -> ApiError {
    match rota_api::ask(caller, &input, &()).await {
        Ok(_) => panic!("{} was done", I::OPERATION.name()),
        Err(error) => {
            assert_eq!(error.code, code, "{error:?}");
            assert!(!error.message.is_empty());
            error
        }
    }
}

pub(crate) fn plain(text: &str) -> TaskAdd {
    TaskAdd {
        text: text.to_owned(),
        plain: true,
        ..TaskAdd::default()
    }
}

pub(crate) fn titles(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.title.as_str()).collect()
}
