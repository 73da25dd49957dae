//! Standing conditions: what is wrong until its cause goes.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rota_api::{HealthCondition, Remedy, Severity};
use tokio::sync::watch;

use crate::remedy;

/// What kind of condition it is: its stable name and how much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
}

/// Declares the conditions, so that no two places spell one differently.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident;)*) => {
        $($(#[$doc])* pub(crate) const $name: Kind = Kind { code: $code, severity: Severity::$severity };)*
    };
}

kinds! {
    /// Wall clocks differ too much.
    CLOCK_WRONG = "clock_wrong", Warning;
    /// The port is taken.
    PORT_IN_USE = "port_in_use", Warning;
    /// The port cannot be opened for another reason.
    CANNOT_LISTEN = "cannot_listen", Warning;
    /// No network interface is up.
    NO_NETWORK = "no_network", Warning;
    /// Announcing or looking for others does not work.
    DISCOVERY_UNAVAILABLE = "discovery_unavailable", Warning;
    /// Two ops stand at one place of a chain.
    FORK = "fork", Warning;
    /// Another computer uses this computer's key.
    COPIED_FOLDER = "copied_folder", Error;
    /// Equal logs and unequal results.
    DIVERGED = "diverged", Error;
    /// Somebody uses a newer version.
    NEWER_VERSION = "newer_version", Warning;
    /// The disk is full.
    DISK_FULL = "disk_full", Error;
    /// The database cannot be written.
    READ_ONLY = "read_only", Error;
    /// The database was damaged and started over.
    DATABASE_RESTARTED = "database_restarted", Warning;
    /// A member writes more than its quota.
    PAUSED_CHAIN = "paused_chain", Warning;
    /// A part of the node keeps failing.
    PART_FAILING = "part_failing", Error;
}

/// The conditions that stand now. Several of one kind are told apart by their subject.
#[derive(Debug)]
pub(crate) struct Conditions {
    standing: Mutex<BTreeMap<(Kind, String), HealthCondition>>,
    changed: watch::Sender<u64>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            standing: Mutex::default(),
            changed: watch::Sender::new(0),
        }
    }
}

impl Conditions {
    /// Says that something stands, or stands otherwise than before.
    pub(crate) fn raise(
        &self,
        kind: Kind,
        subject: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let subject = subject.into();
        let remedy = remedy::of(kind, &subject);
        self.raise_with(kind, subject, message, hint, remedy);
    }

    /// Says that something stands, and what can be done about it by a click.
    pub(crate) fn raise_with(
        &self,
        kind: Kind,
        subject: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
        remedy: Option<Remedy>,
    ) {
        let condition = HealthCondition {
            code: kind.code.to_owned(),
            severity: kind.severity,
            message: message.into(),
            hint: Some(hint.into()),
            remedy,
        };
        let before = self
            .lock()
            .insert((kind, subject.into()), condition.clone());
        if before.as_ref() != Some(&condition) {
            tracing::warn!(code = kind.code, "{}", condition.message);
            self.tell();
        }
    }

    /// Says that it stands no more.
    pub(crate) fn clear(&self, kind: Kind, subject: &str) {
        if self.lock().remove(&(kind, subject.to_owned())).is_some() {
            tracing::info!(code = kind.code, subject, "no longer");
            self.tell();
        }
    }

    /// Says which subjects of a kind stand, all of them.
    pub(crate) fn set_all(
        &self,
        kind: Kind,
        all: impl IntoIterator<Item = (String, String, String)>,
    ) {
        let all = all.into_iter().map(|(subject, message, hint)| {
            let remedy = remedy::of(kind, &subject);
            (subject, message, hint, remedy)
        });
        self.set_all_with(kind, all);
    }

    /// The same, with what can be done about each.
    pub(crate) fn set_all_with(
        &self,
        kind: Kind,
        all: impl IntoIterator<Item = (String, String, String, Option<Remedy>)>,
    ) {
        let all: Vec<_> = all.into_iter().collect();
        let gone: Vec<String> = self
            .lock()
            .keys()
            .filter(|(standing, subject)| {
                *standing == kind && all.iter().all(|(kept, ..)| kept != subject)
            })
            .map(|(_, subject)| subject.clone())
            .collect();
        for subject in gone {
            self.clear(kind, &subject);
        }
        for (subject, message, hint, remedy) in all {
            self.raise_with(kind, subject, message, hint, remedy);
        }
    }

    /// Whether anything of these kinds stands.
    pub(crate) fn stands(&self, kinds: &[Kind]) -> bool {
        self.lock().keys().any(|(kind, _)| kinds.contains(kind))
    }

    /// All that stand, the most severe first.
    pub(crate) fn all(&self) -> Vec<HealthCondition> {
        let mut all: Vec<_> = self.lock().values().cloned().collect();
        all.sort_by_key(|condition| std::cmp::Reverse(condition.severity));
        all
    }

    /// Tells each change.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    fn tell(&self) {
        self.changed
            .send_modify(|number| *number = number.wrapping_add(1));
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<(Kind, String), HealthCondition>> {
        // A holder only moves values, so what a panic left behind is whole.
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_severe_comes_first_and_only_changes_are_told() {
        let conditions = Conditions::default();
        let changes = conditions.changes();
        conditions.raise(CLOCK_WRONG, "a", "a's clock is wrong", "set it");
        conditions.raise(DISK_FULL, "", "the disk is full", "make room");
        assert!(changes.has_changed().unwrap());
        let codes: Vec<_> = conditions.all().into_iter().map(|c| c.code).collect();
        assert_eq!(codes, ["disk_full", "clock_wrong"]);

        let mut changes = conditions.changes();
        changes.mark_unchanged();
        conditions.raise(DISK_FULL, "", "the disk is full", "make room");
        conditions.clear(PORT_IN_USE, "");
        assert!(!changes.has_changed().unwrap());
        conditions.set_all(CLOCK_WRONG, []);
        assert!(changes.has_changed().unwrap());
        assert_eq!(conditions.all().len(), 1);
    }
}
