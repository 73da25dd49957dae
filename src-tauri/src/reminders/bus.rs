//! The desktop's notifications (Desktop Notifications Specification 1.2) over the session bus.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use rota_api::{ApiError, Handling, ReminderHandle, RemindersDue};
use tauri::{AppHandle, Manager};
use zbus::Connection;
use zbus::wire::Variant;

use super::shown::{Change, Notice, Shown};
use crate::desktop::Desktop;
use crate::node::Node;
use crate::opening::Opening;
use crate::windows;
use crate::words::Words;

/// How long a missing session bus is left alone.
const TRY_AGAIN: Duration = Duration::from_secs(60);
const CLOSED_BY_PERSON: u32 = 2;
/// It stays until it is handled.
const NEVER_EXPIRES: i32 = 0;
const CRITICAL: u8 = 2;

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications"
)]
trait Notifications {
    fn get_capabilities(&self) -> zbus::Result<Vec<String>>;

    #[expect(clippy::too_many_arguments, reason = "the specification has them")]
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Variant<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;

    fn close_notification(&self, id: u32) -> zbus::Result<()>;

    #[zbus(signal)]
    fn action_invoked(&self, id: u32, action_key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    fn notification_closed(&self, id: u32, reason: u32) -> zbus::Result<()>;
}

/// Keeps the notifications in step with the reminders, whatever comes and goes on the bus.
pub(crate) async fn keep(app: AppHandle, desktop: Arc<Desktop>) {
    loop {
        let reminders = Reminders {
            app: app.clone(),
            node: Arc::clone(&app.state::<Arc<Node>>()),
            desktop: Arc::clone(&desktop),
            shown: Shown::default(),
        };
        match reminders.talk().await {
            Ok(Left) => return,
            Err(error) => tracing::info!(%error, "notifications are not shown"),
        }
        desktop.note_notifications(&app, false);
        tokio::select! {
            () = desktop.reminders_may_differ() => {}
            () = tokio::time::sleep(TRY_AGAIN) => {}
            () = desktop.leaving() => return,
        }
    }
}

/// The app was left, and no notification of it stands.
struct Left;

struct Reminders {
    app: AppHandle,
    node: Arc<Node>,
    desktop: Arc<Desktop>,
    shown: Shown,
}

impl Reminders {
    /// Speaks with whoever shows notifications, until the app is left or the bus is gone.
    async fn talk(mut self) -> zbus::Result<Left> {
        let bus = Connection::session().await?;
        let service = NotificationsProxy::new(&bus).await?;
        let mut chosen = service.receive_action_invoked().await?;
        let mut closed = service.receive_notification_closed().await?;
        let mut owners = service.inner().receive_owner_changed().await?;
        // Asking also starts it, where the bus knows how.
        let mut can = service.get_capabilities().await.ok();
        let gone = || zbus::Error::Failure("the session bus is gone".to_owned());
        loop {
            self.desktop.note_notifications(&self.app, can.is_some());
            if let Some(can) = &can {
                self.show(&service, can).await;
            }
            tokio::select! {
                () = self.desktop.reminders_may_differ() => {}
                () = self.desktop.leaving() => {
                    self.put_away(&service).await;
                    return Ok(Left);
                }
                owner = owners.next() => {
                    // Another one knows nothing of what was shown.
                    self.shown = Shown::default();
                    can = match owner.ok_or_else(gone)? {
                        Some(_) => service.get_capabilities().await.ok(),
                        None => None,
                    };
                }
                signal = chosen.next() => {
                    let signal = signal.ok_or_else(gone)?;
                    let arguments = signal.args()?;
                    self.chosen(arguments.id, arguments.action_key).await;
                }
                signal = closed.next() => {
                    let signal = signal.ok_or_else(gone)?;
                    let arguments = signal.args()?;
                    self.closed(arguments.id, arguments.reason).await;
                }
            }
        }
    }

    /// Closes what is handled and shows what is due.
    async fn show(&mut self, service: &NotificationsProxy<'_>, can: &[String]) {
        let wanted = self.desktop.settings().notifications;
        let due = if wanted {
            match self.node.ask(&RemindersDue {}).await {
                Ok(due) => due,
                Err(error) => {
                    tracing::warn!(%error, "what is due cannot be read");
                    return;
                }
            }
        } else {
            Vec::new()
        };
        for change in self.shown.step(&due) {
            let done = match change {
                Change::Close(id) => service.close_notification(id).await,
                Change::Show(notice) => match notify(service, can, &notice, self.words()).await {
                    Ok(id) => {
                        self.shown.note(&notice, id);
                        Ok(())
                    }
                    Err(error) => Err(error),
                },
            };
            if let Err(error) = done {
                tracing::warn!(%error, "a notification");
            }
        }
    }

    /// Takes away what stands: nobody would hear its buttons, and the next start shows it again.
    async fn put_away(&mut self, service: &NotificationsProxy<'_>) {
        for change in self.shown.step(&[]) {
            if let Change::Close(id) = change
                && let Err(error) = service.close_notification(id).await
            {
                tracing::warn!(%error, "a notification");
            }
        }
    }

    async fn chosen(&mut self, id: u32, action: &str) {
        let how = match action {
            "done" => Handling::Done,
            "later" => Handling::Later,
            "tomorrow" => Handling::Tomorrow,
            "default" => Handling::Dismiss,
            _ => return,
        };
        let Some(task) = self.shown.answer(id) else {
            return;
        };
        if action == "default" {
            windows::open(&self.app, Opening::Task(task.clone()));
        }
        self.handle(task, how).await;
    }

    async fn closed(&mut self, id: u32, reason: u32) {
        if reason == CLOSED_BY_PERSON {
            if let Some(task) = self.shown.forget(id) {
                self.handle(task, Handling::Dismiss).await;
            }
        } else {
            self.shown.hide(id);
        }
    }

    async fn handle(&self, id: String, how: Handling) {
        let handled: Result<_, ApiError> = self.node.ask(&ReminderHandle { id, how }).await;
        if let Err(error) = handled {
            tracing::warn!(%error, "a reminder was not handled");
        }
    }

    fn words(&self) -> &'static Words {
        Words::of(&self.desktop.settings())
    }
}

async fn notify(
    service: &NotificationsProxy<'_>,
    can: &[String],
    notice: &Notice,
    words: &Words,
) -> zbus::Result<u32> {
    let can = |what: &str| can.iter().any(|found| found == what);
    let all = [
        ("default", words.open),
        ("done", words.done),
        ("later", words.later),
        ("tomorrow", words.tomorrow),
    ];
    let actions: Vec<&str> = if can("actions") {
        all.into_iter()
            .flat_map(|(key, name)| [key, name])
            .collect()
    } else {
        Vec::new()
    };
    let body = if can("body-markup") {
        escape(&notice.body)
    } else {
        notice.body.clone()
    };
    let hints = HashMap::from([
        ("urgency", Variant::from(CRITICAL)),
        ("resident", Variant::from(true)),
        ("category", Variant::from("x-rota.reminder")),
        ("desktop-entry", Variant::from("rota")),
    ]);
    service
        .notify(
            "Rota",
            0,
            "rota",
            &notice.summary,
            &body,
            &actions,
            hints,
            NEVER_EXPIRES,
        )
        .await
}

/// Text in a body that may hold markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
