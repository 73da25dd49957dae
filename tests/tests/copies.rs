//! A folder copied back from yesterday, and a copy that runs beside the original.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeSet;

use rota_tests::{Computer, Pair, until};

fn titles(computer: &Computer) -> BTreeSet<String> {
    computer.titles().into_iter().collect()
}

fn has_condition(computer: &Computer, codes: &[&str]) -> bool {
    let status = computer.json(&["status"]);
    status["health"]
        .as_array()
        .unwrap()
        .iter()
        .any(|c| codes.iter().any(|code| c["code"] == *code))
}

#[test]
fn a_folder_copied_back_loses_nothing_and_both_end_equal() {
    let Pair { a, mut b, address } = Pair::start();
    b.ok(&["add", "--plain", "Before the backup", "--space", "Home"]);
    a.wait_for("Before the backup");
    b.stop();
    let yesterday = b.copy_data();
    b.start(&["--no-discovery"]);
    b.ok(&["connect", &address]);
    b.ok(&["add", "--plain", "Lost with the disk", "--space", "Home"]);
    a.wait_for("Lost with the disk");
    b.stop();
    b.replace_data(yesterday.path());
    // It writes before it meets anyone: two ops stand at one counter of its chain.
    b.ok(&[
        "add",
        "--plain",
        "Written on the old copy",
        "--space",
        "Home",
    ]);
    b.start(&["--no-discovery"]);
    b.ok(&["connect", &address]);
    b.ok(&[
        "add",
        "--plain",
        "Written after meeting again",
        "--space",
        "Home",
    ]);
    let all = [
        "Before the backup",
        "Lost with the disk",
        "Written on the old copy",
        "Written after meeting again",
    ];
    let expected: BTreeSet<_> = all.map(str::to_owned).into();
    for computer in [&a, &b] {
        until(&format!("{} has all", computer.name()), 30, || {
            titles(computer) == expected
        });
        until("health says so", 30, || {
            has_condition(computer, &["fork", "copied_folder"])
        });
        assert!(!has_condition(computer, &["diverged"]));
    }
}

#[test]
fn a_copy_beside_the_original_is_told_apart_and_rekey_ends_it() {
    let Pair { a, mut b, address } = Pair::start();
    b.ok(&["add", "--plain", "Before the copy", "--space", "Home"]);
    a.wait_for("Before the copy");
    b.stop();
    let twin_home = b.copy_data();
    let mut twin = Computer::new("twin", "Nobody");
    twin.replace_data(twin_home.path());
    b.start(&["--no-discovery"]);
    b.ok(&["connect", &address]);
    b.ok(&["add", "--plain", "On the original", "--space", "Home"]);
    a.wait_for("On the original");
    twin.ok(&["add", "--plain", "On the copy", "--space", "Home"]);
    b.stop();
    twin.start(&["--no-discovery"]);
    twin.ok(&["connect", &address]);
    a.wait_for("On the copy");
    twin.wait_for("On the original");
    until("health says so", 30, || {
        has_condition(&a, &["fork", "copied_folder"])
    });
    twin.ok(&["rekey"]);
    b.start(&["--no-discovery"]);
    b.ok(&["connect", &address]);
    twin.ok(&["connect", &address]);
    // Both twins go on, side by side.
    b.ok(&["add", "--plain", "Original after", "--space", "Home"]);
    twin.ok(&["add", "--plain", "Copy after", "--space", "Home"]);
    let expected: BTreeSet<_> = [
        "Before the copy",
        "On the original",
        "On the copy",
        "Original after",
        "Copy after",
    ]
    .map(str::to_owned)
    .into();
    for computer in [&a, &b, &twin] {
        until(&format!("{} has all", computer.name()), 30, || {
            titles(computer) == expected
        });
    }
}
