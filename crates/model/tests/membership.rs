//! Who counts: each test is a run that broke a looser rule.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    unreachable_pub
)]

mod group;

use group::{Computer, Group};
use proptest::prelude::*;
use rota_model::payload::Role::{Editor, Owner, Viewer};

#[test]
fn the_founder_admits_and_both_count() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Owner);
    let write = g.write(mia);
    assert!(g.counts(write));
    assert_eq!(g.standing(), vec![Computer(0), mia]);
}

#[test]
fn a_viewer_is_in_but_its_writes_do_not_count() {
    let mut g = Group::found();
    let tom = g.admit(Computer(0), 1, Viewer);
    let write = g.write(tom);
    assert!(!g.counts(write));
    assert_eq!(g.standing(), vec![Computer(0), tom]);
}

#[test]
fn nobody_admits_above_their_own_role() {
    let mut g = Group::found();
    let editor = g.admit(Computer(0), 1, Editor);
    let above = g.admit(editor, 2, Owner);
    let same = g.admit(editor, 3, Editor);
    assert_eq!(g.standing(), vec![Computer(0), editor, same]);
    let write = g.write(above);
    assert!(!g.counts(write));
}

#[test]
fn a_removal_leaves_what_its_cut_names_and_nothing_later() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Editor);
    let seen = g.write(mia);
    g.remove_seen(Computer(0), mia);
    let late = g.write(mia);
    assert!(g.counts(seen) && !g.counts(late));
    assert_eq!(g.standing(), vec![Computer(0)]);
}

/// "At that point" has no point: the removal and the edit were made apart, in whichever order they arrive.
#[test]
fn a_right_is_not_judged_on_arrival() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Editor);
    let unseen = g.write(mia);
    g.remove_naming(Computer(0), mia, &[]);
    assert!(!g.counts(unseen));
    g.reversed_arrival();
    assert!(!g.counts(unseen));
}

#[test]
fn of_two_owners_who_remove_each_other_the_senior_stays() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Owner);
    let tom = g.admit(Computer(0), 2, Owner);
    g.remove_seen(tom, mia);
    g.remove_naming(mia, tom, &[]);
    assert_eq!(g.standing(), vec![Computer(0), mia]);
}

/// The founder can put a junior out who put it out: a junior's removal ends a senior's writing, not its say.
#[test]
fn a_juniors_removal_ends_a_seniors_writing_but_not_its_say() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Owner);
    let before = g.write(Computer(0));
    g.remove_seen(mia, Computer(0));
    let after = g.write(Computer(0));
    assert!(g.counts(before) && !g.counts(after));
    g.remove_naming(Computer(0), mia, &[]);
    assert!(
        g.counts(after),
        "mia's removal of the founder falls with mia"
    );
    assert_eq!(g.standing(), vec![Computer(0)]);
}

#[test]
fn the_most_senior_goes_if_it_does_not_fight() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Owner);
    g.remove_seen(mia, Computer(0));
    assert_eq!(g.standing(), vec![mia]);
}

/// The founder is walked before the editor who admits, so the removal is met before its target.
#[test]
fn a_removal_holds_for_someone_whom_a_junior_admitted() {
    let mut g = Group::found();
    let editor = g.admit(Computer(0), 1, Editor);
    let guest = g.admit(editor, 2, Editor);
    g.remove_seen(Computer(0), guest);
    assert_eq!(g.standing(), vec![Computer(0), editor]);
}

#[test]
fn an_editor_removes_its_own_persons_computers_and_no_others() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Editor);
    let laptop = g.admit(mia, 1, Editor);
    let tom = g.admit(Computer(0), 2, Editor);
    g.remove_seen(laptop, mia);
    g.remove_seen(laptop, tom);
    assert_eq!(g.standing(), vec![Computer(0), laptop, tom]);
}

/// An editor admits a puppet under the founder's person: the puppet may not put the founder's computers out.
#[test]
fn a_person_cannot_be_claimed_by_another() {
    let mut g = Group::found();
    let mallory = g.admit(Computer(0), 1, Editor);
    let puppet = g.admit(mallory, 0, Editor);
    g.remove_seen(puppet, Computer(0));
    assert_eq!(g.standing(), vec![Computer(0), mallory, puppet]);
    let write = g.write(Computer(0));
    assert!(g.counts(write));
}

#[test]
fn a_raised_role_is_another_admission_and_keeps_the_persons_place() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Viewer);
    let tom = g.admit(Computer(0), 2, Owner);
    let raised = g.admit_again(Computer(0), mia, Owner);
    g.remove_seen(tom, raised);
    g.remove_naming(raised, tom, &[]);
    assert!(!g.standing().contains(&tom), "mia's person came first");
    assert!(g.standing().contains(&raised));
}

#[test]
fn a_clock_in_the_past_wins_no_seniority() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Owner);
    g.set_clock(mia, 1);
    let puppet = g.admit(mia, 1, Owner);
    g.remove_seen(puppet, Computer(0));
    g.remove_naming(Computer(0), puppet, &[]);
    assert_eq!(g.standing(), vec![Computer(0), mia]);
}

/// Statements of one who left count up to the leaving.
#[test]
fn leaving_ends_ones_own_say() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Owner);
    g.remove_seen(mia, mia);
    let late = g.admit(mia, 2, Owner);
    assert_eq!(g.standing(), vec![Computer(0)]);
    let write = g.write(late);
    assert!(!g.counts(write));
}

#[test]
fn several_cuts_leave_the_lowest() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Editor);
    let tom = g.admit(Computer(0), 2, Owner);
    let first = g.write(mia);
    g.remove_seen(Computer(0), mia);
    let second = g.write(mia);
    g.remove_seen(tom, mia);
    assert!(g.counts(first) && !g.counts(second));
}

/// In a fork the cut names its branch by op id.
#[test]
fn a_cut_in_a_fork_keeps_the_branch_that_it_names() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Editor);
    let shared = g.write(mia);
    let kept = g.write(mia);
    g.remove_seen(Computer(0), mia);
    let other = g.fork_after(shared);
    assert!(g.counts(shared) && g.counts(kept) && !g.counts(other));
    g.reversed_arrival();
    assert!(g.counts(shared) && g.counts(kept) && !g.counts(other));
}

#[test]
fn without_a_removal_both_branches_of_a_fork_count() {
    let mut g = Group::found();
    let mia = g.admit(Computer(0), 1, Editor);
    let shared = g.write(mia);
    let (one, two) = (g.write(mia), g.fork_after(shared));
    assert!(g.counts(one) && g.counts(two));
}

proptest! {
    /// Whatever was said by whom, the order of arrival changes neither members nor what counts.
    #[test]
    fn who_counts_does_not_depend_on_arrival(steps in prop::collection::vec(group::step(), 1..40), seed in any::<u64>()) {
        let mut g = Group::found();
        steps.iter().for_each(|step| g.take(step));
        let (members, counted) = (g.standing(), g.counted());
        g.shuffled_arrival(seed);
        prop_assert_eq!(g.standing(), members);
        prop_assert_eq!(g.counted(), counted);
    }
}
