//! The shapes of the contract. A reader ignores fields that it does not know, so only the named ones are looked at.

use serde_json::Value;

/// What a value may be.
#[derive(Debug)]
pub(crate) enum Kind {
    Text,
    Uuid,
    Handle,
    /// A time: RFC 3339 in UTC.
    Time,
    /// A date, or a time.
    When,
    Count,
    /// A whole number up to this one.
    UpTo(u64),
    Flag,
    Any,
    OneOf(&'static [&'static str]),
    Each(&'static Kind),
    OrNull(&'static Kind),
    Object(&'static [(&'static str, Kind)]),
    /// An object whose fields are no names but anything, each of this kind.
    Map(&'static Kind),
}

use Kind::{
    Any, Count, Each, Flag, Handle, Map, Object, OneOf, OrNull, Text, Time, UpTo, Uuid, When,
};

const NAMED: Kind = Object(&[("id", Text), ("name", Text)]);
const AUTHOR: Kind = Object(&[("person", NAMED), ("computer", NAMED)]);
const ROLE: Kind = OneOf(&["viewer", "editor", "owner"]);
const ASSIGNEE: Kind = Object(&[
    ("kind", OneOf(&["person", "computer"])),
    ("id", Text),
    ("name", Text),
]);
const TASK: Kind = Object(&[
    ("id", Uuid),
    ("short", Handle),
    ("title", Text),
    ("notes", Text),
    ("status", OneOf(&["open", "done", "cancelled"])),
    ("list", NAMED),
    ("space", NAMED),
    ("parent", OrNull(&Uuid)),
    ("tags", Each(&Text)),
    ("priority", UpTo(3)),
    ("start", OrNull(&When)),
    ("due", OrNull(&When)),
    ("repeat", OrNull(&Text)),
    ("also_written", Map(&Each(&Any))),
    ("assignee", OrNull(&ASSIGNEE)),
    ("order", Text),
    ("created_at", Time),
    ("created_by", AUTHOR),
    ("updated_at", Time),
    ("completed_at", OrNull(&Time)),
    ("completed_by", OrNull(&AUTHOR)),
    ("deleted_at", OrNull(&Time)),
]);
const WITH_SUBTASKS: Kind = Object(&[("subtasks", Each(&TASK))]);
const LINE: Kind = Object(&[("id", Uuid), ("short", Handle), ("title", Text)]);
const LIST: Kind = Object(&[
    ("id", Uuid),
    ("name", Text),
    ("color", Text),
    ("space", NAMED),
    ("open", Count),
    ("done", Count),
    ("archived", Flag),
]);
const SPACE: Kind = Object(&[
    ("id", Text),
    ("name", Text),
    ("kind", OneOf(&["mine", "shared"])),
    ("role", ROLE),
    ("people", Count),
    ("computers", Count),
    ("lists", Count),
    ("tasks", Count),
]);
const MEMBER: Kind = Object(&[
    ("person", NAMED),
    ("role", ROLE),
    ("computers", Each(&NAMED)),
    ("joined_at", Time),
    ("removed_at", OrNull(&Time)),
]);
const COMPUTER: Kind = Object(&[
    ("id", Text),
    ("name", Text),
    ("person", NAMED),
    ("this", Flag),
    ("online", Flag),
    ("last_seen", OrNull(&Time)),
    ("addresses", Each(&Text)),
    (
        "state",
        OneOf(&[
            "up_to_date",
            "sending",
            "receiving",
            "offline",
            "clock_wrong",
            "incompatible",
            "removed",
        ]),
    ),
    ("to_send", Count),
    ("to_receive", Count),
]);
const CONDITION: Kind = Object(&[
    ("code", Text),
    ("severity", OneOf(&["info", "warning", "error"])),
    ("message", Text),
    ("hint", OrNull(&Text)),
]);
const STATUS: Kind = Object(&[
    ("version", Text),
    ("computer", NAMED),
    ("person", NAMED),
    ("running", Flag),
    ("spaces", Each(&SPACE)),
    ("health", Each(&CONDITION)),
]);
const HISTORY: Kind = Each(&Object(&[
    ("field", Text),
    ("value", Any),
    ("at", Time),
    ("person", NAMED),
    ("computer", NAMED),
    ("current", Flag),
    ("also_written", Flag),
    ("counts", Flag),
]));
const INVITATION: Kind = Object(&[
    ("code", Text),
    ("space", NAMED),
    ("role", ROLE),
    ("uses", Count),
    ("expires_at", Time),
]);
const JOINED: Kind = Object(&[("space", NAMED), ("tasks", Count)]);
const DOCTOR: Kind = Each(&Object(&[
    ("check", Text),
    ("ok", Flag),
    ("message", Text),
    ("fix", OrNull(&Text)),
]));
const BACKUP: Kind = Object(&[("file", Text), ("tasks", Count)]);
const READY: Kind = Object(&[
    ("event", OneOf(&["ready"])),
    ("computer", NAMED),
    ("listen", Each(&Text)),
    ("http", OrNull(&Text)),
]);
const CHANGE: Kind = Object(&[
    ("seq", Count),
    (
        "kind",
        OneOf(&["task", "list", "space", "computer", "run", "health"]),
    ),
    ("ids", Each(&Text)),
]);
const HELLO: Kind = Object(&[("seq", Count), ("kind", OneOf(&["hello"]))]);
const ERROR: Kind = Object(&[("error", Object(&[("code", Text), ("message", Text)]))]);

pub(crate) fn task(value: &Value) {
    check("Task", value, &TASK);
    assert_eq!(value["short"], handle(value["id"].as_str().unwrap()));
    assert_eq!(value["completed_at"].is_null(), value["status"] == "open");
    assert_eq!(value["completed_by"].is_null(), value["status"] == "open");
}

pub(crate) fn whole_task(value: &Value) {
    task(value);
    check("Task of show", value, &WITH_SUBTASKS);
}

pub(crate) fn tasks(value: &Value) {
    value.as_array().unwrap().iter().for_each(task);
}

pub(crate) fn line(value: &Value) {
    check("line of add -", value, &LINE);
    assert_eq!(value["short"], handle(value["id"].as_str().unwrap()));
}

pub(crate) fn list(value: &Value) {
    check("List", value, &LIST);
}

pub(crate) fn lists(value: &Value) {
    check("[List]", value, &Each(&LIST));
}

pub(crate) fn space(value: &Value) {
    check("Space", value, &SPACE);
}

pub(crate) fn spaces(value: &Value) {
    check("[Space]", value, &Each(&SPACE));
}

pub(crate) fn members(value: &Value) {
    check("[Member]", value, &Each(&MEMBER));
}

pub(crate) fn computer(value: &Value) {
    check("Computer", value, &COMPUTER);
}

pub(crate) fn computers(value: &Value) {
    check("[Computer]", value, &Each(&COMPUTER));
}

pub(crate) fn status(value: &Value) {
    check("Status", value, &STATUS);
}

pub(crate) fn history(value: &Value) {
    check("history", value, &HISTORY);
}

pub(crate) fn invitation(value: &Value) {
    check("invitation", value, &INVITATION);
}

pub(crate) fn joined(value: &Value) {
    check("answer of join", value, &JOINED);
}

pub(crate) fn doctor(value: &Value) {
    check("answer of doctor", value, &DOCTOR);
}

pub(crate) fn backup(value: &Value) {
    check("answer of backup", value, &BACKUP);
}

pub(crate) fn ready(value: &Value) {
    check("ready line", value, &READY);
}

pub(crate) fn hello(value: &Value) {
    check("first line of watch", value, &HELLO);
}

pub(crate) fn change(value: &Value) {
    check("line of watch", value, &CHANGE);
}

pub(crate) fn error(value: &Value) {
    check("error", value, &ERROR);
    let code = value["error"]["code"].as_str().unwrap();
    assert!(
        code.bytes().all(|c| c == b'_' || c.is_ascii_lowercase()),
        "{code} is not snake_case"
    );
    let hint = &value["error"]["hint"];
    assert!(hint.is_null() || hint.is_string(), "{value}");
}

/// The short handle that the contract gives to a UUID.
pub(crate) fn handle(id: &str) -> String {
    const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let number = u128::from_str_radix(&id.replace('-', ""), 16).unwrap();
    let hash = blake3::hash(&number.to_be_bytes());
    let bits = hash.as_bytes()[..5]
        .iter()
        .fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..8)
        .map(|place| char::from(DIGITS[(bits >> (35 - 5 * place)) as usize % 32]))
        .collect()
}

fn check(place: &str, value: &Value, kind: &Kind) {
    let text = |is: fn(&str) -> bool| value.as_str().is_some_and(is);
    let fits = match kind {
        Any => true,
        Text => value.is_string(),
        Uuid => text(is_uuid),
        Handle => text(|it| it.len() == 8),
        Time => text(is_time),
        When => text(|it| is_time(it) || is_date(it)),
        Count => value.is_u64(),
        UpTo(most) => value.as_u64().is_some_and(|number| number <= *most),
        Flag => value.is_boolean(),
        OneOf(words) => value.as_str().is_some_and(|it| words.contains(&it)),
        OrNull(kind) => {
            if !value.is_null() {
                check(place, value, kind);
            }
            true
        }
        Each(kind) => value.as_array().is_some_and(|items| {
            items.iter().for_each(|item| check(place, item, kind));
            true
        }),
        Map(kind) => value.as_object().is_some_and(|fields| {
            fields.values().for_each(|field| check(place, field, kind));
            true
        }),
        Object(fields) => value.as_object().is_some_and(|object| {
            for (name, kind) in *fields {
                let field = object
                    .get(*name)
                    .unwrap_or_else(|| panic!("{place} has no {name}: {value}"));
                check(&format!("{place}.{name}"), field, kind);
            }
            true
        }),
    };
    assert!(fits, "{place} is no {kind:?}: {value}");
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == '-',
            _ => matches!(c, '0'..='9' | 'a'..='f'),
        })
}

fn is_date(text: &str) -> bool {
    like(text, "0000-00-00")
}

fn is_time(text: &str) -> bool {
    let Some((seconds, rest)) = text.split_at_checked(19) else {
        return false;
    };
    let fraction = rest.strip_suffix('Z');
    like(seconds, "0000-00-00T00:00:00")
        && fraction.is_some_and(|fraction| {
            fraction.is_empty()
                || fraction.strip_prefix('.').is_some_and(|digits| {
                    !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit())
                })
        })
}

/// Whether a text has digits where the pattern has zeros, and is the pattern elsewhere.
fn like(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(c, wanted)| {
            if wanted == b'0' {
                c.is_ascii_digit()
            } else {
                c == wanted
            }
        })
}
