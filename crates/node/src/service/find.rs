//! From the text that a person gave to the thing that is meant.

use rota_api::{ApiError, Code};
use rota_model::id::{AuthorKey, EntityId, SpaceId, normalise_short};
use rota_model::payload::SpaceKind;
use rota_model::text::fold;
use rota_store::{ListView, Reader, SpaceView, StoreError, TaskView};

use crate::failure::{Failure, not_found};
use crate::records;

/// Candidates that an ambiguous name lists at most.
const SHOWN_MAX_COUNT: u32 = 6;

/// A task by its UUID or an unambiguous start of its short handle.
pub(super) fn task(reader: &Reader<'_>, text: &str) -> Result<TaskView, Failure> {
    let text = text.trim();
    let hint = "rota list --all shows the tasks with their handles";
    if let Some(id) = EntityId::from_uuid(text) {
        return Ok(reader
            .task(&id)?
            .ok_or_else(|| not_found("task", text, hint))?);
    }
    let Some(beginning) = normalise_short(text) else {
        return Err(not_found(
            "task",
            text,
            "write a task's UUID, or 4 or more characters of its short handle",
        )
        .into());
    };
    let mut found = Vec::new();
    for id in reader.tasks_by_short(&beginning, SHOWN_MAX_COUNT)? {
        found.extend(reader.task(&id)?);
    }
    match found.len() {
        0 => Err(not_found("task", text, hint).into()),
        1 => Ok(found.remove(0)),
        _ => {
            let candidates = found
                .iter()
                .map(|task| format!("{} {:?}", task.short, task.title));
            Err(ambiguous(text, "more than one task", candidates).into())
        }
    }
}

/// A list by its UUID or its name, in one space or in all.
pub(super) fn list(
    reader: &Reader<'_>,
    text: &str,
    space: Option<&SpaceId>,
) -> Result<ListView, Failure> {
    let hint = "rota lists shows them, rota lists add NAME makes one";
    let lists = visible_lists(reader, space)?;
    let text = text.trim();
    if let Some(id) = EntityId::from_uuid(text) {
        let list = lists.into_iter().find(|list| list.id == id);
        return Ok(list.ok_or_else(|| not_found("list", text, hint))?);
    }
    let named = by_name(text, lists, |list| &list.name);
    match named.len() {
        0 => Err(not_found("list", text, hint).into()),
        1 => Ok(named
            .into_iter()
            .next()
            .ok_or_else(|| not_found("list", text, hint))?),
        _ => {
            let candidates = named.iter().map(|list| {
                format!(
                    "{:?} in {:?} ({})",
                    list.name,
                    list.space.name,
                    list.id.uuid()
                )
            });
            Err(ambiguous(text, "more than one list; name the space too", candidates).into())
        }
    }
}

/// A list by its UUID or its name, also one in the trash: those that are not go first.
pub(super) fn any_list(
    reader: &Reader<'_>,
    text: &str,
    space: Option<&SpaceId>,
) -> Result<ListView, Failure> {
    let there = list(reader, text, space);
    let Err(failure) = there else { return there };
    if failure.0.code != Code::NotFound {
        return Err(failure);
    }
    let deleted = reader.deleted_lists(space)?;
    let text = text.trim();
    if let Some(id) = EntityId::from_uuid(text) {
        return deleted
            .into_iter()
            .find(|list| list.id == id)
            .ok_or(failure);
    }
    // Of several of one name the latest is meant.
    by_name(text, deleted, |list| &list.name)
        .into_iter()
        .next()
        .ok_or(failure)
}

/// The lists of the spaces that are shown.
pub(super) fn visible_lists(
    reader: &Reader<'_>,
    space: Option<&SpaceId>,
) -> Result<Vec<ListView>, Failure> {
    let mine = records::mine(reader)?;
    let mut lists = reader.lists(space)?;
    // Mine first: it is where everything goes that names no space.
    lists.sort_by_key(|list| Some(list.space.id) != mine);
    Ok(lists)
}

/// The spaces that are shown: those that this computer is in, or was in until somebody removed it.
pub(crate) fn spaces(reader: &Reader<'_>, me: &AuthorKey) -> Result<Vec<SpaceView>, Failure> {
    let mine = records::mine(reader)?;
    let mut shown = Vec::new();
    for mut space in reader.spaces(me)? {
        let is_other_mine = space.kind == Some(SpaceKind::Mine) && Some(space.id) != mine;
        if is_other_mine || records::is_left(reader, &space.id)? {
            continue;
        }
        if records::is_removed(reader, &space.id, me)? {
            space.role = None;
        }
        if Some(space.id) == mine {
            space.name = "Mine".to_owned();
            shown.insert(0, space);
        } else {
            shown.push(space);
        }
    }
    Ok(shown)
}

/// A space by its id or its name.
pub(super) fn space(reader: &Reader<'_>, me: &AuthorKey, text: &str) -> Result<SpaceView, Failure> {
    let hint = "rota spaces shows them, rota spaces add NAME makes one";
    let all = spaces(reader, me)?;
    let text = text.trim();
    if let Some(id) = SpaceId::from_hex(text)
        && let Some(space) = all.iter().find(|space| space.id == id)
    {
        return Ok(space.clone());
    }
    let named = by_name(text, all, |space| &space.name);
    match named.len() {
        1 => Ok(named
            .into_iter()
            .next()
            .ok_or_else(|| not_found("space", text, hint))?),
        0 => Err(not_found("space", text, hint).into()),
        _ => {
            let candidates = named
                .iter()
                .map(|space| format!("{:?} ({})", space.name, space.id));
            Err(ambiguous(text, "more than one space", candidates).into())
        }
    }
}

/// The space of a call about members: the one named, else the only shared one, else `Mine`.
pub(super) fn group(
    reader: &Reader<'_>,
    me: &AuthorKey,
    text: Option<&str>,
) -> Result<SpaceView, Failure> {
    if let Some(text) = text {
        return space(reader, me, text);
    }
    let all = spaces(reader, me)?;
    let mine = records::mine(reader)?;
    let (own, shared): (Vec<_>, Vec<_>) = all.into_iter().partition(|space| Some(space.id) == mine);
    let mut shared = shared;
    match shared.len() {
        0 => own
            .into_iter()
            .next()
            .ok_or_else(|| not_found("space", "Mine", "rota status shows the spaces").into()),
        1 => Ok(shared.remove(0)),
        _ => {
            let candidates = shared.iter().map(|space| format!("{:?}", space.name));
            Err(ambiguous("", "more than one space; name it", candidates).into())
        }
    }
}

/// Someone who can be given a task or be removed: a person, or one of the computers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Person(EntityId),
    Computer(AuthorKey),
}

/// A person or computer of a space by id or name; `me` is the person of this computer.
pub(super) fn who(
    reader: &Reader<'_>,
    me: &AuthorKey,
    space: &SpaceId,
    text: &str,
) -> Result<Who, Failure> {
    let text = text.trim().trim_start_matches('@');
    let members = reader.members(space)?;
    let standing = |member: &&rota_store::MemberView| member.removed_ms.is_none();
    if fold(text) == "me"
        && let Some(member) = members
            .iter()
            .find(|member| member.computers.iter().any(|computer| computer.id == *me))
    {
        return Ok(Who::Person(member.person.id));
    }
    let mut candidates: Vec<(String, Who)> = Vec::new();
    for member in members.iter().filter(standing) {
        candidates.push((member.person.name.clone(), Who::Person(member.person.id)));
        for computer in &member.computers {
            candidates.push((computer.name.clone(), Who::Computer(computer.id)));
        }
    }
    let by_id = candidates.iter().find(|(_, who)| match who {
        Who::Person(id) => EntityId::from_uuid(text) == Some(*id),
        Who::Computer(key) => rota_net::peer_id_text(&key.0) == text,
    });
    if let Some((_, who)) = by_id {
        return Ok(who.clone());
    }
    let mut named = by_name(text, candidates, |(name, _)| name);
    // A person goes before a computer of the same name.
    if named
        .iter()
        .filter(|(_, who)| matches!(who, Who::Person(_)))
        .count()
        == 1
    {
        named.retain(|(_, who)| matches!(who, Who::Person(_)));
    }
    match named.len() {
        0 => Err(not_found(
            "person or computer",
            text,
            "rota members shows who is there",
        )
        .into()),
        1 => Ok(named.remove(0).1),
        _ => {
            let candidates = named.iter().map(|(name, who)| match who {
                Who::Person(id) => format!("{name:?} ({})", id.uuid()),
                Who::Computer(key) => format!("{name:?} ({})", rota_net::peer_id_text(&key.0)),
            });
            Err(ambiguous(text, "more than one person or computer", candidates).into())
        }
    }
}

/// This computer's person in a space, by its latest admission.
pub(crate) fn my_person(
    reader: &Reader<'_>,
    me: &AuthorKey,
    space: &SpaceId,
) -> Result<Option<(EntityId, String)>, StoreError> {
    let admissions = reader.admissions(space)?;
    let own = admissions
        .into_iter()
        .filter(|admission| admission.computer.id == *me)
        .min_by_key(|admission| {
            (
                admission.removed_ms.is_some(),
                std::cmp::Reverse(admission.role),
            )
        });
    Ok(own.map(|admission| (admission.person.id, admission.person.name)))
}

/// Those with exactly this name, else those with it in another case or with other accents.
fn by_name<T>(text: &str, all: Vec<T>, name: impl Fn(&T) -> &String) -> Vec<T> {
    let wanted = fold(text);
    let (same, others): (Vec<T>, Vec<T>) = all.into_iter().partition(|one| name(one) == text);
    if same.is_empty() {
        others
            .into_iter()
            .filter(|one| fold(name(one)) == wanted)
            .collect()
    } else {
        same
    }
}

fn ambiguous(text: &str, what: &str, candidates: impl Iterator<Item = String>) -> ApiError {
    let candidates: Vec<String> = candidates.take(SHOWN_MAX_COUNT as usize).collect();
    let message = if text.is_empty() {
        format!("there is {what}")
    } else {
        format!("{text:?} means {what}")
    };
    ApiError::new(Code::Ambiguous, message)
        .with_hint(format!("say which one: {}", candidates.join(", ")))
}
