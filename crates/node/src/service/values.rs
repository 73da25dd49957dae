//! Stored values as JSON, in the form that their field has in a task.

use jiff::tz::TimeZone;
use rota_model::cell::{Field, task};
use rota_model::task::{Assignee, read_assignee};
use rota_model::value::Value;
use rota_model::when::When;
use serde_json::json;

/// A stored date or date-time as JSON has it: a date, or the instant in UTC.
pub(super) fn when(text: &str, zone: &TimeZone) -> String {
    When::parse_stored(text).map_or_else(|_| text.to_owned(), |when| when.to_json_text(zone))
}

/// The value of a task's field.
pub(super) fn of_field(
    field: Field,
    key: &[u8],
    value: &Value,
    zone: &TimeZone,
) -> serde_json::Value {
    match field {
        task::STATUS => json!(status(value)),
        task::PRIORITY => json!(value.as_uint().filter(|n| *n <= 3).unwrap_or(0)),
        task::START | task::DUE => {
            json!(value.as_text().map(|text| when(text, zone)))
        }
        task::CREATED => {
            let stated = value.as_array();
            let ms = stated.and_then(|items| items.first()?.as_uint());
            json!(ms.map(crate::clock::rfc3339))
        }
        task::DELETED | task::MOVED => json!(value.as_bool().unwrap_or(false)),
        task::TAG | task::WAITS_FOR => {
            let element = if field == task::TAG {
                String::from_utf8_lossy(key).into_owned()
            } else {
                entity_text(key)
            };
            json!({"element": element, "in": value.as_bool().unwrap_or(false)})
        }
        task::LIST | task::PARENT | task::PREDECESSOR => {
            json!(value.as_entity().map(|id| id.uuid()))
        }
        task::ASSIGNEE => match read_assignee(value) {
            None => serde_json::Value::Null,
            Some(Assignee::Person(id)) => json!({"kind": "person", "id": id.uuid()}),
            Some(Assignee::Computer(key)) => {
                json!({"kind": "computer", "id": rota_net::peer_id_text(&key.0)})
            }
        },
        task::ROTATION => json!(value.as_array().map(|persons| {
            let ids = persons.iter().filter_map(Value::as_entity);
            ids.map(|id| id.uuid()).collect::<Vec<_>>()
        })),
        _ => plain(value),
    }
}

fn status(value: &Value) -> &'static str {
    let number = value
        .as_uint()
        .or_else(|| value.as_array()?.first()?.as_uint());
    match number {
        Some(1) => "done",
        Some(2) => "cancelled",
        _ => "open",
    }
}

fn entity_text(key: &[u8]) -> String {
    rota_model::id::EntityId::from_slice(key).map_or_else(String::new, |id| id.uuid())
}

fn plain(value: &Value) -> serde_json::Value {
    if let Some(text) = value.as_text() {
        json!(text)
    } else if let Some(number) = value.as_uint() {
        json!(number)
    } else if let Some(truth) = value.as_bool() {
        json!(truth)
    } else {
        serde_json::Value::Null
    }
}
