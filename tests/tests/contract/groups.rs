//! Lists and spaces.

use serde_json::{Value, json};

use crate::{add, both_ways, refused, shape, text};

fn names(values: &Value) -> Vec<&str> {
    let values = values.as_array().unwrap().iter();
    values.map(|value| text(value, "name")).collect()
}

#[test]
fn lists_are_added_renamed_counted_and_deleted() {
    both_ways(|a| {
        shape::lists(&a.json(&["lists"]));
        a.ok(&["spaces", "add", "Home"]);
        let garden = a.json(&["lists", "add", "Garden"]);
        shape::list(&garden);
        assert_eq!(garden["space"]["name"], "Mine");
        assert_eq!((&garden["open"], &garden["done"]), (&json!(0), &json!(0)));
        assert_eq!(garden["archived"], false);
        let kitchen = a.json(&["lists", "add", "Kitchen", "--space", "Home"]);
        shape::list(&kitchen);
        assert_eq!(kitchen["space"]["name"], "Home");
        let task = add(a, &["Rake", "+Garden"]);
        add(a, &["Mow", "+Garden"]);
        a.ok(&["done", text(&task, "id")]);
        let renamed = a.json(&["lists", "rename", "garden", "Yard"]);
        shape::list(&renamed);
        assert_eq!(
            (&renamed["id"], &renamed["name"]),
            (&garden["id"], &json!("Yard"))
        );
        let lists = a.json(&["lists"]);
        shape::lists(&lists);
        assert!(names(&lists).contains(&"Yard"), "{lists}");
        let yard = lists
            .as_array()
            .unwrap()
            .iter()
            .find(|list| list["name"] == "Yard")
            .unwrap();
        assert_eq!((&yard["open"], &yard["done"]), (&json!(1), &json!(1)));
        let deleted = a.json(&["lists", "delete", "Yard"]);
        shape::list(&deleted);
        assert_eq!(deleted["id"], garden["id"]);
        assert!(!names(&a.json(&["lists"])).contains(&"Yard"));
        for words in [
            ["lists", "delete", "Yard"].as_slice(),
            &["lists", "rename", "Yard", "X"],
            &["lists", "add", "X", "--space", "Nowhere"],
        ] {
            assert_eq!(refused(a, words, 3), "not_found", "{words:?}");
        }
        refused(a, &["lists", "add", ""], 2);
    });
}

#[test]
fn spaces_are_added_and_left() {
    both_ways(|a| {
        let home = a.json(&["spaces", "add", "Home"]);
        shape::space(&home);
        for (field, value) in [
            ("name", json!("Home")),
            ("kind", json!("shared")),
            ("role", json!("owner")),
            ("people", json!(1)),
            ("computers", json!(1)),
        ] {
            assert_eq!(home[field], value, "{field}");
        }
        add(a, &["Cook", "--space", "Home"]);
        let spaces = a.json(&["spaces"]);
        shape::spaces(&spaces);
        assert_eq!(names(&spaces), ["Mine", "Home"]);
        assert_eq!(
            (&spaces[0]["kind"], &spaces[1]["tasks"]),
            (&json!("mine"), &json!(1))
        );
        let members = a.json(&["members", "home"]);
        shape::members(&members);
        assert_eq!(members[0]["person"]["name"], "Anna");
        assert_eq!(members[0]["computers"][0]["name"], "desk");
        assert_eq!(members[0]["removed_at"], json!(null));
        let left = a.json(&["spaces", "leave", "Home"]);
        shape::space(&left);
        assert_eq!(left["id"], home["id"]);
        assert_eq!(refused(a, &["spaces", "leave", "Nowhere"], 3), "not_found");
        assert_eq!(refused(a, &["spaces", "leave", "Mine"], 4), "not_allowed");
        assert_eq!(
            refused(a, &["add", "More", "--space", "Home"], 3),
            "not_found"
        );
    });
}
