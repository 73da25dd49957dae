//! What a computer keeps that follows from its log.

use rota_store::{Page, StoreError, TaskFilter};
use rusqlite::Connection;
use rusqlite::types::Value;

use super::Computer;

/// Everything that follows from the log, a line each.
pub fn dump(computer: &Computer) -> Vec<String> {
    let conn = Connection::open(computer.store.path()).unwrap();
    let queries = [
        "SELECT * FROM writes",
        "SELECT * FROM tasks ORDER BY id",
        "SELECT * FROM lists ORDER BY id",
        "SELECT * FROM names ORDER BY id",
        "SELECT * FROM task_tags",
        "SELECT * FROM task_waits",
        "SELECT task, seq, title FROM earlier_titles ORDER BY task, seq",
        "SELECT * FROM latest WHERE value IS NOT 0",
    ];
    let mut lines = Vec::new();
    for query in queries {
        let mut statement = conn.prepare(query).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<_> = (0..columns)
                .map(|column| format!("{:?}", row.get::<_, Value>(column).unwrap()))
                .collect();
            lines.push(format!("{query}: {}", values.join(", ")));
        }
    }
    for typed in ["word", "next", "牛乳", "tag1", "paint", "garden"] {
        let filter = TaskFilter {
            done: true,
            trash: true,
            search: Some(typed.to_owned()),
            ..TaskFilter::default()
        };
        let found = computer
            .store
            .read(|reader| Ok::<_, StoreError>(reader.tasks(&filter, Page::default())?.tasks))
            .unwrap();
        lines.extend(
            found
                .into_iter()
                .map(|task| format!("{typed}: {:?}", task.id)),
        );
    }
    lines
}
