//! Lifting the pause of chains: what was left out is taken after all.

use rota_api::{ApiError, PauseLift, Status};
use rota_model::id::{AuthorKey, SpaceId};
use rota_model::text::fold;
use rota_net::peer_id_text;
use rota_store::Reader;

use super::{Service, find};
use crate::engine::Command;
use crate::errors;
use crate::failure::{Failure, not_found};
use crate::records;
use crate::remedy::space_and_author;

impl Service {
    pub(super) async fn lift_pause(&self, input: PauseLift) -> Result<Status, ApiError> {
        let core = self.node.core();
        let me = core.me;
        let paused = self.read(move |reader| paused(reader, &me, &input)).await?;
        let now = self.node.clock.op_time();
        let lifted = paused.clone();
        let lifting = tokio::task::spawn_blocking(move || {
            lifted
                .iter()
                .try_for_each(|(space, author)| core.store.lift_pause(*space, *author, now))
        });
        lifting
            .await
            .map_err(errors::broken)?
            .map_err(errors::from_store)?;
        if let Some(engine) = self.node.engine() {
            // Whoever has what was left out tells it again.
            for (space, _) in paused {
                engine.tell(Command::Compare(space)).await;
            }
        }
        crate::node::refresh_conditions(&self.node).await;
        self.status().await
    }
}

/// The authors that are paused, of those that are meant.
fn paused(
    reader: &Reader<'_>,
    me: &AuthorKey,
    meant: &PauseLift,
) -> Result<Vec<(SpaceId, AuthorKey)>, Failure> {
    let in_space = meant
        .space
        .as_deref()
        .map(|text| find::space(reader, me, text))
        .transpose()?;
    let mut paused = Vec::new();
    for condition in reader.conditions()? {
        let about = space_and_author(&condition.subject).filter(|_| condition.code == "paused");
        let Some((space, author)) = about else {
            continue;
        };
        let is_meant = match &meant.author {
            None => true,
            Some(text) => is_called(reader, &author, text)?,
        };
        if is_meant && in_space.as_ref().is_none_or(|meant| meant.id == space) {
            paused.push((space, author));
        }
    }
    match &meant.author {
        Some(text) if paused.is_empty() => Err(not_found(
            "paused computer",
            text,
            "rota status shows which are paused",
        )
        .into()),
        _ => Ok(paused),
    }
}

fn is_called(reader: &Reader<'_>, author: &AuthorKey, text: &str) -> Result<bool, Failure> {
    let text = text.trim();
    if AuthorKey::from_hex(text) == Some(*author) || peer_id_text(&author.0) == text {
        return Ok(true);
    }
    let name = records::computer_name(reader, author)?;
    Ok(!name.is_empty() && fold(&name) == fold(text))
}

#[cfg(test)]
mod tests {
    use rota_api::RemedyKind;

    use super::*;

    #[tokio::test]
    async fn a_paused_computer_goes_on_by_the_remedy_that_its_condition_offers() {
        let home = tempfile::tempdir().unwrap();
        let node = crate::start(crate::NodeOptions {
            data_dir: home.path().join("data"),
            port: None,
            discovery: false,
        })
        .await
        .unwrap();
        let service = node.service().clone();
        let author = AuthorKey([7; 32]);
        let raised = service.act_unlabelled(move |tx| {
            let mine = records::mine(&tx.reader())?.unwrap();
            tx.raise("paused", &format!("{mine}/{author}"), "Day")?;
            Ok(())
        });
        raised.await.unwrap();
        crate::node::refresh_conditions(&service.node).await;
        let condition = service.health().remove(0);
        assert_eq!(condition.code, "paused_chain");
        let remedy = condition.remedy.unwrap();
        assert_eq!(remedy.kind, RemedyKind::LiftPause);
        let input = serde_json::from_value(remedy.input.unwrap()).unwrap();
        let status = service.lift_pause(input).await.unwrap();
        assert!(status.health.is_empty(), "{:?}", status.health);
        node.close().await.unwrap();
    }
}
