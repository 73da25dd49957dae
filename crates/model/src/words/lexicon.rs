//! The table of a language, made ready for looking words up, and texts cut into words.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{Language, Word, arabic, english, german, spanish};
use crate::text::fold;

/// The words of one language, as they are written. Several ways to say a thing stand with bars between them, the one to
/// complete to first; case, accents and the letters that people leave out in typing make no difference.
pub(super) struct Table {
    pub(super) words: &'static [(Word, &'static str)],
    /// Behind a number that is a place in a row: `15th`.
    pub(super) ordinal_signs: &'static [&'static str],
    /// A letter for "and" that sticks to the word behind it.
    pub(super) and_prefix: Option<&'static str>,
    /// Whether a weekday and a part of the day are written as one word.
    pub(super) joins_parts: bool,
    /// Whether letters with two dots are also written as two letters.
    pub(super) spells_dots_out: bool,
    /// Whether a unit of time alone is one of it.
    pub(super) unit_is_one: bool,
    /// What people call themselves.
    pub(super) me: &'static [&'static str],
}

/// A language's table by the first words of its entries.
pub(crate) struct Lexicon {
    entries: HashMap<String, Vec<Entry>>,
    /// Every word that stands anywhere in an entry.
    vocabulary: HashSet<String>,
    /// What can be completed: the word as it is written, and without case and accents.
    offers: Vec<(&'static str, String)>,
    table: &'static Table,
}

/// What a word, with those behind it, can mean.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The words behind the first.
    pub(super) rest: Vec<String>,
    pub(super) word: Word,
}

/// A word of a text.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Without case and accents; a comma is a word.
    pub(super) text: String,
    /// What it can mean or begin, longest first.
    pub(super) entries: &'static [Entry],
    /// Whether it stands anywhere in an entry.
    is_known: bool,
}

impl Token {
    /// Whether it is a whole number.
    pub(crate) fn is_digits(&self) -> bool {
        super::digits(&self.text).is_some()
    }

    /// Whether it is a whole number that can stand before a fraction.
    pub(crate) fn is_small_number(&self) -> bool {
        self.text.len() <= 2 && self.is_digits()
    }

    /// Whether it is "24/7", which is no day.
    pub(crate) fn is_always(&self) -> bool {
        self.text == "24/7"
    }

    /// Whether it is a date in digits by its signs.
    pub(crate) fn looks_like_date(&self) -> bool {
        let is_of_date = |c: char| c.is_ascii_digit() || matches!(c, '.' | '/');
        self.text.contains(['.', '/']) && self.text.chars().all(is_of_date)
    }

    /// Whether it is a part of one, as people measure: "3/8".
    pub(crate) fn is_fraction(&self) -> bool {
        let Some((part, whole)) = self.text.split_once('/') else {
            return false;
        };
        let (Some(part), Some(whole)) = (super::digits(part), super::digits(whole)) else {
            return false;
        };
        matches!(whole, 2 | 3 | 4 | 8 | 16) && (1..whole).contains(&part)
    }
}

impl Lexicon {
    pub(crate) fn of(language: Language) -> &'static Self {
        static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&english::TABLE));
        static GERMAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&german::TABLE));
        static SPANISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&spanish::TABLE));
        static ARABIC: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&arabic::TABLE));
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
            Language::Spanish => &SPANISH,
            Language::Arabic => &ARABIC,
        }
    }

    fn new(table: &'static Table) -> Self {
        let mut entries: HashMap<String, Vec<Entry>> = HashMap::new();
        let mut offers = Vec::new();
        for (word, ways) in table.words {
            for (index, way) in ways.split('|').map(str::trim).enumerate() {
                if index == 0 && word.completes() {
                    offers.push((way, normal(way)));
                }
                for spelling in table.spellings(way) {
                    let mut words = spelling.split(' ').map(str::to_owned);
                    let first = words.next().unwrap_or_default();
                    let rest = words.collect();
                    entries
                        .entry(first)
                        .or_default()
                        .push(Entry { rest, word: *word });
                }
            }
        }
        let rest = entries.values().flatten().flat_map(|entry| &entry.rest);
        let vocabulary = rest.chain(entries.keys()).cloned().collect();
        for alike in entries.values_mut() {
            alike.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
        }
        Self {
            entries,
            vocabulary,
            offers,
            table,
        }
    }

    /// The words of a text.
    pub(crate) fn tokens(&'static self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        for word in text.split_whitespace() {
            for (index, part) in word.split([',', '،']).enumerate() {
                if index > 0 {
                    tokens.push(self.token(",".to_owned()));
                }
                if !part.is_empty() {
                    self.push(normal(part), &mut tokens);
                }
            }
        }
        tokens
    }

    /// Whether a word can be part of a date, repeat or reminder.
    pub(crate) fn may_be(token: &Token) -> bool {
        token.is_known || token.text == "," || token.text.bytes().any(|byte| byte.is_ascii_digit())
    }

    /// The words to complete to, each with what it is without case and accents.
    pub(crate) fn offers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.offers
            .iter()
            .map(|(way, plain)| (*way, plain.as_str()))
    }

    /// Whether a name is what people call themselves.
    pub(crate) fn is_me(&self, name: &str) -> bool {
        let name = normal(name);
        self.table.me.iter().any(|me| normal(me) == name)
    }

    pub(super) fn ordinal_signs(&self) -> &'static [&'static str] {
        self.table.ordinal_signs
    }

    pub(super) fn unit_is_one(&self) -> bool {
        self.table.unit_is_one
    }

    pub(super) fn entries(&'static self, text: &str) -> &'static [Entry] {
        self.entries.get(text).map_or(&[], Vec::as_slice)
    }

    fn token(&'static self, text: String) -> Token {
        Token {
            entries: self.entries(&text),
            is_known: self.vocabulary.contains(&text),
            text,
        }
    }

    fn push(&'static self, text: String, tokens: &mut Vec<Token>) {
        if self.vocabulary.contains(&text) {
            return tokens.push(self.token(text));
        }
        if let Some(plain) = text.strip_suffix('.')
            && self.vocabulary.contains(plain)
        {
            return tokens.push(self.token(plain.to_owned()));
        }
        let split = self
            .and_behind_prefix(&text)
            .or_else(|| self.weekday_and_part(&text));
        match split {
            Some(at) => {
                let (first, second) = text.split_at(at);
                tokens.push(self.token(first.to_owned()));
                tokens.push(self.token(second.to_owned()));
            }
            None => tokens.push(self.token(text)),
        }
    }

    fn and_behind_prefix(&'static self, text: &str) -> Option<usize> {
        let prefix = self.table.and_prefix?;
        let rest = text.strip_prefix(prefix)?;
        let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
        (is_number || !self.entries(rest).is_empty()).then_some(prefix.len())
    }

    fn weekday_and_part(&'static self, text: &str) -> Option<usize> {
        if !self.table.joins_parts {
            return None;
        }
        let is = |text: &str, wanted: fn(Word) -> bool| {
            let mut entries = self.entries(text).iter();
            entries.any(|entry| entry.rest.is_empty() && wanted(entry.word))
        };
        let starts = text.char_indices().map(|(at, _)| at);
        starts.skip(1).find(|at| {
            let (first, second) = text.split_at(*at);
            is(first, |word| matches!(word, Word::Weekday(_)))
                && is(second, |word| matches!(word, Word::Part(_) | Word::Noon))
        })
    }
}

impl Table {
    /// The ways to type a way: with accents left out, and with two letters for a letter with dots.
    fn spellings(&self, way: &str) -> Vec<String> {
        let mut spellings = vec![normal(way)];
        if self.spells_dots_out && way.contains(['ä', 'ö', 'ü']) {
            let long = way.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
            spellings.push(normal(&long));
        }
        spellings
    }
}

/// A word for comparing: neither case nor accents, digits of 0 to 9, and without the marks and letter forms that make no
/// difference to who reads it.
pub(crate) fn normal(text: &str) -> String {
    let plain = |c: char| {
        let c = match c {
            '\u{0660}'..='\u{0669}' => digit(c, '\u{0660}'),
            '\u{06f0}'..='\u{06f9}' => digit(c, '\u{06f0}'),
            // Final forms of yeh and heh, which keyboards and habits mix up.
            'ى' | 'ی' => 'ي',
            'ة' => 'ه',
            '’' | '‘' => '\'',
            c => c,
        };
        (!is_mark_of_direction(c)).then_some(c)
    };
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    fold(text).chars().filter_map(plain).collect()
}

fn digit(c: char, zero: char) -> char {
    let value = u32::from(c) - u32::from(zero);
    char::from_digit(value, 10).unwrap_or(c)
}

/// What programs put around words of the other direction, and other characters without width.
pub(crate) fn is_mark_of_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{00ad}')
}
