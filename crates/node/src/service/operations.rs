//! The table of operations, answered by the service's parts.

use rota_api::*;

use super::Service;
use super::many::Many;

impl Operations for Service {
    async fn init(&self, input: Init) -> Result<Status, ApiError> {
        self.rename(input).await
    }

    async fn status(&self, _: StatusShow) -> Result<Status, ApiError> {
        Service::status(self).await
    }

    async fn task_add(&self, input: TaskAdd) -> Result<Task, ApiError> {
        self.add_task(input).await
    }

    async fn task_add_many(
        &self,
        input: TaskAddMany,
        progress: &dyn ReportProgress,
    ) -> Result<Vec<AddedLine>, ApiError> {
        self.add_tasks(input, progress).await
    }

    async fn task_list(&self, input: TaskList) -> Result<Vec<Task>, ApiError> {
        self.tasks(input).await
    }

    async fn task_page(&self, input: TaskPageShow) -> Result<TaskPage, ApiError> {
        self.tasks_page(input).await
    }

    async fn task_show(&self, input: TaskShow) -> Result<Task, ApiError> {
        self.task_whole(input).await
    }

    async fn task_done(&self, input: TaskDone) -> Result<Vec<Task>, ApiError> {
        self.tasks_after(self.complete(Many::all(input.ids)).await?)
            .await
    }

    async fn task_reopen(&self, input: TaskReopen) -> Result<Vec<Task>, ApiError> {
        self.tasks_after(self.reopen(Many::all(input.ids)).await?)
            .await
    }

    async fn task_edit(&self, input: TaskEdit) -> Result<Task, ApiError> {
        self.edit_task(input).await
    }

    async fn task_move(&self, input: TaskMove) -> Result<Task, ApiError> {
        self.move_task(input).await
    }

    async fn task_delete(&self, input: TaskDelete) -> Result<Vec<Task>, ApiError> {
        self.tasks_after(self.delete(Many::all(input.ids)).await?)
            .await
    }

    async fn task_restore(&self, input: TaskRestore) -> Result<Vec<Task>, ApiError> {
        self.tasks_after(self.restore(Many::all(input.ids)).await?)
            .await
    }

    async fn task_do_many(&self, input: TaskDoMany) -> Result<ManyChanged, ApiError> {
        self.do_many(input).await
    }

    async fn task_history(&self, input: TaskHistory) -> Result<Vec<HistoryEntry>, ApiError> {
        self.history_of(input).await
    }

    async fn undo(&self, input: Undo) -> Result<Undone, ApiError> {
        self.take_back(input).await
    }

    async fn lists_show(&self, input: ListsShow) -> Result<Vec<List>, ApiError> {
        self.lists(input).await
    }

    async fn list_add(&self, input: ListAdd) -> Result<List, ApiError> {
        self.add_list(input).await
    }

    async fn list_rename(&self, input: ListRename) -> Result<List, ApiError> {
        self.rename_list(input).await
    }

    async fn list_delete(&self, input: ListDelete) -> Result<List, ApiError> {
        self.delete_list(input).await
    }

    async fn spaces_show(&self, _: SpacesShow) -> Result<Vec<Space>, ApiError> {
        self.spaces().await
    }

    async fn space_add(&self, input: SpaceAdd) -> Result<Space, ApiError> {
        self.add_space(input).await
    }

    async fn space_leave(&self, input: SpaceLeave) -> Result<Space, ApiError> {
        self.leave_space(input).await
    }

    async fn members_show(&self, input: MembersShow) -> Result<Vec<Member>, ApiError> {
        self.members(input).await
    }

    async fn member_remove(&self, input: MemberRemove) -> Result<Vec<Member>, ApiError> {
        self.remove_member(input).await
    }

    async fn member_role(&self, input: MemberRole) -> Result<Vec<Member>, ApiError> {
        self.change_role(input).await
    }

    async fn invite(&self, input: Invite) -> Result<Invitation, ApiError> {
        self.open_invitation(input).await
    }

    async fn invite_cancel(&self, input: InviteCancel) -> Result<Vec<OpenInvitation>, ApiError> {
        self.close_invitation(input).await
    }

    async fn invitations_show(&self, _: InvitationsShow) -> Result<Vec<OpenInvitation>, ApiError> {
        self.open_invitations().await
    }

    async fn join(
        &self,
        input: Join,
        progress: &dyn ReportProgress,
    ) -> Result<JoinResult, ApiError> {
        self.join_by_code(input, progress).await
    }

    async fn computers_show(&self, _: ComputersShow) -> Result<Vec<Computer>, ApiError> {
        self.computers().await
    }

    async fn connect(&self, input: Connect) -> Result<Computer, ApiError> {
        self.connect_to(input).await
    }

    async fn rekey(&self, _: Rekey) -> Result<Status, ApiError> {
        self.new_key().await
    }

    async fn doctor(&self, _: Doctor) -> Result<Vec<DoctorCheck>, ApiError> {
        self.examine().await
    }

    async fn backup(
        &self,
        input: Backup,
        progress: &dyn ReportProgress,
    ) -> Result<BackupResult, ApiError> {
        self.back_up(input, progress).await
    }

    async fn restore_backup(
        &self,
        input: RestoreBackup,
        progress: &dyn ReportProgress,
    ) -> Result<BackupResult, ApiError> {
        self.bring_back(input, progress).await
    }

    async fn task_groups(&self, input: TaskGroupsShow) -> Result<TaskGroups, ApiError> {
        Service::task_groups(self, input).await
    }

    async fn overview(&self, input: OverviewShow) -> Result<Overview, ApiError> {
        Service::overview(self, input).await
    }

    async fn tags_show(&self, input: TagsShow) -> Result<Vec<TagCount>, ApiError> {
        self.tags(input).await
    }

    async fn earlier_titles(
        &self,
        input: EarlierTitlesShow,
    ) -> Result<Vec<EarlierTitle>, ApiError> {
        self.tasks_once_titled(input).await
    }

    async fn task_edit_many(&self, input: TaskEditMany) -> Result<ManyChanged, ApiError> {
        self.edit_tasks(input).await
    }

    async fn task_arrange(&self, input: TaskArrange) -> Result<ManyChanged, ApiError> {
        self.arrange_tasks(input).await
    }

    async fn task_duplicate(&self, input: TaskDuplicate) -> Result<Vec<Task>, ApiError> {
        self.tasks_after(self.duplicate(Many::all(input.ids)).await?)
            .await
    }

    async fn task_keep(&self, input: TaskKeep) -> Result<Vec<Task>, ApiError> {
        let done = self.keep_values(Many::all(input.ids), input.field).await?;
        self.tasks_after(done).await
    }

    async fn task_use(&self, input: TaskUse) -> Result<Task, ApiError> {
        self.use_version(input).await
    }

    async fn redo(&self, input: Redo) -> Result<Redone, ApiError> {
        self.redo_latest(input).await
    }

    async fn quick_add_parse(&self, input: QuickAddParse) -> Result<QuickAddParsed, ApiError> {
        self.parse_quick_add(input).await
    }

    async fn draft_show(&self, input: DraftShow) -> Result<Draft, ApiError> {
        self.draft(input).await
    }

    async fn draft_set(&self, input: DraftSet) -> Result<Empty, ApiError> {
        self.keep_draft(input).await
    }

    async fn list_edit(&self, input: ListEdit) -> Result<List, ApiError> {
        self.edit_list(input).await
    }

    async fn list_move(&self, input: ListMove) -> Result<List, ApiError> {
        self.move_list(input).await
    }

    async fn list_restore(&self, input: ListRestore) -> Result<List, ApiError> {
        self.restore_list(input).await
    }

    async fn settings_show(&self, input: SettingsShow) -> Result<Settings, ApiError> {
        self.settings(input).await
    }

    async fn settings_change(&self, input: SettingsChange) -> Result<Settings, ApiError> {
        self.change_settings(input).await
    }

    async fn presence_set(&self, input: PresenceSet) -> Result<Empty, ApiError> {
        self.set_presence(input).await
    }

    async fn presence_show(&self, input: PresenceShow) -> Result<Vec<Presence>, ApiError> {
        self.presences(input).await
    }

    async fn receipts_show(&self, input: ReceiptsShow) -> Result<Vec<Receipt>, ApiError> {
        self.receipts(input).await
    }

    async fn reminders_due(&self, input: RemindersDue) -> Result<Vec<DueReminder>, ApiError> {
        self.due_reminders(input).await
    }

    async fn reminder_handle(&self, input: ReminderHandle) -> Result<Task, ApiError> {
        self.handle_reminder(input).await
    }

    async fn pause_lift(&self, input: PauseLift) -> Result<Status, ApiError> {
        self.lift_pause(input).await
    }

    async fn quick_add_open(&self, _: QuickAddOpen) -> Result<Empty, ApiError> {
        self.node.open_quick_add()?;
        Ok(Empty {})
    }
}
