//! Dates, repeats, reminders and starts: words that count only when nothing but tokens follows them.

use std::ops::Range;

use super::pieces::{Kind, Piece};
use super::said::{Phrase, Said};
use super::{Context, Ignored, QuickAdd, Reason, Token};
use crate::recurrence::read_repeat;
use crate::when::{WhenError, read_when, resolve};
use crate::words::{self, Cursor, Lexicon, Word};

/// Words of the longest phrase.
const PHRASE_MAX_WORDS: usize = 16;

/// Words that a range of times may have before its last one: "Mon 9:00 to 10:00".
const RANGE_MAX_WORDS: usize = 4;

/// The words at the end of the text, in one language.
struct Tail<'a> {
    lexicon: &'static Lexicon,
    /// From the index of this piece on.
    first: usize,
    /// The words of each piece.
    pieces: Vec<Vec<words::Token>>,
    context: &'a Context,
}

/// Fills the slots of words, from the end of the text.
pub(super) fn read(
    text: &str,
    pieces: &[Piece],
    signs: &[bool],
    context: &Context,
    found: &mut QuickAdd,
) {
    let mut said = Said::default();
    let mut end = pieces.len();
    while end > 0 {
        if signs[end - 1] {
            end -= 1;
            continue;
        }
        let tails = tails(text, pieces, end, context);
        let first = tails.iter().map(|tail| tail.first).min().unwrap_or(end);
        let phrase = (first..end).find_map(|start| {
            let phrase = phrase_at(&tails, start..end).transpose()?;
            Some((start, phrase))
        });
        let Some((start, phrase)) = phrase else {
            break;
        };
        let is_of_sentence = |tail: &Tail| tail.is_of_sentence(text, pieces, start, &phrase);
        if tails.iter().any(is_of_sentence) {
            break;
        }
        let span = pieces[start].span.start..pieces[end - 1].span.end;
        match phrase
            .map_err(Reason::Impossible)
            .and_then(|phrase| said.add(phrase))
        {
            Ok(slot) => found.tokens.push(Token {
                span,
                slot,
                value: String::new(),
                new: false,
            }),
            Err(reason) => {
                found.ignored.push(Ignored { span, reason });
                break;
            }
        }
        end = start;
    }
    said.settle(context, found);
}

/// The words before `end` that can be a phrase, in each language.
fn tails<'a>(text: &str, pieces: &[Piece], end: usize, context: &'a Context) -> Vec<Tail<'a>> {
    let tail = |lexicon: &'static Lexicon| {
        let words = pieces[..end].iter().rev().take(PHRASE_MAX_WORDS);
        let words = words.take_while(|piece| piece.kind == Kind::Word);
        let words = words
            .map(|piece| lexicon.tokens(&text[piece.span.clone()]))
            .take_while(|words| words.iter().all(Lexicon::may_be));
        let mut pieces: Vec<Vec<words::Token>> = words.collect();
        pieces.reverse();
        Tail {
            lexicon,
            first: end - pieces.len(),
            pieces,
            context,
        }
    };
    context.style.language.lexicons().map(tail).collect()
}

/// What the words of some pieces say, in the first language that understands them.
fn phrase_at(tails: &[Tail], range: Range<usize>) -> Result<Option<Phrase>, WhenError> {
    let mut impossible = None;
    for tail in tails {
        match tail.phrase(&range) {
            Ok(Some(phrase)) => return Ok(Some(phrase)),
            Ok(None) => {}
            Err(error) => impossible = impossible.or(Some(error)),
        }
    }
    impossible.map_or(Ok(None), Err)
}

impl Tail<'_> {
    /// What the words of some pieces say, as a whole.
    fn phrase(&self, range: &Range<usize>) -> Result<Option<Phrase>, WhenError> {
        if range.start < self.first {
            return Ok(None);
        }
        let words = self.pieces[range.start - self.first..range.end - self.first].concat();
        match self.read_any(&words) {
            Err(error) => {
                // An impossible date counts as one only where the words behind it are a phrase too, and not the rest of a
                // title: "31/4 reports tomorrow" has a date, and it is tomorrow.
                let bad = (1..=words.len()).find(|end| self.read_any(&words[..*end]).is_err());
                let rest = &words[bad.unwrap_or(words.len())..];
                let is_phrase = rest.is_empty() || !matches!(self.read_any(rest), Ok(None));
                if is_phrase { Err(error) } else { Ok(None) }
            }
            read => read,
        }
    }

    fn read_any(&self, words: &[words::Token]) -> Result<Option<Phrase>, WhenError> {
        if words.first().is_some_and(words::Token::is_always) {
            return Ok(None);
        }
        let (now, style) = (&self.context.now, &self.context.style);
        let mut cursor = Cursor::new(self.lexicon, words);
        if let Some(spoken) = read_repeat(&mut cursor, now, style)?
            && cursor.is_at_end()
        {
            return Ok(Some(Phrase::Repeat(Box::new(spoken))));
        }
        let mut cursor = Cursor::new(self.lexicon, words);
        if cursor.eat(Word::Remind) {
            let reminder = super::remind::read(&mut cursor, now, style)?;
            return Ok(reminder.map(Phrase::Reminder));
        }
        let mut cursor = Cursor::new(self.lexicon, words);
        let is_start = cursor.eat(Word::From);
        let Some(spoken) = read_when(&mut cursor, now, style)? else {
            return Ok(None);
        };
        if !cursor.is_at_end() {
            return Ok(None);
        }
        let when = resolve(spoken, now, style)?;
        if !is_start {
            return Ok(Some(Phrase::When(spoken)));
        }
        // "from 9:00" alone is a time of a title more often than a start.
        Ok(when.filter(|_| spoken.date.is_some()).map(Phrase::Start))
    }

    /// Whether what begins with this piece is part of a sentence: by the word before it ("until friday"), or as the end of a
    /// range ("9:00 to 10:00").
    fn is_of_sentence(
        &self,
        text: &str,
        pieces: &[Piece],
        start: usize,
        phrase: &Result<Phrase, WhenError>,
    ) -> bool {
        let Some(before) = start.checked_sub(1).map(|before| &pieces[before]) else {
            return false;
        };
        if before.kind != Kind::Word {
            return false;
        }
        let words = self.lexicon.tokens(&text[before.span.clone()]);
        if Cursor::new(self.lexicon, &words).eat(Word::Joins) {
            return true;
        }
        let begins = start
            .checked_sub(self.first)
            .and_then(|at| self.pieces.get(at));
        if begins
            .is_some_and(|begins| self.is_number(&words, begins) || self.is_past(&words, begins))
        {
            return true;
        }
        let is_hour = matches!(phrase, Ok(Phrase::When(spoken)) if spoken.date.is_none());
        if is_hour && Cursor::new(self.lexicon, &words).eat(Word::Gone) {
            return true;
        }
        let may_end_range = begins.is_some_and(|words| {
            let cursor = Cursor::new(self.lexicon, words);
            cursor.sees(Word::By) && cursor.sees(Word::Until)
        });
        let earliest = start.saturating_sub(RANGE_MAX_WORDS).max(self.first);
        let beginning = || {
            let mut starts = earliest..start;
            starts.find_map(|from| self.phrase(&(from..start)).ok().flatten())
        };
        // "9 to 10:00" and "Mon 9:00 to 10:00", but not "from 1 apr by 31 may".
        may_end_range
            && (is_hour && words.iter().all(words::Token::is_digits)
                || matches!(beginning(), Some(Phrase::When(_))))
    }

    /// Whether a word says that the day behind it was: "last friday".
    fn is_past(&self, before: &[words::Token], begins: &[words::Token]) -> bool {
        let mut cursor = Cursor::new(self.lexicon, begins);
        Cursor::new(self.lexicon, before).eat(Word::Past)
            && (cursor.eat_any_weekday().is_some() || cursor.eat(Word::Weekend))
    }

    /// Whether what looks like a date is a number by the word before it: "version 2.1.", "1 3/8". A fraction alone is a date,
    /// because that is what most people mean by it at the end of a task, and its chip says so at once.
    fn is_number(&self, before: &[words::Token], begins: &[words::Token]) -> bool {
        let Some(first) = begins.first() else {
            return false;
        };
        let is_numbered = Cursor::new(self.lexicon, before).eat(Word::Numbered);
        let is_mixed = matches!(before, [whole] if whole.is_small_number());
        is_numbered && first.looks_like_date() || is_mixed && first.is_fraction()
    }
}
