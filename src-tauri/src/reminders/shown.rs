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
    /// Whether the person has chosen in it. What goes then was not put away.
    answered: bool,
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
            answered: false,
        };
        self.0.insert(notice.task.clone(), entry);
    }

    /// Takes note that the person has chosen in it, and gives its task. It stands until it is due no more.
    pub(super) fn answer(&mut self, id: u32) -> Option<String> {
        let task = self.task_of(id)?;
        self.0.get_mut(&task)?.answered = true;
        Some(task)
    }

    /// Takes note that the person has put it away; gives its task, unless the person had chosen before.
    pub(super) fn forget(&mut self, id: u32) -> Option<String> {
        let task = self.task_of(id)?;
        let entry = self.0.remove(&task)?;
        (!entry.answered).then_some(task)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn due(id: &str, at: &str) -> DueReminder {
        serde_json::from_value(serde_json::json!({"at": at, "task": {
            "id": id, "short": id, "title": format!("Title {id}"), "notes": "", "status": "open",
            "list": {"id": "l", "name": "House"}, "space": {"id": "s", "name": "Mine"},
            "parent": null, "tags": [], "priority": 0, "start": null, "due": null, "repeat": null,
            "also_written": {}, "assignee": null, "order": "a",
            "created_at": "", "created_by": {"person": {"id": "p", "name": "A"}, "computer": {"id": "c", "name": "C"}},
            "updated_at": "", "completed_at": null, "completed_by": null, "deleted_at": null,
            "deleted_by": null, "reminder": "due", "rotation": [], "waits_for": [],
            "predecessor": null, "depth": 0, "subtasks_total": 0, "subtasks_done": 0,
            "blocked": false, "recovered": false,
        }}))
        .unwrap()
    }

    /// Does what is to be done, with the numbers from `first` on.
    fn show(shown: &mut Shown, due: &[DueReminder], first: u32) -> Vec<Change> {
        let changes = shown.step(due);
        for (change, id) in changes.iter().zip(first..) {
            if let Change::Show(notice) = change {
                shown.note(notice, id);
            }
        }
        changes
    }

    #[test]
    fn each_is_shown_once_and_closed_when_it_is_handled() {
        let mut shown = Shown::default();
        let one = due("a", "1");
        let changes = show(&mut shown, std::slice::from_ref(&one), 7);
        let Some(Change::Show(notice)) = changes.first() else {
            panic!("{changes:?}");
        };
        assert_eq!((&*notice.summary, &*notice.body), ("Title a", "House"));
        assert_eq!(shown.step(&[one]), []);
        assert_eq!(shown.step(&[]), [Change::Close(7)]);
        assert_eq!(shown.step(&[]), []);
        // Due again is another one.
        assert_eq!(show(&mut shown, &[due("a", "2")], 8).len(), 1);
    }

    #[test]
    fn an_answer_is_one_answer_and_stands_until_it_holds() {
        let mut shown = Shown::default();
        let due = [due("a", "1")];
        show(&mut shown, &due, 1);
        assert_eq!(shown.answer(1).as_deref(), Some("a"));
        // It could not be written: it still stands, and is not shown twice.
        assert_eq!(shown.step(&due), []);
        // The desktop puts it away by itself after a choice; nobody has dismissed it.
        assert_eq!(shown.forget(1), None);
        assert_eq!(shown.step(&due).len(), 1);
    }

    #[test]
    fn what_the_desktop_puts_away_is_not_handled_and_not_shown_again() {
        let mut shown = Shown::default();
        let due = [due("a", "1")];
        show(&mut shown, &due, 1);
        shown.hide(1);
        assert_eq!(shown.step(&due), []);
        assert_eq!(shown.step(&[]), []);
    }

    #[test]
    fn a_flood_is_shown_a_few_at_a_time() {
        let mut shown = Shown::default();
        let all: Vec<_> = (0..30).map(|n| due(&format!("t{n}"), "1")).collect();
        assert_eq!(show(&mut shown, &all, 1).len(), SHOWN_MAX_COUNT);
        let rest = show(&mut shown, &all[2..], 100);
        let closed = rest
            .iter()
            .filter(|c| matches!(c, Change::Close(_)))
            .count();
        assert_eq!((closed, rest.len()), (2, 4));
    }
}
