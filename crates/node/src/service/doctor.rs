//! Why computers do or do not see each other.

use std::collections::{BTreeMap, BTreeSet};

use rota_api::{ApiError, DoctorCheck};
use rota_net::{PeerKey, listen_text};

use super::Service;
use super::causes::{self, Other, Others};
use crate::conditions;
use crate::engine::{Engine, member_keys};
use crate::records;
use crate::remedy;

impl Service {
    pub(super) async fn examine(&self) -> Result<Vec<DoctorCheck>, ApiError> {
        let running = self.network().await?;
        let checks = self.checks(&running.engine).await;
        running.end().await;
        checks
    }

    async fn checks(&self, engine: &Engine) -> Result<Vec<DoctorCheck>, ApiError> {
        let me = self.node.core().me;
        self.node.try_disk().await;
        let mut checks = vec![self.check_of_folder()];
        let listening = engine.listening.borrow().clone();
        checks.push(self.check(
            "port",
            &[conditions::PORT_IN_USE, conditions::CANNOT_LISTEN],
            || {
                let addresses: Vec<String> = listening
                    .iter()
                    .map(|address| listen_text(*address, &me.0))
                    .collect();
                format!("this computer listens at {}", addresses.join(", "))
            },
        ));
        checks.push(self.check("network", &[conditions::NO_NETWORK], || {
            "a network is connected".to_owned()
        }));
        let seen = engine.net.hints().await.unwrap_or_default().len();
        checks.push(
            self.check("discovery", &[conditions::DISCOVERY_UNAVAILABLE], || {
                format!("{seen} other computers announce themselves here")
            }),
        );
        checks.push(self.check(
            "key",
            &[conditions::COPIED_FOLDER, conditions::FORK],
            || "no other computer uses this computer's key".to_owned(),
        ));
        checks.push(self.check("clock", &[conditions::CLOCK_WRONG], || {
            "the clocks of the connected computers agree".to_owned()
        }));
        let others = self.others(engine).await?;
        let online = others.connected.len();
        let members = online + others.away.len();
        let message = format!("{online} of {members} other computers are connected");
        checks.push(if members == 0 || online > 0 {
            DoctorCheck::fine("computers", message)
        } else {
            let fix = "check that they are on and on the same network; rota connect ADDR dials one by hand";
            DoctorCheck::wrong("computers", message, fix).with_remedy(Some(remedy::try_again()))
        });
        checks.extend(causes::look(engine, &others).await);
        Ok(checks)
    }

    /// The computers that share a space with this one.
    async fn others(&self, engine: &Engine) -> Result<Others, ApiError> {
        let me = self.node.core().me;
        let known = engine.peers.all();
        let connected: BTreeSet<PeerKey> = engine.net.connected().into_iter().collect();
        self.read(move |reader| {
            let (mut here, mut away) = (BTreeMap::new(), BTreeMap::new());
            for key in member_keys(reader, &me)? {
                let mut addresses = records::addresses(reader, &key)?;
                addresses.extend(known.get(&key).iter().flat_map(|peer| &peer.addresses));
                addresses.sort_unstable();
                addresses.dedup();
                let name = records::computer_name(reader, &key)?;
                let other = Other { name, addresses };
                let group = if connected.contains(&key.0) {
                    &mut here
                } else {
                    &mut away
                };
                group.insert(key, other);
            }
            Ok(Others {
                connected: here,
                away,
            })
        })
        .await
    }

    fn check_of_folder(&self) -> DoctorCheck {
        let folder = self.node.folder.path().display().to_string();
        let mut check = self.check(
            "folder",
            &[
                conditions::DISK_FULL,
                conditions::READ_ONLY,
                conditions::DIVERGED,
            ],
            || format!("{folder} can be read and written"),
        );
        if self.node.core().store.mode() != rota_store::Mode::Whole {
            check.ok = false;
            check.message = "a newer version of Rota wrote the data folder".to_owned();
            check.fix = Some("update Rota on this computer".to_owned());
        }
        check
    }

    /// A check that fails while one of these conditions stands.
    fn check(
        &self,
        name: &str,
        kinds: &[conditions::Kind],
        fine: impl FnOnce() -> String,
    ) -> DoctorCheck {
        let standing = self
            .node
            .conditions
            .all()
            .into_iter()
            .find(|condition| kinds.iter().any(|kind| kind.code == condition.code));
        match standing {
            Some(condition) => DoctorCheck {
                ok: false,
                fix: condition.hint,
                remedy: condition.remedy,
                condition: Some(condition.code),
                ..DoctorCheck::fine(name, condition.message)
            },
            None => DoctorCheck::fine(name, fine()),
        }
    }
}
