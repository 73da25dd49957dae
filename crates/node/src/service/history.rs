//! Every value that a task ever had.

use rota_api::{ApiError, HistoryEntry, TaskHistory};
use rota_model::cell::task;

use super::{Service, find, view};

impl Service {
    pub(super) async fn history_of(
        &self,
        input: TaskHistory,
    ) -> Result<Vec<HistoryEntry>, ApiError> {
        let zone = self.node.clock.zoned().time_zone().clone();
        self.read(move |reader| {
            let found = find::task(reader, &input.id)?;
            let history = reader.history(&found.id)?;
            // What became of a reminder is nobody's edit.
            Ok(history
                .into_iter()
                .filter(|entry| entry.field != task::REMINDED)
                .map(|entry| view::history(entry, &zone))
                .collect())
        })
        .await
    }
}
