//! Who is here and what they look at.

use rota_api::{ApiError, Empty, Presence, PresenceSet, PresenceShow};

use super::Service;

impl Service {
    pub(super) async fn set_presence(&self, _: PresenceSet) -> Result<Empty, ApiError> {
        Err(super::not_here("set_presence"))
    }

    pub(super) async fn presences(&self, _: PresenceShow) -> Result<Vec<Presence>, ApiError> {
        Err(super::not_here("presences"))
    }
}
