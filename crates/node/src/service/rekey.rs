//! A new key for a folder that was copied: the old key lets the new one in wherever it is itself.

use std::time::Duration;

use rota_api::{ApiError, Code, Status};
use rota_model::id::AuthorKey;
use rota_model::op::ComputerKey;
use rota_model::payload::{Admit, Statement};
use rota_store::Tx;
use tokio::time::timeout;

use super::{Service, find, members};
use crate::engine::{Engine, member_keys};
use crate::errors;
use crate::failure::Failure;
use crate::folder::Folder;
use crate::node::{Core, open_store};
use crate::random;
use crate::records;

/// How long another computer may take to be there and to hear of the new key.
const REACH: Duration = Duration::from_secs(10);

impl Service {
    pub(super) async fn new_key(&self) -> Result<Status, ApiError> {
        let running = self.network().await?;
        let changed = self.change_key(&running.engine).await;
        running.end().await;
        changed?;
        self.status().await
    }

    async fn change_key(&self, engine: &Engine) -> Result<(), ApiError> {
        let core = self.node.core();
        let me = core.me;
        let others = self
            .read(move |reader| Ok(member_keys(reader, &me)?))
            .await?;
        // Who never hears of the new key from the old one will not let it in.
        if !others.is_empty() && timeout(REACH, any_online(engine)).await.is_err() {
            return Err(ApiError::new(
                Code::Unreachable,
                "no other computer is connected, and one has to hear of the new key",
            )
            .with_hint(
                "switch another computer of your spaces on, then try again; nothing was changed",
            ));
        }
        let key = ComputerKey::from_seed(random::bytes()?);
        let new = key.public();
        self.act_unlabelled(move |tx| admit_key(tx, &me, new))
            .await?;
        if !others.is_empty() && timeout(REACH, all_told(engine)).await.is_err() {
            tracing::warn!("not every connected computer has heard of the new key yet");
        }
        let ran = self.node.interrupt_network().await;
        let folder = self.node.folder.clone();
        let swapped =
            tokio::task::spawn_blocking(move || swap(&folder, &core, &key, reopened)).await;
        let (core, refused) = swapped.map_err(errors::broken)??;
        self.node.replace_core(core);
        if ran {
            self.node.resume_network().await;
        }
        if let Some(error) = refused {
            if self.node.folder.has_key(&me) {
                self.act_unlabelled(move |tx| put_out(tx, &me, new)).await?;
            }
            return Err(error);
        }
        self.act_unlabelled(|tx| {
            for condition in tx.reader().conditions()? {
                if condition.code == "fork" {
                    tx.clear(&condition.code, &condition.subject)?;
                }
            }
            Ok(())
        })
        .await?;
        self.node
            .conditions
            .set_all(crate::conditions::COPIED_FOLDER, []);
        Ok(())
    }
}

/// Opens the log with another key; where that does not work, with the one before, and says what stood in the way.
fn swap(
    folder: &Folder,
    before: &Core,
    key: &ComputerKey,
    mut reopened: impl FnMut(&Folder, &ComputerKey) -> Result<Core, ApiError>,
) -> Result<(Core, Option<ApiError>), ApiError> {
    before.store.close();
    let changed = folder.store_key(key).and_then(|()| reopened(folder, key));
    let error = match changed {
        Ok(core) => return Ok((core, None)),
        Err(error) => error,
    };
    if !folder.has_key(&before.me)
        && let Err(error) = folder.store_key(&before.key)
    {
        // The new key is let in already: what the next start finds works as well.
        tracing::warn!(error = error.message, "the old key could not be put back");
    }
    Ok((reopened(folder, &before.key)?, Some(error)))
}

fn reopened(folder: &Folder, key: &ComputerKey) -> Result<Core, ApiError> {
    let store = open_store(folder, key).map_err(errors::from_store)?;
    Ok(Core {
        me: key.public(),
        store,
        key: key.clone(),
    })
}

/// Waits until at least one other computer is connected.
async fn any_online(engine: &Engine) {
    let mut changes = engine.peers.changes();
    while !engine
        .peers
        .all()
        .values()
        .any(|peer| peer.online && peer.progress.is_some())
    {
        if changes.changed().await.is_err() {
            return;
        }
    }
}

/// Waits until the connected computers have all that is here.
async fn all_told(engine: &Engine) {
    let mut changes = engine.peers.changes();
    // What was just written is counted with the next look at each peer.
    tokio::time::sleep(Duration::from_millis(600)).await;
    let is_behind = |peer: &crate::engine::Peer| {
        peer.online && peer.progress.is_some_and(|progress| progress.to_send > 0)
    };
    while engine.peers.all().values().any(is_behind) {
        if changes.changed().await.is_err() {
            return;
        }
    }
}

fn admit_key(tx: &mut Tx<'_>, me: &AuthorKey, new: AuthorKey) -> Result<(), Failure> {
    let names = super::names(&tx.reader(), me)?;
    let mine = records::mine(&tx.reader())?;
    for space in tx.reader().spaces(me)? {
        let Some(role) = space.role else { continue };
        if space.kind == Some(rota_model::payload::SpaceKind::Mine) && Some(space.id) != mine {
            continue;
        }
        let Some((person, person_name)) = find::my_person(&tx.reader(), me, &space.id)? else {
            continue;
        };
        let admit = Admit {
            key: new,
            person,
            role,
            computer_name: names.computer.clone(),
            person_name,
        };
        tx.state(space.id, vec![Statement::Admit(admit)])?;
    }
    Ok(())
}

/// Takes the admissions of a key back that nobody has.
fn put_out(tx: &mut Tx<'_>, me: &AuthorKey, new: AuthorKey) -> Result<(), Failure> {
    for space in tx.reader().spaces(me)? {
        for admission in tx.reader().admissions(&space.id)? {
            if admission.computer.id == new && admission.removed_ms.is_none() {
                let removal = members::removal(&tx.reader(), &space.id, &admission)?;
                tx.state(space.id, vec![removal])?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(folder: &Folder, seed: u8) -> Core {
        let key = ComputerKey::from_seed([seed; 32]);
        folder.store_key(&key).unwrap();
        reopened(folder, &key).unwrap()
    }

    #[test]
    fn a_log_that_does_not_open_under_the_new_key_goes_on_under_the_old_one() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(home.path()).unwrap();
        let before = opened(&folder, 1);
        let new = ComputerKey::from_seed([2; 32]);
        let (core, refused) = swap(&folder, &before, &new, |folder, key| {
            if key.public() == new.public() {
                assert!(folder.has_key(&key.public()), "it is stored by now");
                return Err(ApiError::new(Code::Damaged, "it does not open"));
            }
            reopened(folder, key)
        })
        .unwrap();
        assert_eq!(refused.unwrap().code, Code::Damaged);
        assert_eq!(core.me, before.me);
        assert!(
            folder.has_key(&before.me),
            "the next start finds the key that is at work"
        );
        core.store.close();
    }

    #[test]
    fn a_log_that_opens_goes_on_under_the_new_key() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::open(home.path()).unwrap();
        let before = opened(&folder, 1);
        let (core, refused) =
            swap(&folder, &before, &ComputerKey::from_seed([2; 32]), reopened).unwrap();
        assert!(refused.is_none());
        assert_ne!(core.me, before.me);
        assert!(folder.has_key(&core.me));
        core.store.close();
    }
}
