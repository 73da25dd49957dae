//! The words for dates, times and repeats, one table a language. A further language is a further table.

mod english;

/// Tables to try, in order.
static ENGLISH: [&Words; 1] = [&english::WORDS];

/// A language whose words are understood, beside English, which always is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// Arabic.
    Arabic,
}

impl Language {
    /// The tables to try, this language's own first: on a clash it wins.
    pub(crate) fn tables(self) -> &'static [&'static Words] {
        match self {
            _ => &ENGLISH,
        }
    }
}

/// One or more ways to say a thing; a way may have several words. All without case and accents, as `text::fold` leaves them.
pub(crate) type Ways = &'static [&'static str];

/// The words of one language.
pub(crate) struct Words {
    pub(crate) today: Ways,
    pub(crate) tomorrow: Ways,
    pub(crate) day_after_tomorrow: Ways,
    pub(crate) tonight: Ways,
    pub(crate) weekend: Ways,
    pub(crate) end_of_month: Ways,
    pub(crate) morning: Ways,
    pub(crate) afternoon: Ways,
    pub(crate) evening: Ways,
    pub(crate) noon: Ways,
    pub(crate) am: Ways,
    pub(crate) pm: Ways,
    /// Behind a whole hour, as in `17h`.
    pub(crate) hour_sign: Ways,
    /// Before a date: `by`, `due`.
    pub(crate) before_date: Ways,
    /// Before a date that has a name or number, and not before `tomorrow`: `on`.
    pub(crate) on: Ways,
    /// Before a date that belongs to a sentence: `9:00 to 10:00`, `open until friday`.
    pub(crate) joins: Ways,
    /// Before a time: `at`.
    pub(crate) before_time: Ways,
    /// Before a distance from now: `in`.
    pub(crate) within: Ways,
    pub(crate) next: Ways,
    /// Between day and month: `of`.
    pub(crate) of: Ways,
    pub(crate) the: Ways,
    pub(crate) and: Ways,
    /// Before the day on which a task can begin: `from`.
    pub(crate) from: Ways,
    pub(crate) every: Ways,
    pub(crate) other: Ways,
    pub(crate) last: Ways,
    pub(crate) until: Ways,
    pub(crate) times: Ways,
    pub(crate) after_done: Ways,
    pub(crate) workday: Ways,
    pub(crate) daily: Ways,
    pub(crate) weekly: Ways,
    pub(crate) monthly: Ways,
    pub(crate) yearly: Ways,
    pub(crate) minute: Ways,
    pub(crate) hour: Ways,
    pub(crate) day: Ways,
    pub(crate) week: Ways,
    pub(crate) month: Ways,
    pub(crate) year: Ways,
    /// From Monday.
    pub(crate) weekdays: [Ways; 7],
    pub(crate) months: [Ways; 12],
    /// From one.
    pub(crate) numbers: [Ways; 12],
    /// From first.
    pub(crate) ordinals: [Ways; 5],
    /// Behind a number: `15th`.
    pub(crate) ordinal_signs: Ways,
}

/// Words of a text without case and accents, commas apart, read from the left.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    tokens: &'a [String],
    at: usize,
}

/// Splits a text for a [`Cursor`].
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for word in text.split_whitespace() {
        for (index, part) in word.split(',').enumerate() {
            if index > 0 {
                tokens.push(",".to_owned());
            }
            if !part.is_empty() {
                tokens.push(crate::text::fold(part));
            }
        }
    }
    tokens
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(tokens: &'a [String]) -> Self {
        Self { tokens, at: 0 }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(crate) fn peek(&self) -> Option<&'a str> {
        self.tokens.get(self.at).map(String::as_str)
    }

    pub(crate) fn advance(&mut self) {
        self.at += 1;
    }

    /// Steps over one of the ways, if the next words are one.
    pub(crate) fn eat(&mut self, ways: Ways) -> bool {
        for way in ways {
            let words = way.split(' ').count();
            let next = self.tokens.get(self.at..self.at + words);
            if next.is_some_and(|next| next.iter().map(String::as_str).eq(way.split(' '))) {
                self.at += words;
                return true;
            }
        }
        false
    }

    pub(crate) fn eat_comma(&mut self) -> bool {
        self.eat(&[","])
    }

    /// Steps over the one of several things that comes next, and says which.
    pub(crate) fn eat_index(&mut self, things: &[Ways]) -> Option<usize> {
        things.iter().position(|ways| self.eat(ways))
    }

    /// What `read` makes of the next words; without an answer nothing is stepped over.
    pub(crate) fn attempt<T, E>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Option<T>, E>,
    ) -> Result<Option<T>, E> {
        let start = self.at;
        let answer = read(self);
        if !matches!(answer, Ok(Some(_))) {
            self.at = start;
        }
        answer
    }

    /// A whole number in digits.
    pub(crate) fn eat_digits(&mut self) -> Option<u32> {
        let number = digits(self.peek()?)?;
        self.advance();
        Some(number)
    }

    /// A whole number in digits or as a word.
    pub(crate) fn eat_number(&mut self, words: &Words) -> Option<u32> {
        self.eat_digits().or_else(|| {
            self.eat_index(&words.numbers)
                .and_then(|index| u32::try_from(index + 1).ok())
        })
    }

    /// A number as a place in a row: `15th`, `first`.
    pub(crate) fn eat_ordinal(&mut self, words: &Words) -> Option<u32> {
        if let Some(index) = self.eat_index(&words.ordinals) {
            return u32::try_from(index + 1).ok();
        }
        let token = self.peek()?;
        let number = words
            .ordinal_signs
            .iter()
            .find_map(|sign| digits(token.strip_suffix(sign)?))?;
        self.advance();
        Some(number)
    }
}

/// The number, of at most 4 ASCII digits.
pub(crate) fn digits(text: &str) -> Option<u32> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}
