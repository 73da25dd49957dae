//! What was measured, beside what it must reach.

use std::process::ExitCode;

/// Rows of one run.
#[derive(Default)]
pub struct Table {
    missed: bool,
    rows: Vec<String>,
}

impl Table {
    /// A value that must be at most `bar`.
    pub fn at_most(&mut self, measure: &str, seen: f64, bar: f64, unit: &str) {
        let verdict = if seen <= bar { "holds" } else { "MISSED" };
        self.missed |= seen > bar;
        self.rows.push(format!(
            "{measure:<62} {seen:>9.2}{unit:<3} ≤ {bar}{unit}  {verdict}"
        ));
    }

    /// A value that stands beside the others.
    pub fn beside(&mut self, measure: &str, seen: &str) {
        self.rows.push(format!("{measure:<62} {seen:>12}"));
    }

    /// Prints the rows.
    pub fn print(&self) {
        println!("\n{}", self.rows.join("\n"));
    }

    /// Fails when a bar was missed.
    pub fn verdict(&self) -> ExitCode {
        if self.missed {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// The value below which `percent` of all lie.
pub fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() * percent / 100).min(values.len() - 1)]
}
