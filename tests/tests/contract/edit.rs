//! `rota edit` with every flag, each also clearing; repeating tasks; moves between lists and spaces.

use rota_tests::computer::titles;
use serde_json::{Value, json};

use crate::{add, both_ways, refused, shape, short, show, text};

#[test]
fn every_flag_sets_its_field_and_none_clears_it() {
    both_ways(|a| {
        let task = add(a, &["One"]);
        let parent = add(a, &["Above"]);
        let person = &task["created_by"]["person"];
        let computer = &task["created_by"]["computer"];
        let cases = [
            ("--title", "New title", "title", json!("New title")),
            ("--title", "- dashes", "title", json!("- dashes")),
            ("--notes", "a\nb", "notes", json!("a\nb")),
            ("--notes", "", "notes", json!("")),
            ("--due", "2031-02-03", "due", json!("2031-02-03")),
            ("--due", "none", "due", json!(null)),
            ("--start", "2031-02-03", "start", json!("2031-02-03")),
            ("--start", "none", "start", json!(null)),
            ("--priority", "3", "priority", json!(3)),
            ("--priority", "0", "priority", json!(0)),
            ("--tag", "+home", "tags", json!(["home"])),
            ("--tag", "-home", "tags", json!([])),
            (
                "--assign",
                "me",
                "assignee",
                json!({"kind": "person", "id": person["id"], "name": "Anna"}),
            ),
            (
                "--assign",
                "desk",
                "assignee",
                json!({"kind": "computer", "id": computer["id"], "name": "desk"}),
            ),
            ("--assign", "none", "assignee", json!(null)),
            (
                "--assign",
                "anna",
                "assignee",
                json!({"kind": "person", "id": person["id"], "name": "Anna"}),
            ),
            ("--parent", short(&parent), "parent", parent["id"].clone()),
            ("--parent", "none", "parent", json!(null)),
            (
                "--repeat",
                "FREQ=DAILY;INTERVAL=2",
                "repeat",
                json!("FREQ=DAILY;INTERVAL=2"),
            ),
            (
                "--repeat",
                "RRULE:FREQ=WEEKLY;BYDAY=MO",
                "repeat",
                json!("FREQ=WEEKLY;BYDAY=MO"),
            ),
            ("--repeat", "every week", "repeat", json!("FREQ=WEEKLY")),
            ("--repeat", "none", "repeat", json!(null)),
        ];
        for (flag, value, field, expected) in cases {
            let edited = a.json(&["edit", short(&task), flag, value]);
            shape::task(&edited);
            assert_eq!(edited[field], expected, "{flag} {value}");
            assert_eq!(show(a, &task)[field], expected, "{flag} {value}");
        }
    });
}

#[test]
fn several_fields_change_in_one_call() {
    both_ways(|a| {
        a.ok(&["lists", "add", "Garden"]);
        let task = add(a, &["One", "#old"]);
        let edited = a.json(&[
            "edit",
            short(&task),
            "--title",
            "Two",
            "--notes",
            "how",
            "--due",
            "2031-01-01 09:30",
            "--start",
            "2030-12-31",
            "--priority",
            "1",
            "--tag",
            "+a",
            "--tag",
            "+b",
            "--tag",
            "-old",
            "--to-list",
            "garden",
            "--repeat",
            "every month",
        ]);
        shape::task(&edited);
        for (field, value) in [
            ("title", json!("Two")),
            ("notes", json!("how")),
            ("start", json!("2030-12-31")),
            ("priority", json!(1)),
            ("tags", json!(["a", "b"])),
            ("repeat", json!("FREQ=MONTHLY")),
        ] {
            assert_eq!(edited[field], value, "{field}");
        }
        assert_eq!(edited["list"]["name"], "Garden");
        a.ok(&["undo"]);
        assert_eq!(a.titles(), ["One"]);
    });
}

#[test]
fn words_for_dates_are_those_of_quick_add() {
    both_ways(|a| {
        let task = add(a, &["One"]);
        let id = short(&task);
        for when in ["tomorrow", "in 3 days"] {
            let edited = a.json(&["edit", id, "--due", when]);
            assert_eq!(text(&edited, "due").len(), 10, "{when}: {edited}");
        }
        let edited = a.json(&["edit", id, "--due", "fri 17:00"]);
        shape::task(&edited);
        assert!(text(&edited, "due").contains('T'), "{edited}");
        for wrong in ["2031-02-30", "someday", "25:00"] {
            assert_eq!(
                refused(a, &["edit", id, "--due", wrong], 2),
                "invalid_input"
            );
        }
        assert_eq!(show(a, &task)["due"], edited["due"]);
    });
}

#[test]
fn a_repeating_task_gets_its_next_occurrence() {
    both_ways(|a| {
        let task = add(a, &["Water", "2031-03-18"]);
        let id = short(&task);
        a.ok(&["edit", id, "--repeat", "FREQ=WEEKLY", "--tag", "+home"]);
        let done = a.json(&["done", id]);
        shape::tasks(&done);
        assert_eq!(done[0]["id"], task["id"]);
        assert_eq!(done[0]["status"], "done");
        let open = a.json(&["list"]);
        shape::tasks(&open);
        assert_eq!(titles(&open), ["Water"]);
        assert_eq!(open[0]["due"], "2031-03-25");
        assert_eq!(open[0]["repeat"], "FREQ=WEEKLY");
        assert_eq!(open[0]["tags"], json!(["home"]));
        assert_ne!(open[0]["id"], task["id"]);
        a.ok(&["done", short(&open[0])]);
        assert_eq!(a.json(&["list"])[0]["due"], "2031-04-01");
    });
}

#[test]
fn a_move_to_another_space_leaves_a_copy_and_loses_nothing() {
    both_ways(|a| {
        a.ok(&["spaces", "add", "Home"]);
        a.ok(&["lists", "add", "Kitchen", "--space", "Home"]);
        let task = add(a, &["Cook", "#dinner", "!1", "2031-03-18"]);
        let part = add(a, &["Shop"]);
        let id = short(&task);
        a.ok(&["edit", short(&part), "--parent", id]);
        a.ok(&["edit", id, "--notes", "for six", "--repeat", "FREQ=WEEKLY"]);
        let moved = a.json(&["edit", id, "--to-list", "Kitchen"]);
        shape::task(&moved);
        assert_ne!(moved["id"], task["id"]);
        assert_eq!(moved["space"]["name"], "Home");
        assert_eq!(moved["list"]["name"], "Kitchen");
        for (field, value) in [
            ("title", json!("Cook")),
            ("notes", json!("for six")),
            ("tags", json!(["dinner"])),
            ("priority", json!(1)),
            ("due", json!("2031-03-18")),
            ("repeat", json!("FREQ=WEEKLY")),
            ("status", json!("open")),
        ] {
            assert_eq!(moved[field], value, "{field}");
        }
        assert_eq!(titles(&a.json(&["list", "--space", "Mine"])), [""; 0]);
        assert_eq!(titles(&a.json(&["list", "Kitchen"])), ["Cook", "Shop"]);
        let below = &show(a, &moved)["subtasks"];
        assert_eq!(below[0]["title"], "Shop");
        assert_eq!(below[0]["parent"], moved["id"]);
        a.ok(&["undo"]);
        assert_eq!(
            titles(&a.json(&["list", "--space", "Mine"])),
            ["Cook", "Shop"]
        );
        assert_eq!(a.json(&["list", "Kitchen"]), json!([]));
    });
}

#[test]
fn subtasks_are_shown_below_and_in_their_parents_list() {
    both_ways(|a| {
        a.ok(&["lists", "add", "Garden"]);
        let above = add(a, &["Above", "+Garden"]);
        let part = add(a, &["Part"]);
        let edited = a.json(&["edit", short(&part), "--parent", short(&above)]);
        assert_eq!(edited["list"], above["list"]);
        let shown = show(a, &above);
        let parts: Vec<&Value> = shown["subtasks"].as_array().unwrap().iter().collect();
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0]["id"], part["id"]);
        // No task is above itself.
        let code = refused(a, &["edit", short(&above), "--parent", short(&part)], 2);
        assert_eq!(code, "invalid_input");
        assert_eq!(show(a, &above)["parent"], json!(null));
    });
}
