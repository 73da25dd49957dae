//! No view and no picker without a picture: the screens are held against the window's own lists of both.

use std::path::Path;

use crate::screens::all;

#[test]
fn every_view_and_every_picker_has_a_screen() {
    let views = named(&source("view.ts"), "export type View =", "{ kind: \"");
    assert!(views.len() > 10, "{views:?}");
    for view in views {
        assert!(is_shown("data-view", &view), "no screen of the view {view}");
    }
    let pickers = named(
        &source("picker.svelte.ts"),
        "export type PickerKind =",
        "| \"",
    );
    assert!(pickers.len() > 10, "{pickers:?}");
    for picker in pickers {
        assert!(
            is_shown("data-picker", &picker),
            "no screen of the picker {picker}"
        );
    }
}

/// Whether a screen is there only when the page says so.
fn is_shown(attribute: &str, value: &str) -> bool {
    let mark = format!("[{attribute}={value}]");
    all().any(|screen| screen.there.contains(&mark))
}

/// What stands in quotes behind a mark, in one type of a source.
fn named(source: &str, begin: &str, mark: &str) -> Vec<String> {
    let (_, text) = source.split_once(begin).unwrap();
    let (text, _) = text.split_once("\n\n").unwrap();
    let names = text
        .split(mark)
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    names.map(str::to_owned).collect()
}

fn source(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../ui/src/state")
        .join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
