//! What was measured, beside what it must reach.

/// Rows of one run.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    measure: String,
    seen: String,
    bar: String,
    holds: Option<bool>,
}

impl Table {
    /// A value that must be at most `bar`.
    pub(crate) fn at_most(&mut self, measure: &str, seen: f64, bar: f64, unit: &str) {
        self.push(
            measure,
            format!("{seen:.2}{unit}"),
            format!("≤ {bar}{unit}"),
            Some(seen <= bar),
        );
    }

    /// A value that must be at least `bar`.
    pub(crate) fn at_least(&mut self, measure: &str, seen: f64, bar: f64, unit: &str) {
        self.push(
            measure,
            format!("{seen:.2}{unit}"),
            format!("≥ {bar}{unit}"),
            Some(seen >= bar),
        );
    }

    /// A value that stands beside the others.
    pub(crate) fn beside(&mut self, measure: &str, seen: String) {
        self.push(measure, seen, String::new(), None);
    }

    /// Whether every bar is reached.
    pub(crate) fn all_hold(&self) -> bool {
        self.rows.iter().all(|row| row.holds != Some(false))
    }

    /// Prints the table.
    pub(crate) fn print(&self) {
        let width = self
            .rows
            .iter()
            .map(|row| row.measure.chars().count())
            .max()
            .unwrap_or(0);
        println!();
        for row in &self.rows {
            let verdict = match row.holds {
                Some(true) => "holds",
                Some(false) => "MISSED",
                None => "",
            };
            println!(
                "{:width$}  {:>14}  {:>12}  {verdict}",
                row.measure, row.seen, row.bar
            );
        }
    }

    fn push(&mut self, measure: &str, seen: String, bar: String, holds: Option<bool>) {
        self.rows.push(Row {
            measure: measure.to_owned(),
            seen,
            bar,
            holds,
        });
    }
}
