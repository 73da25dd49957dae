//! What the app keeps in step with the service beside its windows: tray, key, start with the desktop, reminders.
//!
//! Each of them may fail and the list still works; `desktop_info` says which do not.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rota_api::{ApiError, Settings, SettingsChange, SettingsShow, WatchKind};
use tauri::async_runtime::JoinHandle;
use tauri::{AppHandle, Emitter, Manager};
use tokio::sync::{Notify, mpsc};

use crate::node::Node;
use crate::opening::Opening;
use crate::reminders;
use crate::shortcut::Shortcuts;
use crate::{autostart, theme, tray, windows};

/// Says to the pages that what the desktop can do has changed.
const CHANGED: &str = "rota://desktop";

/// The app's own state beside the windows.
#[derive(Default)]
pub(crate) struct Desktop {
    settings: Mutex<Settings>,
    /// The key for quick add.
    pub(crate) shortcuts: Shortcuts,
    /// Whether the last notification or the last look for who shows them succeeded.
    notifications: AtomicBool,
    wake: Wake,
    tasks: Mutex<Vec<JoinHandle<()>>>,
    /// Who shows notifications, until the app is left: it takes them away before.
    notifier: Mutex<Option<JoinHandle<()>>>,
}

/// How long notifications may take to go when the app is left.
const NOTIFIER_ENDS: Duration = Duration::from_millis(500);

/// Who has to look again. Asking twice before it looks is asking once.
#[derive(Default)]
struct Wake {
    settings: Notify,
    tray: Notify,
    reminders: Notify,
    leaving: Notify,
}

impl Desktop {
    /// Begins to keep in step, and to hear what the app is asked to show.
    pub(crate) fn begin(app: &AppHandle, asked: mpsc::Receiver<Opening>, main_is_wanted: bool) {
        let desktop = Arc::new(Self::default());
        app.manage(Arc::clone(&desktop));
        let tasks = vec![
            tauri::async_runtime::spawn(hear_starts(app.clone(), asked)),
            tauri::async_runtime::spawn(hear_commands(app.clone())),
            tauri::async_runtime::spawn(follow(app.clone(), Arc::clone(&desktop))),
            tauri::async_runtime::spawn(keep_settings(app.clone(), Arc::clone(&desktop))),
            tauri::async_runtime::spawn(tray::keep(
                app.clone(),
                Arc::clone(&desktop),
                main_is_wanted,
            )),
        ];
        let notifier =
            tauri::async_runtime::spawn(reminders::keep(app.clone(), Arc::clone(&desktop)));
        *desktop
            .notifier
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(notifier);
        *desktop.tasks.lock().unwrap_or_else(PoisonError::into_inner) = tasks;
    }

    /// The settings as they were last read.
    pub(crate) fn settings(&self) -> Settings {
        self.settings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether somebody shows notifications here.
    pub(crate) fn notifications(&self) -> bool {
        self.notifications.load(Ordering::Relaxed)
    }

    /// Takes note of whether somebody shows notifications, and tells the pages if that is new.
    pub(crate) fn note_notifications(&self, app: &AppHandle, there: bool) {
        if self.notifications.swap(there, Ordering::Relaxed) != there {
            tell_pages(app);
        }
    }

    /// Waits until the tray may have to show something else.
    pub(crate) async fn tray_may_differ(&self) {
        self.wake.tray.notified().await;
    }

    /// Waits until a reminder may be due or handled.
    pub(crate) async fn reminders_may_differ(&self) {
        self.wake.reminders.notified().await;
    }

    /// Waits until the app is left.
    #[cfg(target_os = "linux")]
    pub(crate) async fn leaving(&self) {
        self.wake.leaving.notified().await;
    }

    /// Ends what runs beside the windows. A later start then finds nobody, and begins anew.
    pub(crate) async fn stop(&self) {
        let tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            task.abort();
        }
        self.wake.leaving.notify_one();
        let notifier = self
            .notifier
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(notifier) = notifier
            && tokio::time::timeout(NOTIFIER_ENDS, notifier).await.is_err()
        {
            tracing::info!("notifications were left standing");
        }
    }

    fn note(&self, kind: WatchKind) {
        match kind {
            WatchKind::Settings => self.wake.settings.notify_one(),
            WatchKind::Reminder => self.wake.reminders.notify_one(),
            WatchKind::Task
            | WatchKind::List
            | WatchKind::Space
            | WatchKind::Computer
            | WatchKind::Health => self.wake.tray.notify_one(),
            WatchKind::Hello | WatchKind::Resync => self.note_all(),
            WatchKind::Run | WatchKind::Presence => {}
        }
    }

    fn note_all(&self) {
        self.wake.settings.notify_one();
        self.wake.tray.notify_one();
        self.wake.reminders.notify_one();
    }
}

/// Tells the pages that `desktop_info` answers something else now.
pub(crate) fn tell_pages(app: &AppHandle) {
    if let Err(error) = app.emit_to(windows::MAIN, CHANGED, ()) {
        tracing::debug!(%error, "the pages were not told of the desktop");
    }
}

/// Later starts of the app on this folder.
async fn hear_starts(app: AppHandle, mut asked: mpsc::Receiver<Opening>) {
    while let Some(opening) = asked.recv().await {
        windows::open(&app, opening);
    }
}

/// Other programs that ask for quick add.
async fn hear_commands(app: AppHandle) {
    loop {
        app.state::<Arc<Node>>().quick_add_asked().await;
        windows::open(&app, Opening::QuickAdd(None));
    }
}

async fn follow(app: AppHandle, desktop: Arc<Desktop>) {
    let node = Arc::clone(&app.state::<Arc<Node>>());
    // Read once even where nothing can be heard.
    desktop.note_all();
    let heard = node.follow(|event| desktop.note(event.kind)).await;
    if let Err(error) = heard {
        tracing::warn!(%error, "tray and reminders hear of no changes");
    }
}

async fn keep_settings(app: AppHandle, desktop: Arc<Desktop>) {
    let mut before: Option<Settings> = None;
    loop {
        desktop.wake.settings.notified().await;
        let node = Arc::clone(&app.state::<Arc<Node>>());
        let read: Result<Settings, ApiError> = node.ask(&SettingsShow {}).await;
        let settings = match read {
            Ok(settings) => settings,
            // What a person once wanted stays as it is: an entry that starts Rota is not removed for a disk that fails.
            Err(error) => {
                tracing::warn!(%error, "the settings cannot be read");
                continue;
            }
        };
        let settings = match before {
            None => as_the_desktop_has_it(&node, settings).await,
            Some(_) => settings,
        };
        *desktop
            .settings
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = settings.clone();
        apply(&app, &desktop, before.as_ref(), &settings).await;
        before = Some(settings);
    }
}

/// Whether Rota starts with the desktop is what the desktop says at the start: a person may have changed it there, and the
/// settings begin anew where a database was damaged.
async fn as_the_desktop_has_it(node: &Node, settings: Settings) -> Settings {
    let starts = autostart::is_on(node.data_dir()).filter(|starts| *starts != settings.autostart);
    let Some(starts) = starts else {
        return settings;
    };
    let change = SettingsChange {
        autostart: Some(Some(starts)),
        ..SettingsChange::default()
    };
    node.ask(&change).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the settings do not say whether Rota starts with the desktop");
        settings
    })
}

async fn apply(app: &AppHandle, desktop: &Arc<Desktop>, before: Option<&Settings>, now: &Settings) {
    theme::follow(app, now.theme);
    if before.is_none_or(|before| before.language != now.language) {
        desktop.wake.tray.notify_one();
    }
    if before.is_none_or(|before| before.notifications != now.notifications) {
        desktop.wake.reminders.notify_one();
    }
    let (app_, desktop_) = (app.clone(), Arc::clone(desktop));
    let (key, wanted) = (now.global_shortcut.clone(), now.autostart);
    let asked_anew = before.is_some_and(|before| before.autostart != wanted);
    let folder = app.state::<Arc<Node>>().data_dir().to_owned();
    // Window system and disk answer when they like.
    let changed = tauri::async_runtime::spawn_blocking(move || {
        let shortcut = desktop_.shortcuts.follow(&app_, key.as_deref());
        let autostart = autostart::follow(&folder, wanted, asked_anew);
        shortcut || autostart
    });
    match changed.await {
        Ok(true) => tell_pages(app),
        Ok(false) => {}
        Err(error) => tracing::warn!(%error, "the settings were not all followed"),
    }
}
