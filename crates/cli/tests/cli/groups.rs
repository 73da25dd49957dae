//! Lists, spaces, people and computers of one folder.

use serde_json::json;

use crate::computer::Computer;

#[test]
fn the_first_command_names_the_person_and_the_computer() {
    let computer = Computer::new();
    let status = computer.json(&["init", "--person", "Mia", "--computer", "laptop"]);
    assert_eq!(
        (&status["person"]["name"], &status["computer"]["name"]),
        (&json!("Mia"), &json!("laptop"))
    );
    assert_eq!(status["version"], env!("CARGO_PKG_VERSION"));
    let again = computer.json(&["status"]);
    assert_eq!(
        (&again["person"], &again["computer"]),
        (&status["person"], &status["computer"])
    );
    assert_eq!(
        (&again["running"], &again["spaces"][0]["kind"]),
        (&json!(false), &json!("mine"))
    );
}

#[test]
fn without_names_there_are_names() {
    let status = Computer::new().json(&["status"]);
    for who in ["person", "computer"] {
        assert!(
            status[who]["name"]
                .as_str()
                .is_some_and(|name| !name.is_empty()),
            "{status}"
        );
    }
}

#[test]
fn lists_are_added_renamed_and_deleted() {
    let computer = Computer::new();
    let list = computer.json(&["lists", "add", "House"]);
    assert_eq!(
        (
            &list["name"],
            &list["open"],
            &list["done"],
            &list["archived"]
        ),
        (&json!("House"), &json!(0), &json!(0), &json!(false))
    );
    computer.json(&["add", "Roof", "--list", "House"]);
    computer.json(&["add", "Door +House"]);
    assert_eq!(
        computer.json(&["list", "house"]).as_array().unwrap().len(),
        2,
        "names match in either case"
    );
    assert_eq!(
        computer.json(&["lists", "rename", "House", "Home"])["open"],
        2
    );
    let task = computer.json(&["list", "Home"])[0].clone();
    let elsewhere = computer.json(&["lists", "add", "Elsewhere"]);
    let moved = computer.json(&[
        "edit",
        task["id"].as_str().unwrap(),
        "--to-list",
        "Elsewhere",
    ]);
    assert_eq!(moved["list"]["id"], elsewhere["id"]);
    computer.json(&["lists", "delete", "Home"]);
    let names: Vec<String> = computer
        .json(&["lists"])
        .as_array()
        .unwrap()
        .iter()
        .map(|list| list["name"].as_str().unwrap().to_owned())
        .collect();
    assert!(
        names.contains(&"Elsewhere".to_owned()) && !names.contains(&"Home".to_owned()),
        "{names:?}"
    );
}

#[test]
fn a_shared_space_has_its_founder_as_owner() {
    let computer = Computer::new();
    computer.json(&["init", "--person", "Mia", "--computer", "laptop"]);
    let space = computer.json(&["spaces", "add", "Family"]);
    assert_eq!(
        (
            &space["kind"],
            &space["role"],
            &space["people"],
            &space["computers"]
        ),
        (&json!("shared"), &json!("owner"), &json!(1), &json!(1))
    );
    let members = computer.json(&["members", "Family"]);
    assert_eq!(
        (
            &members[0]["person"]["name"],
            &members[0]["role"],
            &members[0]["removed_at"]
        ),
        (&json!("Mia"), &json!("owner"), &json!(null))
    );
    assert_eq!(members[0]["computers"][0]["name"], "laptop");
    let task = computer.json(&["add", "Picnic", "--space", "Family"]);
    assert_eq!(task["space"]["id"], space["id"]);
    assert_eq!(computer.json(&["list", "--space", "Mine"]), json!([]));
    computer.fails(
        &["members", "role", "Nobody", "viewer", "--space", "Family"],
        3,
        "not_found",
    );
}

#[test]
fn this_computer_is_one_of_the_computers() {
    let computers = Computer::new().json(&["computers"]);
    assert_eq!(
        (&computers[0]["this"], computers.as_array().unwrap().len()),
        (&json!(true), 1)
    );
}

#[test]
fn the_doctor_gives_a_verdict_on_each_check() {
    let checks = Computer::new().json(&["doctor"]);
    assert!(!checks.as_array().unwrap().is_empty());
    for check in checks.as_array().unwrap() {
        assert!(
            check["check"].is_string() && check["ok"].is_boolean() && check["message"].is_string(),
            "{check}"
        );
    }
}

#[test]
fn lists_move_change_their_hue_and_come_back() {
    let computer = Computer::new();
    for name in ["House", "Garden"] {
        computer.json(&["lists", "add", name]);
    }
    computer.json(&["lists", "move", "Garden", "--first"]);
    let names = |lists: serde_json::Value| -> Vec<String> {
        let lists = lists.as_array().unwrap().clone();
        lists
            .iter()
            .map(|list| list["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(computer.json(&["lists"])), ["Garden", "House"]);
    assert_eq!(computer.run(&["lists", "move", "Garden"]).exit, 2);
    assert_eq!(
        computer.json(&["lists", "color", "House", "rose"])["color"],
        "rose"
    );
    assert_eq!(computer.run(&["lists", "color", "House", "mauve"]).exit, 2);
    assert_eq!(
        computer.json(&["lists", "archive", "House"])["archived"],
        true
    );
    assert_eq!(
        computer.json(&["lists", "archive", "House", "--off"])["archived"],
        false
    );
    computer.json(&["lists", "delete", "House"]);
    assert_eq!(names(computer.json(&["lists"])), ["Garden"]);
    assert!(computer.json(&["lists", "restore", "House"])["deleted_at"].is_null());
    assert_eq!(names(computer.json(&["lists"])), ["Garden", "House"]);
}
