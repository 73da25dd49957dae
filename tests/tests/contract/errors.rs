//! Errors in both forms, and every exit.

use std::os::unix::fs::PermissionsExt;

use rota_tests::Computer;

use crate::{add, both_ways, refused, short};

#[test]
fn an_error_is_a_line_and_a_hint_or_one_document() {
    both_ways(|a| {
        for (words, exit) in [
            (vec!["show", "ZZZZZZZZ"], 3),
            (vec!["edit", "ZZZZZZZZ", "--due", "none"], 3),
            (vec!["edit", "ZZZZZZZZ"], 2),
            (vec!["edit", "ZZZZZZZZ", "--priority", "4"], 2),
            (vec!["edit", "ZZZZZZZZ", "--tag", "home"], 2),
            (vec!["move", "ZZZZZZZZ", "--first"], 3),
            (vec!["move", "ZZZZZZZZ"], 2),
            (vec!["move", "ZZZZZZZZ", "--first", "--last"], 2),
            (vec!["done", "ZZZZZZZZ"], 3),
            (vec!["done"], 2),
            (vec!["reopen", "ZZZZZZZZ"], 3),
            (vec!["delete", "ZZZZZZZZ"], 3),
            (vec!["restore", "ZZZZZZZZ"], 3),
            (vec!["history", "ZZZZZZZZ"], 3),
            (vec!["undo"], 1),
            (vec!["members", "Nowhere"], 3),
            (vec!["members", "remove", "Zoe", "--space", "Mine"], 3),
            (vec!["members", "role", "Anna", "king"], 2),
            (vec!["invite", "--role", "king"], 2),
            (vec!["invite", "--uses", "0"], 2),
            (vec!["join", "not a code"], 2),
            (vec!["join", "7-a-b-c", "--timeout", "soon"], 2),
            (
                vec![
                    "join",
                    "7-a-b-c",
                    "--address",
                    "127.0.0.1:9",
                    "--timeout",
                    "1s",
                ],
                6,
            ),
            (vec!["connect", "127.0.0.1:9"], 6),
            (vec!["connect", "no address"], 2),
            (vec!["restore-backup", "/nowhere/file"], 5),
            (vec!["quick-add"], 6),
            (vec!["completions", "nosuchshell"], 2),
            (vec!["node", "--port", "70000"], 2),
            (vec!["lsit"], 2),
            (vec![], 2),
        ] {
            let answer = a.rota(&words);
            assert_eq!(
                answer.exit, exit,
                "rota {words:?}: {}{}",
                answer.stdout, answer.stderr
            );
            assert_eq!(answer.stdout, "", "rota {words:?}");
            let lines: Vec<&str> = answer.stderr.lines().collect();
            assert!(
                lines[0].starts_with("error: ")
                    && lines.len() <= 2
                    && lines[1..].iter().all(|line| line.starts_with("hint: ")),
                "rota {words:?}: {}",
                answer.stderr
            );
            refused(a, &words, exit);
        }
    });
}

#[test]
fn a_start_that_fits_two_tasks_is_refused_with_the_exit_of_wrong_words() {
    let a = Computer::new("desk", "Anna");
    // Of the million starts so many tasks share one in all runs but one in 10^13.
    let lines: String = (0..8000).map(|number| format!("{number}\n")).collect();
    let added = a.rota_with_input(&["add", "-", "--plain"], &lines);
    assert_eq!(added.exit, 0, "{}", added.stderr);
    let tasks = a.json(&["list"]);
    let mut starts: Vec<&str> = tasks
        .as_array()
        .unwrap()
        .iter()
        .map(|task| &short(task)[..4])
        .collect();
    starts.sort_unstable();
    let twice = starts.windows(2).find(|pair| pair[0] == pair[1]);
    let twice = twice.expect("8000 tasks share a start")[0];
    assert_eq!(refused(&a, &["show", twice], 2), "ambiguous");
}

#[test]
fn what_needs_a_node_says_that_none_runs() {
    let a = Computer::new("desk", "Anna");
    a.ok(&["spaces", "add", "Home"]);
    assert_eq!(refused(&a, &["invite", "Home"], 6), "not_running");
    assert_eq!(refused(&a, &["invite", "--mine"], 6), "not_running");
}

#[test]
fn a_folder_that_cannot_be_is_exit_five() {
    let a = Computer::new("desk", "Anna");
    let file = a.data_dir().join("file");
    std::fs::write(&file, "no folder").unwrap();
    let inside = file.join("data");
    refused(&a, &["--data-dir", inside.to_str().unwrap(), "list"], 5);
    refused(&a, &["backup", "/nowhere/at/all/file"], 5);
}

#[test]
fn the_key_is_its_owners_alone() {
    let a = Computer::new("desk", "Anna");
    add(&a, &["One"]);
    let modes = || -> Vec<(u64, u32)> {
        let files = std::fs::read_dir(a.data_dir())
            .unwrap()
            .map(|file| file.unwrap());
        files
            .filter(|file| file.file_name().to_string_lossy().contains("key"))
            .map(|file| file.metadata().unwrap())
            .map(|data| (data.len(), data.permissions().mode() & 0o777))
            .collect()
    };
    assert_eq!(modes(), [(32, 0o600)]);
    a.ok(&["rekey"]);
    assert!(
        !modes().is_empty() && modes().iter().all(|(_, mode)| *mode == 0o600),
        "{:?}",
        modes()
    );
}
