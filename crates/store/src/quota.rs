//! How much one author may store here. Local, shown, lifted by a person; never part of what counts.

use std::collections::HashMap;

use rota_model::branch::Position;
use rota_model::id::{AuthorKey, SpaceId};
use rota_model::limits::{
    AUTHOR_DAY_MAX_BYTES, AUTHOR_MAX_INCARNATIONS, UNCOUNTED_AUTHOR_MAX_BYTES,
    UNCOUNTED_SPACE_MAX_BYTES,
};
use rota_model::op::{Header, Op};
use rota_model::stamp::Time;
use rusqlite::{Connection, OptionalExtension, params};

use crate::core::{Core, Logged, Place};
use crate::error::StoreError;
use crate::space::SpaceState;
use crate::sql::{fixed, int, uint};

/// What the signature takes in every op.
const SIGNATURE_BYTES: usize = 64;

/// Why ops of an author are left out for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// More than a day's share.
    Day,
    /// More than an author who does not count may store.
    Uncounted,
    /// More incarnations than an author may use.
    Incarnations,
    /// A chain with more heads than a chain may have.
    TooForked,
    /// More than all authors together who do not count may store in a space.
    Strangers,
}

impl Pause {
    fn from_number(number: i64) -> Option<Self> {
        [Self::Day, Self::Uncounted, Self::Incarnations]
            .into_iter()
            .find(|pause| *pause as i64 + 1 == number)
    }
}

/// Charges an op to its author; tells why it is left out, if it is.
pub(crate) fn charge(
    core: &mut Core,
    space: &mut SpaceState,
    logged: &mut Logged,
    charges: &mut Charges,
    (place, op): (&Place, &Op),
) -> Result<Option<Pause>, StoreError> {
    let author = op.header.chain.author;
    if author == core.me {
        return Ok(None);
    }
    let paused = charges.of(&core.conn, space.row, author)?.paused;
    if paused.is_some() {
        return Ok(paused);
    }
    let mut counted = counts(space, place, op);
    if !counted {
        // It may have been admitted a moment ago, in the same batch.
        core.recount(space, logged)?;
        counted = counts(space, place, op);
    }
    let now = charges.now;
    // An op that holds nothing takes room too.
    let bytes = (Header::LEN + SIGNATURE_BYTES + op.payload.len()) as u64;
    let lifted = charges.of(&core.conn, space.row, author)?.lifted;
    if !counted && !lifted && !charges.has_room(&core.conn, space, bytes)? {
        note_strangers(core, space, &author, now)?;
        charges.forget_new(&author);
        return Ok(Some(Pause::Strangers));
    }
    let spent = charges.of(&core.conn, space.row, author)?;
    spent.add(now, bytes, counted);
    let many = matches!(place, Place::Begins(branch) if !space.by_chain.contains_key(&branch.chain))
        && space.incarnations_of(&author) >= AUTHOR_MAX_INCARNATIONS;
    spent.paused = if spent.lifted {
        None
    } else if many {
        Some(Pause::Incarnations)
    } else if spent.day_bytes > AUTHOR_DAY_MAX_BYTES {
        Some(Pause::Day)
    } else if spent.uncounted_bytes > UNCOUNTED_AUTHOR_MAX_BYTES {
        Some(Pause::Uncounted)
    } else {
        None
    };
    if let Some(pause) = spent.paused {
        let subject = format!("{}/{author}", space.space);
        core.note_condition("paused", &subject, &format!("{pause:?}"), now.ms())?;
        core.changed.conditions = true;
    }
    Ok(charges.of(&core.conn, space.row, author)?.paused)
}

/// Says once in a space that strangers fill it: who makes up keys does not make up conditions too. It names the one who
/// came first when it was full; when that one is let go on, it is said again of the next.
fn note_strangers(
    core: &mut Core,
    space: &SpaceState,
    author: &AuthorKey,
    now: Time,
) -> Result<(), StoreError> {
    let detail = format!("{:?}", Pause::Strangers);
    let (from, to) = (format!("{}/", space.space), format!("{}0", space.space));
    let noted = core
        .conn
        .prepare_cached(
            "SELECT 1 FROM conditions WHERE code = 'paused' AND subject > ?1 AND subject < ?2 AND detail = ?3",
        )?
        .exists(params![from, to, detail])?;
    if !noted {
        let subject = format!("{}/{author}", space.space);
        core.note_condition("paused", &subject, &detail, now.ms())?;
        core.changed.conditions = true;
    }
    Ok(())
}

/// What the authors of a batch have stored, written once when it is through.
pub(crate) struct Charges {
    now: Time,
    by_author: HashMap<AuthorKey, Spent>,
    /// What all who do not count have stored in the space, once that was asked for.
    strangers_bytes: Option<u64>,
}

impl Charges {
    pub(crate) fn new(now: Time) -> Self {
        Self {
            now,
            by_author: HashMap::new(),
            strangers_bytes: None,
        }
    }

    /// Takes so many bytes of what is left for all in the space who do not count; `false` if there are not so many.
    fn has_room(
        &mut self,
        conn: &Connection,
        space: &SpaceState,
        bytes: u64,
    ) -> Result<bool, StoreError> {
        let before = match self.strangers_bytes {
            Some(bytes) => bytes,
            None => strangers_bytes(conn, space)?,
        };
        let after = before.saturating_add(bytes);
        let fits = after <= UNCOUNTED_SPACE_MAX_BYTES;
        self.strangers_bytes = Some(if fits { after } else { before });
        Ok(fits)
    }

    /// Keeps nothing of an author of whom nothing was ever stored.
    fn forget_new(&mut self, author: &AuthorKey) {
        if self
            .by_author
            .get(author)
            .is_some_and(|spent| spent.day == 0)
        {
            self.by_author.remove(author);
        }
    }

    pub(crate) fn save(&self, conn: &Connection, space: i64) -> Result<(), StoreError> {
        for (author, spent) in &self.by_author {
            spent.write(conn, space, author)?;
        }
        Ok(())
    }

    fn of(
        &mut self,
        conn: &Connection,
        space: i64,
        author: AuthorKey,
    ) -> Result<&mut Spent, StoreError> {
        use std::collections::hash_map::Entry;
        Ok(match self.by_author.entry(author) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Spent::read(conn, space, &author)?),
        })
    }
}

/// What those have stored in a space who do not count now and were not let go on by a person.
fn strangers_bytes(conn: &Connection, space: &SpaceState) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached(
        "SELECT author, uncounted_bytes FROM quotas WHERE space = ?1 AND uncounted_bytes > 0 AND NOT lifted",
    )?;
    let mut rows = statement.query([space.row])?;
    let mut all = 0u64;
    while let Some(row) = rows.next()? {
        if !space.membership.contains(&AuthorKey(fixed(row, 0)?)) {
            all = all.saturating_add(uint(row.get(1)?));
        }
    }
    Ok(all)
}

/// Lets an author go on, past the limits that paused it.
pub(crate) fn lift(core: &mut Core, space: SpaceId, author: &AuthorKey) -> Result<(), StoreError> {
    let row = core.space(space)?.row;
    let mut spent = Spent::read(&core.conn, row, author)?;
    spent.paused = None;
    spent.lifted = true;
    spent.write(&core.conn, row, author)?;
    core.conn
        .prepare_cached("DELETE FROM conditions WHERE code = 'paused' AND subject = ?1")?
        .execute([format!("{space}/{author}")])?;
    core.changed.conditions = true;
    Ok(())
}

/// Whether an op is of someone who is in the space, or was when it was written.
fn counts(space: &SpaceState, place: &Place, op: &Op) -> bool {
    let within = match place {
        Place::Extends(branch) => space.membership.counts(Position {
            branch: *branch,
            counter: op.header.counter,
        }),
        Place::Begins(_) => op.founds(),
    };
    within || space.membership.contains(&op.header.chain.author)
}

/// What an author has stored, as far as quotas ask.
#[derive(Debug, Default)]
struct Spent {
    day: u64,
    day_bytes: u64,
    uncounted_bytes: u64,
    paused: Option<Pause>,
    lifted: bool,
}

impl Spent {
    fn read(conn: &Connection, space: i64, author: &AuthorKey) -> Result<Self, StoreError> {
        let found = conn
            .prepare_cached(
                "SELECT day, day_bytes, uncounted_bytes, paused, lifted FROM quotas WHERE space = ?1 AND author = ?2",
            )?
            .query_row(params![space, author.0], |row| {
                Ok(Self {
                    day: uint(row.get(0)?),
                    day_bytes: uint(row.get(1)?),
                    uncounted_bytes: uint(row.get(2)?),
                    paused: Pause::from_number(row.get(3)?),
                    lifted: row.get(4)?,
                })
            })
            .optional()?;
        Ok(found.unwrap_or_default())
    }

    fn add(&mut self, now: Time, bytes: u64, counts: bool) {
        const DAY_MS: u64 = 24 * 60 * 60 * 1000;
        let today = now.ms() / DAY_MS;
        if self.day != today {
            self.day = today;
            self.day_bytes = 0;
        }
        self.day_bytes = self.day_bytes.saturating_add(bytes);
        if !counts {
            self.uncounted_bytes = self.uncounted_bytes.saturating_add(bytes);
        }
    }

    fn write(&self, conn: &Connection, space: i64, author: &AuthorKey) -> Result<(), StoreError> {
        conn.prepare_cached(
            "INSERT OR REPLACE INTO quotas(space, author, day, day_bytes, uncounted_bytes, paused, lifted)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            space,
            author.0,
            int(self.day),
            int(self.day_bytes),
            int(self.uncounted_bytes),
            self.paused.map_or(0, |pause| pause as i64 + 1),
            self.lifted,
        ])?;
        Ok(())
    }
}
