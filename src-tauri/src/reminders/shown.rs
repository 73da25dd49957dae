//! Which reminders are shown, and what has to change when others are due.

use std::collections::HashMap;

use rota_api::DueReminder;

/// Notifications that stand at once; the others follow as these are handled.
const SHOWN_MAX_COUNT: usize = 8;
const TEXT_MAX_CHARACTERS: usize = 200;

/// What is shown, by task.
#[derive(Debug, Default)]
pub(super) struct Shown(HashMap<String, Entry>);

#[derive(Debug)]
struct Entry {
    /// For when: the same task may be due again.
    at: String,
    /// None once the desktop has put it away by itself: it is not shown twice.
    id: Option<u32>,
}

/// A notification to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) task: String,
    pub(super) at: String,
    pub(super) summary: String,
    pub(super) body: String,
}

/// What has to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Close(u32),
    Show(Notice),
}

impl Shown {
    /// What leads from what is shown to what is due. What is closed is forgotten; what is shown has to be noted.
    pub(super) fn step(&mut self, due: &[DueReminder]) -> Vec<Change> {
        let mut changes = Vec::new();
        self.0.retain(|task, entry| {
            let stays = due.iter().any(|d| d.task.id == *task && d.at == entry.at);
            if !stays && let Some(id) = entry.id {
                changes.push(Change::Close(id));
            }
            stays
        });
        let standing = self.0.values().filter(|entry| entry.id.is_some()).count();
        let new = due.iter().filter(|d| !self.0.contains_key(&d.task.id));
        let room = SHOWN_MAX_COUNT.saturating_sub(standing);
        changes.extend(new.take(room).map(|due| Change::Show(Notice::of(due))));
        changes
    }

    /// Takes note that it is shown under this id.
    pub(super) fn note(&mut self, notice: &Notice, id: u32) {
        let entry = Entry {
            at: notice.at.clone(),
            id: Some(id),
        };
        self.0.insert(notice.task.clone(), entry);
    }

    /// Forgets what is shown under this id, and gives its task.
    pub(super) fn forget(&mut self, id: u32) -> Option<String> {
        let task = self.task_of(id)?;
        self.0.remove(&task);
        Some(task)
    }

    /// Takes note that it is not to be seen any more, though nobody has handled it.
    pub(super) fn hide(&mut self, id: u32) {
        if let Some(task) = self.task_of(id)
            && let Some(entry) = self.0.get_mut(&task)
        {
            entry.id = None;
        }
    }

    fn task_of(&self, id: u32) -> Option<String> {
        let found = self.0.iter().find(|(_, entry)| entry.id == Some(id));
        found.map(|(task, _)| task.clone())
    }
}

impl Notice {
    fn of(due: &DueReminder) -> Self {
        Self {
            task: due.task.id.clone(),
            at: due.at.clone(),
            summary: cut(&due.task.title),
            body: cut(&due.task.list.name),
        }
    }
}

fn cut(text: &str) -> String {
    let mut short: String = text.chars().take(TEXT_MAX_CHARACTERS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
