//! The settings of this computer.

use rota_api::{ApiError, Settings, SettingsChange, SettingsShow};

use super::Service;

impl Service {
    pub(super) async fn settings(&self, _: SettingsShow) -> Result<Settings, ApiError> {
        Err(super::not_here("settings"))
    }

    pub(super) async fn change_settings(&self, _: SettingsChange) -> Result<Settings, ApiError> {
        Err(super::not_here("change_settings"))
    }
}
