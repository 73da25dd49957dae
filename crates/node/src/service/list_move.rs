//! Moving a list: among the lists of its space, and to another space with its tasks.

use rota_api::{ApiError, List, ListMove, Place, Verb};
use rota_model::cell::list as field;
use rota_model::edit::By;
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::moves::copy_id;
use rota_model::order::OrderKey;
use rota_model::task::{Mark, mark_value};
use rota_model::value::Value;
use rota_store::{ListView, Page, TaskFilter, Tx};

use super::lists::one;
use super::moving::{self, Copying};
use super::{Service, add, edit, find};
use crate::failure::{Failure, invalid};

impl Service {
    pub(super) async fn move_list(&self, input: ListMove) -> Result<List, ApiError> {
        let me = self.node.core().me;
        let ends = std::sync::Arc::clone(&self.node.ends);
        let (id, step) = self
            .act("the moved list", move |tx| {
                let list = find::list(&tx.reader(), &input.list, None)?;
                let space = match &input.space {
                    Some(text) => find::space(&tx.reader(), &me, text)?.id,
                    None => list.space.id,
                };
                let order = order(tx, &list, space, &input.to)?;
                tx.is_about(Verb::ListMove.name(), 1, Some(list.name.clone()));
                if space == list.space.id {
                    let draft = one(list.id, field::ORDER, Value::text(order.as_str()));
                    tx.write(space, vec![draft], By::Person)?;
                    return Ok(list.id);
                }
                edit::may_write(tx, list.space.id)?;
                edit::may_write(tx, space)?;
                ends.forget();
                to_space(tx, &me, &list, space, &order)
            })
            .await?;
        self.list_after(id, step).await
    }
}

/// The order key of a place among the lists of a space.
fn order(
    tx: &mut Tx<'_>,
    list: &ListView,
    space: SpaceId,
    to: &Place,
) -> Result<OrderKey, Failure> {
    let mut lists = tx.reader().lists(Some(&space))?;
    lists.retain(|other| other.id != list.id);
    let at = |text: &str, tx: &Tx<'_>| -> Result<usize, Failure> {
        let other = find::list(&tx.reader(), text, Some(&space))?;
        lists
            .iter()
            .position(|beside| beside.id == other.id)
            .ok_or_else(|| {
                let hint = "name another list of the same space";
                invalid("a list has no place beside itself", "to", hint).into()
            })
    };
    let place = match to {
        Place::First => 0,
        Place::Last => lists.len(),
        Place::Before(text) => at(text, tx)?,
        Place::After(text) => at(text, tx)? + 1,
    };
    let key = |index: Option<usize>| {
        let beside = index.and_then(|index| lists.get(index));
        beside.map(|list| OrderKey::from_foreign(&list.order))
    };
    let (before, after) = (key(place.checked_sub(1)), key(Some(place)));
    let random = u32::from_be_bytes(tx.random());
    Ok(OrderKey::between(before.as_ref(), after.as_ref(), random))
}

/// Makes a copy of a list in another space, with copies of its tasks; what stays behind goes to the trash.
fn to_space(
    tx: &mut Tx<'_>,
    me: &AuthorKey,
    list: &ListView,
    space: SpaceId,
    order: &OrderKey,
) -> Result<EntityId, Failure> {
    let id = copy_id(&space, &list.id);
    let (own, there) = (
        add::person_in(tx, me, list.space.id)?,
        add::person_in(tx, me, space)?,
    );
    let mark = Mark {
        at_ms: tx.time().ms(),
        computer: *me,
        person: None,
    };
    let mut drafts = vec![
        one(id, field::NAME, Value::text(&list.name)),
        one(id, field::ORDER, Value::text(order.as_str())),
        one(id, field::CREATED, mark_value(mark, there)),
        // Of a list that was here before and went away again.
        one(id, field::DELETED, Value::bool(false)),
    ];
    if let Some(color) = &list.color {
        drafts.push(one(id, field::COLOR, Value::text(color)));
    }
    if list.archived {
        drafts.push(one(id, field::ARCHIVED, Value::bool(true)));
    }
    tx.write(space, drafts, By::Person)?;
    let filter = TaskFilter {
        space: Some(list.space.id),
        list: Some(list.id),
        done: true,
        ..TaskFilter::default()
    };
    let tasks = tx.reader().tasks(&filter, Page::default())?.tasks;
    let gathered = moving::gather(tx, tasks)?;
    let to = Copying {
        target: space,
        list_of: |_| id,
        person_of: |person| if person == own { there } else { person },
    };
    moving::write_copies(tx, &gathered, &to)?;
    moving::mark_left(tx, list.space.id, &gathered)?;
    let seen = tx.reader().seen(&list.space.id)?;
    let left = vec![
        one(list.id, field::DELETED, Value::bool(true)),
        one(list.id, field::SEEN, Value::bytes(&seen)),
    ];
    tx.write(list.space.id, left, By::Person)?;
    Ok(id)
}
