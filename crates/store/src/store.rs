//! The store as others see it.

use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rota_model::id::{AuthorKey, SpaceId};
use rota_model::op::{ComputerKey, Op, Refusal, check_all};
use rota_model::payload::Payload;
use rota_model::stamp::Time;

use crate::accept::{AcceptJob, Accepted, Batch};
use crate::act::{Act, ActJob, Committed};
use crate::backup;
use crate::core::Core;
use crate::error::StoreError;
use crate::event::{Broadcast, Events};
use crate::maintain::Maintenance;
use crate::open::{self, Durability, FILE_NAME, Mode, VERSION};
use crate::pending::{Pending, pending};
use crate::quota;
use crate::read::{Pool, Reader};
use crate::rebuild;
use crate::repair;
use crate::tx::Tx;
use crate::undo::Undone;
use crate::writer::{self, Job, Queue};

/// Ops for which a thread of their own pays.
const CHECKED_APART_MIN_OPS: usize = 64;

/// How to open a store.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// This computer's key: it signs what is written here.
    pub key: ComputerKey,
    /// Seed of all that is random in the store, incarnations above all: never the same twice.
    pub seed: [u8; 32],
    /// How sure a commit is.
    pub durability: Durability,
    /// Most jobs that wait for the writer; one more is [`StoreError::Busy`].
    pub queue_max_jobs: usize,
    /// Most reads at once; one more waits.
    pub readers_max: usize,
    /// How large the file may grow; a change past it is [`StoreError::Full`]. `None` for as the disk allows.
    pub size_max_bytes: Option<u64>,
}

impl OpenOptions {
    /// The usual options.
    #[must_use]
    pub const fn new(key: ComputerKey, seed: [u8; 32]) -> Self {
        Self {
            key,
            seed,
            durability: Durability::Full,
            queue_max_jobs: 1024,
            readers_max: 4,
            size_max_bytes: None,
        }
    }
}

/// The data of one computer. Clones are cheap and are the same store.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    me: AuthorKey,
    mode: Mode,
    queue: Option<Queue>,
    pool: Pool,
    broadcast: Broadcast,
    random: Mutex<ChaCha20Rng>,
    threads: Mutex<Option<(JoinHandle<()>, Maintenance)>>,
}

impl Store {
    /// Opens the database in a folder; makes it if there is none. One that a newer version wrote can only be read.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] after a damaged file was set aside: opening again starts over.
    pub fn open(folder: &Path, options: OpenOptions) -> Result<Self, StoreError> {
        let path = folder.join(FILE_NAME);
        let (conn, mode) = match open::open(&path, options.durability) {
            Err(StoreError::Damaged { source, .. }) => {
                let aside = Some(open::set_aside(&path)?);
                return Err(StoreError::Damaged { aside, source });
            }
            other => other?,
        };
        let me = options.key.public();
        let mut random = ChaCha20Rng::from_seed(options.seed);
        let broadcast = Broadcast::default();
        let (queue, threads) = match conn {
            Some(conn) => {
                if let Some(bytes) = options.size_max_bytes {
                    open::bound_size(&conn, bytes)?;
                }
                let maintenance = Maintenance::start(&path, options.durability)
                    .map_err(|source| no_access(&path, source))?;
                let random = ChaCha20Rng::from_seed(seed(&mut random));
                let mut core = Core::new(conn, options.key, random);
                rebuild::if_stale(&mut core)?;
                let (queue, writer) = writer::start(
                    core,
                    options.queue_max_jobs,
                    broadcast.clone(),
                    maintenance.notify(),
                )
                .map_err(|source| no_access(&path, source))?;
                (Some(queue), Some((writer, maintenance)))
            }
            None => (None, None),
        };
        Ok(Self {
            inner: Arc::new(Inner {
                pool: Pool::new(&path, options.readers_max),
                path,
                me,
                mode,
                queue,
                broadcast,
                random: Mutex::new(random),
                threads: Mutex::new(threads),
            }),
        })
    }

    /// The database file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// This computer's key.
    #[must_use]
    pub fn me(&self) -> AuthorKey {
        self.inner.me
    }

    /// Whether it can be written.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.inner.mode
    }

    /// Makes a local change and waits until it is durable. The closure runs while nobody else writes, here or on the
    /// writer's thread; an error that it returns takes back what it wrote.
    ///
    /// # Errors
    /// What the closure returns, or why the change could not be stored.
    pub fn act<F, T, E>(&self, act: Act, change: F) -> Result<Committed<T>, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.submit(act, change, Queue::run)
            .wait()
            .unwrap_or_else(|| Err(StoreError::Closed.into()))
    }

    /// Like [`Store::act`], without waiting: the answer is a future, `None` if the store ended.
    pub fn act_later<F, T, E>(&self, act: Act, change: F) -> Pending<Result<Committed<T>, E>>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.submit(act, change, Queue::send)
    }

    fn submit<F, T, E>(
        &self,
        act: Act,
        change: F,
        put: impl FnOnce(&Queue, Box<dyn Job>),
    ) -> Pending<Result<Committed<T>, E>>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (answer, pending) = pending();
        match self.queue() {
            Ok(queue) => put(queue, Box::new(ActJob::new(act, change, answer))),
            Err(error) => answer.give(Err(error.into())),
        }
        pending
    }

    /// Stores ops that came from elsewhere and waits until they are durable. Signatures are checked on the calling
    /// thread, in one batch. `now` is this computer's wall time.
    ///
    /// # Errors
    /// If they could not be stored. An op that is not acceptable is no error: see [`Accepted`].
    pub fn accept(&self, space: SpaceId, ops: Vec<Op>, now: Time) -> Result<Accepted, StoreError> {
        self.accept_later(space, ops, now)
            .wait()
            .unwrap_or(Err(StoreError::Closed))
    }

    /// Like [`Store::accept`]; checks signatures on the calling thread, then answers by a future.
    pub fn accept_later(
        &self,
        space: SpaceId,
        ops: Vec<Op>,
        now: Time,
    ) -> Pending<Result<Accepted, StoreError>> {
        let (answer, pending) = pending();
        let queue = match self.queue() {
            Ok(queue) => queue,
            Err(error) => {
                answer.give(Err(error));
                return pending;
            }
        };
        let checked = self.check(&ops);
        let mut sound = Vec::with_capacity(ops.len());
        let mut refused = Vec::new();
        for (op, check) in ops.into_iter().zip(checked) {
            match check {
                Ok(payload) => sound.push((op, payload)),
                Err(refusal) => refused.push((op.id, refusal)),
            }
        }
        queue.send(Box::new(AcceptJob {
            batch: Batch {
                space,
                ops: sound,
                refused,
                now,
            },
            result: None,
            answer,
        }));
        pending
    }

    /// Checks ops as [`check_all`] does and reads their payloads, a large batch on all cores: signatures are most of what
    /// a batch costs.
    fn check(&self, ops: &[Op]) -> Vec<Result<Payload, Refusal>> {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let part = ops.len().div_ceil(threads).max(CHECKED_APART_MIN_OPS);
        let random = || ChaCha20Rng::from_seed(self.seed());
        if ops.len() <= part {
            return check_and_read(ops, random());
        }
        std::thread::scope(|scope| {
            let parts: Vec<_> = ops
                .chunks(part)
                .map(|ops| {
                    let random = random();
                    scope.spawn(move || check_and_read(ops, random))
                })
                .collect();
            parts
                .into_iter()
                .flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)))
                .collect()
        })
    }

    /// Reads on the calling thread, in one transaction: all answers are of one moment.
    ///
    /// # Errors
    /// What the closure returns, or [`StoreError::Closed`].
    pub fn read<T, E: From<StoreError>>(
        &self,
        ask: impl FnOnce(&Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.inner.pool.read(ask)
    }

    /// Listens to what is committed from now on.
    #[must_use]
    pub fn events(&self) -> Events {
        self.inner.broadcast.listen()
    }

    /// Takes a new incarnation in a space before the next write: a head of this computer's own chain was seen that is
    /// not here.
    ///
    /// # Errors
    /// If the space is not here or the database fails.
    pub fn renew_incarnation(&self, space: SpaceId, now: Time) -> Result<(), StoreError> {
        self.act(Act::of_machine(now), move |tx| tx.renew_incarnation(space))
            .map(drop)
    }

    /// Lets a paused author go on.
    ///
    /// # Errors
    /// If the space is not here or the database fails.
    pub fn lift_pause(
        &self,
        space: SpaceId,
        author: AuthorKey,
        now: Time,
    ) -> Result<(), StoreError> {
        self.act(Act::of_machine(now), move |tx| {
            quota::lift(tx.core(), space, &author)
        })
        .map(drop)
    }

    /// Takes back this computer's latest change by new writes; `None` if there is none to take back.
    ///
    /// # Errors
    /// If the database fails, or this computer may no longer write there.
    pub fn undo(&self, now: Time) -> Result<Committed<Option<Undone>>, StoreError> {
        self.act(Act::of_machine(now), |tx| {
            tx.undo_latest(&std::collections::BTreeSet::new())
        })
    }

    /// Drops what is projected from the winners and makes it anew. Nothing else changes.
    ///
    /// # Errors
    /// If the database fails.
    pub fn rebuild_projection(&self, now: Time) -> Result<(), StoreError> {
        self.act(Act::of_machine(now), |tx| rebuild::projection(tx.core()))
            .map(drop)
    }

    /// Drops the write index and what is projected and makes both anew from the log: after [`Reader::check_digest`]
    /// found a difference.
    ///
    /// # Errors
    /// If the database fails.
    pub fn rebuild_cells(&self, now: Time) -> Result<(), StoreError> {
        self.act(Act::of_machine(now), |tx| rebuild::cells(tx.core()))
            .map(drop)
    }

    /// Puts ops that a peer sent in the place of damaged ones; see [`Reader::damaged`]. Those whose bytes are not
    /// acceptable are left out. Returns how many were put right; rebuild the cells then.
    ///
    /// # Errors
    /// If the database fails.
    pub fn repair(&self, space: SpaceId, ops: Vec<Op>, now: Time) -> Result<usize, StoreError> {
        let sound: Vec<Op> = ops.into_iter().filter(|op| op.check().is_ok()).collect();
        self.act(Act::of_machine(now), move |tx| {
            repair::put_right(tx.core(), space, &sound)
        })
        .map(|committed| committed.value)
    }

    /// Writes a copy that holds every op and no identity; see [`crate::Backup`]. It appears whole or not at all.
    /// Returns how many tasks it holds.
    ///
    /// # Errors
    /// [`StoreError::NoAccess`] or [`StoreError::Full`] if the file cannot be written.
    pub fn backup(&self, file: &Path) -> Result<u64, StoreError> {
        let tasks = self.read(|reader| backup::count_tasks(reader.conn))?;
        backup::write(&self.inner.path, file, tasks)
    }

    /// Looks through the whole file for damage.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if there is any.
    pub fn check_file(&self) -> Result<(), StoreError> {
        self.read(|reader| {
            let found: String = reader
                .conn
                .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
            if found == "ok" {
                return Ok(());
            }
            Err(StoreError::Damaged {
                aside: None,
                source: Some(rusqlite::Error::SqliteFailure(
                    rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
                    Some(found),
                )),
            })
        })
    }

    /// Closes the store and sets its damaged file aside; opening the folder again starts over. Returns where it is.
    ///
    /// # Errors
    /// If it cannot be renamed.
    pub fn close_and_set_aside(&self) -> Result<PathBuf, StoreError> {
        self.close();
        open::set_aside(&self.inner.path)
    }

    /// Finishes what waits, moves the log into the file and ends. What is asked afterwards is [`StoreError::Closed`].
    pub fn close(&self) {
        if let Some(queue) = &self.inner.queue {
            queue.close();
        }
        let threads = self
            .inner
            .threads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        self.inner.pool.close();
        if let Some((writer, maintenance)) = threads {
            // A writer that panicked has answered nobody; there is nothing more to wait for.
            let _ = writer.join();
            maintenance.stop();
        }
    }

    fn queue(&self) -> Result<&Queue, StoreError> {
        match (self.inner.mode, &self.inner.queue) {
            (Mode::Newer { found }, _) => Err(StoreError::Newer {
                found,
                known: VERSION,
            }),
            (Mode::Whole, Some(queue)) => Ok(queue),
            (Mode::Whole, None) => Err(StoreError::Closed),
        }
    }

    fn seed(&self) -> [u8; 32] {
        seed(
            &mut self
                .inner
                .random
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

fn check_and_read(ops: &[Op], random: ChaCha20Rng) -> Vec<Result<Payload, Refusal>> {
    let checked = check_all(ops, random);
    let read = |op: &Op| Payload::read(op.header.flags, &op.payload);
    let both = checked.into_iter().zip(ops);
    both.map(|(check, op)| check.map(|()| read(op))).collect()
}

fn seed(random: &mut ChaCha20Rng) -> [u8; 32] {
    let mut seed = [0; 32];
    random.fill_bytes(&mut seed);
    seed
}

fn no_access(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::NoAccess {
        path: path.to_owned(),
        source,
    }
}
