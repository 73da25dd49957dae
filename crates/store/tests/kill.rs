//! A process that is killed in the middle of writing has every write that it acknowledged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use common::{at, id, new_task, options};
use rota_model::edit::By;
use rota_model::id::SpaceId;
use rota_model::payload::SpaceKind;
use rota_store::{Act, Founder, Store, StoreError};

const NAME: &str = "a_killed_process_has_every_write_that_it_acknowledged";
const CHILD: &str = "ROTA_STORE_KILL_CHILD";
const ROUNDS: u64 = 6;

/// Speaks as much of the test runners' protocol as one test needs.
fn main() {
    if let Ok(folder) = std::env::var(CHILD) {
        return write_until_killed(Path::new(&folder));
    }
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        if !arguments.iter().any(|argument| argument == "--ignored") {
            println!("{NAME}: test");
        }
        return;
    }
    kill_and_look();
}

/// Adds tasks from four threads and prints the number of each once it is acknowledged.
fn write_until_killed(folder: &Path) {
    let life = std::process::id().to_be_bytes()[3] | 1;
    let store = Store::open(folder, options(1, life)).unwrap();
    let space = space_of(&store);
    let first = total(&store);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for n in 0.. {
                    let number = (first + n) * 4 + thread;
                    store
                        .act::<_, _, StoreError>(Act::of_person(at(1), "add"), move |tx| {
                            tx.write(
                                space,
                                new_task(id(number), id(50), "task", "a0"),
                                By::Person,
                            )
                        })
                        .unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "{number}").unwrap();
                    out.flush().unwrap();
                }
            });
        }
    });
}

fn space_of(store: &Store) -> SpaceId {
    if let Some(space) = store.read(|reader| reader.space_ids()).unwrap().first() {
        return *space;
    }
    let founder = Founder {
        person: id(1),
        person_name: String::new(),
        computer_name: String::new(),
    };
    let found = store.act::<_, _, StoreError>(Act::of_machine(at(0)), move |tx| {
        tx.found(SpaceKind::Mine, &founder)
    });
    found.unwrap().value
}

fn total(store: &Store) -> u64 {
    store
        .read(|reader| reader.tasks(&Default::default(), Default::default()))
        .unwrap()
        .total
}

fn kill_and_look() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(CHILD, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let enough = 20 + 13 * round as usize;
        for (n, line) in lines.enumerate() {
            // What was printed before the end is read too, after the kill.
            if n == enough {
                child.kill().unwrap();
            }
            match line.unwrap().parse::<u64>() {
                Ok(number) => acknowledged.push(number),
                Err(_) => break,
            }
        }
        child.wait().unwrap();
        let store = Store::open(folder.path(), options(1, 0)).unwrap();
        for number in &acknowledged {
            let task = store.read(|reader| reader.task(&id(*number))).unwrap();
            assert!(
                task.is_some(),
                "task {number} was acknowledged and is not there"
            );
        }
        store.check_file().unwrap();
        let space = space_of(&store);
        store
            .read(|reader| {
                assert_eq!(reader.digest(&space)?, reader.check_digest(&space)?);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        store.close();
    }
    assert!(acknowledged.len() > 100);
    println!(
        "{NAME}: {} acknowledged writes, all there",
        acknowledged.len()
    );
}
