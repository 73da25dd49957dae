//! Links in tasks: opened outside, in the program that the desktop has for them.

use rota_api::{ApiError, Code};
use tauri::Url;

/// Longest link that is opened, in bytes: as long as browsers take.
const LINK_MAX_BYTES: usize = 8_192;
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Opens a link outside: http, https or mailto, nothing else.
pub(crate) fn open(link: &str) -> Result<(), ApiError> {
    let url = checked(link)?;
    open::that_detached(url.as_str()).map_err(|source| {
        ApiError::new(
            Code::Failed,
            format!("no program could be started for the link: {source}"),
        )
        .with_hint("copy the link and open it in a browser")
    })
}

fn checked(link: &str) -> Result<Url, ApiError> {
    let refused = |why: String| {
        ApiError::new(Code::InvalidInput, format!("the link is not opened: {why}"))
            .with_field("url")
    };
    if link.len() > LINK_MAX_BYTES {
        return Err(refused(format!("it has more than {LINK_MAX_BYTES} bytes")));
    }
    let url = Url::parse(link).map_err(|source| refused(source.to_string()))?;
    if SCHEMES.contains(&url.scheme()) {
        Ok(url)
    } else {
        Err(refused(format!(
            "only {} links are, not {}",
            SCHEMES.join(", "),
            url.scheme()
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_to_pages_and_mail_are_opened() {
        for link in [
            "https://example.org/a?b=c#d",
            "http://nas.local:8080/",
            "mailto:mia@example.org",
        ] {
            assert_eq!(checked(link).unwrap().as_str(), link);
        }
        for link in [
            "",
            "example.org",
            "/etc/passwd",
            "-a",
            "--help",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "rota://add?text=x",
            "tauri://localhost/",
            "smb://host/share",
            "ssh://host",
            "vscode://x",
        ] {
            assert!(checked(link).is_err(), "{link}");
        }
    }

    #[test]
    fn what_is_handed_over_can_be_no_option_and_no_second_word() {
        let url = checked("https://example.org/a b\" --x").unwrap();
        assert_eq!(url.as_str(), "https://example.org/a%20b%22%20--x");
    }
}
