//! How this computer is.

use rota_api::{ApiError, HealthCondition, Status};

use super::{Service, find, init, spaces, view};
use crate::errors;
use crate::records;

impl Service {
    pub(super) async fn status(&self) -> Result<Status, ApiError> {
        let me = self.node.core().me;
        let (running, health) = (self.node.is_running(), self.health());
        let safe = self.safe().await?;
        self.read(move |reader| {
            let names = init::names(reader, &me)?;
            let mine = records::mine(reader)?.ok_or_else(|| errors::broken("there is no Mine"))?;
            let person = find::my_person(reader, &me, &mine)?;
            let person_id = person.map_or_else(
                || rota_model::id::EntityId::of_computer(&me),
                |(person, _)| person,
            );
            Ok(Status {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                computer: view::computer(me, names.computer),
                person: view::entity(person_id, names.person),
                running,
                spaces: spaces::shown(reader, &me)?,
                health,
                safe,
            })
        })
        .await
    }

    /// The standing conditions, the most severe first.
    #[must_use]
    pub fn health(&self) -> Vec<HealthCondition> {
        self.node.conditions.all()
    }
}
