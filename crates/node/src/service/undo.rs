//! Taking back this computer's latest change.

use std::collections::BTreeSet;

use rota_api::{ApiError, Code, Undone};
use rota_model::id::SpaceId;
use rota_store::Tx;

use super::Service;
use crate::errors;
use crate::failure::Failure;
use crate::records;

impl Service {
    pub(super) async fn undo_latest(&self) -> Result<Undone, ApiError> {
        self.node.ends.forget();
        let undone = self
            .act_unlabelled(|tx| {
                let closed = closed(tx)?;
                Ok(tx.undo_latest(&closed)?)
            })
            .await?;
        let Some(undone) = undone else {
            return Err(ApiError::new(
                Code::NothingToUndo,
                "there is no change of this computer that could be taken back",
            )
            .with_hint("rota history ID shows what a task was before"));
        };
        // That it is passed over is stored already: an error within the change would have taken that back.
        if let Some(why) = undone.stays {
            let refused = errors::not_allowed(why);
            let message = format!("{} stays: {}", undone.label, refused.message);
            return Err(ApiError::new(refused.code, message)
                .with_hint("undo again to take back the change before it"));
        }
        Ok(Undone {
            undone: undone.label,
            change: rota_api::Changed {
                verb: rota_api::Verb::Change,
                count: 0,
                name: None,
                left: 0,
                by: None,
            },
        })
    }
}

/// The spaces of which a member has said that this computer is out, whatever its own log says.
fn closed(tx: &Tx<'_>) -> Result<BTreeSet<SpaceId>, Failure> {
    let (reader, me) = (tx.reader(), tx.me());
    let mut closed = BTreeSet::new();
    for space in reader.space_ids()? {
        if records::is_removed(&reader, &space, &me)? {
            closed.insert(space);
        }
    }
    Ok(closed)
}
