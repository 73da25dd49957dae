//! Values that two people wrote apart: what is kept, what was also written, and putting another value back.

use rota_api::{ApiError, Code, MergedField, Task, TaskUse, Verb, Version};
use rota_model::cell::{Cell, Field, Kind, task as field};
use rota_model::edit::{By, Draft};
use rota_model::id::EntityId;
use rota_store::{HistoryView, Reader, TaskView};

use super::edit::{may_write, only_title};
use super::many::{Done, Many};
use super::{Service, find, view};
use crate::clock::rfc3339;
use crate::failure::{Failure, invalid, not_found};

impl Service {
    pub(super) async fn keep_values(
        &self,
        many: Many,
        field: Option<String>,
    ) -> Result<Done, ApiError> {
        let kept = self.act("the kept value", move |tx| {
            let only = field.as_deref().map(field_named).transpose()?;
            let (all, skipped) = many.each(tx, |tx, found| {
                let held = tx.held(found.space.id, Kind::TASK, found.id)?;
                let drafts: Vec<Draft> = held
                    .into_iter()
                    .filter(|held| {
                        found.also_written.contains_key(&held.field)
                            && only.is_none_or(|only| only == held.field)
                    })
                    .map(|held| Draft {
                        cell: Cell::of(Kind::TASK, found.id, held.field),
                        value: held.value,
                    })
                    .collect();
                if !drafts.is_empty() {
                    // Written by who saw all of them, it names them all as what it replaces.
                    tx.write(found.space.id, drafts, By::Person)?;
                }
                Ok(())
            })?;
            tx.is_about(Verb::Keep.name(), all.len() as u64, only_title(&all));
            let ids: Vec<EntityId> = all.into_iter().map(|task| task.id).collect();
            Ok((ids, skipped))
        });
        let ((ids, skipped), step) = kept.await?;
        Ok(Done { ids, skipped, step })
    }

    pub(super) async fn use_version(&self, input: TaskUse) -> Result<Task, ApiError> {
        let (id, step) = self
            .act("the earlier value", move |tx| {
                let field = field_named(&input.field)?;
                let found = find::task(&tx.reader(), &input.id)?;
                may_write(tx, found.space.id)?;
                let history = tx.reader().history(&found.id)?;
                let wanted = history
                    .iter()
                    .find(|entry| entry.field == field && version(entry) == input.version)
                    .ok_or_else(|| {
                        let hint = "rota history ID shows what there is";
                        not_found("version", &input.version, hint)
                    })?;
                let current = history
                    .iter()
                    .find(|entry| entry.current && entry.field == field && entry.key == wanted.key);
                if let (Some(seen), Some(current), false) = (&input.seen, current, input.force)
                    && version(current) != *seen
                {
                    return Err(stale(current).into());
                }
                if current.is_some_and(|current| current.value == wanted.value)
                    && !found.also_written.contains_key(&field)
                {
                    return Ok(found.id);
                }
                let draft = Draft {
                    cell: Cell::element(Kind::TASK, found.id, field, &wanted.key),
                    value: wanted.value.clone(),
                };
                tx.write(found.space.id, vec![draft], By::Person)?;
                tx.is_about(Verb::Use.name(), 1, Some(found.title));
                Ok(found.id)
            })
            .await?;
        self.task_after(id, step).await
    }
}

/// The fields of a task that two people changed apart.
pub(super) fn merged(
    reader: &Reader<'_>,
    task: &TaskView,
    zone: &jiff::tz::TimeZone,
) -> Result<Vec<MergedField>, Failure> {
    if task.also_written.is_empty() {
        return Ok(Vec::new());
    }
    let history = reader.history(&task.id)?;
    let mut merged = Vec::new();
    for number in task.also_written.keys() {
        let of_field = || history.iter().filter(|entry| entry.field == *number);
        let (Some(name), Some(kept)) =
            (field::name(*number), of_field().find(|entry| entry.current))
        else {
            continue;
        };
        merged.push(MergedField {
            field: name.to_owned(),
            kept: shown(kept, zone),
            also: of_field()
                .filter(|entry| entry.also_written)
                .map(|entry| shown(entry, zone))
                .collect(),
        });
    }
    Ok(merged)
}

/// What names a version on every computer.
pub(super) fn version(entry: &HistoryView) -> String {
    let (op, n) = entry.version;
    let id: String = op.0[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{id}-{n}")
}

fn shown(entry: &HistoryView, zone: &jiff::tz::TimeZone) -> Version {
    let entry = view::history(entry.clone(), zone);
    Version {
        version: entry.version,
        value: entry.value,
        shown: entry.shown,
        at: entry.at,
        person: entry.person,
        computer: entry.computer,
    }
}

fn stale(current: &HistoryView) -> ApiError {
    let who = &current.by.person.name;
    ApiError::new(
        Code::Stale,
        format!("{who} changed it again at {}", rfc3339(current.at_ms)),
    )
    .with_hint("do it again to go ahead")
    .with_field("seen")
}

fn field_named(name: &str) -> Result<Field, ApiError> {
    (1..=u32::from(u8::MAX))
        .map(Field)
        .find(|known| field::name(*known) == Some(name))
        .filter(|known| ![field::CREATED, field::MOVED, field::PREDECESSOR].contains(known))
        .ok_or_else(|| {
            let shown: String = name.chars().take(40).collect();
            let hint = "name a field as rota history shows it";
            invalid(format!("there is no field {shown:?}"), "field", hint)
        })
}
