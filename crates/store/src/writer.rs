//! The one writer. Its thread drains what waits into one transaction, each job under its own savepoint, and answers
//! after the commit is durable. A caller that would wait for its own job alone does it itself in the writer's place.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
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
#[derive(Clone)]
pub(crate) struct Queue {
    sender: SyncSender<Message>,
    desk: Arc<Desk>,
}

/// Where one writes at a time.
struct Desk {
    /// None when the store is closed.
    writer: Mutex<Option<Writer>>,
    /// Jobs that were put in and are not answered yet.
    waiting: AtomicUsize,
}

enum Message {
    Job(Box<dyn Job>),
    /// Something was written elsewhere than on the writer's thread, which sleeps.
    Written,
    Close,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Job(_) => "Job",
            Self::Written => "Written",
            Self::Close => "Close",
        })
    }
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let waiting = self.desk.waiting.load(Ordering::Relaxed);
        f.debug_struct("Queue").field("waiting", &waiting).finish()
    }
}

impl Queue {
    /// Puts a job in, or answers it with why not.
    pub(crate) fn send(&self, job: Box<dyn Job>) {
        self.desk.waiting.fetch_add(1, Ordering::SeqCst);
        let (job, why) = match self.sender.try_send(Message::Job(job)) {
            Err(TrySendError::Full(Message::Job(job))) => (job, StoreError::Busy),
            Err(TrySendError::Disconnected(Message::Job(job))) => (job, StoreError::Closed),
            _ => return,
        };
        self.desk.waiting.fetch_sub(1, Ordering::SeqCst);
        job.answer(Err(why));
    }

    /// Does a job on the calling thread where nobody writes or waits: to wake another thread and be woken by it takes
    /// a twentieth of an add. Else it waits its turn with the others.
    pub(crate) fn run(&self, job: Box<dyn Job>) {
        // What was put in before, by anybody who is known of here, counts as waiting until it is answered.
        if self.desk.waiting.load(Ordering::SeqCst) == 0
            && let Ok(mut desk) = self.desk.writer.try_lock()
            && let Some(writer) = desk.as_mut()
        {
            let asleep = !writer.untidy;
            writer.group(vec![job]);
            if asleep && writer.untidy || writer.rest == Rest::Move {
                // Where other messages fill the queue, this one is not needed.
                let _ = self.sender.try_send(Message::Written);
            }
            return;
        }
        self.send(job);
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
    let desk = Arc::new(Desk {
        writer: Mutex::new(Some(Writer {
            core,
            broadcast: broadcast.clone(),
            committed: Box::new(committed),
            rest: Rest::Leave,
            commits: 0,
            looked: 0,
            untidy: false,
        })),
        waiting: AtomicUsize::new(0),
    });
    let own = Arc::clone(&desk);
    let thread = std::thread::Builder::new()
        .name("rota-writer".into())
        .spawn(move || {
            own.work(&receiver);
            if let Ok(mut writer) = own.writer.lock() {
                *writer = None;
            }
            broadcast.close();
        })?;
    Ok((Queue { sender, desk }, thread))
}

impl Desk {
    /// Does what comes until the store is closed, or somebody panicked while writing: what is half written is not gone on
    /// with.
    fn work(&self, receiver: &Receiver<Message>) {
        let mut untidy = false;
        loop {
            let next = match untidy {
                true => receiver.recv_timeout(QUIET),
                false => receiver.recv().map_err(RecvTimeoutError::from),
            };
            let Ok(mut desk) = self.writer.lock() else {
                return;
            };
            let Some(writer) = desk.as_mut() else {
                return;
            };
            match next {
                Ok(Message::Job(first)) => {
                    let (jobs, last) = all_that_wait(first, receiver);
                    let count = jobs.len();
                    writer.group(jobs);
                    self.waiting.fetch_sub(count, Ordering::SeqCst);
                    if last {
                        return;
                    }
                }
                Ok(Message::Written) => {}
                Err(RecvTimeoutError::Timeout) => writer.tidy_if_quiet(),
                Ok(Message::Close) | Err(RecvTimeoutError::Disconnected) => return,
            }
            writer.move_rest();
            writer.looked = writer.commits;
            untidy = writer.untidy;
        }
    }
}

/// What waits behind a job, with it, and whether nothing comes after.
fn all_that_wait(first: Box<dyn Job>, receiver: &Receiver<Message>) -> (Vec<Box<dyn Job>>, bool) {
    let mut waiting = vec![first];
    while waiting.len() < GROUP_MAX_JOBS {
        match receiver.try_recv() {
            Ok(Message::Job(job)) => waiting.push(job),
            Ok(Message::Written) => {}
            Ok(Message::Close) => return (waiting, true),
            Err(_) => break,
        }
    }
    (waiting, false)
}

struct Writer {
    core: Core,
    broadcast: Broadcast,
    /// Tells of a commit, and hears what is to be done with the log.
    committed: Box<dyn Fn() -> Rest + Send>,
    rest: Rest,
    commits: u64,
    /// How many there were when the writer's thread last looked.
    looked: u64,
    /// Something was committed since the search index was last tidy.
    untidy: bool,
}

impl Writer {
    /// Tidies up where nothing was committed since it was last looked.
    fn tidy_if_quiet(&mut self) {
        if self.commits == self.looked {
            self.untidy = self.tidy();
        }
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
        self.rest = (self.committed)();
        tidied.unwrap_or(false)
    }

    /// Moves the rest of the log, where that is left to the writer: when everybody was answered.
    fn move_rest(&mut self) {
        if std::mem::replace(&mut self.rest, Rest::Leave) == Rest::Move
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
                self.core.index.settle();
                self.untidy = true;
                self.commits += 1;
                self.rest = (self.committed)();
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
