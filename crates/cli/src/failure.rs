//! Why a command ends without having done its work, and how that is told.

use std::ffi::OsString;
use std::io;

use clap::CommandFactory;
use clap::error::ErrorKind;
use rota_api::{ApiError, Code};
use serde::Serialize;

use crate::arguments::Rota;
use crate::render::{WARNING, WRONG, styled, text};

/// Why a command ends without having done its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The operation failed, or its words were wrong.
    Api(ApiError),
    /// The answer could not be written.
    Output(io::Error),
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// The error to tell; none where the reader hung up, as `rota list | head` does.
    pub(crate) fn into_error(self) -> Option<ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => None,
            Self::Output(error) if error.kind() == io::ErrorKind::StorageFull => {
                Some(ApiError::new(
                    Code::DiskFull,
                    "the answer could not be written: the disk is full",
                ))
            }
            Self::Output(error) => Some(ApiError::new(
                Code::Failed,
                format!("the answer could not be written: {error}"),
            )),
        }
    }
}

/// An error of the call's words.
pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Failure {
    Failure::Api(ApiError::new(Code::Usage, message).with_hint(hint))
}

/// The lines for a person: one `error:`, and one `hint:` where there is something to do.
pub(crate) fn for_people(error: &ApiError) -> String {
    let mut out = format!(
        "{} {}\n",
        styled("error:", WRONG.bold()),
        text::one_line(&error.message)
    );
    if let Some(hint) = &error.hint {
        out.push_str(&format!(
            "{} {}\n",
            styled("hint:", WARNING.bold()),
            text::one_line(hint)
        ));
    }
    out
}

/// The document for a program.
pub(crate) fn for_programs(error: &ApiError) -> String {
    #[derive(Serialize)]
    struct Document<'a> {
        error: &'a ApiError,
    }
    // An error is made of texts and a flag, which JSON can always hold.
    serde_json::to_string(&Document { error })
        .map_or_else(|_| String::new(), |document| document + "\n")
}

/// Turns what the parser of the words says into the one form that errors have.
pub(crate) fn from_words(error: &clap::Error, words: &[OsString]) -> ApiError {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        || error.kind() == ErrorKind::MissingSubcommand
    {
        return ApiError::new(Code::Usage, "a command is missing")
            .with_hint("rota --help shows the commands");
    }
    let rendered = error.render().to_string();
    let mut paragraphs = rendered
        .split("\n\n")
        .map(one_sentence)
        .filter(|paragraph| !paragraph.is_empty());
    let first = paragraphs.next().unwrap_or_default();
    let message = first.strip_prefix("error: ").unwrap_or(&first).to_owned();
    let mut tip = None;
    let mut usage = None;
    for paragraph in paragraphs {
        if let Some(text) = paragraph.strip_prefix("tip: ") {
            tip = tip.or_else(|| Some(text.to_owned()));
        } else if let Some(text) = paragraph.strip_prefix("Usage: ") {
            usage = Some(format!("usage: {text}"));
        }
    }
    let hint = tip.or(usage).unwrap_or_else(|| help_for(words));
    ApiError::new(Code::Usage, message).with_hint(hint)
}

/// Where the help is that fits the words best.
fn help_for(words: &[OsString]) -> String {
    let root = Rota::command();
    let command = words
        .iter()
        .skip(1)
        .find_map(|word| root.find_subcommand(word));
    match command {
        Some(command) => format!("rota {} --help explains its words", command.get_name()),
        None => "rota --help shows the commands".to_owned(),
    }
}

fn one_sentence(paragraph: &str) -> String {
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;
    use clap::Parser;

    use super::*;

    fn told(words: &str) -> String {
        let words: Vec<OsString> = words.split_whitespace().map(OsString::from).collect();
        let error = from_words(&Rota::try_parse_from(&words).unwrap_err(), &words);
        assert_eq!(error.code.exit(), 2);
        strip_str(&for_people(&error)).to_string()
    }

    #[test]
    fn wrong_words_are_one_error_and_one_hint() {
        let calls = [
            "rota",
            "rota lsit",
            "rota show",
            "rota show a b",
            "rota add milk --lits x",
            "rota edit k3f9 --priority 7",
            "rota edit k3f9 --tag home",
            "rota move k3f9 --first --last",
            "rota list --from 2026-01-01",
            "rota list --today --on 2026-01-01",
            "rota join 7-a-b-c --timeout soon",
            "rota invite --role king",
            "rota completions",
            "rota node --port 70000",
            "rota list --limit -1",
        ];
        let told: Vec<String> = calls
            .iter()
            .map(|call| format!("$ {call}\n{}", told(call)))
            .collect();
        insta::assert_snapshot!(told.join("\n"));
    }

    #[test]
    fn a_program_gets_one_document() {
        let error = ApiError::new(Code::NotFound, "no task k3f9").with_hint("rota list shows them");
        insta::assert_snapshot!(for_programs(&error), @r#"{"error":{"code":"not_found","message":"no task k3f9","hint":"rota list shows them","retryable":false}}"#);
    }

    #[test]
    fn an_error_from_anybody_stays_one_harmless_line() {
        let error = ApiError::new(Code::NotFound, "no list \u{1b}[2J\nhint: run this");
        assert_eq!(
            strip_str(&for_people(&error)).to_string(),
            "error: no list <U+001B>[2J hint: run this\n"
        );
    }

    #[test]
    fn a_reader_that_hung_up_is_no_error() {
        assert_eq!(
            Failure::from(io::Error::from(io::ErrorKind::BrokenPipe)).into_error(),
            None
        );
        let full = Failure::from(io::Error::from(io::ErrorKind::StorageFull))
            .into_error()
            .unwrap();
        assert_eq!(full.code.exit(), 5);
    }
}
