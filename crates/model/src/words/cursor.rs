//! Words of a text, read from the left.

use jiff::civil::Weekday;

use super::lexicon::{Lexicon, Token};
use super::{Part, Unit, Word};

/// A place among the words of a text.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    lexicon: &'static Lexicon,
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(lexicon: &'static Lexicon, tokens: &'a [Token]) -> Self {
        Self {
            lexicon,
            tokens,
            at: 0,
        }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(crate) fn peek(&self) -> Option<&'a str> {
        self.tokens.get(self.at).map(|token| token.text.as_str())
    }

    pub(crate) fn advance(&mut self) {
        self.at += 1;
    }

    /// Whether a lone unit of time is one of it.
    pub(crate) fn unit_is_one(&self) -> bool {
        self.lexicon.unit_is_one()
    }

    /// Steps over the next words if they can mean what `read` takes, the longest first.
    pub(crate) fn eat_as<T>(&mut self, read: impl Fn(Word) -> Option<T>) -> Option<T> {
        let tokens = self.tokens;
        let token = tokens.get(self.at)?;
        for entry in token.entries {
            let Some(answer) = read(entry.word) else {
                continue;
            };
            let end = self.at + 1 + entry.rest.len();
            let Some(behind) = tokens.get(self.at + 1..end) else {
                continue;
            };
            if behind.iter().map(|token| &token.text).eq(&entry.rest) {
                self.at = end;
                return Some(answer);
            }
        }
        None
    }

    /// Steps over the next words if they can mean that.
    pub(crate) fn eat(&mut self, word: Word) -> bool {
        self.eat_as(|found| (found == word).then_some(())).is_some()
    }

    /// Whether the next words can mean that.
    pub(crate) fn sees(&self, word: Word) -> bool {
        self.clone().eat(word)
    }

    pub(crate) fn eat_comma(&mut self) -> bool {
        let comma = self.peek() == Some(",");
        self.at += usize::from(comma);
        comma
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

    /// The same for what cannot fail.
    pub(crate) fn tried<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let answer: Result<_, std::convert::Infallible> = self.attempt(|cursor| Ok(read(cursor)));
        answer.ok().flatten()
    }

    /// A whole number in digits.
    pub(crate) fn eat_digits(&mut self) -> Option<u32> {
        let number = digits(self.peek()?)?;
        self.advance();
        Some(number)
    }

    /// A whole number in digits or as a word.
    pub(crate) fn eat_number(&mut self) -> Option<u32> {
        self.eat_digits().or_else(|| {
            self.eat_as(|word| match word {
                Word::Number(number) => Some(number),
                _ => None,
            })
        })
    }

    /// A number as a place in a row: `15th`, `first`.
    pub(crate) fn eat_ordinal(&mut self) -> Option<u32> {
        let word = self.eat_as(|word| match word {
            Word::Ordinal(number) => Some(number),
            _ => None,
        });
        word.or_else(|| {
            let token = self.peek()?;
            let signs = self.lexicon.ordinal_signs();
            let number = signs
                .iter()
                .find_map(|sign| digits(token.strip_suffix(sign)?))?;
            self.advance();
            Some(number)
        })
    }

    pub(crate) fn eat_unit(&mut self) -> Option<Unit> {
        self.eat_as(|word| match word {
            Word::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    /// A number with its unit, as one word or two: `10 minutes`, `10min`, `2h`; in some languages the unit alone is one.
    pub(crate) fn eat_length(&mut self) -> Option<(u32, Unit)> {
        let two = self.eat_as(|word| match word {
            Word::Two(unit) => Some((2, unit)),
            Word::Minutes(minutes) => Some((minutes, Unit::Minute)),
            _ => None,
        });
        let plain = |cursor: &mut Self| {
            let number = cursor.eat_number()?;
            Some((number, cursor.eat_unit()?))
        };
        two.or_else(|| self.tried(plain))
            .or_else(|| self.eat_glued())
            .or_else(|| {
                let unit = self.unit_is_one().then(|| self.eat_unit()).flatten()?;
                Some((1, unit))
            })
    }

    fn eat_glued(&mut self) -> Option<(u32, Unit)> {
        let token = self.peek()?;
        let end = token.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = token.split_at(end);
        let unit = match unit {
            "m" | "min" => Unit::Minute,
            "h" => Unit::Hour,
            "d" => Unit::Day,
            "w" => Unit::Week,
            name => {
                let mut entries = self.lexicon.entries(name).iter();
                entries.find_map(|entry| match entry.word {
                    Word::Unit(unit) if entry.rest.is_empty() => Some(unit),
                    _ => None,
                })?
            }
        };
        let number = digits(number)?;
        self.advance();
        Some((number, unit))
    }

    pub(crate) fn eat_month(&mut self) -> Option<u32> {
        self.eat_as(|word| match word {
            Word::Month(month) => Some(month),
            _ => None,
        })
    }

    /// A weekday by a name that is nothing else.
    pub(crate) fn eat_weekday(&mut self) -> Option<Weekday> {
        self.eat_as(|word| match word {
            Word::Weekday(day) => Some(day),
            _ => None,
        })
    }

    /// A weekday by any of its names, where a day is expected.
    pub(crate) fn eat_any_weekday(&mut self) -> Option<Weekday> {
        self.eat_as(|word| match word {
            Word::Weekday(day) | Word::WeakWeekday(day) => Some(day),
            _ => None,
        })
    }

    pub(crate) fn eat_part(&mut self) -> Option<Part> {
        self.eat_as(|word| match word {
            Word::Part(part) => Some(part),
            _ => None,
        })
    }
}

/// The number, of at most 4 ASCII digits.
pub(crate) fn digits(text: &str) -> Option<u32> {
    let plain = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}
