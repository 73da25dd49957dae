//! Copies of everything, and bringing one back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rota_api::{ApiError, Backup, BackupResult, Code, Progress, ReportProgress, RestoreBackup};
use rota_model::id::SpaceId;
use rota_model::op::ComputerKey;
use rota_model::payload::SpaceKind;
use rota_store::{Act, OpenOptions, Store};

use super::Service;
use super::absorb::{self, Contents};
use crate::clock::Clock;
use crate::errors;
use crate::failure::{Failure, invalid};
use crate::folder::Folder;
use crate::random;
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
        let core = self.node.core();
        let (folder, clock) = (self.node.folder.clone(), self.node.clock.clone());
        let taken =
            tokio::task::spawn_blocking(move || read_back(&core.store, &folder, &file, &clock))
                .await;
        let (spaces, own) = taken.map_err(errors::broken)??;
        let tasks = self
            .act_unlabelled(move |tx| {
                let me = tx.me();
                let mine = records::mine(&tx.reader())?
                    .ok_or_else(|| errors::broken("there is no Mine"))?;
                let mut tasks = 0;
                for contents in &own {
                    absorb::write(tx, contents, mine)?;
                    tasks += contents.tasks();
                }
                let shared = tx.reader().spaces(&me)?;
                let restored = shared.iter().filter(|space| spaces.contains(&space.id));
                Ok(tasks + restored.map(|space| space.tasks).sum::<u64>())
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

/// Takes the shared spaces of a backup, which can be read until somebody invites again, and reads the personal ones,
/// which are started over: they become copies in the present `Mine`.
fn read_back(
    store: &Store,
    folder: &Folder,
    file: &Path,
    clock: &Clock,
) -> Result<(BTreeSet<SpaceId>, Vec<Contents>), ApiError> {
    let backup = rota_store::Backup::open(file).map_err(errors::from_store)?;
    let source = backup.reader();
    let me = store.me();
    let (mut direct, mut own) = (BTreeSet::new(), BTreeSet::new());
    for space in source.spaces(&me).map_err(errors::from_store)? {
        let is_in = store
            .read(|reader| reader.is_member(&space.id, &me))
            .map_err(errors::from_store)?;
        if space.kind == Some(SpaceKind::Mine) && !is_in {
            own.insert(space.id);
        } else {
            direct.insert(space.id);
        }
    }
    recovery::take(store, &source, &direct, clock).map_err(errors::from_store)?;
    if own.is_empty() {
        return Ok((direct, Vec::new()));
    }
    // Read in a log of their own, so that what is started over is not here twice.
    let scratch = folder.scratch()?;
    let options = OpenOptions::new(ComputerKey::from_seed(random::bytes()?), random::bytes()?);
    let aside = Store::open(&scratch, options).map_err(errors::from_store)?;
    let read = recovery::take(&aside, &source, &own, clock)
        .map_err(Failure::from)
        .and_then(|()| {
            let gathered = aside.act(Act::of_machine(clock.op_time()), move |tx| {
                own.iter()
                    .map(|space| absorb::gather(tx, *space))
                    .collect::<Result<Vec<_>, Failure>>()
            });
            gathered.map(|gathered| gathered.value)
        });
    aside.close();
    if let Err(error) = std::fs::remove_dir_all(&scratch) {
        tracing::warn!(%error, "a temporary folder stays behind");
    }
    Ok((direct, read?))
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
