//! The row of a task.

use std::sync::OnceLock;

use jiff::civil::Date;
use rota_model::cell::{Field, Kind, task};
use rota_model::id::EntityId;
use rota_model::order::OrderKey;
use rota_model::register::{also_written, winner};
use rota_model::reminded::{self, Pending};
use rota_model::successor::successor_id;
use rota_model::task::{Assignee, Mark, Status, TaskFields, Winner};
use rota_model::when::{When, zone_named};
use rusqlite::{Connection, OptionalExtension, ToSql, params, params_from_iter};

use super::place::{self, Own, Placed};
use super::{Counts, Shown, author_row, earlier};
use crate::error::StoreError;
use crate::event::Changed;
use crate::index::{Cells, Index, Touched, field_bit, read_standing};
use crate::search;
use crate::space::SpaceState;
use crate::sql::int;

/// Writes a task's row, or takes it away if none of its writes counts, and places what hangs on it.
pub(crate) fn project(
    conn: &Connection,
    index: &mut Index,
    space: &SpaceState,
    (row, touched): (i64, Touched),
    counts: &mut Counts,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    let entity = index.entity(conn, &space.branches, row)?;
    let fresh = std::mem::take(&mut entity.fresh);
    let gone = entity.cells.values().all(|cell| cell.winner.is_none());
    let fields = fold(&entity.cells);
    let created = fields.created.or_else(|| earliest(&entity.cells));
    let shown = own_shown(&entity.cells, &fields);
    let before = if fresh {
        None
    } else {
        Before::read(conn, row)?
    };
    if gone && before.is_none() {
        return Ok(());
    }
    changed.tasks.insert(touched.id);
    let mut reference = |kind, id: Option<EntityId>| {
        id.map(|id| index.named_row(conn, space.row, kind, id))
            .transpose()
    };
    let own = Own {
        row,
        space: space.row,
        id: touched.id,
        list: reference(Kind::LIST, fields.list)?.unwrap_or(0),
        parent: reference(Kind::TASK, fields.parent.map(|(parent, _)| parent))?,
        predecessor: reference(Kind::TASK, fields.predecessor)?,
        shown,
        proposal: !fields.touched_by_person
            && fields
                .predecessor
                .is_some_and(|before| successor_id(&before) == touched.id),
        order: OrderKey::from_foreign(&fields.order).as_str().to_owned(),
        deleted_ms: fields.deleted.map(|mark| int(mark.at_ms)),
    };
    let waits = fields
        .waits_for
        .iter()
        .map(|id| index.named_row(conn, space.row, Kind::TASK, *id))
        .collect::<Result<Vec<_>, _>>()?;
    if gone {
        if let Some(before) = &before {
            remove(conn, row, before)?;
            index.search_changed();
            place::count(counts, space.row, &before.placed, -1);
        }
        return place::settle(
            conn,
            &Own {
                parent: None,
                ..own
            },
            counts,
            changed,
        );
    }
    let also = beside(
        conn,
        row,
        touched.beside,
        before.as_ref().map_or(0, |before| before.also),
    )?;
    let placed = place::place(conn, &own)?;
    let tags = fields
        .tags
        .iter()
        .map(|tag| tag.replace(['\n', '\r'], " "))
        .collect::<Vec<_>>()
        .join("\n");
    write(conn, &own, &placed, &fields, created, (&tags, also))?;
    let reach = index.search_reach(conn)?;
    index_text(conn, (row, reach), before.as_ref(), &fields, &tags)?;
    if touched.beside & field_bit(task::TITLE) != 0 {
        earlier::project(conn, row, &fields.title)?;
    }
    if before.as_ref().is_some_and(|before| before.waits > 0) {
        remove_waits(conn, row)?;
    }
    for before in waits {
        conn.prepare_cached("INSERT INTO task_waits(task, waits_for) VALUES(?1, ?2)")?
            .execute(params![row, before])?;
    }
    // Nothing waits for what is new here, but for what is said to be waited for before it came.
    let waited_for = (!fresh).then_some(row);
    tell_others(conn, waited_for, before.as_ref(), &placed, &fields, changed)?;
    if let Some(before) = &before {
        place::count(counts, space.row, &before.placed, -1);
    }
    place::count(counts, space.row, &placed, 1);
    if fresh {
        return Ok(());
    }
    let same = before.is_some_and(|before| {
        before.placed == placed
            && before.parent == own.parent
            && before.own_shown == own.shown
            && before.status == fields.status as i64
    });
    if same {
        return Ok(());
    }
    place::settle(conn, &own, counts, changed)
}

/// The fields of a task, of the winners of its cells.
pub(crate) fn fold(cells: &Cells) -> TaskFields {
    TaskFields::fold(cells.iter().filter_map(|((field, key), cell)| {
        let won = cell.winner.as_ref()?;
        Some(Winner {
            field: *field,
            key,
            rank: won.rank,
            value: &won.value,
            time: won.time,
            author: won.author,
        })
    }))
}

/// Who wrote the earliest of what stands: they made the task, as far as can be told where no cell says so.
fn earliest(cells: &Cells) -> Option<Mark> {
    let winners = cells.values().filter_map(|cell| cell.winner.as_ref());
    let first = winners.min_by_key(|won| (won.time, won.rank.op))?;
    Some(Mark {
        at_ms: first.time.ms(),
        computer: first.author,
        person: None,
    })
}

/// How the task shows by its own cells. What was edited after it moved away is found in the trash.
fn own_shown(cells: &Cells, fields: &TaskFields) -> Shown {
    let stamp = |field: Field| Some(cells.get(&(field, Vec::new()))?.winner.as_ref()?.rank.stamp);
    if fields.moved {
        let moved = stamp(task::MOVED);
        let late = cells
            .iter()
            .filter(|((field, _), _)| ![task::MOVED, task::REMINDED].contains(field))
            .any(|(_, cell)| cell.winner.as_ref().map(|won| won.rank.stamp) > moved);
        return if late { Shown::Trash } else { Shown::Hidden };
    }
    match (fields.deleted, fields.status) {
        (Some(_), _) => Shown::Trash,
        (None, Status::Open) => Shown::Open,
        (None, Status::Done) => Shown::Done,
        (None, Status::Cancelled) => Shown::Cancelled,
    }
}

/// What of the row was there before.
struct Before {
    placed: Placed,
    parent: Option<i64>,
    own_shown: Shown,
    status: i64,
    also: u64,
    waits: i64,
    tags: String,
    title: String,
    notes: String,
}

impl Before {
    fn read(conn: &Connection, row: i64) -> Result<Option<Self>, StoreError> {
        Ok(conn
            .prepare_cached(&format!(
                "SELECT {}, parent, own_state, status, also, tags, title, notes, waits FROM tasks WHERE id = ?1",
                place::PLACED
            ))?
            .query_row([row], |row| {
                Ok(Self {
                    placed: place::read_placed(row, 0)?,
                    parent: row.get(6)?,
                    own_shown: Shown::from_number(row.get(7)?),
                    status: row.get(8)?,
                    also: crate::sql::uint(row.get(9)?),
                    tags: row.get(10)?,
                    title: row.get(11)?,
                    notes: row.get(12)?,
                    waits: row.get(13)?,
                })
            })
            .optional()?)
    }
}

/// The fields, by bit, that have values beside the winner: of `again` looked up, else as before.
fn beside(conn: &Connection, row: i64, again: u64, before: u64) -> Result<u64, StoreError> {
    let mut also = before & !again;
    for number in (0..63).filter(|number| again & 1 << number != 0) {
        // What became of a reminder is nobody's edit: two who handle it want the same.
        if Field(number) == task::REMINDED {
            continue;
        }
        let writes = read_standing(conn, row, Field(number), &[])?;
        if winner(&writes).is_some() && !also_written(&writes).is_empty() {
            also |= 1 << number;
        }
    }
    Ok(also)
}

fn write(
    conn: &Connection,
    own: &Own,
    placed: &Placed,
    fields: &TaskFields,
    created: Option<Mark>,
    (tags, also): (&str, u64),
) -> Result<(), StoreError> {
    let created = Marked::of(conn, created)?;
    let completed = Marked::of(conn, fields.completed)?;
    let deleted = Marked::of(conn, fields.deleted)?;
    let pending = pending_reminder(fields);
    let columns: [(&str, &dyn ToSql); COLUMN_COUNT] = [
        ("id", &own.row),
        ("space", &own.space),
        ("uuid", &own.id.0),
        ("short", &short_number(&own.id)),
        ("list", &placed.list),
        ("state", &(placed.shown as i64)),
        ("place", &placed.place),
        ("depth", &placed.depth),
        ("shown_parent", &placed.parent),
        ("trashed_ms", &placed.trashed_ms),
        ("own_list", &own.list),
        ("parent", &own.parent),
        ("predecessor", &own.predecessor),
        ("own_state", &(own.shown as i64)),
        ("status", &(fields.status as i64)),
        ("proposal", &own.proposal),
        ("order_key", &own.order),
        ("priority", &fields.priority),
        ("also", &int(also)),
        ("start", &fields.start),
        ("due", &fields.due),
        ("start_day", &day(fields.start.as_deref())),
        ("due_day", &day(fields.due.as_deref())),
        ("repeat", &fields.repeat),
        ("assignee", &fields.assignee.map(assignee_bytes)),
        ("created_ms", &created.ms),
        ("created_author", &created.author),
        ("created_person", &created.person),
        ("completed_ms", &completed.ms),
        ("completed_author", &completed.author),
        ("completed_person", &completed.person),
        ("deleted_ms", &own.deleted_ms),
        ("updated_ms", &int(fields.updated_ms)),
        ("tags", &tags),
        ("title", &fields.title),
        ("notes", &fields.notes),
        ("reminder", &fields.reminder),
        ("rotation", &rotation_bytes(&fields.rotation)),
        ("waits", &int(fields.waits_for.len() as u64)),
        ("deleted_author", &deleted.author),
        ("due_ms", &due_ms(fields.due.as_deref())),
        ("remind_from", &pending.map(|pending| pending.from_ms)),
        (
            "remind_again_ms",
            &pending.and_then(|pending| pending.again_ms).map(int),
        ),
    ];
    conn.prepare_cached(upsert(&columns))?
        .execute(params_from_iter(columns.iter().map(|(_, value)| value)))?;
    Ok(())
}

const COLUMN_COUNT: usize = 43;

/// Columns that a task keeps for its life.
const FIXED: [&str; 4] = ["id", "space", "uuid", "short"];

/// The statement that writes these columns; made once, for they are always the same.
fn upsert(columns: &[(&str, &dyn ToSql); COLUMN_COUNT]) -> &'static str {
    static STATEMENT: OnceLock<String> = OnceLock::new();
    STATEMENT.get_or_init(|| {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let values: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
        let changes: Vec<String> = names
            .iter()
            .filter(|name| !FIXED.contains(name))
            .map(|name| format!("{name} = excluded.{name}"))
            .collect();
        format!(
            "INSERT INTO tasks({}) VALUES({}) ON CONFLICT(id) DO UPDATE SET {}",
            names.join(", "),
            values.join(", "),
            changes.join(", ")
        )
    })
}

#[derive(Default)]
struct Marked {
    ms: Option<i64>,
    author: Option<i64>,
    person: Option<[u8; 16]>,
}

impl Marked {
    fn of(conn: &Connection, mark: Option<Mark>) -> Result<Self, StoreError> {
        let Some(mark) = mark else {
            return Ok(Self::default());
        };
        Ok(Self {
            ms: Some(int(mark.at_ms)),
            author: Some(author_row(conn, &mark.computer)?),
            person: mark.person.map(|person| person.0),
        })
    }
}

/// Puts what can be searched for into the index, if it changed.
fn index_text(
    conn: &Connection,
    (row, reach): (i64, i64),
    before: Option<&Before>,
    fields: &TaskFields,
    tags: &str,
) -> Result<(), StoreError> {
    if before.is_none_or(|before| before.tags != tags) {
        if before.is_some_and(|before| !before.tags.is_empty()) {
            remove_tags(conn, row, before.map_or("", |before| &before.tags))?;
        }
        for tag in tags.lines() {
            conn.prepare_cached("INSERT OR IGNORE INTO task_tags(tag, task) VALUES(?1, ?2)")?
                .execute(params![tag, row])?;
        }
    }
    let same = before.is_some_and(|before| {
        before.title == fields.title && before.notes == fields.notes && before.tags == tags
    });
    if same {
        return Ok(());
    }
    if before.is_some() && row <= reach {
        search::take_out(conn, row)?;
    }
    let text = search::text(&fields.title, &fields.notes, tags);
    search::put(conn, reach, row, &text)
}

fn remove(conn: &Connection, row: i64, before: &Before) -> Result<(), StoreError> {
    remove_tags(conn, row, &before.tags)?;
    search::take_out(conn, row)?;
    earlier::remove(conn, row)?;
    remove_waits(conn, row)?;
    conn.prepare_cached("DELETE FROM tasks WHERE id = ?1")?
        .execute([row])?;
    Ok(())
}

fn remove_tags(conn: &Connection, row: i64, tags: &str) -> Result<(), StoreError> {
    for tag in tags.lines() {
        conn.prepare_cached("DELETE FROM task_tags WHERE tag = ?1 AND task = ?2")?
            .execute(params![tag, row])?;
    }
    Ok(())
}

fn remove_waits(conn: &Connection, row: i64) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM task_waits WHERE task = ?1")?
        .execute([row])?;
    Ok(())
}

/// Tells that those changed too that show something of this task: the task above, and what waits for it.
fn tell_others(
    conn: &Connection,
    waited_for: Option<i64>,
    before: Option<&Before>,
    placed: &Placed,
    fields: &TaskFields,
    changed: &mut Changed,
) -> Result<(), StoreError> {
    let same = before.is_some_and(|before| {
        before.placed.shown == placed.shown
            && before.placed.parent == placed.parent
            && before.title == fields.title
    });
    if same {
        return Ok(());
    }
    let parents = [
        placed.parent,
        before.and_then(|before| before.placed.parent),
    ];
    for parent in parents.into_iter().flatten() {
        tell(
            conn,
            "SELECT uuid FROM tasks WHERE id = ?1",
            parent,
            changed,
        )?;
    }
    let Some(row) = waited_for else {
        return Ok(());
    };
    let waiting =
        "SELECT t.uuid FROM task_waits w JOIN tasks t ON t.id = w.task WHERE w.waits_for = ?1";
    tell(conn, waiting, row, changed)
}

fn tell(conn: &Connection, query: &str, row: i64, changed: &mut Changed) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(query)?;
    let mut rows = statement.query([row])?;
    while let Some(row) = rows.next()? {
        changed.tasks.insert(EntityId(crate::sql::fixed(row, 0)?));
    }
    Ok(())
}

/// The persons of a rotation, 16 bytes each; `None` without one.
fn rotation_bytes(rotation: &[EntityId]) -> Option<Vec<u8>> {
    (!rotation.is_empty()).then(|| rotation.iter().flat_map(|person| person.0).collect())
}

/// The reminder of a task to be done that was not handled.
fn pending_reminder(fields: &TaskFields) -> Option<Pending> {
    if fields.is_closed() || fields.deleted.is_some() || fields.moved {
        return None;
    }
    reminded::pending(
        fields.reminder.as_deref(),
        fields.due.as_deref(),
        fields.reminded.as_ref(),
    )
}

/// The instant of a time of which the zone is known.
fn due_ms(text: Option<&str>) -> Option<i64> {
    let when = When::parse_stored(text?).ok()?;
    match &when {
        When::Date(_) => None,
        When::At { zone, .. } => {
            let zone = zone_named(zone)?;
            Some(when.instant(&zone).as_millisecond())
        }
    }
}

/// A day as a number that sorts, of what a cell holds.
fn day(text: Option<&str>) -> Option<i64> {
    When::parse_stored(text?)
        .ok()
        .map(|when| day_number(when.date()))
}

/// A day as a number that sorts: `YYYYMMDD`.
pub(crate) fn day_number(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// An assignee as bytes that can be compared: a number for the kind, then the id.
pub(crate) fn assignee_bytes(assignee: Assignee) -> Vec<u8> {
    match assignee {
        Assignee::Person(id) => [&[0][..], &id.0].concat(),
        Assignee::Computer(key) => [&[1][..], &key.0].concat(),
    }
}

/// The 40 bits of a short handle.
pub(crate) fn short_number(id: &EntityId) -> i64 {
    let hash = blake3::hash(&id.0);
    hash.as_bytes()[..5]
        .iter()
        .fold(0, |bits, byte| bits << 8 | i64::from(*byte))
}
