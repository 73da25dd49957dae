//! Taking back this computer's latest change.

use rota_api::{ApiError, Code, Undone};

use super::Service;

impl Service {
    pub(super) async fn undo_latest(&self) -> Result<Undone, ApiError> {
        self.node.ends.forget();
        self.act_unlabelled(|tx| match tx.undo_latest()? {
            Some(undone) => Ok(Undone {
                undone: undone.label,
            }),
            None => Err(ApiError::new(
                Code::NothingToUndo,
                "there is no change of this computer that could be taken back",
            )
            .with_hint("rota history ID shows what a task was before")
            .into()),
        })
        .await
    }
}
