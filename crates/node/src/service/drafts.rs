//! Texts that are being typed: kept on this computer alone, never sent.

use rota_api::{ApiError, Code, Draft, DraftSet, DraftShow, Empty};
use rota_model::limits::{NOTES_MAX_BYTES, SETTING_TEXT_MAX_BYTES};

use super::Service;
use crate::clock::rfc3339;
use crate::failure::invalid;

impl Service {
    pub(super) async fn draft(&self, input: DraftShow) -> Result<Draft, ApiError> {
        check(&input.key)?;
        self.read(move |reader| {
            let kept = reader.draft(&input.key)?;
            Ok(kept.map_or_else(Draft::default, |(text, ms)| Draft {
                text: Some(text),
                at: Some(rfc3339(ms)),
            }))
        })
        .await
    }

    pub(super) async fn keep_draft(&self, input: DraftSet) -> Result<Empty, ApiError> {
        check(&input.key)?;
        if input
            .text
            .as_ref()
            .is_some_and(|text| text.len() > NOTES_MAX_BYTES)
        {
            return Err(
                ApiError::new(Code::TooLarge, "the text is too long to be kept")
                    .with_field("text")
                    .with_hint("make it shorter"),
            );
        }
        self.act_unlabelled(move |tx| {
            tx.set_draft(&input.key, input.text.as_deref())?;
            Ok(Empty {})
        })
        .await
    }
}

fn check(key: &str) -> Result<(), ApiError> {
    if key.is_empty() || key.len() > SETTING_TEXT_MAX_BYTES {
        let message = "a draft is kept under a short name";
        return Err(invalid(message, "key", "name what is being typed"));
    }
    Ok(())
}
