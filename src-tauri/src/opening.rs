//! What the app is asked to show: by its arguments, a second start, a `rota://` link, the tray or a notification.

use rota_api::{ApiError, Code};
use serde::{Deserialize, Serialize};
use tauri::Url;

/// Longest link that is looked at, in bytes: the longest quick-add text with each of its bytes written as `%XX`.
const LINK_MAX_BYTES: usize = 3 * QUICK_ADD_MAX_BYTES + 64;
/// As long as the service takes for one line of quick add.
const QUICK_ADD_MAX_BYTES: usize = 16_000;
/// A UUID has 36 characters, a short handle 4 to 8.
const TASK_ID_CHARACTERS: std::ops::RangeInclusive<usize> = 4..=36;

/// What is to be shown. Nothing in it changes a task: a person reads and decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Opening {
    /// The main window as it is.
    Main,
    /// The main window with this task.
    Task(String),
    /// The main window with this view.
    View(String),
    /// Quick add; without text with what was typed there before.
    QuickAdd(Option<String>),
    /// Nothing: the app waits in the tray.
    Nothing,
}

/// An opening as a page gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct PageOpening {
    kind: &'static str,
    id: Option<String>,
    text: Option<String>,
}

impl Opening {
    /// The task with this id or short handle, if it can be one.
    pub(crate) fn task(id: &str) -> Result<Self, ApiError> {
        let fits = TASK_ID_CHARACTERS.contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits {
            Ok(Self::Task(id.to_owned()))
        } else {
            Err(refused("that is no task's id"))
        }
    }

    /// Quick add with this text.
    pub(crate) fn quick_add(text: &str) -> Result<Self, ApiError> {
        if text.len() > QUICK_ADD_MAX_BYTES {
            return Err(ApiError::new(
                Code::TooLarge,
                format!("the text has more than {QUICK_ADD_MAX_BYTES} bytes"),
            ));
        }
        // Nobody can see these in the field, and so nobody could agree to them.
        let unseen = |c: char| c.is_control() && c != '\n' && c != '\t';
        if text.contains(unseen) || text.contains(char::REPLACEMENT_CHARACTER) {
            return Err(refused("the text has characters that cannot be shown"));
        }
        let text = text.trim();
        Ok(Self::QuickAdd((!text.is_empty()).then(|| text.to_owned())))
    }

    /// Reads a link: `rota://add?text=…` or `rota://task/ID`. Anything else is refused, for anybody may write links.
    pub(crate) fn from_link(link: &str) -> Result<Self, ApiError> {
        if link.len() > LINK_MAX_BYTES {
            return Err(ApiError::new(Code::TooLarge, "the link is too long"));
        }
        let url = Url::parse(link).map_err(|source| refused(&source.to_string()))?;
        let plain = url.scheme() == "rota"
            && url.username().is_empty()
            && url.password().is_none()
            && url.port().is_none()
            && url.fragment().is_none();
        if !plain {
            return Err(refused("it is none of Rota's"));
        }
        match (url.host_str(), url.path(), url.query()) {
            (Some("add"), "" | "/", _) => {
                let mut texts = url.query_pairs().filter(|(name, _)| name == "text");
                match (texts.next(), texts.next()) {
                    (None, _) => Ok(Self::QuickAdd(None)),
                    (Some((_, text)), None) => Self::quick_add(&text),
                    (Some(_), Some(_)) => Err(refused("it has two texts")),
                }
            }
            (Some("task"), path, None) => Self::task(path.trim_start_matches('/')),
            _ => Err(refused("Rota knows rota://add?text=… and rota://task/ID")),
        }
    }

    /// What its page has to do, or nothing if showing the window is all.
    pub(crate) fn for_page(self) -> Option<PageOpening> {
        let (kind, id, text) = match self {
            Self::Main | Self::Nothing => return None,
            Self::Task(id) => ("task", Some(id), None),
            Self::View(name) => ("view", Some(name), None),
            Self::QuickAdd(text) => ("quick_add", None, Some(text?)),
        };
        Some(PageOpening { kind, id, text })
    }
}

fn refused(why: &str) -> ApiError {
    ApiError::new(Code::InvalidInput, format!("the link is not opened: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(text: &str) -> Opening {
        Opening::QuickAdd(Some(text.to_owned()))
    }

    #[test]
    fn links_say_what_to_show() {
        for (link, opening) in [
            ("rota://add", Opening::QuickAdd(None)),
            ("rota://add/?text=", Opening::QuickAdd(None)),
            (
                "rota://add?text=Buy%20milk+%231%20%2B%20tea",
                add("Buy milk #1 + tea"),
            ),
            (
                "rota://add?text=%D8%B4%D8%B1%D8%A7%D8%A1&from=mail",
                add("شراء"),
            ),
            ("ROTA://add?text=one%0Atwo", add("one\ntwo")),
            ("rota://task/K7Q2ZZ01", Opening::Task("K7Q2ZZ01".to_owned())),
            (
                "rota://task/6f1c1f0e-6c0c-4a55-8f0f-1f1c1f0e6c0c",
                Opening::Task("6f1c1f0e-6c0c-4a55-8f0f-1f1c1f0e6c0c".to_owned()),
            ),
        ] {
            assert_eq!(Opening::from_link(link), Ok(opening), "{link}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let long = format!("rota://add?text={}", "a".repeat(QUICK_ADD_MAX_BYTES + 1));
        let longer = format!("rota://add?text={}", "%20".repeat(QUICK_ADD_MAX_BYTES * 2));
        for link in [
            "",
            "rota",
            "rota:",
            "rota://",
            "rota://delete/K7Q2",
            "rota://done?id=K7Q2",
            "rota://task/",
            "rota://task/K7Q",
            "rota://task/K7Q2/../../x",
            "rota://task/K7Q2?confirm=no",
            "rota://task/<script>",
            "rota://task/K7Q2%00",
            "rota://add/now?text=x",
            "rota://add?text=a&text=b",
            "rota://add?text=a%00b",
            "rota://add?text=a%1B%5B2J",
            "rota://add?text=%FF%FE",
            "rota://user@add?text=x",
            "rota://add:80?text=x",
            "rota://add?text=x#y",
            "http://add?text=x",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "--hidden",
            &long,
            &longer,
        ] {
            assert!(Opening::from_link(link).is_err(), "{link}");
        }
    }
}
