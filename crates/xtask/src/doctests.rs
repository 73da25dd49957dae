//! The examples in the documentation of the libraries.

use crate::step::{Failed, Step};
use crate::summary::Counts;

/// Runs them all.
pub(crate) fn run() -> Result<Counts, Failed> {
    let (succeeded, text) = Step::cargo(
        "examples in documentation",
        ["test", "--quiet", "--workspace", "--doc", "--no-fail-fast"],
    )
    .output()?;
    let counts = count(&text);
    if !succeeded {
        println!("{text}");
        if counts.failed == 0 {
            return Err(Failed::new(
                "the examples in documentation could not be run",
            ));
        }
    }
    Ok(counts)
}

/// Adds up the lines `test result: ok. 3 passed; 0 failed; 0 ignored; …`, one a library.
fn count(text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text
        .lines()
        .filter_map(|line| line.strip_prefix("test result: "))
    {
        let number = |what: &str| -> u64 {
            line.split([';', '.'])
                .filter_map(|part| part.trim().strip_suffix(what))
                .find_map(|number| number.trim().parse().ok())
                .unwrap_or(0)
        };
        counts += Counts {
            passed: number(" passed"),
            failed: number(" failed"),
            skipped: number(" ignored"),
        };
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_all_libraries_are_added_up() {
        let text = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(
            count(text),
            Counts {
                passed: 13,
                failed: 2,
                skipped: 1
            }
        );
    }
}
