//! The text of an invite code, `N-word-word-word`. The first word of one for another computer of one's own begins with
//! `mine`, so that nobody can be made to let a stranger into all they have by a code that looks like any other.

use std::fmt;

use rota_model::limits::INVITE_CODE_MAX_BYTES;

use super::words::WORDS;

/// What the first word of a code begins with that is for another computer of one's own.
const MINE: &str = "mine";

/// A word with more mistakes than that may be any.
const TYPING_MISTAKES_MAX_COUNT: usize = 2;

/// What a newcomer types: a number that finds the inviter, and three words that are the password.
#[derive(Clone, PartialEq, Eq)]
pub struct InviteCode {
    number: u32,
    /// Lower case, joined by hyphens.
    words: String,
}

/// Why a text is no invite code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It does not begin with a number.
    #[error("an invite code begins with a number, like 7-apple-river-stone")]
    Number,
    /// It does not have three words.
    #[error("an invite code has three words after its number, like 7-apple-river-stone")]
    Words,
}

impl InviteCode {
    /// Makes a code of a number and three random bytes: 24 bits.
    #[must_use]
    pub fn new(number: u32, random: [u8; 3]) -> Self {
        let words: Vec<_> = random
            .iter()
            .map(|byte| WORDS[usize::from(*byte)])
            .collect();
        Self {
            number,
            words: words.join("-"),
        }
    }

    /// Makes a code for another computer of one's own.
    #[must_use]
    pub fn of_mine(number: u32, random: [u8; 3]) -> Self {
        let code = Self::new(number, random);
        Self {
            number,
            words: format!("{MINE}{}", code.words),
        }
    }

    /// Whether it is for another computer of one's own.
    #[must_use]
    pub fn is_mine(&self) -> bool {
        // A word that only looks like it, such as "mineral", says nothing to whoever types it.
        let first = self.words.split('-').next().unwrap_or_default();
        first.strip_prefix(MINE).is_some_and(is_known)
    }

    /// Reads what a person typed: either case, anything but letters and digits between the parts. Words that no code
    /// has are read too: only the inviter can tell that they are wrong.
    ///
    /// # Errors
    /// [`CodeError`] where there are not a number and three words.
    pub fn parse(typed: &str) -> Result<Self, CodeError> {
        if typed.len() > INVITE_CODE_MAX_BYTES {
            return Err(CodeError::Words);
        }
        let mut parts = typed
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty());
        let number = parts.next().ok_or(CodeError::Number)?;
        // `u32::from_str` takes a sign; the split left none.
        let number = number.parse().map_err(|_| CodeError::Number)?;
        let mut words: Vec<String> = parts.map(str::to_lowercase).collect();
        // Heard, it may be written as a word of its own.
        if words.len() == 4 && words[0] == MINE {
            let first = words.remove(0);
            words[0].insert_str(0, &first);
        }
        if words.len() != 3
            || !words
                .iter()
                .all(|word| word.chars().all(char::is_alphabetic))
        {
            return Err(CodeError::Words);
        }
        Ok(Self {
            number,
            words: words.join("-"),
        })
    }

    /// The number, which is public.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Words in it that no code has: worth a hint when joining failed.
    #[must_use]
    pub fn unknown_words(&self) -> Vec<&str> {
        let skipped = usize::from(self.is_mine());
        self.words
            .split('-')
            .skip(skipped)
            .filter(|word| !is_known(word))
            .collect()
    }

    /// The word that one which no code has was most likely meant to be.
    #[must_use]
    pub fn likely_word(word: &str) -> Option<&'static str> {
        let close = WORDS
            .iter()
            .map(|known| (strsim::osa_distance(word, known), *known))
            .filter(|(distance, _)| *distance <= TYPING_MISTAKES_MAX_COUNT);
        close
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, known)| known)
    }

    pub(super) fn password(&self) -> &[u8] {
        self.words.as_bytes()
    }
}

fn is_known(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

impl fmt::Display for InviteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.number, self.words)
    }
}

/// Without the words: they must not get into a log.
impl fmt::Debug for InviteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InviteCode({}-…)", self.number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mistyped_word_is_guessed_and_one_that_may_be_any_is_not() {
        let known = WORDS[7];
        let swapped: String = [1, 0]
            .iter()
            .map(|at| known.as_bytes()[*at] as char)
            .chain(known[2..].chars())
            .collect();
        let typed = InviteCode::parse(&format!("7-{swapped}-{known}-{known}")).unwrap();
        assert_eq!(typed.unknown_words(), [swapped.as_str()]);
        assert_eq!(InviteCode::likely_word(&swapped), Some(known));
        assert_eq!(InviteCode::likely_word(&format!("{known}x")), Some(known));
        assert_eq!(InviteCode::likely_word("xyxyxyxyxy"), None);
    }

    proptest! {
        #[test]
        fn a_code_is_read_as_it_is_shown(number: u32, random: [u8; 3]) {
            let code = InviteCode::new(number, random);
            prop_assert_eq!(InviteCode::parse(&code.to_string()), Ok(code.clone()));
            prop_assert!(code.unknown_words().is_empty());
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = InviteCode::parse(&text);
        }
    }

    #[test]
    fn case_and_separators_do_not_matter() {
        let code = InviteCode::new(7, [0, 1, 2]);
        let shown = code.to_string();
        for typed in [
            shown.to_uppercase(),
            shown.replace('-', " "),
            format!("  {} ", shown.replace('-', " – ")),
        ] {
            assert_eq!(InviteCode::parse(&typed).as_ref(), Ok(&code), "{typed}");
        }
    }

    #[test]
    fn a_code_for_ones_own_computers_says_so_and_no_other_does() {
        let code = InviteCode::of_mine(7, [0, 1, 2]);
        let shown = code.to_string();
        assert!(shown.starts_with("7-mine"), "{shown}");
        for typed in [shown.to_uppercase(), shown.replace("-mine", " mine ")] {
            assert_eq!(InviteCode::parse(&typed).as_ref(), Ok(&code), "{typed}");
        }
        assert!(code.is_mine() && code.unknown_words().is_empty());
        let alike = InviteCode::parse("7-mineral-river-stone").unwrap();
        assert!(!alike.is_mine());
        assert!((0..=255).all(|byte| !InviteCode::new(7, [byte, 0, 0]).is_mine()));
    }

    #[test]
    fn what_is_no_code_says_what_is_wrong() {
        assert_eq!(InviteCode::parse(""), Err(CodeError::Number));
        assert_eq!(
            InviteCode::parse("apple-river-stone"),
            Err(CodeError::Number)
        );
        assert_eq!(
            InviteCode::parse("99999999999-apple-river-stone"),
            Err(CodeError::Number)
        );
        assert_eq!(InviteCode::parse("7-apple-river"), Err(CodeError::Words));
        assert_eq!(
            InviteCode::parse("7-apple-river-stone-wolf"),
            Err(CodeError::Words)
        );
        assert_eq!(
            InviteCode::parse("7-apple-river-5tone"),
            Err(CodeError::Words)
        );
    }

    #[test]
    fn words_of_no_code_are_read_and_can_be_named() {
        let code = InviteCode::parse("7-apple-rivet-stone").unwrap();
        assert_eq!(code.unknown_words(), ["rivet"]);
    }

    #[test]
    fn debug_does_not_show_the_words() {
        let code = InviteCode::new(7, [0, 1, 2]);
        let shown = format!("{code:?}");
        assert!(
            WORDS[..3].iter().all(|word| !shown.contains(word)),
            "{shown}"
        );
    }
}
