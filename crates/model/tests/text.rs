//! What titles, names, tags and notes keep.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use rota_model::limits::{NOTES_MAX_BYTES, TAG_MAX_BYTES, TITLE_MAX_BYTES};
use rota_model::text::{self, NameMatch, TextError, TextField, find_name, fold};

#[test]
fn titles_keep_what_unicode_allows() {
    for kept in [
        "Buy paint",
        "\u{1f469}\u{200d}\u{1f467} dinner",
        "شراء حليب",
        "買い物",
        "नमस्ते",
        "a  b",
        "\u{202e}rtl\u{202c} x",
        "C# 5 + 3",
        "𝔘𝔫𝔦",
        "Z\u{351}\u{36b}\u{353}A",
    ] {
        let nfc: String = unicode_normalization::UnicodeNormalization::nfc(kept).collect();
        assert_eq!(text::title(kept).as_deref(), Ok(nfc.as_str()));
    }
}

#[test]
fn titles_are_one_trimmed_line() {
    assert_eq!(
        text::title(" \t a\nb\r\nc\u{7}d\u{85}e\u{2028}f \n").as_deref(),
        Ok("a b c d e f")
    );
    assert_eq!(text::title("\u{feff}bom").as_deref(), Ok("bom"));
    assert_eq!(text::title("cafe\u{301}").as_deref(), Ok("caf\u{e9}"));
    assert_eq!(text::title("\u{1b}[31mred").as_deref(), Ok("[31mred"));
}

#[test]
fn nothing_to_see_is_an_error() {
    for empty in [
        "",
        "   ",
        "\n\t",
        "\u{200b}",
        "\u{200d}\u{feff} \u{2060}",
        "\u{3164}",
        "\u{7}",
    ] {
        assert_eq!(
            text::title(empty),
            Err(TextError::Empty {
                field: TextField::Title
            }),
            "{empty:?}"
        );
        assert_eq!(
            text::name(empty),
            Err(TextError::Empty {
                field: TextField::Name
            })
        );
    }
    assert_eq!(text::notes("").as_deref(), Ok(""));
}

#[test]
fn nul_and_length_are_named() {
    assert_eq!(
        text::title("a\0b"),
        Err(TextError::Nul {
            field: TextField::Title
        })
    );
    assert_eq!(
        text::notes("a\0b"),
        Err(TextError::Nul {
            field: TextField::Notes
        })
    );
    assert!(text::title(&"ä".repeat(TITLE_MAX_BYTES / 2)).is_ok());
    let error = text::title(&"x".repeat(TITLE_MAX_BYTES + 1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the title has 4001 bytes; at most 4000 are kept"
    );
    assert_eq!(error.hint(), "put the rest into the notes");
    assert!(text::tag(&"t".repeat(TAG_MAX_BYTES)).is_ok());
    assert!(text::tag(&"t".repeat(TAG_MAX_BYTES + 1)).is_err());
    assert!(text::notes(&"n".repeat(NOTES_MAX_BYTES)).is_ok());
    assert!(text::notes(&"n".repeat(NOTES_MAX_BYTES + 1)).is_err());
    const { assert!(TAG_MAX_BYTES <= rota_model::limits::CELL_KEY_MAX_BYTES) };
}

#[test]
fn notes_keep_their_lines() {
    assert_eq!(
        text::notes("a\r\nb\rc\n\td\u{8}").as_deref(),
        Ok("a\nb\nc\n\td ")
    );
}

#[test]
fn names_are_found_without_case_and_accents() {
    let names = [
        "House",
        "house repairs",
        "Größe",
        "École",
        "Mia",
        "MIA",
        "کتاب",
        "が",
    ];
    let find = |wanted: &str| find_name(wanted, names);
    assert_eq!(find("House"), NameMatch::One(0));
    assert_eq!(find("house"), NameMatch::One(0));
    assert_eq!(find("house r"), NameMatch::One(1));
    assert_eq!(find("hou"), NameMatch::Several(vec![0, 1]));
    assert_eq!(find("GRÖSSE"), NameMatch::One(2));
    assert_eq!(find("grosse"), NameMatch::One(2));
    assert_eq!(find("ecole"), NameMatch::One(3));
    assert_eq!(find("Mia"), NameMatch::One(4));
    assert_eq!(find("mia"), NameMatch::Several(vec![4, 5]));
    assert_eq!(find("か"), NameMatch::None);
    assert_eq!(find(""), NameMatch::None);
    assert_eq!(find("\u{301}"), NameMatch::None);
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once(raw in "\\PC{0,40}|.{0,40}") {
        for clean in [text::title, text::name, text::tag, text::notes] {
            if let Ok(once) = clean(&raw) {
                prop_assert_eq!(clean(&once), Ok(once));
            }
        }
    }

    #[test]
    fn folding_twice_is_folding_once(raw in "\\PC{0,40}") {
        let once = fold(&raw);
        prop_assert_eq!(fold(&once), once);
    }
}

#[test]
fn folding_any_letter_twice_is_folding_it_once() {
    for letter in char::MIN..=char::MAX {
        let once = fold(&letter.to_string());
        assert_eq!(fold(&once), once, "{letter:?}");
    }
    assert_eq!(fold("STRAẞE"), fold("Straße"));
    assert_eq!(fold("STRASSE"), fold("straße"));
    assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
    assert_eq!(fold("İstanbul"), fold("istanbul"));
}
