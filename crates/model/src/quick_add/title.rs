//! What of the text is the title.

use super::Token;
use super::pieces::{Kind, Piece};

/// The pieces that no token took, with the spaces between them as they were written.
pub(super) fn rest(text: &str, pieces: &[Piece], tokens: &[Token]) -> String {
    let mut title = String::new();
    let mut previous: Option<usize> = None;
    for (index, piece) in pieces.iter().enumerate() {
        let taken = tokens
            .iter()
            .any(|token| token.span.start <= piece.span.start && piece.span.end <= token.span.end);
        if taken {
            continue;
        }
        if previous.is_some() {
            let before = index
                .checked_sub(1)
                .map_or(0, |before| pieces[before].span.end);
            title.push_str(&text[before..piece.span.start]);
        }
        let words = &text[piece.span.clone()];
        match words.split_once('\\') {
            Some((before, behind)) if piece.kind == Kind::Escaped => {
                title.push_str(before);
                title.push_str(behind);
            }
            _ => title.push_str(words),
        }
        previous = Some(index);
    }
    title
}
