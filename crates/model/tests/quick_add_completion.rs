//! What quick add offers at the caret.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use jiff::civil::date;
use proptest::prelude::*;
use rota_model::quick_add::{Candidate, CompletionKind, Context, complete, parse};
use rota_model::when::{Signs, Style};

fn context(locale: &str) -> Context {
    let who = |name: &str, computer| Candidate {
        name: name.to_owned(),
        me: false,
        computer,
    };
    let strings = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    let now = date(2026, 3, 18).at(10, 30, 0, 0).in_tz("UTC").unwrap();
    Context {
        lists: strings(&[
            "House",
            "Holiday",
            "Home repairs",
            "Größe",
            "Say \"hi\"",
            "A/B",
        ]),
        who: vec![who("Jonas", false), who("Jo", false), who("nas-01", true)],
        tags: strings(&["home", "Gärten", "homework", "two words"]),
        ..Context::new(now, Style::of_locale(locale))
    }
}

/// `|` is the caret; each completion as the whole text with it.
fn offered(marked: &str, context: &Context) -> Vec<String> {
    let caret = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    let completions = complete(&text, caret, context);
    let whole = completions.iter().map(|completion| {
        let mut whole = text.clone();
        whole.replace_range(completion.span.clone(), &completion.insert);
        whole
    });
    whole.collect()
}

#[test]
fn names_complete_by_their_beginning() {
    let table: [(&str, &[&str]); 20] = [
        ("Buy #ho|", &["Buy #home", "Buy #homework"]),
        ("Buy #home|", &["Buy #homework"]),
        ("Buy #HOME|", &["Buy #home", "Buy #homework"]),
        ("Buy #gar|", &["Buy #Gärten"]),
        ("Buy #tw|", &["Buy #\"two words\""]),
        ("Buy #\"two w|", &["Buy #\"two words\""]),
        ("Buy #x|", &[]),
        ("Buy 2\" \"pipe +home|", &["Buy 2\" \"pipe +“Home repairs”"]),
        (
            "Buy +h|",
            &["Buy +House", "Buy +Holiday", "Buy +\"Home repairs\""],
        ),
        (
            "Buy +\"home r| tomorrow",
            &["Buy +\"Home repairs\" tomorrow"],
        ),
        ("Buy +gros| now", &["Buy +Größe now"]),
        (
            "Buy +Ho|use now",
            &["Buy +Holiday now", "Buy +\"Home repairs\" now"],
        ),
        ("Buy +say|", &["Buy +“Say \"hi\"”"]),
        ("Buy +a|", &["Buy +\"A/B\""]),
        ("Buy @jo|", &["Buy @Jo", "Buy @Jonas"]),
        ("Buy @|", &["Buy @Jonas", "Buy @Jo", "Buy @nas-01"]),
        ("Buy a@j|", &[]),
        ("Say \"hi #ho| you\"", &[]),
        ("Buy !|", &[]),
        ("Buy #ho |", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(offered(text, &context("en-GB")), expected, "{text}");
    }
    let context = Context {
        style: Style {
            signs: Signs::Todoist,
            ..Style::default()
        },
        ..context("en-GB")
    };
    assert_eq!(offered("Buy @gar|", &context), ["Buy @Gärten"]);
    assert_eq!(offered("Buy #gro|", &context), ["Buy #Größe"]);
    assert_eq!(offered("Buy +jon|", &context), ["Buy +Jonas"]);
}

#[test]
fn kinds_are_told() {
    let kinds = |text: &str| -> Vec<CompletionKind> {
        let found = complete(text, text.len(), &context("en-GB"));
        found.iter().map(|completion| completion.kind).collect()
    };
    assert_eq!(kinds("x @jon"), [CompletionKind::Person]);
    assert_eq!(kinds("x @nas"), [CompletionKind::Computer]);
    assert_eq!(kinds("x +hou"), [CompletionKind::List]);
    assert_eq!(kinds("x #gar"), [CompletionKind::Tag]);
    assert_eq!(kinds("x tomo"), [CompletionKind::Word]);
}

#[test]
fn words_complete_where_one_alone_fits() {
    let table: [(&str, &str, &[&str]); 17] = [
        ("en-GB", "Buy paint tomo|", &["Buy paint tomorrow"]),
        ("en-GB", "Buy paint Tomo|", &["Buy paint Tomorrow"]),
        ("en-GB", "Buy paint to|", &[]),
        ("en-GB", "Buy paint ton|", &["Buy paint tonight"]),
        ("en-GB", "Buy paint tomorrow|", &[]),
        ("en-GB", "Buy paint wee|", &[]),
        ("en-GB", "Buy paint end o|", &["Buy paint end of month"]),
        (
            "en-GB",
            "Buy paint day after t|",
            &["Buy paint day after tomorrow"],
        ),
        (
            "en-GB",
            "Buy paint tomo| #home",
            &["Buy paint tomorrow #home"],
        ),
        ("en-GB", "Buy tomo| paint", &[]),
        ("en-GB", "tomo|", &[]),
        ("en-GB", "#home tomo|", &[]),
        ("de-DE", "Farbe kaufen uberm|", &["Farbe kaufen ubermorgen"]),
        ("de-DE", "Farbe kaufen Donn|", &["Farbe kaufen Donnerstag"]),
        ("de-DE", "Farbe kaufen tomo|", &["Farbe kaufen tomorrow"]),
        (
            "es-ES",
            "Comprar pintura pas|",
            &["Comprar pintura pasado mañana"],
        ),
        ("ar-EG", "شراء الطلاء الخم|", &["شراء الطلاء الخميس"]),
    ];
    for (locale, text, expected) in table {
        assert_eq!(offered(text, &context(locale)), expected, "{text}");
    }
}

#[test]
fn what_was_turned_back_into_text_is_not_completed() {
    let literal = |text: &str| Context {
        literal: std::iter::once(4..text.len()).collect(),
        ..context("en-GB")
    };
    for text in ["Buy #ho", "Buy tomo"] {
        assert_eq!(complete(text, text.len(), &literal(text)), []);
    }
}

proptest! {
    #[test]
    fn a_completion_is_read_as_what_it_names(prefix in "[a-zA-Zäöß\"/ @#+]{0,6}", sign in "[#+@]") {
        let context = context("en-GB");
        let text = format!("Buy {sign}{prefix}");
        for completion in complete(&text, text.len(), &context) {
            let mut whole = text.clone();
            whole.replace_range(completion.span.clone(), &completion.insert);
            if completion.kind == CompletionKind::Word {
                continue;
            }
            let found = parse(&whole, &context);
            let token = found.tokens.iter().find(|token| token.span.start == completion.span.start);
            prop_assert_eq!(token.map(|token| &token.value), Some(&completion.label), "{}", whole);
        }
    }

    #[test]
    fn no_caret_makes_it_panic(text in "\\PC{0,20}", caret in 0_usize..80) {
        for completion in complete(&text, caret, &context("ar-EG")) {
            prop_assert!(text.get(completion.span).is_some());
        }
    }
}
