//! Spaces and who is in them.

use std::collections::BTreeMap;

use rota_model::cell::Kind;
use rota_model::id::{AuthorKey, EntityId, OpId, SpaceId};
use rota_model::members::Membership;
use rota_model::payload::{Role, SpaceKind};
use rota_model::stamp::Time;
use rusqlite::params;

use super::names::Named;
use crate::error::StoreError;
use crate::read::Reader;
use crate::space::SpaceState;
use crate::sql::{fixed, uint};

/// A space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpaceView {
    /// The id.
    pub id: SpaceId,
    /// The name; empty if none was given.
    pub name: String,
    /// Personal or shared; `None` while its founding op is not understood.
    pub kind: Option<SpaceKind>,
    /// What this computer may do in it; `None` if it is not in it, or no more.
    pub role: Option<Role>,
    /// How many people are in it.
    pub people: u64,
    /// How many computers are in it.
    pub computers: u64,
    /// How many lists it has that are not in the trash.
    pub lists: u64,
    /// How many tasks it has that are not in the trash.
    pub tasks: u64,
}

/// One admission of a computer to a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdmissionView {
    /// Its id.
    pub id: OpId,
    /// The person.
    pub person: Named<EntityId>,
    /// The computer.
    pub computer: Named<AuthorKey>,
    /// What it may do.
    pub role: Role,
    /// When it was admitted, in Unix milliseconds.
    pub since_ms: u64,
    /// When it was removed, in Unix milliseconds.
    pub removed_ms: Option<u64>,
}

/// A person in a space, or who was in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberView {
    /// The person.
    pub person: Named<EntityId>,
    /// What the person may do: the greatest role of the computers that are in the space, else the last one.
    pub role: Role,
    /// The computers in the space; those that were in it, if none is.
    pub computers: Vec<Named<AuthorKey>>,
    /// When the first of them was admitted, in Unix milliseconds.
    pub joined_ms: u64,
    /// When the last of them was removed, in Unix milliseconds, if none is in the space.
    pub removed_ms: Option<u64>,
}

impl Reader<'_> {
    /// All spaces of which there is something here, as they came. `me` is this computer's key.
    ///
    /// # Errors
    /// If the database fails.
    pub fn spaces(&self, me: &AuthorKey) -> Result<Vec<SpaceView>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT s.id, s.space, s.kind,
                 (SELECT count(DISTINCT person) FROM admissions a WHERE a.space = s.id AND removed_at IS NULL),
                 (SELECT count(DISTINCT author) FROM admissions a WHERE a.space = s.id AND removed_at IS NULL),
                 (SELECT max(role) FROM admissions a WHERE a.space = s.id AND author = ?1 AND removed_at IS NULL),
                 (SELECT count(*) FROM lists l WHERE l.space = s.id AND deleted_ms IS NULL),
                 (SELECT coalesce(sum(c.tasks), 0) FROM list_counts c LEFT JOIN lists l ON l.id = c.list
                  WHERE c.space = s.id AND c.state < 3 AND l.deleted_ms IS NULL)
             FROM spaces s ORDER BY s.id",
        )?;
        let rows = statement.query_map([me.0], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                SpaceView {
                    id: SpaceId(fixed(row, 1)?),
                    name: String::new(),
                    kind: match row.get::<_, Option<i64>>(2)? {
                        Some(0) => Some(SpaceKind::Mine),
                        Some(1) => Some(SpaceKind::Shared),
                        _ => None,
                    },
                    role: row.get::<_, Option<i64>>(5)?.map(role),
                    people: uint(row.get(3)?),
                    computers: uint(row.get(4)?),
                    lists: uint(row.get(6)?),
                    tasks: uint(row.get(7)?),
                },
            ))
        })?;
        let mut spaces = Vec::new();
        for row in rows {
            let (row, mut space) = row?;
            space.name = self.space_named(row)?.name;
            spaces.push(space);
        }
        Ok(spaces)
    }

    /// All admissions of a space that were heeded, in order of seniority.
    ///
    /// # Errors
    /// If the database fails.
    pub fn admissions(&self, space: &SpaceId) -> Result<Vec<AdmissionView>, StoreError> {
        let Some(row) = self.space_row(space)? else {
            return Ok(Vec::new());
        };
        let mut statement = self.conn.prepare_cached(
            "SELECT admission, author, person, role, since, removed_at FROM admissions WHERE space = ?1 ORDER BY place",
        )?;
        let rows = statement.query_map([row], |row| {
            Ok((
                OpId(fixed(row, 0)?),
                AuthorKey(fixed(row, 1)?),
                EntityId(fixed(row, 2)?),
                role(row.get(3)?),
                Time(uint(row.get(4)?)).ms(),
                row.get::<_, Option<i64>>(5)?
                    .map(|time| Time(uint(time)).ms()),
            ))
        })?;
        let mut admissions = Vec::new();
        for found in rows {
            let (id, key, person, role, since_ms, removed_ms) = found?;
            admissions.push(AdmissionView {
                id,
                person: Named {
                    id: person,
                    name: self.person_name(row, person)?,
                },
                computer: self.author(row, key)?.computer,
                role,
                since_ms,
                removed_ms,
            });
        }
        Ok(admissions)
    }

    /// The people of a space, and those who were in it, in order of seniority.
    ///
    /// # Errors
    /// If the database fails.
    pub fn members(&self, space: &SpaceId) -> Result<Vec<MemberView>, StoreError> {
        let mut order = Vec::new();
        let mut by_person: BTreeMap<EntityId, Vec<AdmissionView>> = BTreeMap::new();
        for admission in self.admissions(space)? {
            let all = by_person.entry(admission.person.id).or_default();
            if all.is_empty() {
                order.push(admission.person.id);
            }
            all.push(admission);
        }
        Ok(order
            .iter()
            .filter_map(|person| member(by_person.get(person)?))
            .collect())
    }

    /// Whether a computer is in a space now: whom it is served to.
    ///
    /// # Errors
    /// If the database fails.
    pub fn is_member(&self, space: &SpaceId, key: &AuthorKey) -> Result<bool, StoreError> {
        let Some(row) = self.space_row(space)? else {
            return Ok(false);
        };
        Ok(self
            .conn
            .prepare_cached(
                "SELECT 1 FROM admissions WHERE author = ?1 AND space = ?2 AND removed_at IS NULL",
            )?
            .exists(params![key.0, row])?)
    }

    /// Who counts in a space and how far, with all that removals and admissions need. Computed from the statements.
    ///
    /// # Errors
    /// If the database fails.
    pub fn membership(&self, space: &SpaceId) -> Result<Option<Membership>, StoreError> {
        Ok(SpaceState::load(self.conn, *space)?.map(|state| state.membership))
    }

    /// A space's id and name by its row.
    pub(crate) fn space_named(&self, row: i64) -> Result<Named<SpaceId>, StoreError> {
        if let Some(named) = self.names.borrow().spaces.get(&row) {
            return Ok(named.clone());
        }
        let id = self
            .conn
            .prepare_cached("SELECT space FROM spaces WHERE id = ?1")?
            .query_row([row], |row| Ok(SpaceId(fixed(row, 0)?)))?;
        let named = Named {
            id,
            name: self
                .written_name(row, Kind::SPACE, EntityId::ZERO)?
                .unwrap_or_default(),
        };
        self.names.borrow_mut().spaces.insert(row, named.clone());
        Ok(named)
    }
}

fn member(admissions: &[AdmissionView]) -> Option<MemberView> {
    let standing: Vec<_> = admissions
        .iter()
        .filter(|admission| admission.removed_ms.is_none())
        .collect();
    let of: Vec<_> = if standing.is_empty() {
        admissions.iter().collect()
    } else {
        standing.clone()
    };
    let role = if standing.is_empty() {
        admissions
            .iter()
            .max_by_key(|admission| admission.removed_ms)?
            .role
    } else {
        standing.iter().map(|admission| admission.role).max()?
    };
    let mut computers: Vec<Named<AuthorKey>> = Vec::new();
    for admission in of {
        if computers
            .iter()
            .all(|computer| computer.id != admission.computer.id)
        {
            computers.push(admission.computer.clone());
        }
    }
    Some(MemberView {
        person: admissions.first()?.person.clone(),
        role,
        computers,
        joined_ms: admissions
            .iter()
            .map(|admission| admission.since_ms)
            .min()?,
        removed_ms: if standing.is_empty() {
            admissions
                .iter()
                .filter_map(|admission| admission.removed_ms)
                .max()
        } else {
            None
        },
    })
}

fn role(number: i64) -> Role {
    match number {
        2 => Role::Owner,
        1 => Role::Editor,
        _ => Role::Viewer,
    }
}
