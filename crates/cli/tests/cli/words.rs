//! What the command line says before any folder is opened.

use std::process::Stdio;

use crate::computer::{Computer, Told, rota};

fn run(words: &[&str]) -> Told {
    Told::from(rota(words).output().unwrap())
}

#[test]
fn help_and_version_are_answers() {
    for words in [
        &["--help"][..],
        &["-h"],
        &["help"],
        &["add", "--help"],
        &["lists", "add", "--help"],
    ] {
        let told = run(words);
        assert_eq!((told.exit, told.stderr.as_str()), (0, ""), "{words:?}");
        assert!(
            told.stdout.contains("Usage: rota"),
            "{words:?}: {}",
            told.stdout
        );
    }
    let version = format!("rota {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(run(&["--version"]).stdout, version);
}

#[test]
fn wrong_words_are_exit_2_and_open_no_folder() {
    let computer = Computer::new();
    for words in [
        &[][..],
        &["no-such-command"],
        &["add"],
        &["show"],
        &["edit", "k3f9"],
        &["move", "k3f9"],
        &["list", "--no-such-flag"],
        &["join", "7-a-b-c", "--timeout", "soon"],
        &["--color", "sometimes", "status"],
    ] {
        computer.fails(words, 2, "usage");
    }
    assert!(!computer.folder().exists());
}

#[test]
fn a_flag_after_two_dashes_is_text() {
    let told = run(&["show", "a", "b", "--", "--json"]);
    assert_eq!((told.exit, told.stdout.as_str()), (2, ""));
}

#[test]
fn colour_only_when_wanted() {
    let coloured = run(&["show", "--color=always"]);
    assert!(coloured.stderr.contains('\u{1b}'), "{coloured:?}");
    for words in [
        &["show"][..],
        &["show", "--color", "never"],
        &["--color=auto", "show"],
    ] {
        assert!(!run(words).stderr.contains('\u{1b}'), "{words:?}");
    }
}

#[test]
fn completions_name_every_command_in_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let told = run(&["completions", shell]);
        assert_eq!(told.exit, 0);
        assert!(told.stdout.contains("restore-backup"), "{shell}");
    }
}

#[test]
fn the_manual_page_is_roff_for_all_and_for_one() {
    let page = run(&["man"]).stdout;
    assert!(
        page.contains(".TH rota 1") && page.contains("restore\\-backup"),
        "{page}"
    );
    let page = run(&["man", "lists", "add"]).stdout;
    assert!(
        page.contains("Add a list") && page.contains("data\\-dir"),
        "{page}"
    );
    assert_eq!(run(&["man", "nothing"]).exit, 2);
}

#[test]
fn a_reader_that_hangs_up_ends_it_quietly() {
    // The text is longer than a pipe holds, so it is still being written when the reader goes.
    let mut child = rota(&["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let told = Told::from(child.wait_with_output().unwrap());
    assert_eq!((told.exit, told.stderr.as_str()), (0, ""));
}
