//! What stands in the way, so that only changes are reported.

use std::collections::HashMap;

use crate::event::{ConditionCode, NetEvent};

/// What stands in the way now.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    standing: HashMap<ConditionCode, String>,
}

impl Conditions {
    /// Notes that something stands in the way, with a message, or no longer does; gives the event if that is news.
    pub(super) fn set(&mut self, code: ConditionCode, message: Option<String>) -> Option<NetEvent> {
        match message {
            Some(message) if self.standing.get(&code) == Some(&message) => None,
            Some(message) => {
                self.standing.insert(code, message.clone());
                Some(NetEvent::Condition {
                    code,
                    active: true,
                    message,
                })
            }
            None => self.standing.remove(&code).map(|_| NetEvent::Condition {
                code,
                active: false,
                message: String::new(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changes_are_news() {
        let mut conditions = Conditions::default();
        let code = ConditionCode::PortInUse;
        assert!(conditions.set(code, None).is_none());
        assert!(matches!(
            conditions.set(code, Some("a".into())),
            Some(NetEvent::Condition { active: true, .. })
        ));
        assert!(conditions.set(code, Some("a".into())).is_none());
        assert!(conditions.set(code, Some("b".into())).is_some());
        assert!(matches!(
            conditions.set(code, None),
            Some(NetEvent::Condition { active: false, .. })
        ));
    }
}
