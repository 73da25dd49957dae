//! Reads what the test programs report: nextest's JUnit file, vitest's JSON, and the lines of skipped tests.

use std::collections::BTreeMap;

use crate::summary::Counts;

/// The counts in the root element of a JUnit report.
pub(crate) fn junit(report: &str) -> Option<Counts> {
    let start = report.find("<testsuites ")?;
    let root = report[start..].split_once('>')?.0;
    let number = |name: &str| -> Option<u64> {
        let value = root.split_once(&format!(" {name}=\""))?.1;
        value.split_once('"')?.0.parse().ok()
    };
    let failed = number("failures")? + number("errors")?;
    Some(Counts {
        passed: number("tests")?.checked_sub(failed)?,
        failed,
        skipped: 0,
    })
}

/// The counts of vitest's JSON report.
pub(crate) fn vitest(report: &str) -> Option<Counts> {
    let report: serde_json::Value = serde_json::from_str(report).ok()?;
    let number = |name: &str| report.get(name)?.as_u64();
    // A file that cannot be loaded has no tests that could fail.
    let unloaded = report
        .get("testResults")?
        .as_array()?
        .iter()
        .filter(|file| {
            file["status"] == "failed"
                && file["assertionResults"]
                    .as_array()
                    .is_none_or(Vec::is_empty)
        })
        .count() as u64;
    Some(Counts {
        passed: number("numPassedTests")?,
        failed: number("numFailedTests")? + unloaded,
        skipped: number("numPendingTests")? + number("numTodoTests")?,
    })
}

/// Tests that said that they cannot run here, each with its first reason.
pub(crate) fn skipped(lines: &str) -> BTreeMap<&str, &str> {
    let mut tests = BTreeMap::new();
    for line in lines.lines() {
        if let Some((test, reason)) = line
            .strip_prefix("ROTA-SKIP: ")
            .and_then(|rest| rest.split_once(": "))
        {
            tests.entry(test).or_insert(reason);
        }
    }
    tests
}

/// The names of tests marked `#[ignore]` in nextest's JSON list: its report leaves them out.
pub(crate) fn ignored(list: &str) -> Option<Vec<String>> {
    let list: serde_json::Value = serde_json::from_str(list).ok()?;
    let mut names = Vec::new();
    for suite in list.get("rust-suites")?.as_object()?.values() {
        let cases = suite.get("testcases")?.as_object()?;
        let ignored = cases.iter().filter(|(_, case)| case["ignored"] == true);
        names.extend(ignored.map(|(name, _)| name.clone()));
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignored_tests_are_found_in_the_list() {
        let list = r#"{"test-count":3,"rust-suites":{
            "a":{"testcases":{"one":{"ignored":false},"two":{"ignored":true}}},
            "b":{"testcases":{"three":{"ignored":true}}}}}"#;
        assert_eq!(
            ignored(list),
            Some(vec!["two".to_owned(), "three".to_owned()])
        );
        assert_eq!(ignored("{}"), None);
    }

    #[test]
    fn junit_counts_failures_and_errors() {
        let report = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="12" failures="2" errors="1" uuid="a" timestamp="b" time="0.2">
    <testsuite name="x" tests="12" disabled="0" errors="0" failures="9">"#;
        assert_eq!(
            junit(report),
            Some(Counts {
                passed: 9,
                failed: 3,
                skipped: 0
            })
        );
        assert_eq!(junit("<testsuites tests=\"1\">"), None);
        assert_eq!(junit(""), None);
    }

    #[test]
    fn vitest_counts_a_file_that_cannot_be_loaded() {
        let report = r#"{"numPassedTests":3,"numFailedTests":1,"numPendingTests":2,"numTodoTests":1,"testResults":[
            {"status":"failed","assertionResults":[]},
            {"status":"failed","assertionResults":[{"status":"failed"}]},
            {"status":"passed","assertionResults":[{"status":"passed"}]}]}"#;
        assert_eq!(
            vitest(report),
            Some(Counts {
                passed: 3,
                failed: 2,
                skipped: 3
            })
        );
        assert_eq!(vitest("{}"), None);
    }

    #[test]
    fn a_test_that_skips_for_two_reasons_is_one() {
        let lines = "ROTA-SKIP: three: no namespaces (root: none)\nother\nROTA-SKIP: three: no tcpdump\nROTA-SKIP: two: x\n";
        let tests = skipped(lines);
        assert_eq!(tests.len(), 2);
        assert_eq!(tests["three"], "no namespaces (root: none)");
    }
}
