//! Texts that people wrote, made harmless and measured for a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Makes a text that came from anybody harmless on a terminal, on one line.
///
/// Control characters could move the cursor or send commands to the terminal, and bidi overrides could show another
/// text than the one that is there.
pub(crate) fn one_line(text: &str) -> String {
    harmless(text, |c| {
        matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}').then_some(' ')
    })
}

/// Makes a text harmless on a terminal and keeps its lines.
pub(crate) fn lines(text: &str) -> String {
    harmless(&text.replace("\r\n", "\n"), |c| match c {
        '\n' | '\t' => Some(c),
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        _ => None,
    })
}

/// The columns that a text takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Cuts a text to at most `columns`, never within what a person sees as one character.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    for grapheme in text.graphemes(true) {
        out.push_str(grapheme);
        // One column is kept for the mark of the cut.
        if width(&out) + 1 > columns {
            out.truncate(out.len() - grapheme.len());
            break;
        }
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

fn harmless(text: &str, keep: impl Fn(char) -> Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some(kept) = keep(c) {
            out.push(kept);
        } else if c.is_control() || is_bidi_control(c) || is_invisible(c) {
            out.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// Characters that hide text or break lines although they are no controls. Joiners stay: scripts and emoji need them.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}' | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_overrides_are_shown_instead_of_obeyed() {
        assert_eq!(
            one_line("a\u{1b}[2Jb\nc\u{202e}d\u{9b}1m"),
            "a<U+001B>[2Jb c<U+202E>d<U+009B>1m"
        );
        assert_eq!(lines("a\r\nb\u{7}\tc"), "a\nb<U+0007>\tc");
    }

    #[test]
    fn scripts_and_emoji_stay_as_they_are() {
        for text in ["牛乳を買う", "شراء الحليب", "दूध", "👩‍👩‍👧 zoo", "e\u{301}"]
        {
            assert_eq!(one_line(text), text);
        }
    }

    #[test]
    fn a_cut_fits_and_splits_no_character() {
        assert_eq!(cut("Buy milk", 8), "Buy milk");
        assert_eq!(cut("Buy milk", 5), "Buy …");
        assert_eq!(cut("牛乳を買う", 6), "牛乳…");
        assert_eq!(cut("👩‍👩‍👧👩‍👩‍👧", 3), "👩‍👩‍👧…");
        assert_eq!(cut("abc", 0), "");
        for columns in 0..12 {
            assert!(width(&cut("牛乳 milk e\u{301}👩‍👩‍👧", columns)) <= columns);
        }
    }
}
