//! Memory and idle work of `rota node` with a hundred thousand tasks.

use std::time::Duration;

use crate::processes::Computer;
use crate::table::Table;

const TASKS: u64 = 100_000;
const IDLE: Duration = Duration::from_secs(30);
/// `sysconf(_SC_CLK_TCK)` on every Linux that Rota runs on.
const TICKS_A_SECOND: f64 = 100.0;

pub(crate) fn run(table: &mut Table) {
    let mut a = Computer::new("anna");
    a.json(&["spaces", "add", "Home"]);
    a.add_lines("Home", (0..TASKS).map(crate::corpus::title));
    a.start();
    a.json(&["list", "--limit", "100"]);
    // Starting is not idling: what it does once is left out.
    std::thread::sleep(Duration::from_secs(3));
    let before = cpu_ticks(a.id());
    std::thread::sleep(IDLE);
    let busy = (cpu_ticks(a.id()) - before) / TICKS_A_SECOND;
    table.at_most(
        "rota node with 100,000 tasks, resident",
        resident_mb(a.id()),
        60.0,
        " MB",
    );
    table.at_most(
        "rota node with 100,000 tasks, idle CPU",
        busy / IDLE.as_secs_f64() * 100.0,
        0.5,
        " %",
    );
}

fn resident_mb(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<f64>()
        .unwrap()
        / 1024.0
}

fn cpu_ticks(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat
        .rsplit(") ")
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()
}
