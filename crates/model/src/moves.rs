//! Moving tasks to another space: copies there, a mark here that does not say where.

use std::collections::BTreeMap;

use crate::cell::{Cell, Field, Kind, task};
use crate::edit::Draft;
use crate::id::{EntityId, SpaceId};
use crate::task::{TaskFields, mark_value, status_value};
use crate::value::Value;

/// The id that a task has as a copy in `target`. Moving back makes a third id: none is ever used twice.
#[must_use]
pub fn copy_id(target: &SpaceId, task: &EntityId) -> EntityId {
    EntityId::derive("rota move 1", &[&target.0, &task.0])
}

/// What stands in one cell of the task that moves.
#[derive(Clone, Debug)]
pub struct Held {
    /// The field.
    pub field: Field,
    /// The element, for sets.
    pub key: Vec<u8>,
    /// The value.
    pub value: Value,
}

/// A task on its way to another space.
#[derive(Clone, Debug)]
pub struct Moving<'a> {
    /// Its id here.
    pub id: EntityId,
    /// The winners of all its cells, of unknown fields too.
    pub held: &'a [Held],
    /// The same, folded.
    pub fields: &'a TaskFields,
    /// The person of who made it, for a task that does not say.
    pub created_person: EntityId,
    /// The person of who completed it, for a task that does not say.
    pub completed_person: EntityId,
}

/// The cells of a task's copy in `target`, to be written by a rule. `list` is the copy's list; `ids` maps the tasks
/// that move along, so that parents and dependencies follow. Links to tasks left behind are cut.
#[must_use]
pub fn copy(
    moving: &Moving<'_>,
    target: &SpaceId,
    list: EntityId,
    ids: &BTreeMap<EntityId, EntityId>,
) -> Vec<Draft> {
    let id = copy_id(target, &moving.id);
    let mut drafts: Vec<_> = moving
        .held
        .iter()
        .filter_map(|held| {
            let (key, value) = match held.field {
                task::LIST | task::MOVED | task::DELETED | task::CREATED => return None,
                task::PARENT | task::PREDECESSOR => (
                    held.key.clone(),
                    Value::entity(Some(*ids.get(&held.value.as_entity()?)?)),
                ),
                task::WAITS_FOR => (
                    ids.get(&EntityId::from_slice(&held.key)?)?.0.to_vec(),
                    held.value.clone(),
                ),
                task::STATUS => {
                    let mark = moving
                        .fields
                        .completed
                        .map(|mark| (mark, moving.completed_person));
                    (Vec::new(), status_value(moving.fields.status, mark))
                }
                _ => (held.key.clone(), held.value.clone()),
            };
            Some(Draft {
                cell: Cell {
                    kind: Kind::TASK,
                    entity: id,
                    field: held.field,
                    key,
                },
                value,
            })
        })
        .collect();
    let cell = |field| Cell::of(Kind::TASK, id, field);
    drafts.push(Draft {
        cell: cell(task::LIST),
        value: Value::entity(Some(list)),
    });
    if let Some(created) = moving.fields.created {
        drafts.push(Draft {
            cell: cell(task::CREATED),
            value: mark_value(created, moving.created_person),
        });
    }
    drafts
}

/// What is written on the task that is left behind, by the person who moves it.
#[must_use]
pub fn mark_moved(task: EntityId) -> Draft {
    Draft {
        cell: Cell::of(Kind::TASK, task, task::MOVED),
        value: Value::bool(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_back_makes_a_third_id() {
        let (home, other) = (SpaceId([1; 32]), SpaceId([2; 32]));
        let first = EntityId([3; 16]);
        let second = copy_id(&other, &first);
        let third = copy_id(&home, &second);
        assert!(first != second && second != third && first != third);
        assert_eq!(copy_id(&other, &first), second);
    }

    #[test]
    fn a_copy_keeps_what_it_holds_and_names_nothing_left_behind() {
        let (kept, left) = (EntityId([4; 16]), EntityId([5; 16]));
        let target = SpaceId([2; 32]);
        let held = [
            Held {
                field: task::TITLE,
                key: vec![],
                value: Value::text("Milk"),
            },
            Held {
                field: Field(777),
                key: vec![1],
                value: Value::uint(3),
            },
            Held {
                field: task::PARENT,
                key: vec![],
                value: Value::entity(Some(left)),
            },
            Held {
                field: task::WAITS_FOR,
                key: kept.0.to_vec(),
                value: Value::bool(true),
            },
            Held {
                field: task::LIST,
                key: vec![],
                value: Value::entity(Some(left)),
            },
            Held {
                field: task::DELETED,
                key: vec![],
                value: Value::bool(true),
            },
        ];
        let moving = Moving {
            id: EntityId([3; 16]),
            held: &held,
            fields: &TaskFields::default(),
            created_person: EntityId([8; 16]),
            completed_person: EntityId([8; 16]),
        };
        let ids = BTreeMap::from([(kept, copy_id(&target, &kept))]);
        let list = EntityId([6; 16]);
        let drafts = copy(&moving, &target, list, &ids);
        let fields: Vec<_> = drafts.iter().map(|draft| draft.cell.field).collect();
        assert_eq!(
            fields,
            vec![task::TITLE, Field(777), task::WAITS_FOR, task::LIST]
        );
        assert_eq!(drafts[2].cell.key, ids[&kept].0.to_vec());
        assert_eq!(drafts[3].value.as_entity(), Some(list));
    }
}
