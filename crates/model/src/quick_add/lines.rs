//! Several lines at once, from a paste or standard input: one task a line.

/// A line that is a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How many tasks above it contain it.
    pub depth: usize,
    /// Whether it is ticked.
    pub done: bool,
    /// What is left without indentation, bullet, number and box.
    pub text: String,
}

/// Reads the lines of an outline one after the other, so that their number needs no memory.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The indentation of each task that contains the next line, from the outside.
    indents: Vec<usize>,
}

/// Columns from one tab stop to the next.
const TAB_COLUMNS: usize = 4;

/// Longest number before a dot or bracket that numbers a line; a longer one is a year or a title.
const NUMBER_MAX_DIGITS: usize = 3;

const BULLETS: [char; 9] = ['-', '*', '+', '•', '◦', '‣', '·', '–', '—'];

impl Outline {
    /// Reads the next line, or `None` where it has no title.
    pub fn next_line(&mut self, line: &str) -> Option<Line> {
        let line = line.trim_start_matches('\u{feff}');
        let body = line.trim_start();
        let indent = columns(&line[..line.len() - body.len()]);
        let (done, text) = without_marks(body.trim_end());
        if text.is_empty() {
            return None;
        }
        while self.indents.last().is_some_and(|outer| *outer >= indent) {
            self.indents.pop();
        }
        let depth = self.indents.len();
        self.indents.push(indent);
        Some(Line {
            depth,
            done,
            text: text.to_owned(),
        })
    }
}

/// The tasks in several lines: deeper indentation is a subtask, bullets, numbers and boxes go, `[x]` is done.
#[must_use]
pub fn parse_lines(text: &str) -> Vec<Line> {
    let mut outline = Outline::default();
    text.lines()
        .filter_map(|line| outline.next_line(line))
        .collect()
}

/// The tasks in several lines, every line as it stands; blank ones are none.
#[must_use]
pub fn plain_lines(text: &str) -> Vec<Line> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| Line {
            depth: 0,
            done: false,
            text: line.to_owned(),
        })
        .collect()
}

fn columns(indent: &str) -> usize {
    indent.chars().fold(0, |at, c| {
        if c == '\t' {
            (at / TAB_COLUMNS + 1) * TAB_COLUMNS
        } else {
            at + 1
        }
    })
}

/// Whether the line is ticked, and its text without marks: one bullet or number, then one box.
fn without_marks(line: &str) -> (bool, &str) {
    let line = mark_behind(line, bullet_length(line)).unwrap_or(line);
    for (mark, done) in [
        ("[ ]", false),
        ("[]", false),
        ("[x]", true),
        ("[X]", true),
        ("[✓]", true),
        ("☐", false),
        ("☑", true),
        ("☒", true),
    ] {
        if let Some(text) = line
            .strip_prefix(mark)
            .and_then(|_| mark_behind(line, Some(mark.len())))
        {
            return (done, text);
        }
    }
    (false, line)
}

/// What follows a mark of that many bytes, if a space or the end does.
fn mark_behind(line: &str, length: Option<usize>) -> Option<&str> {
    let rest = &line[length?..];
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

fn bullet_length(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    if BULLETS.contains(&first) {
        return Some(first.len_utf8());
    }
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered =
        (1..=NUMBER_MAX_DIGITS).contains(&number) && line[number..].starts_with(['.', ')']);
    numbered.then_some(number + 1)
}
