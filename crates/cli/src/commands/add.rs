//! `rota add`

use std::io::{self, IsTerminal, Read};

use clap::Args;
use rota_api::{ApiError, Code, TaskAdd, TaskAddMany};

use crate::context::Context;
use crate::failure::Failure;
use crate::render;

/// Add a task, or with - one task a line from standard input
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// What to do; #tag !1 +List @who and dates are understood. - reads lines: indentation makes subtasks
    #[arg(value_name = "TEXT", required = true, allow_negative_numbers = true)]
    text: Vec<String>,
    /// The list
    #[arg(long, value_name = "L")]
    list: Option<String>,
    /// The space
    #[arg(long, value_name = "S")]
    space: Option<String>,
    /// Take the text as the title, as it stands
    #[arg(long)]
    plain: bool,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    if words.text == ["-"] {
        return add_lines(words, context).await;
    }
    let input = TaskAdd {
        text: words.text.join(" "),
        plain: words.plain,
        list: words.list,
        space: words.space,
        ..TaskAdd::default()
    };
    let task = context.ask(&input).await?;
    context.output.confirm(&task, |task, look| {
        render::changed("Added", std::slice::from_ref(task), look)
    })
}

async fn add_lines(words: Arguments, context: &Context) -> Result<(), Failure> {
    if io::stdin().is_terminal() {
        context
            .output
            .note("One task a line; Ctrl-D adds them all.");
    }
    let lines = read_lines(io::stdin().lock())?;
    let input = TaskAddMany {
        lines,
        plain: words.plain,
        list: words.list,
        space: words.space,
        ..TaskAddMany::default()
    };
    let meter = context.output.progress("Added");
    let added = context.ask_with_progress(&input, &meter).await?;
    meter.finish(added.len());
    context
        .output
        .confirm_lines(&added, |line| render::added_line(&line.short, &line.title))
}

fn read_lines(mut from: impl Read) -> Result<Vec<String>, Failure> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).map_err(|source| {
        ApiError::new(
            Code::Failed,
            format!("standard input could not be read: {source}"),
        )
    })?;
    let text = String::from_utf8(bytes).map_err(|source| {
        let before = &source.as_bytes()[..source.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        ApiError::new(
            Code::InvalidInput,
            format!("line {line} of standard input is not UTF-8"),
        )
        .with_hint("nothing was added; convert the text to UTF-8")
        .with_field("lines")
    })?;
    // Editors of some systems begin a file with this mark.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    Ok(text.lines().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_as_they_are() {
        let lines = read_lines("\u{FEFF}Buy milk\r\n  oat\n\n- [x] bread".as_bytes()).unwrap();
        assert_eq!(lines, ["Buy milk", "  oat", "", "- [x] bread"]);
    }

    #[test]
    fn a_line_that_is_not_text_is_named() {
        let error = read_lines(&b"one\ntwo \xff\n"[..])
            .unwrap_err()
            .into_error()
            .unwrap();
        assert_eq!(
            (error.code, error.message.as_str()),
            (Code::InvalidInput, "line 2 of standard input is not UTF-8")
        );
    }
}
