//! Tags, priority, list and who: a sign with a name.

use std::collections::HashMap;

use super::pieces::{Kind, Piece, Sign};
use super::{Context, Ignored, QuickAdd, Reason, Slot, Tag, Token};
use crate::limits::QUICK_ADD_MAX_SIGNS;
use crate::text::{self, NameMatch, find_name, fold};
use crate::when::Signs;
use crate::words::normal;

/// The tags in use, by what they are without case and accents.
struct KnownTags<'a>(HashMap<String, Vec<&'a str>>);

impl<'a> KnownTags<'a> {
    fn new(tags: &'a [String]) -> Self {
        let mut known: HashMap<String, Vec<&str>> = HashMap::new();
        for tag in tags {
            known.entry(fold(tag)).or_default().push(tag);
        }
        Self(known)
    }

    /// The known tag in its own spelling, or a new one.
    fn read(&self, name: &str) -> Result<Tag, Reason> {
        let name = text::tag(name).map_err(Reason::Tag)?;
        let alike = self.0.get(&fold(&name)).map_or(&[][..], Vec::as_slice);
        let known = alike.iter().find(|known| **known == name).or(alike.first());
        Ok(Tag {
            new: known.is_none(),
            name: known.map_or(name, |known| (*known).to_owned()),
        })
    }
}

/// Fills the slots of signs. Answers which pieces were understood; those that were not become words.
pub(super) fn read(pieces: &mut [Piece], context: &Context, found: &mut QuickAdd) -> Vec<bool> {
    let mut understood = vec![false; pieces.len()];
    let mut tags: Vec<Tag> = Vec::new();
    let mut known_tags: Option<KnownTags> = None;
    let mut left_to_read = QUICK_ADD_MAX_SIGNS;
    // From the end, so that the later one of two fills the slot.
    for (index, piece) in pieces.iter_mut().enumerate().rev() {
        let Kind::Sign {
            sign,
            name,
            quoted,
            action,
        } = &piece.kind
        else {
            continue;
        };
        if left_to_read == 0 {
            piece.kind = Kind::Literal;
            continue;
        }
        left_to_read -= 1;
        let mut said = (String::new(), false);
        let read = match sign {
            Sign::Tag => {
                let known = known_tags.get_or_insert_with(|| KnownTags::new(&context.tags));
                known.read(name).map(|tag| {
                    said = (tag.name.clone(), tag.new);
                    tags.push(tag);
                    Some(Slot::Tag)
                })
            }
            Sign::Priority => read_priority(name, *quoted, context.style.signs, found),
            Sign::List => read_list(name, context, found),
            Sign::Who if action.is_some() => Err(Reason::NoSuchAction),
            Sign::Who => read_who(name, context, found),
        };
        match read {
            Ok(Some(slot)) => {
                understood[index] = true;
                found.tokens.push(Token {
                    span: piece.span.clone(),
                    slot,
                    value: said.0,
                    new: said.1,
                });
                continue;
            }
            Ok(None) => {}
            Err(reason) => found.ignored.push(Ignored {
                span: piece.span.clone(),
                reason,
            }),
        }
        piece.kind = Kind::Literal;
    }
    for tag in tags.into_iter().rev() {
        if !found.tags.iter().any(|known| known.name == tag.name) {
            found.tags.push(tag);
        }
    }
    understood
}

fn read_priority(
    name: &str,
    quoted: bool,
    signs: Signs,
    found: &mut QuickAdd,
) -> Result<Option<Slot>, Reason> {
    let name = normal(name);
    // "!important" is a way to write.
    if quoted || !name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let number = match (signs, name.as_str()) {
        (Signs::Rota, "1") | (Signs::Todoist, "1") | (Signs::Vikunja, "3" | "4" | "5") => 1,
        (Signs::Rota, "2") | (Signs::Todoist, "2") | (Signs::Vikunja, "2") => 2,
        (Signs::Rota, "3") | (Signs::Todoist, "3") | (Signs::Vikunja, "1") => 3,
        (Signs::Todoist, "4") => 0,
        _ => return Err(Reason::NoSuchPriority),
    };
    fill(&mut found.priority, number, Slot::Priority)
}

fn read_list(name: &str, context: &Context, found: &mut QuickAdd) -> Result<Option<Slot>, Reason> {
    match find_name(name, context.lists.iter().map(String::as_str)) {
        NameMatch::One(index) => fill(&mut found.list, index, Slot::List),
        NameMatch::Several(_) => Err(Reason::SeveralLists),
        NameMatch::None => Err(Reason::NoSuchList),
    }
}

fn read_who(name: &str, context: &Context, found: &mut QuickAdd) -> Result<Option<Slot>, Reason> {
    let mut lexicons = context.style.language.lexicons();
    let me = lexicons
        .any(|lexicon| lexicon.is_me(name))
        .then(|| context.who.iter().position(|candidate| candidate.me));
    let matched = match me.flatten() {
        Some(index) => NameMatch::One(index),
        None => find_name(
            name,
            context.who.iter().map(|candidate| candidate.name.as_str()),
        ),
    };
    match matched {
        NameMatch::One(index) => fill(&mut found.who, index, Slot::Who),
        NameMatch::Several(_) => Err(Reason::Several),
        NameMatch::None => Err(Reason::Nobody),
    }
}

fn fill<T>(place: &mut Option<T>, value: T, slot: Slot) -> Result<Option<Slot>, Reason> {
    if place.is_some() {
        return Err(Reason::SaidLater(slot));
    }
    *place = Some(value);
    Ok(Some(slot))
}
