//! Memory of a program with all that it has started.

use rota_tests::process::parents;

/// The proportional share of a process and all below it, in MiB: pages that several share count once in all.
pub fn tree_mib(root: u32) -> f64 {
    let parents = parents();
    let below = |mut id: u32| loop {
        if id == root {
            return true;
        }
        match parents.get(&id) {
            Some(parent) => id = *parent,
            None => return false,
        }
    };
    let all = parents.keys().filter(|id| below(**id));
    all.filter_map(|id| pss_kib(*id)).sum::<f64>() / 1024.0
}

fn pss_kib(id: u32) -> Option<f64> {
    let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
