//! Adds up how it all went.

use std::fmt;
use std::ops::AddAssign;

use crate::step::Failed;

/// How many tests passed, failed, and could not run here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

/// What a whole run of tests came to.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    counts: Counts,
    failures: Vec<String>,
}

impl Summary {
    fn add(&mut self, name: &str, counts: Counts) {
        println!("{name}: {counts}");
        self.counts += counts;
        if counts.failed > 0 {
            self.failures
                .push(format!("{name}: {} failed", counts.failed));
        }
    }

    /// Takes in the counts of one kind of tests, or why there are none.
    pub(crate) fn take(&mut self, name: &str, outcome: Result<Counts, Failed>) {
        match outcome {
            Ok(counts) => self.add(name, counts),
            Err(Failed(message)) => self.fail(message),
        }
    }

    /// Takes in something that failed as a whole, such as a check or a build: one failure.
    pub(crate) fn fail(&mut self, message: String) {
        self.counts.failed += 1;
        self.failures.push(message);
    }

    /// Prints what failed and, as the last line, the totals; says whether everything passed.
    pub(crate) fn close(mut self, in_ci: bool) -> bool {
        if in_ci && self.counts.skipped > 0 {
            self.fail(format!(
                "{} skipped: in CI nothing may be",
                self.counts.skipped
            ));
        }
        for failure in &self.failures {
            println!("FAILED {failure}");
        }
        println!("{}", self.counts);
        self.failures.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(passed: u64, failed: u64, skipped: u64) -> Summary {
        let mut summary = Summary::default();
        summary.add(
            "some",
            Counts {
                passed,
                failed,
                skipped,
            },
        );
        summary
    }

    #[test]
    fn a_failure_or_a_failed_check_is_a_failure() {
        assert!(summary(1, 0, 0).close(true));
        assert!(!summary(5, 1, 0).close(false));
        let mut checked = summary(5, 0, 0);
        checked.fail("lints failed".to_owned());
        assert_eq!(checked.counts.failed, 1);
        assert!(!checked.close(false));
    }

    #[test]
    fn skipping_is_a_failure_in_ci_alone() {
        assert!(summary(5, 0, 1).close(false));
        assert!(!summary(5, 0, 1).close(true));
    }

    #[test]
    fn the_closing_line_is_plain() {
        assert_eq!(
            Counts {
                passed: 12,
                failed: 0,
                skipped: 3
            }
            .to_string(),
            "12 passed, 0 failed, 3 skipped"
        );
    }
}
