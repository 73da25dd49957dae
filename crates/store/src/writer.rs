//! The one thread that writes. It drains what waits into one transaction, each job under its own savepoint, and
//! answers after the commit is durable.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use crate::core::Core;
use crate::error::StoreError;
use crate::event::{Broadcast, Changed, Event};
use crate::log;
use crate::maintain::{self, Rest};
use crate::search;

/// Most jobs of one commit: callers wait for each other no longer than this many take.
const GROUP_MAX_JOBS: usize = 256;

/// How long nothing comes before the writer tidies up: nobody waits for that then.
const QUIET: Duration = Duration::from_millis(500);

/// Something to do in a transaction.
pub(crate) trait Job: Send {
    /// Does it. `false` takes back what it did; the others of its group go on.
    fn run(&mut self, core: &mut Core) -> bool;

    /// Answers: with the number of the last op if the commit is durable, else with why it is not.
    fn answer(self: Box<Self>, outcome: Result<u64, StoreError>);
}

/// The way to the writer.
#[derive(Clone, Debug)]
pub(crate) struct Queue {
    sender: SyncSender<Message>,
}

enum Message {
    Job(Box<dyn Job>),
    Close,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Job(_) => "Job",
            Self::Close => "Close",
        })
    }
}

impl Queue {
    /// Puts a job in, or answers it with why not.
    pub(crate) fn send(&self, job: Box<dyn Job>) {
        match self.sender.try_send(Message::Job(job)) {
            Ok(()) => {}
            Err(TrySendError::Full(Message::Job(job))) => job.answer(Err(StoreError::Busy)),
            Err(TrySendError::Disconnected(Message::Job(job))) => {
                job.answer(Err(StoreError::Closed));
            }
            Err(_) => {}
        }
    }

    /// Lets the writer finish what waits and end.
    pub(crate) fn close(&self) {
        // A writer that has ended already needs no telling.
        let _ = self.sender.send(Message::Close);
    }
}

/// Starts the writer.
pub(crate) fn start(
    core: Core,
    queue_max_jobs: usize,
    broadcast: Broadcast,
    committed: impl Fn() -> Rest + Send + 'static,
) -> std::io::Result<(Queue, JoinHandle<()>)> {
    let (sender, receiver) = sync_channel(queue_max_jobs);
    let thread = std::thread::Builder::new()
        .name("rota-writer".into())
        .spawn(move || {
            let mut writer = Writer {
                core,
                broadcast,
                committed,
                untidy: false,
            };
            writer.work(&receiver);
            writer.broadcast.close();
        })?;
    Ok((Queue { sender }, thread))
}

struct Writer<F> {
    core: Core,
    broadcast: Broadcast,
    committed: F,
    /// Something was committed since the search index was last tidy.
    untidy: bool,
}

impl<F: Fn() -> Rest> Writer<F> {
    fn work(&mut self, receiver: &Receiver<Message>) {
        while let Some(Message::Job(first)) = self.next(receiver) {
            let mut waiting = vec![first];
            let mut last = false;
            while waiting.len() < GROUP_MAX_JOBS {
                match receiver.try_recv() {
                    Ok(Message::Job(job)) => waiting.push(job),
                    Ok(Message::Close) => {
                        last = true;
                        break;
                    }
                    Err(_) => break,
                }
            }
            self.group(waiting);
            if last {
                return;
            }
        }
    }

    /// What comes next; meanwhile the search index is tidied, bite by bite.
    fn next(&mut self, receiver: &Receiver<Message>) -> Option<Message> {
        while self.untidy {
            match receiver.recv_timeout(QUIET) {
                Ok(message) => return Some(message),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => self.untidy = self.tidy(),
            }
        }
        receiver.recv().ok()
    }

    /// Lets the search index catch up or merges a little of it; `true` if there may be more to do.
    fn tidy(&mut self) -> bool {
        let tidied = search::tidy(&self.core.conn);
        self.core.index.search_changed();
        if let Err(error) = &tidied {
            tracing::debug!(%error, "the search index was not tidied");
            // The transaction may be open still, or ended by SQLite itself.
            let _ = self.core.conn.execute_batch("ROLLBACK");
        }
        self.committed();
        tidied.unwrap_or(false)
    }

    /// Tells of a commit, when everybody was answered.
    fn committed(&self) {
        if (self.committed)() == Rest::Move
            && let Err(error) = maintain::move_now(&self.core.conn)
        {
            tracing::debug!(%error, "the rest of the log was not moved");
        }
    }

    fn group(&mut self, jobs: Vec<Box<dyn Job>>) {
        let mut done = Vec::with_capacity(jobs.len());
        let outcome = self.run_all(jobs, &mut done);
        if outcome.is_err() {
            // The transaction may be open still, or ended by SQLite itself.
            let _ = self.core.conn.execute_batch("ROLLBACK");
            self.core.forget();
        } else {
            self.core.index.settle();
        }
        let changed = std::mem::take(&mut self.core.changed);
        match outcome {
            Ok(seq) => {
                if !changed.is_empty() {
                    self.broadcast.tell(Event { seq, changed });
                }
                for job in done {
                    job.answer(Ok(seq));
                }
                self.untidy = true;
                self.committed();
            }
            Err(error) => {
                tracing::warn!(%error, "a commit failed");
                for job in done {
                    job.answer(Err(error.again()));
                }
            }
        }
    }

    /// Runs the jobs and commits. Every job ends in `done`.
    fn run_all(
        &mut self,
        jobs: Vec<Box<dyn Job>>,
        done: &mut Vec<Box<dyn Job>>,
    ) -> Result<u64, StoreError> {
        let alone = jobs.len() == 1;
        let mut jobs = jobs.into_iter();
        if let Err(error) = execute(&self.core.conn, "BEGIN IMMEDIATE") {
            done.extend(jobs);
            return Err(error);
        }
        while let Some(mut job) = jobs.next() {
            let ran = if alone {
                self.run_alone(&mut job)
            } else {
                self.run(&mut job)
            };
            done.push(job);
            if let Err(error) = ran {
                done.extend(jobs);
                return Err(error);
            }
        }
        let seq = log::last_seq(&self.core.conn)?;
        execute(&self.core.conn, "COMMIT")?;
        Ok(seq)
    }

    /// Runs a job that has the transaction to itself: taking it back takes all back. A savepoint would copy every page
    /// that the job changes.
    fn run_alone(&mut self, job: &mut Box<dyn Job>) -> Result<(), StoreError> {
        let before = self.core.conn.total_changes();
        if !self.try_job(job)? {
            execute(&self.core.conn, "ROLLBACK")?;
            self.take_back(before, Changed::default());
            execute(&self.core.conn, "BEGIN IMMEDIATE")?;
        }
        Ok(())
    }

    fn run(&mut self, job: &mut Box<dyn Job>) -> Result<(), StoreError> {
        execute(&self.core.conn, "SAVEPOINT job")?;
        let before = self.core.conn.total_changes();
        let kept = self.core.changed.clone();
        if !self.try_job(job)? {
            execute(&self.core.conn, "ROLLBACK TO job")?;
            self.take_back(before, kept);
        }
        execute(&self.core.conn, "RELEASE job")
    }

    /// Whether what the job did is kept. One that panics is taken back like one that fails; the writer goes on.
    fn try_job(&mut self, job: &mut Box<dyn Job>) -> Result<bool, StoreError> {
        let core = &mut self.core;
        let keep = catch_unwind(AssertUnwindSafe(|| job.run(core))).unwrap_or(false);
        if self.core.conn.is_autocommit() {
            // SQLite ended the whole transaction, as it may when the disk is full.
            return Err(StoreError::Full(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL),
                None,
            )));
        }
        Ok(keep)
    }

    /// Takes back in memory what was rolled back: what changed since `before`, when `kept` was told.
    fn take_back(&mut self, before: u64, kept: Changed) {
        if self.core.conn.total_changes() != before {
            self.core.forget();
        }
        self.core.changed = kept;
    }
}

fn execute(conn: &Connection, statement: &str) -> Result<(), StoreError> {
    conn.prepare_cached(statement)?.execute([])?;
    Ok(())
}
