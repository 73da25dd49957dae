//! Where answers go: people's lines or JSON on standard output, everything else on standard error.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use anstream::{AutoStream, ColorChoice};
use rota_api::{ApiError, Progress, ReportProgress};
use serde::Serialize;

use crate::failure::{self, Failure};
use crate::render::{Look, count};

/// For whom the answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A person.
    People,
    /// A program.
    Json,
}

/// Where answers go.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// For whom the answer is.
    pub(crate) format: Format,
    /// Whether only what was asked for is told.
    pub(crate) quiet: bool,
    /// Whether to colour.
    pub(crate) color: ColorChoice,
    /// The reader's moment and terminal.
    pub(crate) look: Look,
}

impl Output {
    /// Gives what was asked for.
    pub(crate) fn answer<T: Serialize + ?Sized>(
        &self,
        value: &T,
        people: impl FnOnce(&T, &Look) -> String,
    ) -> Result<(), Failure> {
        match self.format {
            Format::Json => self.json(value),
            Format::People => self.people(&people(value, &self.look)),
        }
    }

    /// Says what was done; a person who wants quiet hears nothing.
    pub(crate) fn confirm<T: Serialize + ?Sized>(
        &self,
        value: &T,
        people: impl FnOnce(&T, &Look) -> String,
    ) -> Result<(), Failure> {
        match self.format {
            Format::People if self.quiet => Ok(()),
            Format::People | Format::Json => self.answer(value, people),
        }
    }

    /// Gives one answer a line, or one line of text each.
    pub(crate) fn confirm_lines<T: Serialize>(
        &self,
        values: &[T],
        people: impl Fn(&T) -> String,
    ) -> Result<(), Failure> {
        match self.format {
            Format::People if self.quiet => Ok(()),
            Format::People => self.people(&values.iter().map(people).collect::<String>()),
            Format::Json => {
                let mut out = io::BufWriter::new(io::stdout().lock());
                for value in values {
                    write_json(&mut out, value)?;
                }
                Ok(out.flush()?)
            }
        }
    }

    /// Gives one JSON document on a line.
    pub(crate) fn json<T: Serialize + ?Sized>(&self, value: &T) -> Result<(), Failure> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        write_json(&mut out, value)?;
        Ok(out.flush()?)
    }

    /// Gives bytes as they are.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        Ok(out.flush()?)
    }

    /// Gives text for a person.
    pub(crate) fn people(&self, text: &str) -> Result<(), Failure> {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// Tells a person something on standard error, unless quiet was asked for.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            // A note that nobody can read is no failure.
            let _ = writeln!(io::stderr().lock(), "{text}");
        }
    }

    /// Asks a person something on standard error; the answer is on the same line.
    pub(crate) fn ask(&self, text: &str) {
        let mut out = io::stderr().lock();
        let asked = write!(out, "{text}").and_then(|()| out.flush());
        // Whoever cannot read the question answers nothing, which is a no.
        drop(asked);
    }

    /// Tells an error where its reader looks for it.
    pub(crate) fn error(&self, error: &ApiError) {
        // Nobody is left to tell when this fails.
        let _ = match self.format {
            Format::Json => io::stdout()
                .lock()
                .write_all(failure::for_programs(error).as_bytes()),
            Format::People => AutoStream::new(io::stderr().lock(), self.color)
                .write_all(failure::for_people(error).as_bytes()),
        };
    }

    /// Shows how far a long operation is, on standard error.
    pub(crate) fn progress(&self, verb: &'static str) -> Meter {
        Meter {
            verb,
            silent: self.quiet,
            terminal: io::stderr().is_terminal(),
            told: AtomicU64::new(0),
        }
    }
}

/// How many tasks a long operation has done, on standard error: one line that is rewritten on a terminal, else a few lines.
pub(crate) struct Meter {
    verb: &'static str,
    silent: bool,
    terminal: bool,
    told: AtomicU64,
}

/// Where standard error is no terminal, so many tenths of the whole are told at most.
const TENTHS: u64 = 10;
/// Where the whole is not known, every so many units are told.
const STEP: u64 = 10_000;

impl ReportProgress for Meter {
    fn report(&self, progress: Progress) {
        let step = if self.terminal {
            1
        } else {
            progress
                .total
                .map_or(STEP, |total| total.div_ceil(TENTHS))
                .max(1)
        };
        // The end is told by `finish`, or by the answer itself.
        let ended = progress.total == Some(progress.done);
        if self.silent || ended || progress.done < self.told.load(Ordering::Relaxed) + step {
            return;
        }
        self.told.store(progress.done, Ordering::Relaxed);
        let verb = self.verb;
        let end = if self.terminal { "\x1b[K\r" } else { "\n" };
        let line = match progress.total {
            Some(total) => format!("{verb} {} of {total} tasks{end}", progress.done),
            None => format!("{verb} {} tasks{end}", progress.done),
        };
        // Progress that nobody can read is no failure.
        let _ = io::stderr().lock().write_all(line.as_bytes());
    }
}

impl Meter {
    /// Says how much was done in all.
    pub(crate) fn finish(&self, done: usize) {
        if self.silent {
            return;
        }
        let clear = if self.terminal { "\x1b[K" } else { "" };
        let _ = writeln!(
            io::stderr().lock(),
            "{clear}{} {}",
            self.verb,
            count(done as u64, "task", "tasks")
        );
    }
}

fn write_json<T: Serialize + ?Sized>(out: &mut impl Write, value: &T) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    out.write_all(b"\n")
}
