//! Lists.

use rota_api::{ApiError, Code, List, ListAdd, ListDelete, ListRename, ListsShow};
use rota_model::cell::{Cell, Kind, list as field};
use rota_model::edit::{By, Draft};
use rota_model::id::EntityId;
use rota_model::order::OrderKey;
use rota_model::task::{Mark, mark_value};
use rota_model::text;
use rota_model::value::Value;

use super::{Service, add, find, view};
use crate::errors;
use crate::failure::Failure;
use crate::records;

impl Service {
    pub(super) async fn lists(&self, input: ListsShow) -> Result<Vec<List>, ApiError> {
        let me = self.node.core().me;
        self.read(move |reader| {
            let space = match &input.space {
                Some(text) => Some(find::space(reader, &me, text)?.id),
                None => None,
            };
            let lists = find::visible_lists(reader, space.as_ref())?;
            Ok(lists.into_iter().map(view::list).collect())
        })
        .await
    }

    pub(super) async fn add_list(&self, input: ListAdd) -> Result<List, ApiError> {
        let me = self.node.core().me;
        let id = self
            .act("the new list", move |tx| {
                let name = name(&input.name)?;
                let space = match &input.space {
                    Some(text) => find::space(&tx.reader(), &me, text)?.id,
                    None => records::mine(&tx.reader())?
                        .ok_or_else(|| errors::broken("there is no Mine"))?,
                };
                let lists = tx.reader().lists(Some(&space))?;
                if let Some(same) = lists
                    .iter()
                    .find(|list| text::fold(&list.name) == text::fold(&name))
                {
                    return Err(ApiError::new(
                        Code::InvalidInput,
                        format!("there is a list {:?} already", same.name),
                    )
                    .with_field("name")
                    .with_hint("choose another name")
                    .into());
                }
                let last = lists
                    .iter()
                    .map(|list| OrderKey::from_foreign(&list.order))
                    .max();
                let random = u32::from_be_bytes(tx.random());
                let order = OrderKey::between(last.as_ref(), None, random);
                let id = EntityId::new(tx.random());
                let person = add::person_in(tx, &me, space)?;
                let mark = Mark {
                    at_ms: tx.time().ms(),
                    computer: me,
                    person: None,
                };
                let drafts = vec![
                    one(id, field::NAME, Value::text(&name)),
                    one(id, field::ORDER, Value::text(order.as_str())),
                    one(id, field::CREATED, mark_value(mark, person)),
                ];
                tx.write(space, drafts, By::Person)?;
                Ok(id)
            })
            .await?;
        self.list_by_id(id).await
    }

    pub(super) async fn rename_list(&self, input: ListRename) -> Result<List, ApiError> {
        let id = self
            .act("the new name of the list", move |tx| {
                let name = name(&input.name)?;
                let list = find::list(&tx.reader(), &input.list, None)?;
                let draft = one(list.id, field::NAME, Value::text(&name));
                tx.write(list.space.id, vec![draft], By::Person)?;
                Ok(list.id)
            })
            .await?;
        self.list_by_id(id).await
    }

    pub(super) async fn delete_list(&self, input: ListDelete) -> Result<List, ApiError> {
        let id = self
            .act("the deletion of the list", move |tx| {
                let list = find::list(&tx.reader(), &input.list, None)?;
                let draft = one(list.id, field::DELETED, Value::bool(true));
                tx.write(list.space.id, vec![draft], By::Person)?;
                Ok(list.id)
            })
            .await?;
        self.list_by_id(id).await
    }

    pub(super) async fn edit_list(&self, _: rota_api::ListEdit) -> Result<List, ApiError> {
        Err(super::not_here("list_edit"))
    }

    pub(super) async fn move_list(&self, _: rota_api::ListMove) -> Result<List, ApiError> {
        Err(super::not_here("list_move"))
    }

    pub(super) async fn restore_list(&self, _: rota_api::ListRestore) -> Result<List, ApiError> {
        Err(super::not_here("list_restore"))
    }

    async fn list_by_id(&self, id: EntityId) -> Result<List, ApiError> {
        self.read(move |reader| {
            let list = reader.list(&id)?.ok_or_else(errors::cut_off)?;
            Ok(view::list(list))
        })
        .await
    }
}

/// A name that can be kept.
pub(super) fn name(text: &str) -> Result<String, Failure> {
    text::name(text).map_err(|error| errors::from_text(&error).into())
}

pub(super) fn one(id: EntityId, field: rota_model::cell::Field, value: Value) -> Draft {
    Draft {
        cell: Cell::of(Kind::LIST, id, field),
        value,
    }
}
