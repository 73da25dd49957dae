//! Speed and memory as ratios against a floor in the same run: `cargo xtask bench [NAME…]`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures the real clock, prints, and has nobody to answer to"
)]

mod accept;
mod add;
mod corpus;
mod first_sync;
mod floor;
mod group;
mod lists;
mod live;
mod measure;
mod node;
mod processes;
mod table;
mod views;

use clap::Parser;

use crate::table::Table;

/// Measures Rota against what it stands on.
#[derive(Debug, Parser)]
struct Args {
    /// Only these: add, accept, first-sync, live, lists, views, group, node. All if none is named.
    names: Vec<String>,
}

type Benchmark = fn(&mut Table);

const ALL: &[(&str, Benchmark)] = &[
    ("add", add::run),
    ("accept", accept::run),
    ("lists", lists::run),
    ("views", views::run),
    ("group", group::run),
    ("first-sync", first_sync::run),
    ("live", live::run),
    ("node", node::run),
];

fn main() -> std::process::ExitCode {
    let args = Args::parse();
    let mut table = Table::default();
    for (name, run) in ALL {
        if args.names.is_empty() || args.names.iter().any(|wanted| wanted == name) {
            println!("… {name}");
            run(&mut table);
        }
    }
    table.print();
    if table.all_hold() {
        std::process::ExitCode::SUCCESS
    } else {
        std::process::ExitCode::FAILURE
    }
}
