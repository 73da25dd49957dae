//! Lifting the pause of chains.

use rota_api::{ApiError, PauseLift, Status};

use super::Service;

impl Service {
    pub(super) async fn lift_pause(&self, _: PauseLift) -> Result<Status, ApiError> {
        Err(super::not_here("lift_pause"))
    }
}
