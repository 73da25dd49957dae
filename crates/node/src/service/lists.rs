//! Lists.

use rota_api::{
    ApiError, Change, Code, List, ListAdd, ListDelete, ListEdit, ListRename, ListRestore,
    ListsShow, Verb,
};
use rota_model::cell::{Cell, Kind, list as field};
use rota_model::edit::{By, Draft};
use rota_model::id::EntityId;
use rota_model::order::OrderKey;
use rota_model::task::{Mark, mark_value};
use rota_model::text;
use rota_model::value::Value;

use super::{Service, add, edit, find, view};
use crate::errors;
use crate::failure::{Failure, invalid};
use crate::records;

impl Service {
    pub(super) async fn lists(&self, input: ListsShow) -> Result<Vec<List>, ApiError> {
        let me = self.node.core().me;
        self.read(move |reader| {
            let space = match &input.space {
                Some(text) => Some(find::space(reader, &me, text)?.id),
                None => None,
            };
            let mut lists = find::visible_lists(reader, space.as_ref())?;
            if input.trash {
                lists.extend(reader.deleted_lists(space.as_ref())?);
            }
            Ok(lists.into_iter().map(view::list).collect())
        })
        .await
    }

    pub(super) async fn add_list(&self, input: ListAdd) -> Result<List, ApiError> {
        let me = self.node.core().me;
        let (id, step) = self
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
                tx.is_about(Verb::ListAdd.name(), 1, Some(name));
                Ok(id)
            })
            .await?;
        self.list_after(id, step).await
    }

    pub(super) async fn rename_list(&self, input: ListRename) -> Result<List, ApiError> {
        let (id, step) = self
            .act("the new name of the list", move |tx| {
                let name = name(&input.name)?;
                let list = find::list(&tx.reader(), &input.list, None)?;
                let draft = one(list.id, field::NAME, Value::text(&name));
                tx.write(list.space.id, vec![draft], By::Person)?;
                tx.is_about(Verb::ListRename.name(), 1, Some(name));
                Ok(list.id)
            })
            .await?;
        self.list_after(id, step).await
    }

    pub(super) async fn delete_list(&self, input: ListDelete) -> Result<List, ApiError> {
        let (id, step) = self
            .act("the deletion of the list", move |tx| {
                let list = find::list(&tx.reader(), &input.list, None)?;
                // What others put into it and this computer has not seen is kept.
                let seen = tx.reader().seen(&list.space.id)?;
                let drafts = vec![
                    one(list.id, field::DELETED, Value::bool(true)),
                    one(list.id, field::SEEN, Value::bytes(&seen)),
                ];
                tx.write(list.space.id, drafts, By::Person)?;
                tx.is_about(Verb::ListDelete.name(), 1, Some(list.name));
                Ok(list.id)
            })
            .await?;
        self.list_after(id, step).await
    }

    pub(super) async fn edit_list(&self, input: ListEdit) -> Result<List, ApiError> {
        let (id, step) = self
            .act("the changed list", move |tx| {
                let list = find::list(&tx.reader(), &input.list, None)?;
                let mut drafts = Vec::new();
                let mut verb = Verb::ListEdit;
                let mut called = list.name.clone();
                if let Some(text) = &input.name {
                    called = name(text)?;
                    drafts.push(one(list.id, field::NAME, Value::text(&called)));
                    verb = Verb::ListRename;
                }
                if let Some(change) = &input.color {
                    let hue = match change {
                        Change::Clear => None,
                        Change::Set(text) => Some(view::hue_named(text).ok_or_else(|| {
                            let hues = view::HUES.join(", ");
                            let shown: String = text.chars().take(40).collect();
                            invalid(format!("there is no hue {shown:?}"), "color", &hues)
                        })?),
                    };
                    drafts.push(one(list.id, field::COLOR, Value::text_or_null(hue)));
                    verb = Verb::ListEdit;
                }
                if let Some(archived) = input.archived {
                    drafts.push(one(list.id, field::ARCHIVED, Value::bool(archived)));
                    verb = Verb::ListEdit;
                }
                if !drafts.is_empty() {
                    tx.write(list.space.id, drafts, By::Person)?;
                }
                tx.is_about(verb.name(), 1, Some(called));
                Ok(list.id)
            })
            .await?;
        self.list_after(id, step).await
    }

    pub(super) async fn restore_list(&self, input: ListRestore) -> Result<List, ApiError> {
        let (id, step) = self
            .act("the restored list", move |tx| {
                let list = find::any_list(&tx.reader(), &input.list, None)?;
                if list.deleted_ms.is_some() {
                    tx.write(list.space.id, edit::list_back(list.id), By::Person)?;
                }
                tx.is_about(Verb::ListRestore.name(), 1, Some(list.name));
                Ok(list.id)
            })
            .await?;
        self.list_after(id, step).await
    }

    /// A list as it is after a step.
    pub(super) async fn list_after(
        &self,
        id: EntityId,
        step: Option<u64>,
    ) -> Result<List, ApiError> {
        self.read(move |reader| {
            let list = reader.list(&id)?.ok_or_else(errors::cut_off)?;
            Ok(List {
                step,
                ..view::list(list)
            })
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
