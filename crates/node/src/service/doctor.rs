//! Why computers do or do not see each other.

use rota_api::{ApiError, DoctorCheck};
use rota_net::listen_text;

use super::Service;
use crate::conditions;
use crate::engine::{Engine, member_keys};
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
        let members = self
            .read(move |reader| Ok(member_keys(reader, &me)?.len()))
            .await?;
        let online = engine.net.connected().len();
        checks.push(DoctorCheck {
            check: "computers".to_owned(),
            ok: members == 0 || online > 0,
            message: format!("{online} of {members} other computers are connected"),
            fix: (members > 0 && online == 0).then(|| {
                "check that they are on and on the same network; rota connect ADDR dials one by hand".to_owned()
            }),
            remedy: (members > 0 && online == 0).then(remedy::try_again),
        });
        Ok(checks)
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
                check: name.to_owned(),
                ok: false,
                message: condition.message,
                fix: condition.hint,
                remedy: condition.remedy,
            },
            None => DoctorCheck {
                check: name.to_owned(),
                ok: true,
                message: fine(),
                fix: None,
                remedy: None,
            },
        }
    }
}
