//! Copies of everything, and bringing one back.

use std::path::PathBuf;

use rota_api::{ApiError, Backup, BackupResult, Code, Progress, ReportProgress, RestoreBackup};
use rota_model::payload::SpaceKind;

use super::{Service, absorb};
use crate::errors;
use crate::failure::invalid;
use crate::records;
use crate::recovery;

impl Service {
    pub(super) async fn back_up(
        &self,
        input: Backup,
        progress: &dyn ReportProgress,
    ) -> Result<BackupResult, ApiError> {
        let file = absolute(&input.file)?;
        let store = self.node.core().store.clone();
        let written = tokio::task::spawn_blocking(move || store.backup(&file)).await;
        let tasks = written
            .map_err(errors::broken)?
            .map_err(errors::from_store)?;
        progress.report(Progress {
            done: tasks,
            total: Some(tasks),
        });
        Ok(BackupResult {
            file: input.file,
            tasks,
        })
    }

    pub(super) async fn bring_back(
        &self,
        input: RestoreBackup,
        progress: &dyn ReportProgress,
    ) -> Result<BackupResult, ApiError> {
        let file = absolute(&input.file)?;
        let (store, clock) = (self.node.core().store.clone(), self.node.clock.clone());
        let taken = tokio::task::spawn_blocking(move || {
            let backup = rota_store::Backup::open(&file)?;
            recovery::take_all(&store, &backup.reader(), &clock)
        })
        .await;
        let spaces = taken.map_err(errors::broken)?.map_err(errors::from_store)?;
        let tasks = self
            .act_unlabelled(move |tx| {
                let me = tx.me();
                let mine = records::mine(&tx.reader())?
                    .ok_or_else(|| errors::broken("there is no Mine"))?;
                let mut tasks = 0;
                for space in tx.reader().spaces(&me)? {
                    if !spaces.contains(&space.id) {
                        continue;
                    }
                    // A personal space whose computers are gone is started over; shared ones wait for an invitation.
                    tasks += if space.kind == Some(SpaceKind::Mine) && space.id != mine {
                        absorb::copy(tx, space.id, mine)?
                    } else {
                        space.tasks
                    };
                }
                Ok(tasks)
            })
            .await?;
        self.node.ends.forget();
        progress.report(Progress {
            done: tasks,
            total: Some(tasks),
        });
        Ok(BackupResult {
            file: input.file,
            tasks,
        })
    }
}

fn absolute(file: &str) -> Result<PathBuf, ApiError> {
    let path = PathBuf::from(file);
    if path.is_absolute() {
        Ok(path)
    } else {
        let mut error = invalid(
            format!("{file:?} is no absolute path"),
            "file",
            "name the file with its whole path",
        );
        error.code = Code::InvalidInput;
        Err(error)
    }
}
