//! The few sentences outside the pages: in the tray and in notifications, in the interface's language.

mod ar;
mod de;
mod en;
mod es;
mod plural;

use rota_api::{Language, Settings};

pub(crate) use plural::Plural;

/// The sentences of one language. `{n}` is a number, `{computer}` a name.
pub(crate) struct Words {
    pub(crate) quick_add: &'static str,
    pub(crate) today: &'static str,
    pub(crate) open: &'static str,
    pub(crate) quit: &'static str,
    pub(crate) done: &'static str,
    pub(crate) later: &'static str,
    pub(crate) tomorrow: &'static str,
    disk: &'static str,
    read_only: &'static str,
    unreached: &'static str,
    alone: &'static str,
    clock: &'static str,
    older: &'static str,
    up_to_date: Plural,
    sending: Plural,
    getting: Plural,
}

/// How this computer stands with the others: the first that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    DiskFull,
    ReadOnly,
    Clock(String),
    Unreached,
    Older(String),
    Sending(u64, String),
    Getting(u64, String),
    UpToDate(u64),
    Alone,
}

impl Words {
    /// The words of the interface's language: the one that was set, else the system's, else English.
    pub(crate) fn of(settings: &Settings) -> &'static Self {
        match settings.language.or_else(system).unwrap_or(Language::En) {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
            Language::Es => &es::WORDS,
            Language::Ar => &ar::WORDS,
        }
    }

    /// Today with how many tasks it has.
    pub(crate) fn today(&self, tasks: u64) -> String {
        match tasks {
            0 => self.today.to_owned(),
            _ => format!("{} {tasks}", self.today),
        }
    }

    /// The status line.
    pub(crate) fn status(&self, standing: &Standing) -> String {
        let named = |text: &str, name: &str| {
            // A name in another script does not turn the sentence around.
            text.replace("{computer}", &format!("\u{2068}{name}\u{2069}"))
        };
        match standing {
            Standing::DiskFull => self.disk.to_owned(),
            Standing::ReadOnly => self.read_only.to_owned(),
            Standing::Unreached => self.unreached.to_owned(),
            Standing::Alone => self.alone.to_owned(),
            Standing::Clock(name) => named(self.clock, name),
            Standing::Older(name) => named(self.older, name),
            Standing::Sending(n, name) => named(&self.sending.with(*n), name),
            Standing::Getting(n, name) => named(&self.getting.with(*n), name),
            Standing::UpToDate(n) => self.up_to_date.with(*n),
        }
    }
}

fn system() -> Option<Language> {
    sys_locale::get_locales().find_map(|locale| language(&locale))
}

fn language(locale: &str) -> Option<Language> {
    match locale.split(['-', '_', '.', '@']).next()? {
        "en" | "C" | "POSIX" => Some(Language::En),
        "de" => Some(Language::De),
        "es" => Some(Language::Es),
        "ar" => Some(Language::Ar),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: Language) -> &'static Words {
        Words::of(&Settings {
            language: Some(language),
            ..Settings::default()
        })
    }

    #[test]
    fn each_language_says_how_it_stands() {
        let english = words(Language::En);
        assert_eq!(
            english.status(&Standing::UpToDate(1)),
            "1 computer up to date"
        );
        assert_eq!(
            english.status(&Standing::UpToDate(3)),
            "3 computers up to date"
        );
        let sending = Standing::Sending(2, "Bench".to_owned());
        assert_eq!(
            words(Language::De).status(&sending),
            "2 Änderungen gehen an \u{2068}Bench\u{2069}"
        );
        assert_eq!(words(Language::Es).today(3), "Hoy 3");
        let arabic = words(Language::Ar);
        let said = [1, 2, 3, 11, 100].map(|n| arabic.status(&Standing::UpToDate(n)));
        let mut different = said.to_vec();
        different.dedup();
        assert_eq!(different.len(), 5, "{said:?}");
    }

    #[test]
    fn no_sentence_is_left_with_a_gap() {
        for language in [Language::En, Language::De, Language::Es, Language::Ar] {
            let words = words(language);
            for n in 0..200 {
                for standing in [
                    Standing::Sending(n, "x".to_owned()),
                    Standing::Getting(n, "x".to_owned()),
                    Standing::UpToDate(n),
                    Standing::Clock("x".to_owned()),
                    Standing::Older("x".to_owned()),
                ] {
                    let said = words.status(&standing);
                    assert!(!said.is_empty() && !said.contains('{'), "{said}");
                }
            }
        }
    }

    #[test]
    fn locales_name_languages() {
        assert_eq!(language("de-AT"), Some(Language::De));
        assert_eq!(language("es_MX.UTF-8"), Some(Language::Es));
        assert_eq!(language("C.UTF-8"), Some(Language::En));
        assert_eq!(language("fr-FR"), None);
    }
}
