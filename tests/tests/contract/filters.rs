//! `rota list` with every filter.

use rota_tests::Computer;
use rota_tests::computer::titles;

use crate::{add, both_ways, refused, shape, short};

fn listed(computer: &Computer, words: &[&str]) -> Vec<String> {
    let tasks = computer.json(&[&["list"], words].concat());
    shape::tasks(&tasks);
    titles(&tasks)
}

#[test]
fn status_and_trash() {
    both_ways(|a| {
        add(a, &["Open"]);
        let (done, gone) = (add(a, &["Done"]), add(a, &["Gone"]));
        a.ok(&["done", short(&done)]);
        a.ok(&["delete", short(&gone)]);
        assert_eq!(listed(a, &[]), ["Open"]);
        for (flags, expected) in [
            (vec!["--done"], vec!["Done", "Open"]),
            (vec!["--trash"], vec!["Gone", "Open"]),
            (vec!["--all"], vec!["Done", "Gone", "Open"]),
            (vec!["--done", "--trash"], vec!["Done", "Gone", "Open"]),
        ] {
            let mut found = listed(a, &flags);
            found.sort();
            assert_eq!(found, expected, "{flags:?}");
        }
    });
}

#[test]
fn days() {
    both_ways(|a| {
        add(a, &["Now", "today"]);
        add(a, &["Next", "tomorrow"]);
        add(a, &["First", "2031-03-01"]);
        add(a, &["Last", "2031-03-31", "23:30"]);
        add(a, &["After", "2031-04-01"]);
        add(a, &["Whenever"]);
        assert_eq!(listed(a, &["--today"]), ["Now"]);
        assert_eq!(listed(a, &["--on", "tomorrow"]), ["Next"]);
        assert_eq!(listed(a, &["--on", "2031-03-31"]), ["Last"]);
        let march = ["--from", "2031-03-01", "--to", "2031-03-31"];
        assert_eq!(listed(a, &march), ["First", "Last"]);
        assert_eq!(listed(a, &["--on", "2032-01-01"]), [""; 0]);
        refused(a, &["list", "--on", "2031-02-30"], 2);
        refused(
            a,
            &["list", "--from", "2031-03-02", "--to", "2031-13-01"],
            2,
        );
        refused(a, &["list", "--today", "--on", "2031-03-01"], 2);
    });
}

#[test]
fn tags_words_people_and_how_many() {
    both_ways(|a| {
        let one = add(a, &["Buy Äpfel", "#home", "#shop"]);
        let two = add(a, &["Buy nails", "#shop"]);
        add(a, &["Sleep", "#home"]);
        a.ok(&["edit", short(&two), "--notes", "of iron"]);
        assert_eq!(listed(a, &["--tag", "shop"]), ["Buy Äpfel", "Buy nails"]);
        assert_eq!(
            listed(a, &["--tag", "shop", "--tag", "home"]),
            ["Buy Äpfel"]
        );
        assert_eq!(listed(a, &["--tag", "none such"]), [""; 0]);
        assert_eq!(listed(a, &["--search", "buy"]), ["Buy Äpfel", "Buy nails"]);
        assert_eq!(listed(a, &["--search", "äpfel"]), ["Buy Äpfel"]);
        assert_eq!(listed(a, &["--search", "iron"]), ["Buy nails"]);
        assert_eq!(
            listed(a, &["--search", "buy", "--tag", "home"]),
            ["Buy Äpfel"]
        );
        assert_eq!(listed(a, &["--limit", "2"]), ["Buy Äpfel", "Buy nails"]);
        assert_eq!(listed(a, &["--limit", "0"]), [""; 0]);
        a.ok(&["edit", short(&one), "--assign", "Anna"]);
        a.ok(&["edit", short(&two), "--assign", "desk"]);
        assert_eq!(listed(a, &["--assigned", "me"])[0], "Buy Äpfel");
        assert_eq!(listed(a, &["--assigned", "anna"])[0], "Buy Äpfel");
        assert_eq!(listed(a, &["--assigned", "desk"]), ["Buy nails"]);
        assert_eq!(refused(a, &["list", "--assigned", "Zoe"], 3), "not_found");
    });
}

#[test]
fn lists_and_spaces_by_name() {
    both_ways(|a| {
        add(a, &["In the inbox"]);
        a.ok(&["spaces", "add", "Home"]);
        a.ok(&["lists", "add", "Garden"]);
        a.ok(&["lists", "add", "Garden", "--space", "Home"]);
        add(a, &["Mine", "--list", "Garden", "--space", "Mine"]);
        add(a, &["Ours", "--list", "Garden", "--space", "Home"]);
        assert_eq!(listed(a, &["inbox"]), ["In the inbox"]);
        assert_eq!(listed(a, &["--space", "home"]), ["Ours"]);
        assert_eq!(listed(a, &["--space", "Mine"]), ["In the inbox", "Mine"]);
        assert_eq!(listed(a, &["Garden", "--space", "Home"]), ["Ours"]);
        assert_eq!(refused(a, &["list", "Nowhere"], 3), "not_found");
        assert_eq!(refused(a, &["list", "--space", "Nowhere"], 3), "not_found");
        // A script may also use what `rota lists` and `rota spaces` call `id`.
        let lists = a.json(&["lists"]);
        for list in lists.as_array().unwrap() {
            let found = a.json(&["list", list["id"].as_str().unwrap()]);
            assert!(
                found
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|task| task["list"]["id"] == list["id"])
            );
        }
        for space in a.json(&["spaces"]).as_array().unwrap() {
            let found = a.json(&["list", "--space", space["id"].as_str().unwrap()]);
            assert!(
                found
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|task| task["space"]["id"] == space["id"])
            );
        }
    });
}

#[test]
fn a_list_of_many_is_whole_without_a_limit() {
    both_ways(|a| {
        let lines: String = (0..1500).map(|number| format!("Task {number}\n")).collect();
        let answer = a.rota_with_input(&["add", "-", "--plain"], &lines);
        assert_eq!(answer.exit, 0, "{}", answer.stderr);
        assert_eq!(a.titles().len(), 1500);
        assert_eq!(listed(a, &["--limit", "1400"]).len(), 1400);
    });
}
