//! Reading: a few connections that cannot write, each read in one transaction.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rota_model::id::SpaceId;
use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;
use crate::open::{self, Access};
use crate::query::names::NameCache;

/// Everything that can be asked, at one moment of the database.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) names: RefCell<NameCache>,
    rows: RefCell<HashMap<SpaceId, i64>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(conn: &'a Connection) -> Self {
        Self {
            conn,
            names: RefCell::default(),
            rows: RefCell::default(),
        }
    }

    /// Number of the last op: events with a greater one come on top of what is read here.
    ///
    /// # Errors
    /// If the database fails.
    pub fn seq(&self) -> Result<u64, StoreError> {
        crate::log::last_seq(self.conn)
    }

    /// The row of a space, if it is here.
    pub(crate) fn space_row(&self, space: &SpaceId) -> Result<Option<i64>, StoreError> {
        if let Some(row) = self.rows.borrow().get(space) {
            return Ok(Some(*row));
        }
        let row = self
            .conn
            .prepare_cached("SELECT id FROM spaces WHERE space = ?1")?
            .query_row([space.0], |row| row.get(0))
            .optional()?;
        if let Some(row) = row {
            self.rows.borrow_mut().insert(*space, row);
        }
        Ok(row)
    }
}

/// The readers' connections, opened when first needed.
#[derive(Debug)]
pub(crate) struct Pool {
    path: PathBuf,
    max: usize,
    state: Mutex<PoolState>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct PoolState {
    idle: Vec<Connection>,
    open: usize,
    closed: bool,
}

impl Pool {
    pub(crate) fn new(path: &Path, max: usize) -> Self {
        Self {
            path: path.to_owned(),
            max: max.max(1),
            state: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    /// Reads in one transaction, on the calling thread.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        ask: impl FnOnce(&Reader<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let lent = Lent {
            pool: self,
            conn: Some(self.take()?),
        };
        let Some(conn) = &lent.conn else {
            return Err(StoreError::Closed.into());
        };
        let transaction = conn.unchecked_transaction().map_err(StoreError::from)?;
        let result = ask(&Reader::new(&transaction));
        // Nothing was written: how the transaction ends makes no difference.
        let _ = transaction.rollback();
        result
    }

    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.open -= state.idle.len();
        state.idle.clear();
        drop(state);
        self.freed.notify_all();
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return Err(StoreError::Closed);
            }
            if let Some(conn) = state.idle.pop() {
                return Ok(conn);
            }
            if state.open < self.max {
                state.open += 1;
                drop(state);
                let opened = open::connect(&self.path, Access::Read);
                if opened.is_err() {
                    self.lock().open -= 1;
                    self.freed.notify_one();
                }
                return opened;
            }
            state = self
                .freed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn give_back(&self, conn: Connection) {
        let mut state = self.lock();
        if state.closed {
            state.open -= 1;
        } else {
            state.idle.push(conn);
        }
        drop(state);
        self.freed.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, PoolState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that comes back whatever happens.
struct Lent<'a> {
    pool: &'a Pool,
    conn: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take() {
            self.pool.give_back(conn);
        }
    }
}
