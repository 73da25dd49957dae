//! Quick add by its table, and the laws that hold for any text.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::ops::Range;

use jiff::civil::date;
use proptest::prelude::*;
use rota_model::quick_add::{
    Candidate, Context, Line, QuickAdd, Slot, parse, parse_lines, plain_lines,
};
use rota_model::when::{Signs, Style, zone_named};

/// Wednesday, 18 March 2026, 10:30 in Berlin, among the names that the table uses.
fn context() -> Context {
    let who = |name: &str, me: bool| Candidate {
        name: name.to_owned(),
        me,
        computer: name == "nas-01",
    };
    let strings = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    Context {
        now: date(2026, 3, 18)
            .at(10, 30, 0, 0)
            .to_zoned(zone_named("Europe/Berlin").unwrap())
            .unwrap(),
        style: Style::default(),
        lists: strings(&["House", "Holiday", "Home repairs", "Work", "Größe"]),
        who: vec![
            who("Mia", false),
            who("Jonas", true),
            who("Jo", false),
            who("nas-01", false),
        ],
        tags: strings(&["home", "Gärten"]),
        literal: Vec::new(),
        due: None,
    }
}

/// As the table shows it.
fn shown(text: &str, found: &QuickAdd, context: &Context) -> String {
    let mut line = if found.title.is_empty() {
        "(no title)".to_owned()
    } else {
        found.title.clone()
    };
    let mut add = |part: String| write!(line, " ; {part}").unwrap();
    if let Some(due) = &found.due {
        add(format!(
            "due {}",
            due.to_string().replace("[Europe/Berlin]", "")
        ));
    }
    if let Some(repeat) = &found.repeat {
        add(format!("repeat {repeat}"));
    }
    if let Some(reminder) = &found.reminder {
        add(format!(
            "remind {}",
            reminder.to_string().replace("[Europe/Berlin]", "")
        ));
    }
    if let Some(start) = &found.start {
        add(format!(
            "start {}",
            start.to_string().replace("[Europe/Berlin]", "")
        ));
    }
    for tag in &found.tags {
        add(format!(
            "#{}{}",
            tag.name,
            if tag.new { " (new)" } else { "" }
        ));
    }
    if let Some(priority) = found.priority {
        add(format!("!{priority}"));
    }
    if let Some(list) = found.list {
        add(format!("+{}", context.lists[list]));
    }
    if let Some(who) = found.who {
        add(format!("@{}", context.who[who].name));
    }
    for ignored in &found.ignored {
        add(format!(
            "not {}: {}",
            &text[ignored.span.clone()],
            ignored.reason
        ));
    }
    line
}

/// The tables, each in one language.
const TABLES: [(&str, &str); 5] = [
    ("en-GB", include_str!("quick_add/english.txt")),
    ("de-DE", include_str!("quick_add/german.txt")),
    ("es-ES", include_str!("quick_add/spanish.txt")),
    ("ar-EG", include_str!("quick_add/arabic.txt")),
    ("en-US", include_str!("quick_add/american.txt")),
];

#[test]
fn the_tables_hold() {
    let mut wrong = String::new();
    let mut lines = 0;
    for (locale, table) in TABLES {
        let mut context = Context {
            style: Style::of_locale(locale),
            ..context()
        };
        for line in table.lines() {
            if let Some(signs) = line.strip_prefix("## Signs of ") {
                context.style.signs = match signs {
                    "Todoist" => Signs::Todoist,
                    "Vikunja" => Signs::Vikunja,
                    _ => Signs::Rota,
                };
            }
            if let Some(moment) = line.strip_prefix("## At ") {
                let moment: jiff::civil::DateTime = moment.parse().unwrap();
                context.now = moment.to_zoned(context.now.time_zone().clone()).unwrap();
            }
            if line.is_empty() || line.starts_with("## ") {
                continue;
            }
            lines += 1;
            let (text, expected) = line
                .split_once(" => ")
                .unwrap_or_else(|| panic!("no => in {line}"));
            let actual = shown(text, &parse(text, &context), &context);
            if actual != expected {
                writeln!(
                    wrong,
                    "{locale}: {text}\n  expected {expected}\n  actual   {actual}"
                )
                .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(lines >= 300, "{lines}");
}

#[test]
fn tokens_say_where_they_stand() {
    let text = "Buy paint tomorrow 17:00 #home every 2 weeks";
    let found = parse(text, &context());
    let spans: Vec<String> = found
        .tokens
        .iter()
        .map(|token| format!("{:?} {}", token.slot, &text[token.span.clone()]))
        .collect();
    assert_eq!(
        spans,
        ["Due tomorrow 17:00", "Tag #home", "Repeat every 2 weeks"]
    );
}

#[test]
fn what_was_turned_back_into_text_stays_text() {
    let text = "Buy paint tomorrow #home";
    let back = |word: &str| {
        let at = text.find(word).unwrap();
        std::iter::once(at..at + word.len()).collect()
    };
    let found = parse(
        text,
        &Context {
            literal: back("tomorrow"),
            ..context()
        },
    );
    assert_eq!(
        (found.title.as_str(), found.due, found.tags.len()),
        ("Buy paint tomorrow", None, 1)
    );
    let found = parse(
        text,
        &Context {
            literal: back("#home"),
            ..context()
        },
    );
    assert_eq!(
        (found.title.as_str(), found.due, found.tags.len()),
        (text, None, 0)
    );
}

#[test]
fn a_flood_of_signs_is_a_title() {
    let text = "#t ".repeat(5_000);
    let found = parse(&text, &context());
    assert_eq!(found.tags.len(), 1);
    assert_eq!(found.tokens.len(), 100);
    let long = "x tomorrow ".repeat(2_000);
    assert_eq!(parse(&long, &context()).title, long.trim());
}

#[test]
fn pasted_lines_are_tasks() {
    let text = "Trip\n  - [ ] Book train\n    1. Seat\n\t2) Bike\n  * [x] Pack\n\n+ Shop\n- \n[X] Done one\n☑ Ticked\n3.5 litres of milk\n\
        2024. was a year\n-5 degrees\n- tomorrow #home\n      deep\n   less\n \u{2022} bullet\r\n";
    let shown: Vec<String> = parse_lines(text)
        .into_iter()
        .map(|Line { depth, done, text }| {
            format!("{depth} {} {text}", if done { 'x' } else { '.' })
        })
        .collect();
    assert_eq!(
        shown,
        [
            "0 . Trip",
            "1 . Book train",
            "2 . Seat",
            "2 . Bike",
            "1 x Pack",
            "0 . Shop",
            "0 x Done one",
            "0 x Ticked",
            "0 . 3.5 litres of milk",
            "0 . 2024. was a year",
            "0 . -5 degrees",
            "0 . tomorrow #home",
            "1 . deep",
            "1 . less",
            "1 . bullet",
        ]
    );
}

#[test]
fn plain_lines_stay_as_they_are() {
    let lines = plain_lines("- [x] a\n\n  b !1\r\n");
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["- [x] a", "  b !1"]);
    assert!(lines.iter().all(|line| line.depth == 0 && !line.done));
}

/// Words that quick add cares for in every language, and others.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => "(today|tomorrow|fri|next|in|every|at|on|from|until|last|weeks|days|mar|after done|noon|pm|5 times|30 feb|by|remind|before|10m|the|15th|half past|tonight|friday night|midnight|yesterday|after next|starting|version|of)",
        2 => "(heute|morgen|Freitag|nächsten|alle|um|am|bis|Wochen|jeden|zweiten|im Monat|erinnern|vorher|15\\.|Uhr|halb|abends|montags|und|Do|ab|übernächsten|letzten|Nacht|17 Uhr|des|Monats|Version)",
        2 => "(hoy|mañana|el|viernes|cada|a las|de la tarde|semanas|que viene|de|marzo|los lunes|y|antes|recuérdame|desde|hasta|menos cuarto|de cada mes|esta noche|pasado|mes|martes)",
        2 => "(غدا|اليوم|الجمعة|القادمة|كل|بعد|الساعة|٥|أيام|يومين|مساء|يوم|من|شهر|ذكرني|قبل|والنصف|وخميس|١٠ دقائق|مارس|الليلة|الشهر|القادم|هذا)",
        3 => "[0-9٠-٩]{1,4}([:./-][0-9]{1,2}){0,2}(am|pm|h|m|th|\\.|x|,)?",
        2 => "[#!+@*\\\\]{0,2}[\"]?[a-zA-Z0-9/]{0,5}[\"]?",
        1 => "[#!+@*](home|House|mia|1|me|\"Home repairs\")",
        2 => "\\PC{0,6}",
        1 => "[\u{200e}\u{200f}]([#@+]home|\\\\غدا|غدا|\\\\|[\"„]غدا[\"“])?[\u{200f}]?",
        1 => "[\"“”„«»「」]",
    ];
    (prop::collection::vec(word, 0..12), "[ \t\n\u{a0}]{1,2}")
        .prop_map(|(words, space)| words.join(&space))
}

fn any_context() -> impl Strategy<Value = Context> {
    let locales = prop::sample::select(vec!["en-GB", "en-US", "de-DE", "es-ES", "ar-EG"]);
    let signs = prop::sample::select(vec![Signs::Rota, Signs::Todoist, Signs::Vikunja]);
    (locales, signs).prop_map(|(locale, signs)| Context {
        style: Style {
            signs,
            ..Style::of_locale(locale)
        },
        ..context()
    })
}

fn visible(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The parts of the text that are in no token.
fn gaps(text: &str, found: &QuickAdd) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut gaps = Vec::new();
    for token in &found.tokens {
        gaps.push(at..token.span.start);
        at = token.span.end;
    }
    gaps.push(at..text.len());
    gaps
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn every_character_is_in_the_title_or_in_a_token(text in any_text(), context in any_context()) {
        let found = parse(&text, &context);
        let mut in_tokens = vec![false; text.len()];
        for token in &found.tokens {
            for taken in &mut in_tokens[token.span.clone()] {
                prop_assert!(!*taken, "two tokens overlap");
                *taken = true;
            }
        }
        let left: String = text.char_indices().filter(|(at, _)| !in_tokens[*at]).map(|(_, c)| c).collect();
        // Nothing but the backslash of an escaped word goes without being a token.
        let title = visible(&found.title);
        let mut rest = visible(&left).into_iter();
        for c in &title {
            prop_assert!(rest.by_ref().find(|left| left == c || *left != '\\').as_ref() == Some(c), "{}", found.title);
        }
        prop_assert!(rest.all(|c| c == '\\'));
    }

    #[test]
    fn what_is_told_about_the_text_fits_it(text in any_text(), context in any_context()) {
        let found = parse(&text, &context);
        for token in &found.tokens {
            prop_assert!(text.get(token.span.clone()).is_some());
            prop_assert!(!token.value.is_empty(), "{:?}", token);
        }
        for ignored in &found.ignored {
            let span = &ignored.span;
            prop_assert!(text.get(span.clone()).is_some());
            prop_assert!(found.tokens.iter().all(|token| token.span.end <= span.start || span.end <= token.span.start));
        }
        let slots = |slot| found.tokens.iter().any(|token| token.slot == slot);
        prop_assert_eq!(slots(Slot::Repeat), found.repeat.is_some());
        prop_assert_eq!(slots(Slot::Reminder), found.reminder.is_some());
        prop_assert_eq!(slots(Slot::Start), found.start.is_some());
        prop_assert_eq!(slots(Slot::Priority), found.priority.is_some());
        prop_assert_eq!(slots(Slot::List), found.list.is_some());
        prop_assert_eq!(slots(Slot::Who), found.who.is_some());
    }

    #[test]
    fn nothing_in_the_middle_is_taken(text in any_text(), context in any_context()) {
        let found = parse(&text, &context);
        for token in &found.tokens {
            let is_sign = matches!(token.slot, Slot::Tag | Slot::Priority | Slot::List | Slot::Who);
            if is_sign {
                continue;
            }
            let behind = gaps(&text, &found).into_iter().filter(|gap| gap.start >= token.span.end);
            for gap in behind {
                prop_assert!(text[gap.clone()].trim().is_empty(), "{:?} before {:?}", token, &text[gap]);
            }
        }
    }

    #[test]
    fn what_is_text_already_may_be_marked_as_text(text in any_text(), context in any_context()) {
        let found = parse(&text, &context);
        let literal = gaps(&text, &found).into_iter().filter(|gap| !gap.is_empty()).collect();
        let again = parse(&text, &Context { literal, ..context });
        prop_assert_eq!(&again.tokens, &found.tokens);
        prop_assert_eq!((again.due, again.repeat, again.reminder), (found.due, found.repeat, found.reminder));
    }

    #[test]
    fn what_is_marked_as_text_is_in_no_token(text in any_text(), context in any_context(), which: prop::sample::Index) {
        let found = parse(&text, &context);
        if !found.tokens.is_empty() {
            let literal = vec![which.get(&found.tokens).span.clone()];
            let again = parse(&text, &Context { literal: literal.clone(), ..context });
            prop_assert!(again.tokens.iter().all(|token| token.span.end <= literal[0].start || literal[0].end <= token.span.start));
            prop_assert!(again.title.contains(&text[literal[0].clone()]));
        }
    }

    #[test]
    fn a_quoted_title_is_itself(text in any_text(), context in any_context()) {
        let quoted = format!("\"{}\"", text.replace('"', "'"));
        let found = parse(&quoted, &context);
        prop_assert_eq!(&found.title, &quoted);
        prop_assert!(found.tokens.is_empty() && found.ignored.is_empty());
    }

    #[test]
    fn a_title_without_signs_and_words_is_itself(text in "[k-z]{3,8}( [k-z]{3,8}){0,5} xx") {
        let found = parse(&text, &context());
        prop_assert_eq!(found, QuickAdd { title: text, ..QuickAdd::default() });
    }

    #[test]
    fn lines_keep_their_words(text in "([ \t]{0,5}(- |\\* |1\\. |\\[x\\] |- \\[ \\] )?[a-z]{1,5}\n){0,12}") {
        let lines = parse_lines(&text);
        prop_assert_eq!(lines.len(), text.lines().count());
        let mut deepest = 0;
        for (line, raw) in lines.iter().zip(text.lines()) {
            prop_assert!(raw.ends_with(&line.text) && !line.text.contains(' '));
            prop_assert!(line.depth <= deepest, "a child without a parent");
            deepest = line.depth + 1;
        }
    }

    #[test]
    fn no_lines_make_it_panic(text in "\\PC{0,30}(\n\\PC{0,30}){0,5}") {
        let _ = parse_lines(&text);
        let _ = plain_lines(&text);
    }
}
