//! A desktop's notifications: they are kept, and a test chooses in them as a person would.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use zbus::wire::OwnedVariant;
use zbus::{Connection, block_on, interface};

use crate::wait::until_some;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What shows notifications on a bus.
#[derive(Debug)]
pub struct Notifications {
    connection: Connection,
    shown: Arc<Mutex<Shown>>,
}

/// A notification that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Its number on the bus.
    pub id: u32,
    /// The first line.
    pub summary: String,
    /// The text below, which may hold markup.
    pub body: String,
    /// Key and name of each action.
    pub actions: Vec<(String, String)>,
    /// 0 low, 1 normal, 2 critical.
    pub urgency: u8,
    /// When it goes by itself, in milliseconds; 0 never.
    pub expires: i32,
}

#[derive(Debug, Default)]
struct Shown {
    last: u32,
    standing: Vec<Notification>,
}

impl Notifications {
    /// Begins to show them on the bus of this connection.
    pub(crate) fn start(connection: &Connection) -> Self {
        let shown = Arc::new(Mutex::new(Shown::default()));
        let server = Server {
            shown: Arc::clone(&shown),
        };
        block_on(async {
            connection.object_server().at(PATH, server).await.unwrap();
            connection.request_name(NAME).await.unwrap();
        });
        Self {
            connection: connection.clone(),
            shown,
        }
    }

    /// Those that stand.
    #[must_use]
    pub fn standing(&self) -> Vec<Notification> {
        self.shown.lock().unwrap().standing.clone()
    }

    /// Waits until one with this first line stands.
    #[must_use]
    pub fn wait(&self, summary: &str) -> Notification {
        until_some(&format!("a notification says {summary:?}"), 30, || {
            let standing = self.standing();
            standing.into_iter().find(|found| found.summary == summary)
        })
    }

    /// Chooses an action, as a click on its name does. The notification stays: it is resident.
    pub fn choose(&self, id: u32, action: &str) {
        self.signal("ActionInvoked", &(id, action));
    }

    /// Puts it away, as a person does.
    pub fn dismiss(&self, id: u32) {
        self.shown.lock().unwrap().standing.retain(|n| n.id != id);
        self.signal("NotificationClosed", &(id, 2_u32));
    }

    fn signal(&self, name: &str, body: &(impl serde::Serialize + zbus::wire::DynamicType)) {
        let sent = self
            .connection
            .emit_signal(None::<&str>, PATH, NAME, name, body);
        block_on(sent).unwrap();
    }
}

struct Server {
    shown: Arc<Mutex<Shown>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    fn get_capabilities(&self) -> Vec<&'static str> {
        vec!["actions", "body", "body-markup", "persistence"]
    }

    fn get_server_information(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        ("rota-tests", "Rota", "1", "1.2")
    }

    #[expect(clippy::too_many_arguments, reason = "the specification has them")]
    fn notify(
        &self,
        _app_name: &str,
        replaces_id: u32,
        _app_icon: &str,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedVariant>,
        expire_timeout: i32,
    ) -> u32 {
        let mut shown = self.shown.lock().unwrap();
        shown.standing.retain(|n| n.id != replaces_id);
        shown.last += 1;
        let id = shown.last;
        let urgency = hints.get("urgency").map(|hint| &**hint);
        shown.standing.push(Notification {
            id,
            summary,
            body,
            actions: actions
                .chunks_exact(2)
                .map(|pair| (pair[0].clone(), pair[1].clone()))
                .collect(),
            urgency: urgency
                .and_then(|hint| u8::try_from(hint).ok())
                .unwrap_or(1),
            expires: expire_timeout,
        });
        id
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(connection)] connection: &Connection,
    ) -> zbus::fdo::Result<()> {
        self.shown.lock().unwrap().standing.retain(|n| n.id != id);
        connection
            .emit_signal(None::<&str>, PATH, NAME, "NotificationClosed", &(id, 3_u32))
            .await?;
        Ok(())
    }
}
