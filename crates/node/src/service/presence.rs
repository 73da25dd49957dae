//! Who is here and what they look at.

use std::collections::BTreeMap;

use rota_api::{ApiError, Empty, Named, Presence, PresenceSet, PresenceShow};
use rota_model::id::{AuthorKey, EntityId, SpaceId};
use rota_model::task::Status;
use rota_store::Reader;

use super::{Service, find, view};
use crate::clock::rfc3339;
use crate::engine::Command;
use crate::failure::Failure;
use crate::presence::{Change, Shown};

impl Service {
    pub(super) async fn set_presence(&self, input: PresenceSet) -> Result<Empty, ApiError> {
        let change = self.read(move |reader| change(reader, &input)).await?;
        self.node.presences.set(change, self.node.clock.moment());
        if let Some(engine) = self.node.engine() {
            engine.tell(Command::Doing).await;
        }
        let me = rota_net::peer_id_text(&self.node.core().me.0);
        self.node.hub.tell(rota_api::WatchKind::Presence, vec![me]);
        Ok(Empty {})
    }

    pub(super) async fn presences(&self, _: PresenceShow) -> Result<Vec<Presence>, ApiError> {
        let me = self.node.core().me;
        let shown = self.node.presences.shown(me, self.node.clock.moment());
        self.read(move |reader| all(reader, &me, shown)).await
    }
}

fn change(reader: &Reader<'_>, input: &PresenceSet) -> Result<Change, Failure> {
    let task = |text: &String| {
        let task = find::task(reader, text)?;
        Ok::<_, Failure>((task.space.id, task.id))
    };
    let list = |text: &String| {
        let list = find::list(reader, text, None)?;
        Ok::<_, Failure>((list.space.id, list.id))
    };
    let given = |given: &Option<Option<String>>| {
        given
            .as_ref()
            .map(|text| text.as_ref().map(task).transpose())
            .transpose()
    };
    Ok(Change {
        list: input
            .list
            .as_ref()
            .map(|text| text.as_ref().map(list).transpose())
            .transpose()?,
        task: given(&input.task)?,
        typing: input.typing,
        on_it: given(&input.on_it)?,
        // A task that is gone is let go of all the same.
        off_it: input.off_it.as_ref().and_then(|text| {
            EntityId::from_uuid(text.trim()).or_else(|| task(text).ok().map(|(_, id)| id))
        }),
    })
}

/// One row a computer. What a computer says of things that are not in the space, or not to be done any more, is not
/// shown.
fn all(
    reader: &Reader<'_>,
    me: &AuthorKey,
    all: Vec<(AuthorKey, SpaceId, Shown)>,
) -> Result<Vec<Presence>, Failure> {
    let spaces: Vec<SpaceId> = find::spaces(reader, me)?
        .into_iter()
        .filter(|space| space.role.is_some())
        .map(|space| space.id)
        .collect();
    let mut names = BTreeMap::new();
    let mut rows: BTreeMap<(bool, AuthorKey), (u64, Presence)> = BTreeMap::new();
    for (key, space, shown) in all {
        if !spaces.contains(&space) {
            continue;
        }
        let members = match names.entry(space) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(standing(reader, &space)?)
            }
        };
        let Some((person, computer)) = members.get(&key) else {
            continue;
        };
        let seen = seen(reader, &space, &shown)?;
        if seen == Seen::default() {
            continue;
        }
        let (since, row) = rows.entry((key != *me, key)).or_insert_with(|| {
            let row = Presence {
                person: person.clone(),
                computer: computer.clone(),
                this: key == *me,
                list: None,
                task: None,
                typing: false,
                on_it: Vec::new(),
                since: rfc3339(shown.since_ms),
            };
            (shown.since_ms, row)
        });
        // Open in two spaces is a list here and a task there: nothing is open twice.
        row.list = row.list.take().or(seen.list);
        row.task = row.task.take().or(seen.task);
        row.typing |= shown.typing && row.task.is_some();
        row.on_it.extend(seen.on_it);
        *since = (*since).min(shown.since_ms);
        row.since = rfc3339(*since);
    }
    Ok(rows.into_values().map(|(_, row)| row).collect())
}

/// The computers that are in a space, each with its person and its name.
fn standing(
    reader: &Reader<'_>,
    space: &SpaceId,
) -> Result<BTreeMap<AuthorKey, (Named, Named)>, Failure> {
    let admissions = reader.admissions(space)?.into_iter();
    Ok(admissions
        .filter(|admission| admission.removed_ms.is_none())
        .map(|admission| {
            let (person, computer) = (admission.person, admission.computer);
            let names = (
                view::entity(person.id, person.name),
                view::computer(computer.id, computer.name),
            );
            (computer.id, names)
        })
        .collect())
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    list: Option<String>,
    task: Option<String>,
    on_it: Vec<String>,
}

fn seen(reader: &Reader<'_>, space: &SpaceId, shown: &Shown) -> Result<Seen, Failure> {
    let mut seen = Seen::default();
    if let Some(id) = shown.list {
        let list = reader.list(&id)?;
        seen.list = list
            .filter(|list| list.space.id == *space)
            .map(|list| list.id.uuid());
    }
    if let Some(id) = shown.task {
        let task = reader.task(&id)?;
        seen.task = task
            .filter(|task| task.space.id == *space)
            .map(|task| task.id.uuid());
    }
    for id in &shown.on_it {
        let task = reader.task(id)?.filter(|task| {
            task.space.id == *space && task.status == Status::Open && task.deleted_ms.is_none()
        });
        seen.on_it.extend(task.map(|task| task.id.uuid()));
    }
    Ok(seen)
}
