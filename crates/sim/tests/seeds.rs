//! Thousands of groups, each from one seed. A seed that fails is printed and becomes a test of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rota_sim::group::{Failure, Report, Size, run};
use rota_sim::rules::{Planted, Rules};

const SIZE: Size = Size {
    computers: 4,
    happenings: 100,
};

/// `ROTA_SEEDS`, or as many as every run of the tests goes through.
fn seeds() -> u64 {
    std::env::var("ROTA_SEEDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(2_500)
}

fn find(planted: Planted) -> Option<Failure> {
    (0..200).find_map(|seed| run(seed, SIZE, Rules::with(planted)).err())
}

#[test]
fn every_group_agrees_whatever_happens_to_it() {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
    let reports: Vec<Report> = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || {
                    let mine = (0..seeds()).filter(|seed| seed % workers == worker);
                    mine.map(|seed| run(seed, SIZE, Rules::default()))
                        .collect::<Result<Vec<_>, _>>()
                })
            })
            .collect();
        parts
            .into_iter()
            .flat_map(|part| {
                part.join()
                    .unwrap()
                    .unwrap_or_else(|failure| panic!("{failure}"))
            })
            .collect()
    });
    // Runs in which nothing went wrong would prove nothing.
    let total = |of: fn(&Report) -> usize| reports.iter().map(of).sum::<usize>();
    let runs = reports.len();
    assert!(
        total(|r| r.ops) > 20 * runs,
        "{} ops in {runs} runs",
        total(|r| r.ops)
    );
    assert!(
        total(|r| r.forks) > runs / 20,
        "{} forks in {runs} runs",
        total(|r| r.forks)
    );
    assert!(
        total(|r| r.removed) > runs / 2,
        "{} removals in {runs} runs",
        total(|r| r.removed)
    );
    assert!(
        total(|r| r.handed_on.turns) > 2 * runs,
        "{} turns in {runs} runs",
        total(|r| r.handed_on.turns)
    );
    assert!(
        total(|r| r.handed_on.apart) > runs / 20,
        "{} completed at several computers in {runs} runs",
        total(|r| r.handed_on.apart)
    );
}

#[test]
fn one_seed_is_one_run() {
    assert_eq!(
        run(7, SIZE, Rules::default()),
        run(7, SIZE, Rules::default())
    );
}

#[test]
fn a_tie_decided_without_the_op_id_is_found() {
    let failure = find(Planted::TieWithoutOpId).expect("the planted bug is found");
    assert!(matches!(failure.breach.invariant, 5 | 6), "{failure}");
}

#[test]
fn an_acknowledgement_before_the_commit_is_found() {
    let failure = find(Planted::AckBeforeCommit).expect("the planted bug is found");
    assert!(matches!(failure.breach.invariant, 3 | 4), "{failure}");
}

#[test]
fn a_reused_counter_is_found() {
    let failure = find(Planted::ReusedCounter).expect("the planted bug is found");
    assert_eq!(failure.breach.invariant, 7, "{failure}");
}

#[test]
fn a_right_judged_on_arrival_is_found() {
    let failure = find(Planted::RightOnArrival).expect("the planted bug is found");
    assert!(matches!(failure.breach.invariant, 5 | 6), "{failure}");
}

#[test]
fn a_stamp_taken_from_the_clock_alone_is_found() {
    let failure = find(Planted::StampFromClock).expect("the planted bug is found");
    assert_eq!(failure.breach.invariant, 2, "{failure}");
}

#[test]
fn one_stamp_for_all_that_rules_write_is_found() {
    let failure = find(Planted::OneStampOfRules).expect("the planted bug is found");
    assert_eq!(failure.breach.invariant, 2, "{failure}");
}

#[test]
fn a_next_occurrence_named_by_its_date_is_found() {
    let failure = find(Planted::NextByDate).expect("the planted bug is found");
    assert_eq!(failure.breach.invariant, 5, "{failure}");
}
