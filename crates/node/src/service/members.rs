//! Who is in a space: showing, removing, changing roles, and letting one's own other computers in.

use rota_api::{ApiError, Code, Member, MemberRemove, MemberRole, MembersShow};
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::payload::{Admit, Cut, Remove, Role, SpaceKind, Statement};
use rota_store::{AdmissionView, Reader, SpaceView, StoreError, Tx};

use super::find::{self, Who};
use super::{Service, view};
use crate::clock::rfc3339;
use crate::errors;
use crate::failure::{Failure, not_found};
use crate::records;

impl Service {
    pub(super) async fn members(&self, input: MembersShow) -> Result<Vec<Member>, ApiError> {
        let me = self.node.core().me;
        self.read(move |reader| {
            let space = find::group(reader, &me, input.space.as_deref())?;
            shown(reader, &space.id)
        })
        .await
    }

    pub(super) async fn remove_member(&self, input: MemberRemove) -> Result<Vec<Member>, ApiError> {
        let me = self.node.core().me;
        self.act_for_good("the removal", move |tx| {
            let space = find::group(&tx.reader(), &me, input.space.as_deref())?;
            let who = find::who(&tx.reader(), &me, &space.id, &input.who)?;
            let own = find::my_person(&tx.reader(), &me, &space.id)?.map(|(person, _)| person);
            let target_person = person_of(&tx.reader(), &space.id, &who)?;
            if Some(target_person) != own {
                needs_owner(&space)?;
            }
            if who == Who::Computer(me)
                || (Some(target_person) == own && matches!(who, Who::Person(_)))
            {
                return Err(
                    ApiError::new(Code::NotAllowed, "this computer cannot remove itself")
                        .with_hint("rota spaces leave S leaves a space")
                        .into(),
                );
            }
            remove_all(tx, space.id, |admission| is_meant(admission, &who))?;
            if space.kind == Some(SpaceKind::Mine) {
                remove_from_shared(tx, &me, &who)?;
            }
            shown(&tx.reader(), &space.id)
        })
        .await
    }

    pub(super) async fn change_role(&self, input: MemberRole) -> Result<Vec<Member>, ApiError> {
        let me = self.node.core().me;
        self.act_for_good("the new role", move |tx| {
            let space = find::group(&tx.reader(), &me, input.space.as_deref())?;
            let who = find::who(&tx.reader(), &me, &space.id, &input.who)?;
            needs_owner(&space)?;
            if space.kind == Some(SpaceKind::Mine) {
                return Err(
                    ApiError::new(Code::NotAllowed, "all computers of Mine are owners")
                        .with_hint("roles are for shared spaces")
                        .into(),
                );
            }
            let person = person_of(&tx.reader(), &space.id, &who)?;
            set_role(tx, space.id, person, view::role_of(input.role))?;
            shown(&tx.reader(), &space.id)
        })
        .await
    }
}

fn needs_owner(space: &SpaceView) -> Result<(), Failure> {
    match space.role {
        Some(Role::Owner) => Ok(()),
        Some(_) => Err(
            ApiError::new(Code::NotAllowed, "only an owner of the space may do that")
                .with_hint("rota members shows who is an owner")
                .into(),
        ),
        None => Err(errors::not_allowed(rota_store::NotAllowed::Removed).into()),
    }
}

fn shown(reader: &Reader<'_>, space: &SpaceId) -> Result<Vec<Member>, Failure> {
    let members = reader.members(space)?;
    Ok(members
        .into_iter()
        .map(|member| Member {
            person: view::entity(member.person.id, member.person.name),
            role: view::role(member.role),
            computers: member
                .computers
                .into_iter()
                .map(|computer| view::computer(computer.id, computer.name))
                .collect(),
            joined_at: rfc3339(member.joined_ms),
            removed_at: member.removed_ms.map(rfc3339),
        })
        .collect())
}

fn is_meant(admission: &AdmissionView, who: &Who) -> bool {
    match who {
        Who::Person(person) => admission.person.id == *person,
        Who::Computer(key) => admission.computer.id == *key,
    }
}

fn person_of(reader: &Reader<'_>, space: &SpaceId, who: &Who) -> Result<EntityId, Failure> {
    let admissions = reader.admissions(space)?;
    let found = admissions.iter().find(|admission| is_meant(admission, who));
    Ok(found
        .ok_or_else(|| not_found("person or computer", "", "rota members shows who is there"))?
        .person
        .id)
}

/// Ends all standing admissions that are meant: what their computers wrote up to now still counts.
pub(super) fn remove_all(
    tx: &mut Tx<'_>,
    space: SpaceId,
    is_meant: impl Fn(&AdmissionView) -> bool,
) -> Result<(), StoreError> {
    let me = tx.me();
    let mut meant: Vec<AdmissionView> = standing(&tx.reader(), &space)?
        .into_iter()
        .filter(|admission| is_meant(admission))
        .collect();
    // This computer's own admission goes last: after it nothing it says counts.
    meant.sort_by_key(|admission| admission.computer.id == me);
    let mut statements = Vec::new();
    for admission in &meant {
        statements.push(removal(&tx.reader(), &space, admission)?);
    }
    if !statements.is_empty() {
        tx.state(space, statements)?;
    }
    Ok(())
}

/// Raising admits again, lowering removes and admits in one op.
fn set_role(tx: &mut Tx<'_>, space: SpaceId, person: EntityId, role: Role) -> Result<(), Failure> {
    let all = standing(&tx.reader(), &space)?;
    let owners_left = all
        .iter()
        .any(|admission| admission.role == Role::Owner && admission.person.id != person);
    if role < Role::Owner && !owners_left {
        return Err(
            ApiError::new(Code::NotAllowed, "the space would have no owner left")
                .with_hint("make somebody else an owner first")
                .into(),
        );
    }
    let me = tx.me();
    let mut done: Vec<AuthorKey> = Vec::new();
    let mut own: Vec<AdmissionView> = all
        .into_iter()
        .filter(|admission| admission.person.id == person)
        .collect();
    own.sort_by_key(|admission| admission.computer.id == me);
    for admission in &own {
        let key = admission.computer.id;
        if done.contains(&key) {
            continue;
        }
        done.push(key);
        let mut statements: Vec<Statement> = Vec::new();
        for higher in own
            .iter()
            .filter(|other| other.computer.id == key && other.role > role)
        {
            statements.push(removal(&tx.reader(), &space, higher)?);
        }
        let has_it = own
            .iter()
            .any(|other| other.computer.id == key && other.role == role);
        if !has_it {
            statements.push(Statement::Admit(Admit {
                key,
                person,
                role,
                computer_name: admission.computer.name.clone(),
                person_name: admission.person.name.clone(),
            }));
        }
        if !statements.is_empty() {
            tx.state(space, statements)?;
        }
    }
    Ok(())
}

fn standing(reader: &Reader<'_>, space: &SpaceId) -> Result<Vec<AdmissionView>, StoreError> {
    let mut admissions = reader.admissions(space)?;
    admissions.retain(|admission| admission.removed_ms.is_none());
    Ok(admissions)
}

/// Ends an admission; all that is here of its computer's chains still counts.
pub(super) fn removal(
    reader: &Reader<'_>,
    space: &SpaceId,
    admission: &AdmissionView,
) -> Result<Statement, StoreError> {
    let frontier = reader.frontier(space)?;
    let cuts = frontier
        .heads()
        .filter(|head| head.chain.author == admission.computer.id)
        .map(|head| Cut {
            incarnation: head.chain.incarnation,
            counter: head.counter,
            op: head.op,
        })
        .collect();
    Ok(Statement::Remove(Remove {
        admission: admission.id,
        cuts,
    }))
}

/// A computer that goes out of `Mine` goes out of the person's shared spaces too.
fn remove_from_shared(tx: &mut Tx<'_>, me: &AuthorKey, who: &Who) -> Result<(), Failure> {
    let Who::Computer(key) = who else {
        return Ok(());
    };
    for space in find::spaces(&tx.reader(), me)? {
        let own = find::my_person(&tx.reader(), me, &space.id)?.map(|(person, _)| person);
        if space.kind != Some(SpaceKind::Mine) && space.role.is_some() {
            remove_all(tx, space.id, |admission| {
                admission.computer.id == *key && Some(admission.person.id) == own
            })?;
        }
    }
    Ok(())
}

/// A person's computers are in all of the person's spaces: lets those of `Mine` into each shared space that this
/// computer is in, with its person and role. One that was put out since this computer came in stays out.
pub(crate) fn admit_rest(tx: &mut Tx<'_>, me: &AuthorKey) -> Result<(), Failure> {
    let Some(mine) = records::mine(&tx.reader())? else {
        return Ok(());
    };
    let own: Vec<AdmissionView> = standing(&tx.reader(), &mine)?
        .into_iter()
        .filter(|admission| admission.computer.id != *me)
        .collect();
    if own.is_empty() || !tx.reader().is_member(&mine, me)? {
        return Ok(());
    }
    for space in find::spaces(&tx.reader(), me)? {
        if space.kind == Some(SpaceKind::Mine)
            || space.role.is_none()
            || records::is_removed(&tx.reader(), &space.id, me)?
        {
            continue;
        }
        let all = tx.reader().admissions(&space.id)?;
        let Some(mine_there) = all
            .iter()
            .filter(|admission| admission.computer.id == *me && admission.removed_ms.is_none())
            .max_by_key(|admission| admission.role)
        else {
            continue;
        };
        for computer in &own {
            let of_it = || {
                all.iter()
                    .filter(|other| other.computer.id == computer.computer.id)
            };
            let is_in =
                of_it().any(|other| other.removed_ms.is_none() && other.role >= mine_there.role);
            let put_out = of_it().any(|other| {
                other
                    .removed_ms
                    .is_some_and(|removed| removed >= mine_there.since_ms)
            });
            if is_in || put_out {
                continue;
            }
            let admit = Admit {
                key: computer.computer.id,
                person: mine_there.person.id,
                role: mine_there.role,
                computer_name: computer.computer.name.clone(),
                person_name: mine_there.person.name.clone(),
            };
            tx.state(space.id, vec![Statement::Admit(admit)])?;
        }
    }
    Ok(())
}
