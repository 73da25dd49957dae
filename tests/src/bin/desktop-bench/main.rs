//! Speed and memory of the desktop app against a window that shows one heading, in the same run:
//! `cargo xtask bench desktop`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs,
    unreachable_pub,
    reason = "it measures the real clock, prints, and has nobody to answer to"
)]

mod memory;
mod opening;
mod page;
mod pixels;
mod start;
mod table;

use std::process::ExitCode;

use rota_tests::Computer;

use crate::table::Table;

/// Tasks of a person with much to do.
const MANY: usize = 10_000;
/// Tasks of a list that is far too long.
const TOO_MANY: usize = 100_000;

type Measurement = fn(&mut Table, &Computer);

/// By name, with how many tasks there are.
const ALL: [(&str, usize, Measurement); 4] = [
    ("start", MANY, start::run),
    ("opening", MANY, opening::run),
    ("adding", MANY, page::adding),
    ("scrolling", TOO_MANY, page::scrolling),
];

/// Measures what the arguments name; all where they name nothing.
fn main() -> ExitCode {
    let named: Vec<String> = std::env::args().skip(1).collect();
    for name in &named {
        let known = ALL.iter().any(|(one, ..)| one == name);
        assert!(known, "there is no measurement {name}");
    }
    let mut table = Table::default();
    // To fill a computer takes longer than to measure it: those of one size share it.
    let mut filled: Option<(usize, Computer)> = None;
    for (name, tasks, measure) in ALL {
        if !named.is_empty() && !named.iter().any(|one| one == name) {
            continue;
        }
        let (_, computer) = match filled.take() {
            Some(same) if same.0 == tasks => filled.insert(same),
            _ => filled.insert((tasks, computer_with(tasks))),
        };
        measure(&mut table, computer);
    }
    table.print();
    table.verdict()
}

/// A computer with so many tasks in its first list.
fn computer_with(tasks: usize) -> Computer {
    const WORDS: [&str; 9] = [
        "paint",
        "call",
        "order",
        "clean",
        "the hallway",
        "a letter",
        "the boiler",
        "screws",
        "tickets",
    ];
    let mut computer = Computer::new("desk", "Anna");
    computer.start(&["--no-discovery"]);
    let past_first_run = serde_json::json!({"first_run_done": true});
    let _ = rota_tests::control::ask(&computer, "settings_change", &past_first_run);
    computer.stop();
    let lines: String = (0..tasks)
        .map(|n| format!("{} {} {n}\n", WORDS[n * 5 % 4], WORDS[4 + n * 7 % 5]))
        .collect();
    let added = computer.rota_with_input(&["--quiet", "add", "-", "--plain"], &lines);
    assert_eq!(added.exit, 0, "{}", added.stderr);
    computer
}
