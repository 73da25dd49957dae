//! Sentences that depend on a number, by the plural rules of CLDR.

/// A sentence in each form that a language has.
pub(crate) enum Plural {
    /// English, German, Spanish.
    Two {
        /// For 1.
        one: &'static str,
        /// For any other.
        other: &'static str,
    },
    /// Arabic.
    Six {
        /// For 0.
        zero: &'static str,
        /// For 1.
        one: &'static str,
        /// For 2.
        two: &'static str,
        /// For those that end in 03 to 10.
        few: &'static str,
        /// For those that end in 11 to 99.
        many: &'static str,
        /// For 100, 101, 102 and the like.
        other: &'static str,
    },
}

impl Plural {
    /// The sentence for this number.
    pub(crate) fn with(&self, n: u64) -> String {
        let form = match self {
            Self::Two { one, .. } if n == 1 => one,
            Self::Two { other, .. } => other,
            Self::Six {
                zero,
                one,
                two,
                few,
                many,
                other,
            } => match (n, n % 100) {
                (0, _) => zero,
                (1, _) => one,
                (2, _) => two,
                (_, 3..=10) => few,
                (_, 11..) => many,
                _ => other,
            },
        };
        form.replace("{n}", &n.to_string())
    }
}
