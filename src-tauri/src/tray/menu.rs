//! The menu itself. Entries keep their place and change their words, so that an open menu does not jump.

use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem};
use tauri::{AppHandle, Wry};

use super::content::{Content, Entry, TASKS_MAX_COUNT};
use crate::opening::Opening;
use crate::{quit, windows};

const QUICK_ADD: &str = "quick-add";
const TODAY: &str = "today";
const TASK: &str = "task-";
const OPEN: &str = "open";
const STATUS: &str = "status";
const QUIT: &str = "quit";
/// Entries before the first task: quick add, a line, today.
const BEFORE_TASKS: usize = 3;

/// The menu of the tray icon.
pub(super) struct TrayMenu {
    menu: Menu<Wry>,
    quick_add: MenuItem<Wry>,
    today: MenuItem<Wry>,
    tasks: Vec<MenuItem<Wry>>,
    open: MenuItem<Wry>,
    status: MenuItem<Wry>,
    quit: MenuItem<Wry>,
    shown: Content,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    Open(Opening),
    Quit,
}

impl Chosen {
    /// What the entry with this id does, in a menu that has these tasks.
    pub(super) fn of(id: &str, tasks: &[Entry]) -> Option<Self> {
        let opening = match id {
            QUICK_ADD => Opening::QuickAdd(None),
            TODAY => Opening::View(TODAY.to_owned()),
            OPEN => Opening::Main,
            QUIT => return Some(Self::Quit),
            _ => {
                let place: usize = id.strip_prefix(TASK)?.parse().ok()?;
                Opening::Task(tasks.get(place)?.id.clone())
            }
        };
        Some(Self::Open(opening))
    }

    /// Does it.
    pub(super) fn act(self, app: &AppHandle) {
        match self {
            Self::Open(opening) => windows::open(app, opening),
            Self::Quit => quit::quit(app.clone()),
        }
    }
}

impl TrayMenu {
    /// A menu with these words and no tasks yet.
    pub(super) fn build(app: &AppHandle, content: Content) -> tauri::Result<Self> {
        let item =
            |id: &str, text: &str| MenuItem::with_id(app, id, plain(text), true, None::<&str>);
        let line = || PredefinedMenuItem::separator(app);
        let quick_add = item(QUICK_ADD, &content.quick_add)?;
        let today = item(TODAY, &content.today)?;
        let open = item(OPEN, &content.open)?;
        let status = MenuItem::with_id(app, STATUS, plain(&content.status), false, None::<&str>)?;
        let quit = item(QUIT, &content.quit)?;
        let lines = [line()?, line()?, line()?];
        let all: [&dyn IsMenuItem<Wry>; 8] = [
            &quick_add, &lines[0], &today, &lines[1], &open, &status, &lines[2], &quit,
        ];
        let menu = Menu::with_items(app, &all)?;
        Ok(Self {
            menu,
            quick_add,
            today,
            tasks: Vec::new(),
            open,
            status,
            quit,
            shown: Content {
                tasks: Vec::new(),
                ..content
            },
        })
    }

    /// The menu for the icon.
    pub(super) fn menu(&self) -> &Menu<Wry> {
        &self.menu
    }

    /// Shows these words and tasks. Not on the event loop, which is asked for each change.
    pub(super) fn show(&mut self, app: &AppHandle, mut content: Content) -> tauri::Result<()> {
        content
            .tasks
            .truncate(usize::try_from(TASKS_MAX_COUNT).unwrap_or(usize::MAX));
        if content == self.shown {
            return Ok(());
        }
        let before = std::mem::replace(&mut self.shown, content);
        let now = &self.shown;
        for (item, was, is) in [
            (&self.quick_add, &before.quick_add, &now.quick_add),
            (&self.today, &before.today, &now.today),
            (&self.open, &before.open, &now.open),
            (&self.status, &before.status, &now.status),
            (&self.quit, &before.quit, &now.quit),
        ] {
            if was != is {
                item.set_text(plain(is))?;
            }
        }
        while self.tasks.len() > now.tasks.len() {
            if let Some(item) = self.tasks.pop() {
                self.menu.remove(&item)?;
            }
        }
        for (place, Entry { title, .. }) in now.tasks.iter().enumerate() {
            match self.tasks.get(place) {
                Some(item) => {
                    if before.tasks.get(place).map(|entry| &entry.title) != Some(title) {
                        item.set_text(plain(title))?;
                    }
                }
                None => {
                    let id = format!("{TASK}{place}");
                    let item = MenuItem::with_id(app, id, plain(title), true, None::<&str>)?;
                    self.menu.insert(&item, BEFORE_TASKS + place)?;
                    self.tasks.push(item);
                }
            }
        }
        Ok(())
    }
}

/// In a menu's text `&` marks a letter; a title has none to mark.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}
