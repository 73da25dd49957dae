//! The one table of operations, and what follows from it: the trait that the node implements, and the dispatch.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    AddedLine, ApiError, BackupResult, Code, Computer, DoctorCheck, Draft, DueReminder,
    EarlierTitle, Empty, HistoryEntry, Invitation, JoinResult, List, ManyChanged, Member,
    OpenInvitation, Overview, Presence, QuickAddParsed, Receipt, Redone, ReportProgress, Settings,
    SettingsChange, SettingsShow, Space, Status, TagCount, Task, TaskGroups, TaskPage, Undone,
    input::*,
};

/// What an operation does to the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Reads only.
    Read,
    /// Writes into the folder.
    Write,
    /// Needs the network.
    Network,
}

/// One row of the table of operations.
#[derive(Clone, Copy, Debug)]
pub struct OperationInfo {
    /// The operation.
    pub operation: Operation,
    /// Its snake_case name.
    pub name: &'static str,
    /// What it does to the world.
    pub effect: Effect,
    /// The words of the command line for it; none where only a window needs it.
    pub command: Option<&'static str>,
    /// Whether it reports progress.
    pub progress: bool,
    /// The TypeScript names of its input and output.
    pub(crate) types: fn(&ts_rs::Config) -> (String, String),
    pub(crate) visit: fn(&mut crate::typescript::Declarations),
}

/// What an operation is asked with.
pub trait Input: Serialize + DeserializeOwned + Send {
    /// The operation.
    const OPERATION: Operation;
    /// Its answer.
    type Output: Serialize + DeserializeOwned + Send;
}

/// Something that can be asked: the service in this process, or the folder's owner over the control channel.
pub trait Call: Sync {
    /// Asks, and reports progress while it takes long.
    fn call_with_progress(
        &self,
        operation: Operation,
        input: Value,
        progress: &dyn ReportProgress,
    ) -> impl Future<Output = Result<Value, ApiError>> + Send;

    /// Asks.
    fn call(
        &self,
        operation: Operation,
        input: Value,
    ) -> impl Future<Output = Result<Value, ApiError>> + Send {
        async move { self.call_with_progress(operation, input, &()).await }
    }
}

/// Asks with types: the input says which operation, and so what comes back.
pub async fn ask<C: Call, I: Input>(
    caller: &C,
    input: &I,
    progress: &dyn ReportProgress,
) -> Result<I::Output, ApiError> {
    let value = caller
        .call_with_progress(I::OPERATION, encode(input)?, progress)
        .await?;
    serde_json::from_value(value).map_err(|source| {
        ApiError::new(
            Code::Incompatible,
            format!(
                "the answer to {} was not understood: {source}",
                I::OPERATION.name()
            ),
        )
        .with_hint("rota and the running node are of different versions: restart the node")
    })
}

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident($input:ident) -> $output:ty, $effect:ident, $command:expr $(, $progress:ident)?;)*) => {
        /// An operation of the service. Each variant has the name of its input.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation {
            $($(#[$doc])* $input,)*
        }

        impl Operation {
            /// The snake_case name, as on the control channel.
            pub const fn name(self) -> &'static str {
                match self { $(Operation::$input => stringify!($name),)* }
            }

            /// What it does to the world.
            pub const fn effect(self) -> Effect {
                match self { $(Operation::$input => Effect::$effect,)* }
            }

            /// The operation of this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Operation::$input),)* _ => None }
            }
        }

        /// Every operation.
        pub const OPERATIONS: &[OperationInfo] = &[$(OperationInfo {
            operation: Operation::$input,
            name: stringify!($name),
            effect: Effect::$effect,
            command: $command,
            progress: operations!(@reports $($progress)?),
            types: |cfg| (<$input as ts_rs::TS>::name(cfg), <$output as ts_rs::TS>::name(cfg)),
            visit: |declarations| { declarations.add::<$input>(); declarations.add::<$output>(); },
        },)*];

        /// The service: one method an operation.
        pub trait Operations: Send + Sync {
            $(operations!(@method $(#[$doc])* $name $input $output $(, $progress)?);)*
        }

        $(impl Input for $input {
            const OPERATION: Operation = Operation::$input;
            type Output = $output;
        })*

        /// Calls the method of the operation with the input and gives its answer, both as JSON.
        pub async fn dispatch<S: Operations>(
            service: &S,
            operation: Operation,
            input: Value,
            progress: &dyn ReportProgress,
        ) -> Result<Value, ApiError> {
            match operation {
                $(Operation::$input => {
                    let input: $input = decode(operation, input)?;
                    let answer = Box::pin(operations!(@invoke service $name input progress $(, $progress)?)).await?;
                    encode(&answer)
                })*
            }
        }
    };
    (@reports) => { false };
    (@reports progress) => { true };
    (@method $(#[$doc:meta])* $name:ident $input:ident $output:ty) => {
        $(#[$doc])*
        fn $name(&self, input: $input) -> impl Future<Output = Result<$output, ApiError>> + Send;
    };
    (@method $(#[$doc:meta])* $name:ident $input:ident $output:ty, progress) => {
        $(#[$doc])*
        fn $name(
            &self,
            input: $input,
            progress: &dyn ReportProgress,
        ) -> impl Future<Output = Result<$output, ApiError>> + Send;
    };
    (@invoke $service:ident $name:ident $input:ident $report:ident) => { $service.$name($input) };
    (@invoke $service:ident $name:ident $input:ident $report:ident, progress) => { $service.$name($input, $report) };
}

operations! {
    /// Names this person and computer.
    init(Init) -> Status, Write, Some("init");
    /// How this computer is.
    status(StatusShow) -> Status, Read, Some("status");

    /// Adds a task.
    task_add(TaskAdd) -> Task, Write, Some("add");
    /// Adds one task a line, all or none.
    task_add_many(TaskAddMany) -> Vec<AddedLine>, Write, Some("add -"), progress;
    /// Tasks in display order.
    task_list(TaskList) -> Vec<Task>, Read, Some("list");
    /// A part of the tasks, with the moment and their number.
    task_page(TaskPageShow) -> TaskPage, Read, None;
    /// The groups of tasks, in the order of a page.
    task_groups(TaskGroupsShow) -> TaskGroups, Read, None;
    /// The numbers beside the views.
    overview(OverviewShow) -> Overview, Read, None;
    /// The tags that tasks have.
    tags_show(TagsShow) -> Vec<TagCount>, Read, None;
    /// Tasks that had a title with these words before, and have none now.
    earlier_titles(EarlierTitlesShow) -> Vec<EarlierTitle>, Read, None;
    /// One task whole.
    task_show(TaskShow) -> Task, Read, Some("show");
    /// Completes tasks.
    task_done(TaskDone) -> Vec<Task>, Write, Some("done");
    /// Opens tasks again.
    task_reopen(TaskReopen) -> Vec<Task>, Write, Some("reopen");
    /// Changes fields of a task.
    task_edit(TaskEdit) -> Task, Write, Some("edit");
    /// Changes fields of many tasks in one go.
    task_edit_many(TaskEditMany) -> ManyChanged, Write, None;
    /// Moves tasks together: to another list, below another task, to another place.
    task_arrange(TaskArrange) -> ManyChanged, Write, None;
    /// Copies tasks with their subtasks.
    task_duplicate(TaskDuplicate) -> Vec<Task>, Write, None;
    /// Keeps the values that are shown, so that nothing stands beside them any more.
    task_keep(TaskKeep) -> Vec<Task>, Write, None;
    /// Writes another value that a field has or had, anew.
    task_use(TaskUse) -> Task, Write, None;
    /// Changes the place of a task within its list.
    task_move(TaskMove) -> Task, Write, Some("move");
    /// Puts tasks into the trash.
    task_delete(TaskDelete) -> Vec<Task>, Write, Some("delete");
    /// Takes tasks out of the trash.
    task_restore(TaskRestore) -> Vec<Task>, Write, Some("restore");
    /// Does the same to many tasks in one go.
    task_do_many(TaskDoMany) -> ManyChanged, Write, None;
    /// Every value that a field of the task ever had, newest first.
    task_history(TaskHistory) -> Vec<HistoryEntry>, Read, Some("history");
    /// Takes back this computer's latest change, or an earlier one.
    undo(Undo) -> Undone, Write, Some("undo");
    /// Makes again what undo took back last.
    redo(Redo) -> Redone, Write, Some("redo");
    /// What a quick-add text means.
    quick_add_parse(QuickAddParse) -> QuickAddParsed, Read, None;
    /// A text that was being typed.
    draft_show(DraftShow) -> Draft, Read, None;
    /// Keeps a text that is being typed.
    draft_set(DraftSet) -> Empty, Write, None;

    /// The lists.
    lists_show(ListsShow) -> Vec<List>, Read, Some("lists");
    /// Adds a list.
    list_add(ListAdd) -> List, Write, Some("lists add");
    /// Gives a list another name.
    list_rename(ListRename) -> List, Write, Some("lists rename");
    /// Puts a list into the trash.
    list_delete(ListDelete) -> List, Write, Some("lists delete");
    /// Changes a list's name, hue, or whether it is laid away.
    list_edit(ListEdit) -> List, Write, Some("lists color");
    /// Changes the place of a list, or moves it to another space.
    list_move(ListMove) -> List, Write, Some("lists move");
    /// Takes a list out of the trash.
    list_restore(ListRestore) -> List, Write, Some("lists restore");

    /// The spaces.
    spaces_show(SpacesShow) -> Vec<Space>, Read, Some("spaces");
    /// Adds a shared space.
    space_add(SpaceAdd) -> Space, Write, Some("spaces add");
    /// Leaves a shared space.
    space_leave(SpaceLeave) -> Space, Write, Some("spaces leave");
    /// Who is in a space.
    members_show(MembersShow) -> Vec<Member>, Read, Some("members");
    /// Removes a person or a computer from a space.
    member_remove(MemberRemove) -> Vec<Member>, Write, Some("members remove");
    /// Changes what a person may do in a space.
    member_role(MemberRole) -> Vec<Member>, Write, Some("members role");

    /// Opens an invitation.
    invite(Invite) -> Invitation, Network, Some("invite");
    /// Closes an open invitation.
    invite_cancel(InviteCancel) -> Vec<OpenInvitation>, Network, None;
    /// The open invitations of this computer.
    invitations_show(InvitationsShow) -> Vec<OpenInvitation>, Read, None;
    /// Joins a space with a code; returns when the first sync is complete.
    join(Join) -> JoinResult, Network, Some("join"), progress;

    /// The computers of one's spaces.
    computers_show(ComputersShow) -> Vec<Computer>, Read, Some("computers");
    /// Dials an address by hand.
    connect(Connect) -> Computer, Network, Some("connect");
    /// Gives this folder a new key.
    rekey(Rekey) -> Status, Write, Some("rekey");
    /// Why computers do or do not see each other.
    doctor(Doctor) -> Vec<DoctorCheck>, Network, Some("doctor");
    /// Writes a copy that holds every task and no identity.
    backup(Backup) -> BackupResult, Read, Some("backup"), progress;
    /// Brings a backup back, as a new computer.
    restore_backup(RestoreBackup) -> BackupResult, Write, Some("restore-backup"), progress;

    /// The settings of this computer.
    settings_show(SettingsShow) -> Settings, Read, None;
    /// Changes settings of this computer.
    settings_change(SettingsChange) -> Settings, Write, None;
    /// Says what this person looks at.
    presence_set(PresenceSet) -> Empty, Read, None;
    /// Who is here and what they look at.
    presence_show(PresenceShow) -> Vec<Presence>, Read, None;
    /// Which computers have the latest of tasks.
    receipts_show(ReceiptsShow) -> Vec<Receipt>, Read, None;
    /// The reminders that are due and not handled.
    reminders_due(RemindersDue) -> Vec<DueReminder>, Read, None;
    /// Handles a reminder, on all of the person's computers.
    reminder_handle(ReminderHandle) -> Task, Write, None;
    /// Lifts the pause of chains that wrote more than their quota.
    pause_lift(PauseLift) -> Status, Write, None;

    /// Opens the quick-add window of the running desktop app; `not_running` where none runs.
    quick_add_open(QuickAddOpen) -> Empty, Read, Some("quick-add");
}

fn decode<T: DeserializeOwned>(operation: Operation, input: Value) -> Result<T, ApiError> {
    // A call without words may leave its input out.
    let input = if input.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        input
    };
    serde_json::from_value(input).map_err(|source| {
        ApiError::new(
            Code::InvalidInput,
            format!("{}: {source}", operation.name()),
        )
        .with_hint("rota and the running node may be of different versions: restart the node")
    })
}

fn encode<T: Serialize>(value: &T) -> Result<Value, ApiError> {
    serde_json::to_value(value).map_err(|source| {
        ApiError::new(
            Code::Internal,
            format!("the answer could not be written: {source}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_is_found_by_its_name() {
        for info in OPERATIONS {
            assert_eq!(info.operation.name(), info.name);
            assert_eq!(Operation::from_name(info.name), Some(info.operation));
        }
        assert_eq!(Operation::from_name("no_such_operation"), None);
    }

    #[test]
    fn no_command_stands_for_two_operations() {
        let mut seen = std::collections::BTreeSet::new();
        for command in OPERATIONS.iter().filter_map(|info| info.command) {
            assert!(seen.insert(command), "{command} twice");
        }
    }

    #[test]
    fn a_wrong_input_is_the_callers_error_and_names_what_is_missing() {
        let error = decode::<TaskShow>(Operation::TaskShow, Value::Null).unwrap_err();
        assert_eq!(error.code, Code::InvalidInput);
        assert!(error.message.contains("`id`"), "{}", error.message);
    }

    #[test]
    fn what_is_absent_from_an_input_means_no_change() {
        let edit: TaskEdit = decode(
            Operation::TaskEdit,
            serde_json::json!({"id": "k3f9", "due": "clear", "start": {"set": "fri"}}),
        )
        .unwrap();
        assert_eq!(edit.change.due, Some(Change::Clear));
        assert_eq!(edit.change.start, Some(Change::Set("fri".to_owned())));
        assert_eq!(edit.change.title, None);
        assert!(edit.change.add_tags.is_empty());
    }
}
