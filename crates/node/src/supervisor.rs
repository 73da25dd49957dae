//! Starts what runs long, starts it again when it fails, and says so when it keeps failing.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use crate::clock::backoff;
use crate::conditions::{Conditions, PART_FAILING};

/// Wait before the first new start; doubles with each failure.
const RESTART_FIRST: Duration = Duration::from_millis(200);
/// Longest wait before a new start.
const RESTART_LONGEST: Duration = Duration::from_secs(30);
/// Failures in a row after which a person is told.
const FAILURES_TO_TELL: u32 = 3;
/// A part that ran so long has recovered.
const RECOVERED: Duration = Duration::from_secs(60);
/// What a part gets to finish when it is told to end.
const FINISH: Duration = Duration::from_secs(5);

/// Why a part ended although nobody told it to.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct PartFailure(pub(crate) String);

/// Watches over the parts of a node.
#[derive(Debug)]
pub(crate) struct Supervisor {
    conditions: Arc<Conditions>,
    /// In the order of their start.
    parts: Mutex<Vec<Part>>,
}

#[derive(Debug)]
struct Part {
    name: &'static str,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Supervisor {
    pub(crate) fn new(conditions: Arc<Conditions>) -> Self {
        Self {
            conditions,
            parts: Mutex::default(),
        }
    }

    /// Starts a part. `run` is called again whenever what it gave has failed or panicked; it ends by itself once the
    /// token it is given is cancelled.
    pub(crate) fn start<F>(
        &self,
        name: &'static str,
        mut run: impl FnMut(CancellationToken) -> F + Send + 'static,
    ) where
        F: Future<Output = Result<(), PartFailure>> + Send + 'static,
    {
        let stop = CancellationToken::new();
        let (conditions, token) = (Arc::clone(&self.conditions), stop.clone());
        let task = tokio::spawn(async move {
            let mut failures = 0;
            while !token.is_cancelled() {
                let began = Instant::now();
                // A panic of the part's own code is caught by its task.
                let run = tokio::spawn(run(token.clone()));
                let why = match wait_recovering(run, &conditions, name).await {
                    Ok(Ok(())) => return,
                    Ok(Err(failure)) => failure.0,
                    Err(panic) => format!("it panicked: {panic}"),
                };
                failures = if began.elapsed() >= RECOVERED {
                    1
                } else {
                    failures + 1
                };
                tracing::error!(part = name, failures, why, "a part failed");
                if failures >= FAILURES_TO_TELL {
                    conditions.raise(
                        PART_FAILING,
                        name,
                        format!("{name} keeps failing: {why}"),
                        "the rest goes on working; it is started again by itself",
                    );
                }
                let wait = backoff(failures, RESTART_FIRST, RESTART_LONGEST);
                let _ = timeout(wait, token.cancelled()).await;
            }
        });
        self.lock().push(Part { name, stop, task });
    }

    /// Ends one part and waits until it has finished.
    pub(crate) async fn stop(&self, name: &'static str) {
        let mine: Vec<Part> = {
            let mut parts = self.lock();
            let (mine, others) = parts.drain(..).partition(|part| part.name == name);
            *parts = others;
            mine
        };
        for part in mine {
            finish(part).await;
        }
    }

    /// Ends all parts, the last one started first, and waits until they have finished.
    pub(crate) async fn stop_all(&self) {
        let parts = std::mem::take(&mut *self.lock());
        for part in parts.into_iter().rev() {
            finish(part).await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Part>> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for the end of a part, and takes its condition back once it has run long enough.
async fn wait_recovering<T>(
    mut run: JoinHandle<T>,
    conditions: &Conditions,
    name: &str,
) -> Result<T, tokio::task::JoinError> {
    match timeout(RECOVERED, &mut run).await {
        Ok(ended) => ended,
        Err(_) => {
            conditions.clear(PART_FAILING, name);
            run.await
        }
    }
}

async fn finish(part: Part) {
    part.stop.cancel();
    let mut task = part.task;
    if timeout(FINISH, &mut task).await.is_err() {
        tracing::warn!(part = part.name, "did not finish in time");
        task.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_part_that_keeps_failing_is_told_and_goes_on_being_started() {
        let conditions = Arc::new(Conditions::default());
        let supervisor = Supervisor::new(Arc::clone(&conditions));
        let starts = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&starts);
        supervisor.start("Testing", move |token| {
            let number = counted.fetch_add(1, Ordering::SeqCst);
            async move {
                match number {
                    0 => panic!("first"),
                    1..=3 => Err(PartFailure("no luck".to_owned())),
                    _ => {
                        token.cancelled().await;
                        Ok(())
                    }
                }
            }
        });
        let mut changes = conditions.changes();
        changes.changed().await.unwrap();
        let told = conditions.all();
        assert_eq!(told[0].code, "part_failing");
        assert!(told[0].message.contains("no luck"), "{}", told[0].message);
        while !conditions.all().is_empty() {
            changes.changed().await.unwrap();
        }
        assert_eq!(starts.load(Ordering::SeqCst), 5);
        supervisor.stop_all().await;
    }
}
