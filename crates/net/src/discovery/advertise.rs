//! Announces this computer.

use mdns_sd::{IfKind, IfPredicate, ServiceDaemon, ServiceInfo};

use super::{Announced, Announcer, SERVICE, interfaces, txt::Txt};
use crate::identity::peer_id_text;

/// Announces what is announced now, in place of what was before; gives the announcement's full name, if there is one.
pub(super) fn register(
    daemon: &ServiceDaemon,
    announcer: Announcer,
    announced: &Announced,
    revision: u32,
) -> Result<Option<String>, mdns_sd::Error> {
    let Some(port) = announced.port else {
        return Ok(None);
    };
    let txt = Txt::new(
        announcer.key,
        &announced.name,
        announcer.boot,
        &announced.invites,
        revision,
    );
    let instance = instance_name(announcer);
    let mut service = ServiceInfo::new(
        SERVICE,
        &instance,
        &format!("{instance}.local."),
        (),
        port,
        txt.entries().as_slice(),
    )?
    .enable_addr_auto();
    // The host's addresses are those of the interfaces that others can reach.
    service.set_interfaces(vec![IfKind::Predicate(IfPredicate::new(
        interfaces::is_wanted,
    ))]);
    // Names are unique by their making, so there is nobody to ask; and the library takes a changed text for a conflict
    // with the one that it announced itself.
    service.set_requires_probe(false);
    let name = service.get_fullname().to_owned();
    daemon.register(service)?;
    Ok(Some(name))
}

/// A name that no other start of any computer has, not even of one with a copied key: names that clash would be
/// renamed by the library, one at each end.
fn instance_name(announcer: Announcer) -> String {
    let id = peer_id_text(&announcer.key);
    let tail: String = id
        .chars()
        .skip(id.chars().count().saturating_sub(8))
        .collect();
    format!("rota-{tail}-{:016x}", announcer.boot).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::public_key;

    #[test]
    fn twins_and_restarts_have_names_of_their_own_that_fit_a_label() {
        let key = public_key(&[1; 32]).unwrap();
        let first = instance_name(Announcer { key, boot: 1 });
        assert_ne!(first, instance_name(Announcer { key, boot: 2 }));
        assert_ne!(
            first,
            instance_name(Announcer {
                key: public_key(&[2; 32]).unwrap(),
                boot: 1
            })
        );
        assert!(first.len() <= 63);
    }
}
