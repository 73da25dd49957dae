//! The walls that neither the compiler nor cargo-deny can see: what a crate reaches through others, and what it
//! names of the standard library.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_path_buf()
}

/// Every crate that is built into this one.
fn closure(package: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            package,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The lines of a crate's sources that hold one of these words, comments not counted.
fn lines_with(package: &str, words: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    sources(&root().join("crates").join(package).join("src"), &mut files);
    assert!(!files.is_empty());
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (index, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap();
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!("{}:{}: {}", file.display(), index + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn model_and_sync_reach_no_io_and_no_async_runtime() {
    for package in ["rota-model", "rota-sync"] {
        let closure = closure(package);
        assert!(closure.iter().any(|name| name == "blake3"), "{closure:?}");
        for unwanted in [
            "tokio",
            "async-io",
            "async-std",
            "smol",
            "mio",
            "socket2",
            "rusqlite",
            "libsqlite3-sys",
        ] {
            assert!(
                !closure.iter().any(|name| name == unwanted),
                "{package} reaches {unwanted}"
            );
        }
    }
}

#[test]
fn the_store_reaches_no_async_runtime() {
    let closure = closure("rota-store");
    assert!(closure.iter().any(|name| name == "rusqlite"), "{closure:?}");
    assert!(!closure.iter().any(|name| name == "tokio"));
}

#[test]
fn the_command_line_reaches_no_window_system() {
    let closure = closure("rota-cli");
    for unwanted in ["tauri", "wry", "tao", "gtk", "webkit2gtk"] {
        assert!(
            !closure.iter().any(|name| name == unwanted),
            "rota reaches {unwanted}"
        );
    }
}

#[test]
fn model_and_sync_name_no_io_of_the_standard_library() {
    let words = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "std::sync::Mutex",
        "std::time::SystemTime",
        "std::time::Instant",
        "Instant::now",
        "SystemTime::now",
        "async fn",
        ".await",
        "println!",
        "eprintln!",
    ];
    assert!(
        !lines_with("net", &words).is_empty(),
        "this finds nothing even where there is some"
    );
    for package in ["model", "sync"] {
        assert_eq!(lines_with(package, &words), Vec::<String>::new());
    }
}
