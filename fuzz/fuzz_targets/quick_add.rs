//! Quick-add text: whatever is typed, the title and the tokens are the text, and nothing in the middle of it is taken.
#![no_main]

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::date;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use rota_model::quick_add::{
    Candidate, CompletionKind, Context, QuickAdd, Slot, complete, parse, parse_lines,
};
use rota_model::when::{Signs, Style};

const LOCALES: [&str; 5] = ["en-GB", "en-US", "de-DE", "es-ES", "ar-EG"];
const SIGNS: [Signs; 3] = [Signs::Rota, Signs::Todoist, Signs::Vikunja];

static CONTEXTS: LazyLock<Vec<Context>> = LazyLock::new(|| {
    let each = LOCALES.iter().flat_map(|locale| SIGNS.map(|signs| context(locale, signs)));
    each.collect()
});

fuzz_target!(|input: (u8, u16, &str)| {
    let (which, caret, text) = input;
    let context = &CONTEXTS[usize::from(which) % CONTEXTS.len()];
    let found = parse(text, context);
    check_tokens(text, &found);
    check_literals(text, &found, context);
    for completion in complete(text, usize::from(caret), context) {
        assert!(text.get(completion.span).is_some());
        assert!(completion.kind != CompletionKind::Word || !completion.insert.contains('#'));
    }
    for line in parse_lines(text) {
        assert!(text.contains(&line.text));
    }
});

/// Tokens do not overlap, words count only in the tail, and what is in no token is in the title.
fn check_tokens(text: &str, found: &QuickAdd) {
    let gaps = gaps(text, found);
    for token in &found.tokens {
        assert!(!token.value.is_empty(), "{token:?}");
        let is_sign = matches!(token.slot, Slot::Tag | Slot::Priority | Slot::List | Slot::Who);
        let behind = gaps.iter().filter(|gap| gap.start >= token.span.end);
        for gap in behind {
            assert!(is_sign || text[gap.clone()].trim().is_empty(), "{token:?} in {text:?}");
        }
    }
    let visible = |text: &str| -> String {
        let kept = |c: &char| !c.is_whitespace() && *c != '\\';
        text.chars().filter(kept).collect()
    };
    let left: String = gaps.into_iter().map(|gap| &text[gap]).collect();
    assert_eq!(visible(&found.title), visible(&left));
}

/// What is text already may be marked as text.
fn check_literals(text: &str, found: &QuickAdd, context: &Context) {
    let literal = gaps(text, found).into_iter().filter(|gap| !gap.is_empty());
    let context = Context {
        literal: literal.collect(),
        ..context.clone()
    };
    assert_eq!(parse(text, &context).tokens, found.tokens);
}

/// The parts of the text that are in no token.
fn gaps(text: &str, found: &QuickAdd) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut gaps = Vec::new();
    for token in &found.tokens {
        assert!(at <= token.span.start, "two tokens overlap in {text:?}");
        gaps.push(at..token.span.start);
        at = token.span.end;
    }
    gaps.push(at..text.len());
    gaps
}

fn context(locale: &str, signs: Signs) -> Context {
    let strings = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    let who = |name: &str, me, computer| Candidate {
        name: name.to_owned(),
        me,
        computer,
    };
    let now = date(2026, 3, 18).at(10, 30, 0, 0);
    let now = now.to_zoned(TimeZone::UTC).expect("a time of UTC");
    let style = Style {
        signs,
        ..Style::of_locale(locale)
    };
    Context {
        lists: strings(&["House", "Home repairs", "Größe"]),
        who: vec![who("Mia", true, false), who("nas-01", false, true)],
        tags: strings(&["home", "two words"]),
        ..Context::new(now, style)
    }
}
