//! Adding, showing, completing, ordering, deleting; taking back.

use rota_tests::Computer;
use rota_tests::computer::titles;
use serde_json::{Value, json};

use crate::{add, both_ways, refused, shape, short, show, text};

#[test]
fn a_new_task_has_every_field() {
    both_ways(|a| {
        let status = a.json(&["status"]);
        let task = add(a, &["Buy", "paint", "#home", "!2", "2031-03-18"]);
        let nothing = json!(null);
        for (field, value) in [
            ("title", json!("Buy paint")),
            ("notes", json!("")),
            ("status", json!("open")),
            ("tags", json!(["home"])),
            ("priority", json!(2)),
            ("due", json!("2031-03-18")),
            ("also_written", json!({})),
            ("parent", nothing.clone()),
            ("start", nothing.clone()),
            ("repeat", nothing.clone()),
            ("assignee", nothing.clone()),
            ("completed_at", nothing.clone()),
            ("completed_by", nothing.clone()),
            ("deleted_at", nothing),
        ] {
            assert_eq!(task[field], value, "{field}");
        }
        assert_eq!(task["list"]["name"], "Inbox");
        assert_eq!(task["space"]["name"], "Mine");
        assert_eq!(task["space"]["id"], status["spaces"][0]["id"]);
        assert_eq!(task["created_by"]["person"], status["person"]);
        assert_eq!(task["created_by"]["computer"], status["computer"]);
        assert_eq!(a.json(&["list"]), json!([task]));
    });
}

#[test]
fn plain_list_and_space_say_where_and_how() {
    both_ways(|a| {
        a.ok(&["lists", "add", "Garden"]);
        a.ok(&["spaces", "add", "Home"]);
        a.ok(&["lists", "add", "Kitchen", "--space", "Home"]);
        let plain = add(a, &["--plain", "Buy #paint !2 tomorrow"]);
        assert_eq!(plain["title"], "Buy #paint !2 tomorrow");
        assert_eq!(plain["tags"], json!([]));
        let garden = add(a, &["Rake", "--list", "Garden"]);
        assert_eq!(garden["list"]["name"], "Garden");
        let home = add(a, &["Cook", "--space", "Home"]);
        assert_eq!(home["space"]["name"], "Home");
        let kitchen = add(a, &["Bake", "--list", "Kitchen", "--space", "Home"]);
        assert_eq!(kitchen["list"]["name"], "Kitchen");
        let written = add(a, &["Mow", "+Garden"]);
        assert_eq!(written["list"]["name"], "Garden");
    });
}

#[test]
fn times_are_utc_in_json_and_dates_stay_dates() {
    let a = Computer::with("desk", "Anna", None, &[("TZ", "Europe/Berlin")]);
    let task = add(&a, &["Call", "2031-03-18 17:00"]);
    assert_eq!(task["due"], "2031-03-18T16:00:00Z");
    let id = short(&task);
    let task = a.json(&[
        "edit",
        id,
        "--due",
        "2031-07-18T17:00",
        "--start",
        "2031-07-01",
    ]);
    shape::task(&task);
    assert_eq!(task["due"], "2031-07-18T15:00:00Z");
    assert_eq!(task["start"], "2031-07-01");
}

#[test]
fn every_way_of_naming_a_task_finds_it() {
    both_ways(|a| {
        let task = add(a, &["Buy milk"]);
        let (id, short) = (text(&task, "id"), short(&task));
        let lower = short.to_lowercase();
        for name in [
            id,
            &id.to_uppercase(),
            short,
            &lower,
            &short[..4],
            &lower[..5],
        ] {
            let shown = a.json(&["show", name]);
            shape::whole_task(&shown);
            assert_eq!(shown["id"], id, "{name}");
        }
        assert_eq!(refused(a, &["show", &short[..3]], 3), "not_found");
    });
}

#[test]
fn lines_become_tasks_and_deeper_ones_subtasks() {
    both_ways(|a| {
        a.ok(&["lists", "add", "Camp"]);
        let input = "Pack\n  Tent\n    Pegs !1\n  - [x] Stove\n\nDrive\n";
        let answer = a.rota_with_input(&["--json", "add", "-", "--list", "Camp"], input);
        assert_eq!(answer.exit, 0, "{}", answer.stderr);
        let lines: Vec<Value> = answer
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        lines.iter().for_each(shape::line);
        assert_eq!(
            titles(&json!(lines)),
            ["Pack", "Tent", "Pegs", "Stove", "Drive"]
        );
        let [pack, tent, pegs, stove, drive] =
            <[Value; 5]>::try_from(lines.iter().map(|line| show(a, line)).collect::<Vec<_>>())
                .unwrap();
        assert_eq!(pack["parent"], json!(null));
        assert_eq!(tent["parent"], pack["id"]);
        assert_eq!(pegs["parent"], tent["id"]);
        assert_eq!(pegs["priority"], 1);
        assert_eq!(stove["parent"], pack["id"]);
        assert_eq!(stove["status"], "done");
        assert_eq!(drive["parent"], json!(null));
        assert_eq!(drive["list"]["name"], "Camp");
        assert_eq!(
            titles(&a.json(&["list", "Camp"])),
            ["Pack", "Tent", "Pegs", "Drive"]
        );
        let answer = a.rota_with_input(&["add", "-", "--plain"], "  - [x] as it #stands\n");
        assert_eq!(answer.exit, 0, "{}", answer.stderr);
        let plain = a
            .find("  - [x] as it #stands")
            .or(a.find("- [x] as it #stands"));
        assert_eq!(plain.unwrap()["status"], "open");
    });
}

#[test]
fn refused_lines_add_nothing() {
    both_ways(|a| {
        let input = format!("Good\n{}\n", "x".repeat(300_000));
        let answer = a.rota_with_input(&["--json", "add", "-", "--plain"], &input);
        crate::code(&answer, 2);
        assert_eq!(a.json(&["list", "--all"]), json!([]));
        let answer = a.rota_with_input(&["--json", "add", "-", "--list", "None"], "Good\n");
        assert_eq!(crate::code(&answer, 3), "not_found");
        assert_eq!(a.json(&["list", "--all"]), json!([]));
    });
}

#[test]
fn several_are_done_and_reopened_at_once() {
    both_ways(|a| {
        let (one, two) = (add(a, &["One"]), add(a, &["Two"]));
        let done = a.json(&["done", short(&one), short(&two)]);
        shape::tasks(&done);
        assert_eq!(titles(&done), ["One", "Two"]);
        assert_eq!(done[0]["status"], "done");
        assert_eq!(done[0]["completed_by"], one["created_by"]);
        assert_eq!(a.json(&["list"]), json!([]));
        let open = a.json(&["reopen", short(&one), short(&two)]);
        shape::tasks(&open);
        assert_eq!(open[1]["status"], "open");
        assert_eq!(open[1]["completed_at"], json!(null));
        // One that is unknown refuses the whole call.
        assert_eq!(
            refused(a, &["done", short(&one), "ZZZZZZZZ"], 3),
            "not_found"
        );
        assert_eq!(show(a, &one)["status"], "open");
    });
}

#[test]
fn tasks_are_moved_within_their_list() {
    both_ways(|a| {
        let tasks = ["One", "Two", "Three"].map(|title| add(a, &[title]));
        let [one, two, three] = &tasks;
        for (words, expected) in [
            (vec![short(three), "--first"], ["Three", "One", "Two"]),
            (vec![short(three), "--last"], ["One", "Two", "Three"]),
            (
                vec![short(three), "--before", short(two)],
                ["One", "Three", "Two"],
            ),
            (
                vec![short(one), "--after", short(three)],
                ["Three", "One", "Two"],
            ),
        ] {
            let moved = a.json(&[vec!["move"], words.clone()].concat());
            shape::task(&moved);
            let list = a.json(&["list"]);
            assert_eq!(titles(&list), expected, "{words:?}");
        }
    });
}

#[test]
fn the_trash_gives_back() {
    both_ways(|a| {
        let task = add(a, &["Old"]);
        let sub = add(a, &["Part"]);
        a.ok(&["edit", short(&sub), "--parent", short(&task)]);
        let deleted = a.json(&["delete", short(&task)]);
        shape::tasks(&deleted);
        assert!(deleted[0]["deleted_at"].is_string(), "{deleted}");
        assert_eq!(a.json(&["list"]), json!([]));
        let trash = a.json(&["list", "--trash"]);
        shape::tasks(&trash);
        assert_eq!(titles(&trash), ["Old", "Part"]);
        assert!(show(a, &task)["deleted_at"].is_string());
        let restored = a.json(&["restore", short(&task)]);
        shape::tasks(&restored);
        assert_eq!(restored[0]["deleted_at"], json!(null));
        assert_eq!(titles(&a.json(&["list"])), ["Old", "Part"]);
    });
}

#[test]
fn history_tells_every_value_newest_first() {
    both_ways(|a| {
        let task = add(a, &["Second", "#home"]);
        let id = short(&task);
        a.ok(&["edit", id, "--title", "First"]);
        a.ok(&["done", id]);
        let history = a.json(&["history", id]);
        shape::history(&history);
        let titles: Vec<_> = history
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["field"] == "title")
            .map(|entry| (entry["value"].clone(), entry["current"] == true))
            .collect();
        assert_eq!(titles, [(json!("First"), true), (json!("Second"), false)]);
        assert_eq!(history[0]["field"], "status");
        assert_eq!(history[0]["value"], "done");
        let status = a.json(&["status"]);
        assert_eq!(history[0]["person"], status["person"]);
        assert_eq!(history[0]["computer"], status["computer"]);
        for entry in history.as_array().unwrap() {
            assert_eq!(
                (&entry["counts"], &entry["also_written"]),
                (&json!(true), &json!(false))
            );
        }
    });
}

#[test]
fn each_kind_of_change_is_taken_back() {
    both_ways(|a| {
        let task = add(a, &["One", "#old", "!1", "2031-01-01"]);
        let other = add(a, &["Two"]);
        a.ok(&["lists", "add", "Garden"]);
        a.ok(&["spaces", "add", "Home"]);
        a.ok(&["lists", "add", "Far", "--space", "Home"]);
        let (id, two) = (short(&task), short(&other));
        let stable = |computer: &Computer| -> Vec<Value> {
            let all = computer.json(&["list", "--all"]);
            let tasks = all.as_array().unwrap().iter();
            tasks
                .map(|task| {
                    let mut task = task.clone();
                    task["updated_at"] = json!(null);
                    task
                })
                .collect()
        };
        let before = stable(a);
        for words in [
            vec![
                "edit", id, "--title", "Other", "--notes", "n", "--tag", "-old", "--tag", "+new",
            ],
            vec![
                "edit",
                id,
                "--due",
                "none",
                "--start",
                "2030-01-01",
                "--priority",
                "3",
            ],
            vec!["edit", id, "--assign", "me", "--repeat", "FREQ=DAILY"],
            vec!["edit", id, "--to-list", "Garden"],
            vec!["edit", id, "--parent", two],
            vec!["move", id, "--last"],
            vec!["done", id, two],
            vec!["delete", id],
            vec!["lists", "delete", "Inbox"],
        ] {
            a.ok(&words);
            assert_ne!(stable(a), before, "{words:?} changed nothing");
            let undone = a.json(&["undo"]);
            assert!(undone["undone"].is_string(), "{undone}");
            assert_eq!(stable(a), before, "undo after {words:?}");
        }
        a.ok(&["add", "Three"]);
        a.ok(&["undo"]);
        assert_eq!(a.titles(), ["One", "Two"]);
        a.ok(&["lists", "rename", "Garden", "Yard"]);
        a.ok(&["undo"]);
        assert_eq!(titles_of_lists(a), ["Inbox", "Garden", "Far"]);
        a.ok(&["edit", id, "--to-list", "Far"]);
        a.ok(&["undo"]);
        assert_eq!(titles(&a.json(&["list", "Inbox"])), ["One", "Two"]);
        assert_eq!(a.titles(), ["One", "Two"]);
    });
}

fn titles_of_lists(computer: &Computer) -> Vec<String> {
    let lists = computer.json(&["lists"]);
    let lists = lists.as_array().unwrap().iter();
    lists.map(|list| text(list, "name").to_owned()).collect()
}

#[test]
fn a_list_goes_with_its_tasks_and_comes_back_with_one() {
    both_ways(|a| {
        a.ok(&["lists", "add", "Garden"]);
        let rake = add(a, &["Rake", "--list", "Garden"]);
        let mow = add(a, &["Mow", "--list", "Garden"]);
        let gone = a.json(&["lists", "delete", "Garden"]);
        shape::list(&gone);
        assert_eq!(a.json(&["list"]), json!([]));
        assert_eq!(titles(&a.json(&["list", "--trash"])), ["Rake", "Mow"]);
        let restored = a.json(&["restore", short(&rake)]);
        shape::tasks(&restored);
        assert!(a.titles().contains(&"Rake".to_owned()), "{restored}");
        a.ok(&["restore", short(&mow)]);
        assert_eq!(a.titles().len(), 2);
    });
}
