//! Names of persons and computers, as a space knows them.

use std::collections::HashMap;

use rota_model::cell::Kind;
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::read::Reader;

/// An id with the name that a person gave to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named<Id> {
    /// The id.
    pub id: Id,
    /// The name; empty if none is known.
    pub name: String,
}

/// Who did something: a person, on a computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The person.
    pub person: Named<EntityId>,
    /// The computer.
    pub computer: Named<AuthorKey>,
}

#[derive(Debug, Default)]
pub(crate) struct NameCache {
    authors: HashMap<(i64, AuthorKey), Author>,
    persons: HashMap<(i64, EntityId), String>,
    pub(crate) lists: HashMap<i64, (Named<EntityId>, Option<u64>)>,
    pub(crate) spaces: HashMap<i64, Named<SpaceId>>,
}

impl Reader<'_> {
    /// Who an author is, by the admissions of a space. An unknown one has its own derived id as person.
    pub(crate) fn author(&self, space: i64, key: AuthorKey) -> Result<Author, StoreError> {
        if let Some(author) = self.names.borrow().authors.get(&(space, key)) {
            return Ok(author.clone());
        }
        let admission = self
            .conn
            .prepare_cached(
                "SELECT person, computer_name, person_name FROM admissions
                 WHERE author = ?1 AND space = ?2 ORDER BY removed_at IS NOT NULL, place LIMIT 1",
            )?
            .query_row(params![key.0, space], |row| {
                Ok((
                    EntityId(row.get(0)?),
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                ))
            })
            .optional()?;
        let computer = EntityId::of_computer(&key);
        let (person, computer_name, _) =
            admission.unwrap_or_else(|| (computer, String::new(), String::new()));
        let author = Author {
            person: Named {
                id: person,
                name: self.person_name(space, person)?,
            },
            computer: Named {
                id: key,
                name: self
                    .written_name(space, Kind::COMPUTER, computer)?
                    .unwrap_or(computer_name),
            },
        };
        self.names
            .borrow_mut()
            .authors
            .insert((space, key), author.clone());
        Ok(author)
    }

    /// Who wrote an op, if it is here.
    pub(crate) fn author_of_op(&self, space: i64, seq: u64) -> Result<Option<Author>, StoreError> {
        let key = self
            .conn
            .prepare_cached(
                "SELECT b.author FROM ops o JOIN branches b ON b.id = o.branch WHERE o.seq = ?1",
            )?
            .query_row([crate::sql::int(seq)], |row| {
                Ok(AuthorKey(crate::sql::fixed(row, 0)?))
            })
            .optional()?;
        key.map(|key| self.author(space, key)).transpose()
    }

    /// A person's name in a space: as written there, else as told when first admitted.
    pub(crate) fn person_name(&self, space: i64, person: EntityId) -> Result<String, StoreError> {
        if let Some(name) = self.names.borrow().persons.get(&(space, person)) {
            return Ok(name.clone());
        }
        let name = match self.written_name(space, Kind::PERSON, person)? {
            Some(name) => name,
            None => self
                .conn
                .prepare_cached(
                    "SELECT person_name FROM admissions WHERE space = ?1 AND person = ?2
                     ORDER BY removed_at IS NOT NULL, place LIMIT 1",
                )?
                .query_row(params![space, person.0], |row| row.get(0))
                .optional()?
                .unwrap_or_default(),
        };
        self.names
            .borrow_mut()
            .persons
            .insert((space, person), name.clone());
        Ok(name)
    }

    /// A name that was written to a cell.
    pub(crate) fn written_name(
        &self,
        space: i64,
        kind: Kind,
        entity: EntityId,
    ) -> Result<Option<String>, StoreError> {
        Ok(self
            .conn
            .prepare_cached(
                "SELECT n.name FROM entities e JOIN names n ON n.id = e.id
                 WHERE e.entity = ?1 AND e.kind = ?2 AND e.space = ?3",
            )?
            .query_row(params![entity.0, kind.0, space], |row| row.get(0))
            .optional()?)
    }
}
