//! A newcomer's first sync of 20,000 tasks with four fields, durable on both, against the same rows and cells written
//! into SQLite by hand.

use tempfile::tempdir;

use crate::floor;
use crate::measure::seconds;
use crate::processes::Computer;
use crate::table::Table;

const TASKS: u64 = 20_000;

pub(crate) fn run(table: &mut Table) {
    let (mut a, mut b) = (Computer::new("anna"), Computer::new("ben"));
    let address = a.start();
    b.start();
    a.json(&["spaces", "add", "Home"]);
    a.add_lines("Home", (0..TASKS).map(crate::corpus::title));
    let invitation = a.json(&["invite", "Home"]);
    let code = invitation["code"].as_str().unwrap();
    let ours = seconds(|| {
        let joined = b.json(&["join", code, "--address", &address, "--timeout", "120s"]);
        assert_eq!(joined["tasks"], TASKS);
    });
    let folder = tempdir().unwrap();
    let mut conn = floor::open(folder.path(), "floor.db");
    let floor = seconds(|| {
        let numbers: Vec<u64> = (0..TASKS).collect();
        for batch in numbers.chunks(500) {
            let tx = conn.transaction().unwrap();
            for n in batch {
                floor::merge_cells(&tx, *n);
                floor::insert_row(&tx, *n);
            }
            tx.commit().unwrap();
        }
    });
    table.at_most(
        "first sync of 20,000 tasks / hand-written SQLite",
        ours / floor,
        4.0,
        "x",
    );
    table.beside("first sync of 20,000 tasks", format!("{ours:.2} s"));
    #[cfg(feature = "peers")]
    peers::beside(table);
}

#[cfg(feature = "peers")]
mod peers {
    use super::TASKS;
    use crate::corpus::{id, title};
    use crate::measure::seconds;
    use crate::table::Table;

    /// What other libraries take to bring the same into an empty document, in memory.
    pub(super) fn beside(table: &mut Table) {
        table.beside("  automerge, in memory", format!("{:.2} s", automerge()));
        table.beside("  loro, in memory", format!("{:.2} s", loro()));
        table.beside("  yrs, in memory", format!("{:.2} s", yrs()));
    }

    fn automerge() -> f64 {
        use automerge::{AutoCommit, ObjType, ROOT, transaction::Transactable};
        let mut source = AutoCommit::new();
        for n in 0..TASKS {
            let task = source.put_object(ROOT, id(n).uuid(), ObjType::Map).unwrap();
            source.put(&task, "title", title(n)).unwrap();
            source.put(&task, "list", "list").unwrap();
            source.put(&task, "order", n).unwrap();
            source.put(&task, "priority", n % 4).unwrap();
            source.commit();
        }
        let changes: Vec<_> = source.get_changes(&[]);
        seconds(|| AutoCommit::new().apply_changes(changes).unwrap())
    }

    fn loro() -> f64 {
        let source = loro::LoroDoc::new();
        for n in 0..TASKS {
            let task = source.get_map(id(n).uuid());
            task.insert("title", title(n)).unwrap();
            task.insert("list", "list").unwrap();
            task.insert("order", n as i64).unwrap();
            task.insert("priority", (n % 4) as i64).unwrap();
            source.commit();
        }
        let bytes = source.export(loro::ExportMode::all_updates()).unwrap();
        seconds(|| drop(loro::LoroDoc::new().import(&bytes).unwrap()))
    }

    fn yrs() -> f64 {
        use yrs::{
            Doc, Map, MapPrelim, ReadTxn, StateVector, Transact, Update, updates::decoder::Decode,
        };
        let source = Doc::new();
        let tasks = source.get_or_insert_map("tasks");
        for n in 0..TASKS {
            let mut txn = source.transact_mut();
            let task = tasks.insert(&mut txn, id(n).uuid(), MapPrelim::default());
            task.insert(&mut txn, "title", title(n));
            task.insert(&mut txn, "list", "list");
            task.insert(&mut txn, "order", n as i64);
            task.insert(&mut txn, "priority", (n % 4) as i64);
        }
        let bytes = source
            .transact()
            .encode_state_as_update_v1(&StateVector::default());
        seconds(|| {
            let target = Doc::new();
            target.get_or_insert_map("tasks");
            target
                .transact_mut()
                .apply_update(Update::decode_v1(&bytes).unwrap())
                .unwrap();
        })
    }
}
