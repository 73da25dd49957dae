//! The words of invite codes: 256, so that each stands for 8 bits. Short, known to most, and apart from each other in
//! their first letters and by more than one letter, so that they survive being read out and typed.
//!
//! A code is made and understood by two computers of any versions, and what is typed goes into the key as it is: the
//! list may change freely.

/// The words, in order.
#[rustfmt::skip]
pub(super) const WORDS: [&str; 256] = [
    "acorn", "actor", "alarm", "album", "amber", "angel", "apple", "apron",
    "arrow", "atlas", "attic", "aunt", "bacon", "badge", "bagel", "baker",
    "bamboo", "banana", "barn", "basket", "beach", "beaver", "berry", "bison",
    "blanket", "bonnet", "border", "bottle", "branch", "bread", "brick", "bridge",
    "bronze", "brush", "bubble", "bucket", "butter", "cabin", "cactus", "camel",
    "canal", "candle", "canoe", "carpet", "carrot", "castle", "cedar", "cello",
    "chalk", "cheese", "cherry", "chess", "cider", "circle", "cliff", "clover",
    "cobra", "coffee", "comet", "copper", "coral", "cotton", "cousin", "cradle",
    "crayon", "cricket", "crown", "crystal", "daisy", "dancer", "denim", "desert",
    "dinner", "dolphin", "donkey", "dragon", "drum", "eagle", "easel", "echo",
    "elbow", "engine", "falcon", "family", "feather", "fennel", "fiddle", "finger",
    "flame", "flute", "forest", "fossil", "fountain", "fox", "friend", "frog",
    "garage", "garden", "garlic", "giraffe", "glacier", "glove", "goblet", "grape",
    "gravel", "guitar", "hammer", "harbor", "harvest", "hazel", "hedge", "helmet",
    "heron", "hollow", "honey", "hotel", "hunter", "igloo", "insect", "iron",
    "island", "ivory", "jacket", "jaguar", "jasmine", "jelly", "jewel", "jigsaw",
    "jungle", "kayak", "kettle", "kitten", "koala", "ladder", "lagoon", "lantern",
    "laurel", "lemon", "leopard", "letter", "lilac", "linen", "lizard", "lobster",
    "lunch", "magic", "magnet", "mango", "maple", "marble", "meadow", "melon",
    "mirror", "mosaic", "mother", "muffin", "museum", "nectar", "needle", "nephew",
    "nickel", "ninja", "noodle", "nutmeg", "oasis", "ocean", "olive", "onion",
    "orange", "orbit", "orchid", "otter", "oyster", "palace", "pancake", "panda",
    "paper", "pearl", "pebble", "pencil", "pepper", "petal", "piano", "pickle",
    "picture", "pigeon", "pillow", "planet", "plum", "pocket", "pony", "poppy",
    "potato", "prairie", "puddle", "pumpkin", "puzzle", "quartz", "quilt", "rabbit",
    "radio", "raven", "ribbon", "river", "robin", "rose", "ruby", "saddle",
    "salmon", "sand", "satin", "school", "shadow", "silver", "sister", "snow",
    "sofa", "spider", "squash", "stone", "sugar", "summer", "sunset", "swan",
    "table", "tailor", "teapot", "temple", "thunder", "tiger", "timber", "toast",
    "tomato", "tractor", "tulip", "tunnel", "turtle", "umbrella", "uncle", "valley",
    "vanilla", "velvet", "village", "violin", "voyage", "waffle", "walnut", "water",
    "whale", "wheat", "window", "winter", "wolf", "yogurt", "zebra", "zipper",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_lower_case_and_apart_in_their_first_four_letters() {
        for pair in WORDS.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
        let starts: std::collections::BTreeSet<_> = WORDS
            .iter()
            .map(|word| &word[..word.len().min(4)])
            .collect();
        assert_eq!(starts.len(), WORDS.len());
        assert!(
            WORDS.iter().all(|word| (3..=8).contains(&word.len())
                && word.bytes().all(|b| b.is_ascii_lowercase()))
        );
    }

    #[test]
    fn no_word_is_one_typing_error_away_from_another() {
        for a in WORDS {
            for b in WORDS {
                let same_length = a.len() == b.len();
                let differing = a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count();
                assert!(a == b || !same_length || differing > 1, "{a} {b}");
            }
        }
    }
}
