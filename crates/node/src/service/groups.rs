//! Groups of tasks, the numbers beside the views, tags.

use rota_api::{ApiError, Overview, OverviewShow, TagCount, TagsShow, TaskGroups, TaskGroupsShow};

use super::Service;

impl Service {
    pub(super) async fn task_groups(&self, _: TaskGroupsShow) -> Result<TaskGroups, ApiError> {
        Err(super::not_here("task_groups"))
    }

    pub(super) async fn overview(&self, _: OverviewShow) -> Result<Overview, ApiError> {
        Err(super::not_here("overview"))
    }

    pub(super) async fn tags(&self, _: TagsShow) -> Result<Vec<TagCount>, ApiError> {
        Err(super::not_here("tags"))
    }
}
