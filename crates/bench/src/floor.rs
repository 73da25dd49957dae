//! What SQLite takes by itself: the floors under the measures.

use std::path::Path;

use rusqlite::{Connection, params};

/// A database with the store's own settings for safety.
pub(crate) fn open(folder: &Path, name: &str) -> Connection {
    let conn = Connection::open(folder.join(name)).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.pragma_update(None, "synchronous", "FULL").unwrap();
    conn.execute_batch(
        "CREATE TABLE task (id BLOB PRIMARY KEY, title TEXT, list BLOB, ord TEXT, priority INTEGER) WITHOUT ROWID;
         CREATE TABLE cell (entity BLOB, field INTEGER, stamp INTEGER, op BLOB, value BLOB, PRIMARY KEY (entity, field))
         WITHOUT ROWID;",
    )
    .unwrap();
    conn
}

/// One row in one durable transaction.
pub(crate) fn add_row(conn: &mut Connection, n: u64) {
    let tx = conn
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .unwrap();
    insert_row(&tx, n);
    tx.commit().unwrap();
}

/// One row, in whatever transaction there is.
pub(crate) fn insert_row(conn: &Connection, n: u64) {
    let id = crate::corpus::id(n);
    conn.prepare_cached("INSERT INTO task VALUES (?1, ?2, ?3, ?4, ?5)")
        .unwrap()
        .execute(params![
            &id.0[..],
            crate::corpus::title(n),
            &id.0[..],
            format!("{n:08}"),
            (n % 4) as i64
        ])
        .unwrap();
}

/// Last-writer-wins cells of task `n`, four of them, by hand: no signature, no log, no projection.
pub(crate) fn merge_cells(conn: &Connection, n: u64) {
    let id = crate::corpus::id(n);
    let title = crate::corpus::title(n);
    let mut statement = conn
        .prepare_cached(
            "INSERT INTO cell VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (entity, field) DO UPDATE
             SET stamp = excluded.stamp, op = excluded.op, value = excluded.value
             WHERE (excluded.stamp, excluded.op) > (cell.stamp, cell.op)",
        )
        .unwrap();
    for (field, value) in [
        (1, title.as_bytes()),
        (4, &id.0[..]),
        (6, &n.to_be_bytes()[..]),
        (7, &[3][..]),
    ] {
        statement
            .execute(params![
                &id.0[..],
                field,
                crate::corpus::time(n).0 as i64,
                &id.0[..],
                value
            ])
            .unwrap();
    }
}
