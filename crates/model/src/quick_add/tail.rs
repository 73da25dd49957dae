//! Dates, repeats and starts: words that count only when nothing but tokens follows them.

use jiff::civil::{Date, Time};

use super::pieces::{Kind, Piece};
use super::{Context, Ignored, QuickAdd, Reason, Slot, Token};
use crate::recurrence::{RepeatRule, SpokenRepeat, first_due, read_repeat};
use crate::when::{Spoken, When, WhenError, local_in_zone_of, read_when, resolve};
use crate::words::{Cursor, Words, tokens};

/// Words of the longest phrase.
const PHRASE_MAX_WORDS: usize = 16;

/// What a run of words says.
enum Phrase {
    When(Spoken),
    Repeat(Box<SpokenRepeat>),
    Start(When),
}

/// What was said so far, from the end.
#[derive(Default)]
struct Said {
    date: Option<Date>,
    time: Option<Time>,
    repeat: Option<RepeatRule>,
    start: Option<When>,
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
        let words = pieces[..end]
            .iter()
            .rev()
            .take(PHRASE_MAX_WORDS)
            .take_while(|piece| piece.kind == Kind::Word);
        let first = end - words.count();
        let phrase = (first..end).find_map(|start| {
            let span = pieces[start].span.start..pieces[end - 1].span.end;
            let phrase = read_phrase(&text[span.clone()], context).transpose()?;
            Some((start, span, phrase))
        });
        let Some((start, span, phrase)) = phrase else {
            break;
        };
        if matches!(phrase, Ok(Phrase::When(_)))
            && pieces[..start]
                .last()
                .is_some_and(|piece| joins(text, piece, context))
        {
            break;
        }
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

impl Said {
    /// Takes what a phrase says, unless something later said the same.
    fn add(&mut self, phrase: Phrase) -> Result<Slot, Reason> {
        match phrase {
            Phrase::When(spoken) => {
                let said_twice = (spoken.date.is_some() && self.date.is_some())
                    || (spoken.time.is_some() && self.time.is_some());
                if said_twice {
                    return Err(Reason::SaidLater(Slot::Due));
                }
                self.date = self.date.or(spoken.date);
                self.time = self.time.or(spoken.time);
                Ok(Slot::Due)
            }
            Phrase::Repeat(spoken) => {
                if self.repeat.is_some() || (spoken.time.is_some() && self.time.is_some()) {
                    return Err(Reason::SaidLater(Slot::Repeat));
                }
                self.repeat = Some(spoken.rule);
                self.time = self.time.or(spoken.time);
                Ok(Slot::Repeat)
            }
            Phrase::Start(start) => {
                if self.start.is_some() {
                    return Err(Reason::SaidLater(Slot::Start));
                }
                self.start = Some(start);
                Ok(Slot::Start)
            }
        }
    }

    fn settle(self, context: &Context, found: &mut QuickAdd) {
        let now = &context.now;
        let spoken = Spoken {
            date: self.date,
            time: self.time,
        };
        let due = match (&self.repeat, self.date) {
            (Some(rule), None) => {
                let earliest = match self.time {
                    Some(_) => resolve(spoken, now),
                    None if rule.is_within_days() => {
                        Ok(Some(local_in_zone_of(now.datetime(), now)))
                    }
                    None => Ok(Some(When::Date(now.date()))),
                };
                let first = earliest
                    .ok()
                    .flatten()
                    .map(|earliest| first_due(rule, &earliest));
                first.and_then(Result::ok).flatten()
            }
            _ => resolve(spoken, now).ok().flatten(),
        };
        found.repeat = match (self.repeat, &due) {
            (Some(rule), Some(due)) => Some(rule.pinned_to(due.date())),
            (rule, _) => rule,
        };
        found.due = due;
        found.start = self.start;
    }
}

/// Whether a piece makes the date behind it part of a sentence.
fn joins(text: &str, piece: &Piece, context: &Context) -> bool {
    let word = tokens(&text[piece.span.clone()]);
    let tables = context.style.language.tables();
    piece.kind == Kind::Word
        && tables
            .iter()
            .any(|words| Cursor::new(&word).eat(words.joins))
}

/// What the whole text says, in the first language that understands it.
fn read_phrase(text: &str, context: &Context) -> Result<Option<Phrase>, WhenError> {
    let words_of_text = tokens(text);
    let mut impossible = None;
    for words in context.style.language.tables() {
        match read_whole(&words_of_text, words, context) {
            Ok(Some(phrase)) => return Ok(Some(phrase)),
            Ok(None) => {}
            Err(error) => impossible = impossible.or(Some(error)),
        }
    }
    impossible.map_or(Ok(None), Err)
}

fn read_whole(
    all: &[String],
    words: &Words,
    context: &Context,
) -> Result<Option<Phrase>, WhenError> {
    match read_any(all, words, context) {
        Err(error) => {
            // An impossible date counts as one only where the words behind it are a phrase too, and not the rest of a
            // title: "31/4 reports tomorrow" has a date, and it is tomorrow.
            let bad = (1..=all.len()).find(|end| read_any(&all[..*end], words, context).is_err());
            let rest = &all[bad.unwrap_or(all.len())..];
            let is_phrase = rest.is_empty() || !matches!(read_any(rest, words, context), Ok(None));
            if is_phrase { Err(error) } else { Ok(None) }
        }
        read => read,
    }
}

fn read_any(all: &[String], words: &Words, context: &Context) -> Result<Option<Phrase>, WhenError> {
    let (now, style) = (&context.now, &context.style);
    let mut cursor = Cursor::new(all);
    if let Some(spoken) = read_repeat(&mut cursor, words, now, style)?
        && cursor.is_at_end()
    {
        return Ok(Some(Phrase::Repeat(Box::new(spoken))));
    }
    let mut cursor = Cursor::new(all);
    let is_start = cursor.eat(words.from);
    let Some(spoken) = read_when(&mut cursor, words, now, style)? else {
        return Ok(None);
    };
    if !cursor.is_at_end() {
        return Ok(None);
    }
    let when = resolve(spoken, now)?;
    if !is_start {
        return Ok(Some(Phrase::When(spoken)));
    }
    // "from 9:00" alone is a time of a title more often than a start.
    Ok(when.filter(|_| spoken.date.is_some()).map(Phrase::Start))
}
