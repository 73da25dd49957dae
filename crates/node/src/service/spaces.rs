//! Spaces.

use rota_api::{ApiError, Code, Space, SpaceAdd, SpaceLeave};
use rota_model::cell::{Cell, Kind, named};
use rota_model::edit::{By, Draft};
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::payload::{Role, SpaceKind};
use rota_model::value::Value;
use rota_store::{Founder, Reader, SpaceView};

use super::{Service, find, lists, members, view};
use crate::errors;
use crate::failure::{Failure, invalid};
use crate::records;

impl Service {
    pub(super) async fn spaces(&self) -> Result<Vec<Space>, ApiError> {
        let me = self.node.core().me;
        self.read(move |reader| shown(reader, &me)).await
    }

    pub(super) async fn add_space(&self, input: SpaceAdd) -> Result<Space, ApiError> {
        let me = self.node.core().me;
        self.act_for_good("the new space", move |tx| {
            let name = lists::name(&input.name)?;
            let all = find::spaces(&tx.reader(), &me)?;
            let same = |space: &SpaceView| {
                rota_model::text::fold(&space.name) == rota_model::text::fold(&name)
            };
            if all.iter().any(same) {
                let message = format!("there is a space {name:?} already");
                return Err(invalid(message, "name", "choose another name").into());
            }
            let names = super::init::names(&tx.reader(), &me)?;
            let founder = Founder {
                person: EntityId::new(tx.random()),
                person_name: names.person,
                computer_name: names.computer,
            };
            let space = tx.found(SpaceKind::Shared, &founder)?;
            let draft = Draft {
                cell: Cell::of(Kind::SPACE, EntityId::ZERO, named::NAME),
                value: Value::text(&name),
            };
            tx.write(space, vec![draft], By::Person)?;
            // A person's computers are in all of the person's spaces.
            members::admit_rest(tx, &me)?;
            one(&tx.reader(), &me, &space)
        })
        .await
    }

    pub(super) async fn leave_space(&self, input: SpaceLeave) -> Result<Space, ApiError> {
        let me = self.node.core().me;
        self.act_for_good("leaving the space", move |tx| {
            let found = find::space(&tx.reader(), &me, &input.space)?;
            if found.kind == Some(SpaceKind::Mine) {
                return Err(
                    ApiError::new(Code::NotAllowed, "nobody can leave their own Mine")
                        .with_hint("rota members remove takes a computer out of it")
                        .into(),
                );
            }
            let before = one(&tx.reader(), &me, &found.id)?;
            let people = tx.reader().members(&found.id)?;
            let own = people
                .iter()
                .find(|member| member.computers.iter().any(|computer| computer.id == me));
            if let (Some(own), Some(_)) = (own, found.role) {
                let others: Vec<_> = people
                    .iter()
                    .filter(|member| {
                        member.removed_ms.is_none() && member.person.id != own.person.id
                    })
                    .collect();
                let owner_stays = others.iter().any(|member| member.role == Role::Owner);
                if own.role == Role::Owner && !owner_stays && !others.is_empty() {
                    return Err(ApiError::new(
                        Code::NotAllowed,
                        "the last owner cannot leave while others remain",
                    )
                    .with_hint("make somebody else an owner first: rota members role WHO owner")
                    .into());
                }
                let person = own.person.id;
                members::remove_all(tx, found.id, |admission| admission.person.id == person)?;
            }
            records::set_left(tx, &found.id, true)?;
            Ok(before)
        })
        .await
    }
}

/// The spaces as they are shown.
pub(super) fn shown(reader: &Reader<'_>, me: &AuthorKey) -> Result<Vec<Space>, Failure> {
    let mut shown = Vec::new();
    for space in find::spaces(reader, me)? {
        shown.push(viewed(reader, me, space)?);
    }
    Ok(shown)
}

/// One space as it is shown.
pub(super) fn one(reader: &Reader<'_>, me: &AuthorKey, space: &SpaceId) -> Result<Space, Failure> {
    let found = find::spaces(reader, me)?
        .into_iter()
        .find(|other| other.id == *space)
        .ok_or_else(|| errors::broken("the space is not there"))?;
    viewed(reader, me, found)
}

fn viewed(reader: &Reader<'_>, me: &AuthorKey, space: SpaceView) -> Result<Space, Failure> {
    let before = match space.role {
        Some(role) => role,
        None => reader
            .admissions(&space.id)?
            .iter()
            .filter(|admission| admission.computer.id == *me)
            .map(|admission| admission.role)
            .max()
            .unwrap_or(Role::Viewer),
    };
    Ok(view::space(space, view::role(before)))
}
