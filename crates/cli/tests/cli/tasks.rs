//! Tasks from the first word to the trash and back.

use serde_json::{Value, json};

use crate::computer::Computer;

fn titles(tasks: &Value) -> Vec<&str> {
    tasks
        .as_array()
        .unwrap()
        .iter()
        .map(|task| task["title"].as_str().unwrap())
        .collect()
}

fn id(task: &Value) -> &str {
    task["id"].as_str().unwrap()
}

#[test]
fn a_task_is_added_listed_and_done_by_the_start_of_its_handle() {
    let computer = Computer::new();
    let task = computer.json(&["add", "Buy", "milk", "#dairy", "!1"]);
    assert_eq!(
        (&task["title"], &task["tags"], &task["priority"]),
        (&json!("Buy milk"), &json!(["dairy"]), &json!(1))
    );
    let short = task["short"].as_str().unwrap();
    assert_eq!(short.len(), 8);

    let told = computer.run(&["list"]);
    assert_eq!(told.exit, 0);
    assert!(
        told.stdout.contains(short) && told.stdout.contains("Buy milk"),
        "{told:?}"
    );

    // Crockford's digits may be typed in either case.
    let done = computer.json(&["done", &short[..4].to_uppercase()]);
    assert_eq!(done[0]["status"], "done");
    assert!(
        done[0]["completed_at"].is_string()
            && done[0]["completed_by"]["person"]["name"].is_string()
    );
    assert_eq!(computer.json(&["list"]), json!([]));
    assert_eq!(titles(&computer.json(&["list", "--done"])), ["Buy milk"]);

    assert_eq!(
        computer.json(&["reopen", short])[0]["completed_at"],
        Value::Null
    );
    assert_eq!(titles(&computer.json(&["list"])), ["Buy milk"]);
}

#[test]
fn a_task_has_the_fields_of_the_contract() {
    let computer = Computer::new();
    let task = computer.json(&["add", "--plain", "#1 !2 tomorrow"]);
    assert_eq!(task["title"], "#1 !2 tomorrow");
    for field in [
        "parent",
        "start",
        "due",
        "repeat",
        "assignee",
        "completed_at",
        "completed_by",
        "deleted_at",
    ] {
        assert_eq!(task.get(field), Some(&Value::Null), "{field}: {task}");
    }
    for field in ["id", "short", "notes", "order", "created_at", "updated_at"] {
        assert!(task[field].is_string(), "{field}: {task}");
    }
    for field in ["list", "space"] {
        assert!(
            task[field]["id"].is_string() && task[field]["name"].is_string(),
            "{field}: {task}"
        );
    }
    assert_eq!(task["space"]["name"], "Mine");
    assert_eq!(
        (
            &task["status"],
            &task["tags"],
            &task["priority"],
            &task["also_written"]
        ),
        (&json!("open"), &json!([]), &json!(0), &json!({}))
    );
    assert!(
        task["created_by"]["person"].is_object() && task["created_by"]["computer"].is_object(),
        "{task}"
    );
    assert!(task.get("subtasks").is_none());
    assert_eq!(computer.json(&["show", id(&task)])["subtasks"], json!([]));
}

#[test]
fn fields_are_changed_and_cleared() {
    let computer = Computer::new();
    let task = computer.json(&["add", "Paint #old"]);
    let whole = computer.json(&[
        "edit",
        id(&task),
        "--title",
        "Paint the door",
        "--notes",
        "green\nnot blue",
        "--due",
        "2031-03-18",
        "--start",
        "2031-03-01",
        "--priority",
        "2",
        "--tag",
        "+home",
        "--tag",
        "-old",
        "--repeat",
        "FREQ=YEARLY",
    ]);
    assert_eq!(whole["title"], "Paint the door");
    assert_eq!(whole["notes"], "green\nnot blue");
    assert_eq!(
        (&whole["due"], &whole["start"]),
        (&json!("2031-03-18"), &json!("2031-03-01"))
    );
    assert_eq!(
        (&whole["priority"], &whole["tags"], &whole["repeat"]),
        (&json!(2), &json!(["home"]), &json!("FREQ=YEARLY"))
    );

    let bare = computer.json(&[
        "edit",
        id(&task),
        "--due",
        "none",
        "--start",
        "none",
        "--repeat",
        "none",
        "--priority",
        "0",
    ]);
    for field in ["due", "start", "repeat"] {
        assert_eq!(bare[field], Value::Null, "{field}");
    }
    assert_eq!(bare["title"], "Paint the door");

    let timed = computer.json(&["edit", id(&task), "--due", "2031-03-18T17:00"]);
    assert_eq!(
        timed["due"], "2031-03-18T16:00:00Z",
        "17:00 in Berlin, told in UTC"
    );
}

#[test]
fn what_was_overwritten_is_in_the_history() {
    let computer = Computer::new();
    let task = computer.json(&["add", "First"]);
    computer.json(&["edit", id(&task), "--title", "Second"]);
    let history = computer.json(&["history", id(&task)]);
    let titles: Vec<(&Value, &Value)> = history
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["field"] == "title")
        .map(|entry| (&entry["value"], &entry["current"]))
        .collect();
    assert_eq!(
        titles,
        [
            (&json!("Second"), &json!(true)),
            (&json!("First"), &json!(false))
        ]
    );
    for field in ["at", "person", "computer", "also_written", "counts"] {
        assert!(history[0].get(field).is_some(), "{field}");
    }
}

#[test]
fn the_latest_change_is_taken_back() {
    let computer = Computer::new();
    let task = computer.json(&["add", "Keep me"]);
    computer.json(&["edit", id(&task), "--title", "Spoilt"]);
    assert!(
        computer.json(&["undo"])["undone"]
            .as_str()
            .is_some_and(|words| !words.is_empty())
    );
    assert_eq!(titles(&computer.json(&["list"])), ["Keep me"]);
}

#[test]
fn deleted_tasks_wait_in_the_trash() {
    let computer = Computer::new();
    let task = computer.json(&["add", "Old"]);
    assert!(computer.json(&["delete", id(&task)])[0]["deleted_at"].is_string());
    assert_eq!(computer.json(&["list"]), json!([]));
    assert_eq!(titles(&computer.json(&["list", "--trash"])), ["Old"]);
    assert_eq!(
        computer.json(&["restore", id(&task)])[0]["deleted_at"],
        Value::Null
    );
    assert_eq!(titles(&computer.json(&["list"])), ["Old"]);
}

#[test]
fn tasks_are_put_in_order() {
    let computer = Computer::new();
    let tasks: Vec<Value> = ["a", "b", "c"]
        .iter()
        .map(|title| computer.json(&["add", title]))
        .collect();
    assert_eq!(titles(&computer.json(&["list"])), ["a", "b", "c"]);
    computer.json(&["move", id(&tasks[2]), "--first"]);
    computer.json(&["move", id(&tasks[0]), "--after", id(&tasks[1])]);
    assert_eq!(titles(&computer.json(&["list"])), ["c", "b", "a"]);
    computer.json(&["move", id(&tasks[0]), "--before", id(&tasks[1])]);
    computer.json(&["move", id(&tasks[2]), "--last"]);
    assert_eq!(titles(&computer.json(&["list"])), ["a", "b", "c"]);
}

#[test]
fn lists_of_tasks_are_narrowed() {
    let computer = Computer::new();
    for words in [
        "Milk #shop 2031-05-01",
        "Bread #shop #bakery 2031-05-02",
        "Sleep 2031-06-01",
    ] {
        computer.json(&["add", words]);
    }
    let list = |words: &[&str]| computer.json(&[&["list"], words].concat());
    assert_eq!(titles(&list(&["--tag", "shop"])), ["Milk", "Bread"]);
    assert_eq!(
        titles(&list(&["--tag", "shop", "--tag", "bakery"])),
        ["Bread"]
    );
    assert_eq!(titles(&list(&["--on", "2031-05-02"])), ["Bread"]);
    assert_eq!(
        titles(&list(&["--from", "2031-05-02", "--to", "2031-06-01"])),
        ["Bread", "Sleep"]
    );
    assert_eq!(titles(&list(&["--search", "slee"])), ["Sleep"]);
    assert_eq!(titles(&list(&["--limit", "1"])), ["Milk"]);
    assert_eq!(list(&["--today"]), json!([]));
}

#[test]
fn titles_in_any_script_come_back_as_they_were() {
    let computer = Computer::new();
    for title in [
        "牛乳を買う",
        "شراء الحليب",
        "👩‍👩‍👧 zoo",
        "éclair",
        "a \"quoted\" 'word' \\ back",
    ] {
        let task = computer.json(&["add", "--plain", title]);
        assert_eq!(computer.json(&["show", id(&task)])["title"], title);
    }
    let composed = computer.json(&["add", "--plain", "e\u{301}clair"]);
    assert_eq!(
        composed["title"], "éclair",
        "two ways to write one text are one text"
    );
}

#[test]
fn what_is_not_there_is_exit_3() {
    let computer = Computer::new();
    computer.json(&["add", "x"]);
    for words in [
        &["show", "zzzzzzzz"][..],
        &["show", "00000000-0000-4000-8000-000000000000"],
        &["done", "zzzz"],
        &["list", "No such list"],
        &["add", "y", "--list", "No such list"],
        &["add", "y", "--space", "No such space"],
        &["lists", "delete", "No such list"],
    ] {
        computer.fails(words, 3, "not_found");
    }
    assert_eq!(
        titles(&computer.json(&["list", "--all"])),
        ["x"],
        "nothing was added"
    );
}

#[test]
fn wrong_values_are_exit_2_and_change_nothing() {
    let computer = Computer::new();
    let task = computer.json(&["add", "x"]);
    let long = "x".repeat(100_000);
    let calls: [&[&str]; 6] = [
        &["add", ""],
        &["add", "--plain", "   "],
        &["edit", id(&task), "--title", ""],
        &["edit", id(&task), "--due", "2031-02-30"],
        &["edit", id(&task), "--repeat", "FREQ=NEVER"],
        &["list", "--on", "someday"],
    ];
    for words in calls {
        computer.fails(words, 2, "invalid_input");
    }
    computer.fails(&["add", "--plain", &long], 2, "too_large");
    let after = computer.json(&["list", "--all"]);
    assert_eq!(after, json!([task]));
}

#[test]
fn reminders_turns_and_what_comes_first_are_set_and_shown() {
    let computer = Computer::new();
    let buy = computer.json(&["add", "Buy paint"]);
    let paint = computer.json(&["add", "Paint"]);
    let (handle, buy) = (
        paint["short"].as_str().unwrap(),
        buy["short"].as_str().unwrap(),
    );
    let edited = computer.json(&[
        "edit",
        handle,
        "--due",
        "2031-03-18 17:00",
        "--remind",
        "before 10m",
        "--rotate",
        "me",
        "--wait-for",
        buy,
    ]);
    assert_eq!(edited["reminder"], "before 10m");
    assert_eq!(edited["rotation"].as_array().unwrap().len(), 1);
    assert_eq!(edited["waits_for"][0]["title"], "Buy paint");
    assert_eq!(edited["blocked"], true);
    let shown = computer.run(&["show", handle]).stdout;
    assert!(
        shown.contains("before 10m") && shown.contains("waits for"),
        "{shown}"
    );
    let minus = format!("-{buy}");
    let cleared = computer.json(&[
        "edit",
        handle,
        "--remind",
        "none",
        "--rotate",
        "none",
        "--wait-for",
        &minus,
    ]);
    assert_eq!(
        (&cleared["reminder"], &cleared["blocked"]),
        (&json!(null), &json!(false))
    );
    assert_eq!(cleared["waits_for"], json!([]));
    let wrong = computer.run(&["edit", handle, "--remind", "whenever"]);
    assert_eq!(wrong.exit, 2);
}

#[test]
fn redo_makes_again_what_undo_took_back() {
    let computer = Computer::new();
    computer.json(&["add", "Milk"]);
    assert_eq!(computer.json(&["undo"])["change"]["name"], "Milk");
    assert_eq!(computer.json(&["list"]), json!([]));
    assert_eq!(computer.json(&["redo"])["change"]["verb"], "add");
    assert_eq!(titles(&computer.json(&["list"])), ["Milk"]);
    assert_eq!(computer.run(&["redo"]).exit, 1);
    assert!(computer.run(&["undo"]).stdout.contains("Milk"));
}
