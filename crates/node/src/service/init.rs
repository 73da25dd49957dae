//! The first moments of a folder: who this person and this computer are.

use rota_api::{ApiError, Init, Status};
use rota_model::cell::{Cell, Kind, named};
use rota_model::edit::{By, Draft};
use rota_model::id::{AuthorKey, EntityId};
use rota_model::payload::SpaceKind;
use rota_model::text;
use rota_model::value::Value;
use rota_store::{Founder, Reader, StoreError, Tx};

use super::{Service, find, lists, members};
use crate::failure::Failure;
use crate::records;

/// What this person and this computer are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) person: String,
    pub(crate) computer: String,
}

impl Service {
    pub(super) async fn rename(&self, input: Init) -> Result<Status, ApiError> {
        let me = self.node.core().me;
        let computer = self
            .act_unlabelled(move |tx| {
                let person = input.person.as_deref().map(lists::name).transpose()?;
                let computer = input.computer.as_deref().map(lists::name).transpose()?;
                if person.is_some() || computer.is_some() {
                    write_names(tx, &me, person.as_deref(), computer.as_deref())?;
                }
                Ok(computer)
            })
            .await?;
        if let (Some(engine), Some(name)) = (self.node.engine(), computer) {
            // A network that is just ending announces nothing any more.
            if let Err(error) = engine.net.set_computer_name(name).await {
                tracing::debug!(%error, "the new name");
            }
        }
        self.status().await
    }
}

/// Makes `Mine` in a fresh folder, named after the login and the host.
pub(crate) fn begin(tx: &mut Tx<'_>) -> Result<(), Failure> {
    if records::mine(&tx.reader())?.is_some() {
        return Ok(());
    }
    let founder = Founder {
        person: EntityId::new(tx.random()),
        person_name: usable(whoami::username().ok(), "Me"),
        computer_name: usable(
            whoami::devicename()
                .ok()
                .or_else(|| whoami::hostname().ok()),
            "Computer",
        ),
    };
    let mine = tx.found(SpaceKind::Mine, &founder)?;
    records::set_mine(tx, &mine)?;
    let name = one(Kind::SPACE, EntityId::ZERO, "Mine");
    tx.write(mine, vec![name], By::Rule)?;
    Ok(())
}

/// Lets one's own computers into one's spaces wherever they are not yet, takes up again what was lost, and writes anew
/// what a change of role cut off.
pub(crate) fn household(tx: &mut Tx<'_>) -> Result<(), Failure> {
    let me = tx.me();
    // A personal space that was lost has come back: what was begun in its place moves into it.
    if let Some(lost) = records::lost_mine(&tx.reader())?
        && tx.reader().is_member(&lost, &me)?
        && !records::lost_spaces(&tx.reader())?.contains_key(&lost)
    {
        if let Some(present) = records::mine(&tx.reader())?.filter(|mine| *mine != lost) {
            super::absorb::leave_behind(tx, present, lost)?;
        }
        records::set_mine(tx, &lost)?;
        records::set_lost_mine(tx, None)?;
    }
    for space in find::spaces(&tx.reader(), &me)? {
        if !records::is_removed(&tx.reader(), &space.id, &me)? {
            tx.reissue_cut_off(space.id)?;
        }
    }
    members::admit_rest(tx, &me)
}

/// What this person and this computer are called in `Mine`.
pub(crate) fn names(reader: &Reader<'_>, me: &AuthorKey) -> Result<Names, StoreError> {
    let mine = records::mine(reader)?;
    let admissions = match mine {
        Some(mine) => reader.admissions(&mine)?,
        None => Vec::new(),
    };
    let own = admissions
        .into_iter()
        .filter(|admission| admission.computer.id == *me)
        .min_by_key(|admission| admission.removed_ms.is_some());
    Ok(own.map_or_else(
        || Names {
            person: "Me".to_owned(),
            computer: "Computer".to_owned(),
        },
        |own| Names {
            person: own.person.name,
            computer: own.computer.name,
        },
    ))
}

/// Writes names into every space that this computer may write in.
fn write_names(
    tx: &mut Tx<'_>,
    me: &AuthorKey,
    person: Option<&str>,
    computer: Option<&str>,
) -> Result<(), Failure> {
    for space in find::spaces(&tx.reader(), me)? {
        if space.role < Some(rota_model::payload::Role::Editor) {
            continue;
        }
        let mut drafts = Vec::new();
        if let Some(name) = person
            && let Some((id, _)) = find::my_person(&tx.reader(), me, &space.id)?
        {
            drafts.push(one(Kind::PERSON, id, name));
        }
        if let Some(name) = computer {
            drafts.push(one(Kind::COMPUTER, EntityId::of_computer(me), name));
        }
        tx.write(space.id, drafts, By::Person)?;
    }
    Ok(())
}

fn one(kind: Kind, entity: EntityId, name: &str) -> Draft {
    Draft {
        cell: Cell::of(kind, entity, named::NAME),
        value: Value::text(name),
    }
}

/// A name from elsewhere, if it can be kept.
pub(crate) fn name_or(found: &str, otherwise: &str) -> String {
    usable(Some(found.to_owned()), otherwise)
}

fn usable(found: Option<String>, otherwise: &str) -> String {
    found
        .and_then(|name| text::name(&name).ok())
        .unwrap_or_else(|| otherwise.to_owned())
}
