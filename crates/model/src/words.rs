//! The words for dates, times, repeats and reminders, one table a language. A further language is a further table.

use jiff::civil::Weekday;

mod arabic;
mod cursor;
mod english;
mod german;
mod lexicon;
mod spanish;

pub(crate) use cursor::{Cursor, digits};
pub(crate) use lexicon::{Lexicon, Token, is_mark_of_direction, normal};

/// A language whose words are understood, beside English, which always is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
    /// The words to try, this language's own first: on a clash it wins.
    pub(crate) fn lexicons(self) -> impl Iterator<Item = &'static Lexicon> {
        let english = (self != Self::English).then(|| Lexicon::of(Self::English));
        [Some(Lexicon::of(self)), english].into_iter().flatten()
    }
}

/// What a word, or several in a row, can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Today,
    Tomorrow,
    AfterTomorrow,
    Tonight,
    Weekend,
    EndOfMonth,
    EndOfYear,
    Weekday(Weekday),
    /// A short name that is another word as well: it counts beside words and times that make it a day.
    WeakWeekday(Weekday),
    /// From 1.
    Month(u32),

    /// Behind a day: `friday morning`.
    Part(Part),
    /// Before a day, where a language says it so.
    PartOf(Part),
    Noon,
    Midnight,
    /// Behind an hour: `am`, `in the morning`.
    Am,
    /// Behind an hour: `pm`, `in the afternoon`.
    Pm,
    /// Behind an hour, of the evening or after midnight: `at night`.
    AtNight,
    /// Behind an hour, which it makes a time: `o'clock`.
    Clock,
    /// Behind a time that is one already: `17:00 h`.
    ClockSign,
    /// Before an hour, in minutes: `half past`, `quarter to`.
    BeforeHour(i32),
    /// Behind an hour, in minutes.
    AfterHour(i32),

    /// Before a date: `by`, `due`.
    By,
    /// Before a date that has a name or number, and not before `tomorrow`: `on`.
    On,
    /// Before the bare number of a day.
    OnThe,
    /// Before a date that belongs to a sentence: `9:00 to 10:00`, `open until friday`.
    Joins,
    /// Before a number that is no date: `version 2.1.`.
    Numbered,
    /// Before a time: `at`.
    At,
    /// Before a distance from now: `in`.
    In,
    Next,
    /// The same behind the day.
    NextBehind,
    /// Before the one that follows the next.
    AfterNext,
    /// The same behind the day.
    AfterNextBehind,
    /// Before the one that was.
    Past,
    /// A day that was, or behind one: a time behind it is of that day.
    Gone,
    This,
    /// Between day and month: `of`.
    Of,
    The,
    And,
    /// Before the day on which a task can begin: `from`.
    From,

    Every,
    Other,
    Last,
    Until,
    Times,
    AfterDone,
    Workday,
    Daily,
    Weekly,
    Monthly,
    Yearly,
    /// A weekday that repeats by its form: `on mondays`.
    Habit(Weekday),
    OfMonth,
    OfEveryMonth,

    Number(u32),
    Ordinal(u32),
    Unit(Unit),
    /// Two of a unit in one word.
    Two(Unit),
    /// So many minutes in words: `half an hour`.
    Minutes(u32),

    Remind,
    /// Beside a length of time: `10 minutes before`.
    Before,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    Afternoon,
    Evening,
    /// An evening that goes on behind midnight.
    Night,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Word {
    /// Whether it is offered to who types its beginning: what can begin or be a phrase of its own.
    pub(crate) fn completes(self) -> bool {
        matches!(
            self,
            Self::Today
                | Self::Tomorrow
                | Self::AfterTomorrow
                | Self::Tonight
                | Self::Weekend
                | Self::EndOfMonth
                | Self::Weekday(_)
                | Self::Every
                | Self::Daily
                | Self::Weekly
                | Self::Monthly
                | Self::Yearly
                | Self::Remind
        )
    }
}
