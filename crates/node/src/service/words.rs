//! Reading what a person typed, with the names that it can refer to.

use std::ops::Range;

use rota_api::{NewFields, Span};
use rota_model::id::SpaceId;
use rota_model::quick_add::{self, Candidate, Context, QuickAdd};
use rota_model::task::Assignee;
use rota_store::{MemberView, Reader, Tx};

use super::add::{self, New, Target};
use super::change::{Given, Reading};
use super::{find, utf16};
use crate::errors;
use crate::failure::Failure;
use crate::records;

/// Reads what a person wrote.
pub(super) struct Words {
    pub(super) reading: Reading,
    plain: bool,
    /// The space that the call names.
    space: Option<SpaceId>,
    mine: SpaceId,
    pub(super) context: Context,
    lists: Vec<Target>,
    /// Of which space the members are in the context.
    who_of: Option<SpaceId>,
    members: Vec<MemberView>,
    who: Vec<(Assignee, String)>,
}

impl Words {
    pub(super) fn new(
        reader: &Reader<'_>,
        reading: Reading,
        plain: bool,
        space: Option<&str>,
    ) -> Result<Self, Failure> {
        let space = match space {
            Some(text) => Some(find::space(reader, &reading.me, text)?.id),
            None => None,
        };
        let mine = records::mine(reader)?.ok_or_else(|| errors::broken("there is no Mine"))?;
        let lists = if plain {
            Vec::new()
        } else {
            find::visible_lists(reader, space.as_ref())?
        };
        let also = add::inbox_also(&lists, reading.style.language);
        let named: Vec<(&str, Target)> = lists
            .iter()
            .map(|list| (list.name.as_str(), list))
            .chain(also)
            .map(|(name, list)| {
                let target = Target {
                    space: list.space.id,
                    list: list.id,
                };
                (name, target)
            })
            .collect();
        Ok(Self {
            plain,
            space,
            mine,
            context: Context {
                lists: named.iter().map(|(name, _)| (*name).to_owned()).collect(),
                ..Context::new(reading.now.clone(), reading.style)
            },
            reading,
            lists: named.iter().map(|(_, target)| *target).collect(),
            who_of: None,
            members: Vec::new(),
            who: Vec::new(),
        })
    }

    /// Leaves parts of the text as they stand.
    pub(super) fn leave_out(&mut self, text: &str, literal: &[Span]) {
        self.context.literal = literal
            .iter()
            .map(|span| bytes(text, span))
            .filter(|range| !range.is_empty())
            .collect();
    }

    /// The list that the call names.
    pub(super) fn named(
        &self,
        reader: &Reader<'_>,
        list: Option<&str>,
    ) -> Result<Option<Target>, Failure> {
        let Some(text) = list else { return Ok(None) };
        let list = find::list(reader, text, self.space.as_ref())?;
        Ok(Some(Target {
            space: list.space.id,
            list: list.id,
        }))
    }

    /// Reads a text, and the list that it names.
    pub(super) fn read(
        &mut self,
        reader: &Reader<'_>,
        text: &str,
        named: Option<Target>,
    ) -> Result<(New, Option<Target>), Failure> {
        if self.plain {
            let new = New {
                title: add::title(text)?,
                given: Given::default(),
            };
            return Ok((new, None));
        }
        let (parsed, _) = self.parse(reader, text, named)?;
        let target = self.list_of(&parsed);
        let assignee = self.assignee_of(&parsed).map(|(assignee, _)| *assignee);
        let new = New {
            title: add::title(&parsed.title)?,
            given: Given {
                due: parsed.due,
                start: parsed.start,
                repeat: parsed.repeat,
                reminder: parsed.reminder,
                tags: parsed.tags.into_iter().map(|tag| tag.name).collect(),
                priority: parsed.priority,
                assignee,
                ..Given::default()
            },
        };
        Ok((new, target))
    }

    /// Reads a text with all names known; also the space that it would go to.
    pub(super) fn parse(
        &mut self,
        reader: &Reader<'_>,
        text: &str,
        named: Option<Target>,
    ) -> Result<(QuickAdd, SpaceId), Failure> {
        // Whom a name means depends on the space, which the text itself may name.
        let first = quick_add::parse(text, &self.context);
        let space = named
            .or(self.list_of(&first))
            .map(|target| target.space)
            .or(self.space)
            .unwrap_or(self.mine);
        if self.who_of == Some(space) && self.who.is_empty() {
            return Ok((first, space));
        }
        self.know_members(reader, space)?;
        Ok((quick_add::parse(text, &self.context), space))
    }

    /// Puts the values that were given over those of the text.
    pub(super) fn set(
        &self,
        reader: &Reader<'_>,
        new: &mut New,
        space: &SpaceId,
        set: &NewFields,
    ) -> Result<(), Failure> {
        if *set == NewFields::default() {
            return Ok(());
        }
        let over = self.reading.given(reader, space, set)?;
        let own = &mut new.given;
        own.notes = over.notes.or(own.notes.take());
        own.due = over.due.or(own.due.take());
        own.start = over.start.or(own.start.take());
        own.repeat = over.repeat.or(own.repeat.take());
        own.reminder = over.reminder.or(own.reminder.take());
        own.priority = over.priority.or(own.priority);
        own.assignee = over.assignee.or(own.assignee);
        own.status = over.status.or(own.status);
        if !over.rotation.is_empty() {
            own.rotation = over.rotation;
        }
        for tag in over.tags {
            if !own.tags.contains(&tag) {
                own.tags.push(tag);
            }
        }
        Ok(())
    }

    /// Where a task goes that names no list.
    pub(super) fn default_target(&self, tx: &mut Tx<'_>) -> Result<Target, Failure> {
        let space = self.space.unwrap_or(self.mine);
        add::default_list(tx, space, self.mine)
    }

    /// The list that a text names.
    pub(super) fn list_of(&self, parsed: &QuickAdd) -> Option<Target> {
        self.lists.get(parsed.list?).copied()
    }

    /// Who a text says is to do it, with the name.
    pub(super) fn assignee_of(&self, parsed: &QuickAdd) -> Option<&(Assignee, String)> {
        self.who.get(parsed.who?)
    }

    /// The people of the space that was read for.
    pub(super) fn members(&self) -> &[MemberView] {
        &self.members
    }

    /// Says when the task is due where its text does not.
    pub(super) fn due_is(&mut self, due: Option<&str>) -> Result<(), Failure> {
        self.context.due = due.map(|text| self.reading.when(text, "due")).transpose()?;
        Ok(())
    }

    fn know_members(&mut self, reader: &Reader<'_>, space: SpaceId) -> Result<(), Failure> {
        if self.who_of == Some(space) {
            return Ok(());
        }
        let mut members = reader.members(&space)?;
        members.retain(|member| member.removed_ms.is_none());
        self.context.who.clear();
        self.who.clear();
        for member in &members {
            let name = member.person.name.clone();
            let me = |computer: &rota_store::Named<_>| computer.id == self.reading.me;
            self.context.who.push(Candidate {
                name: name.clone(),
                me: member.computers.iter().any(me),
                computer: false,
            });
            self.who.push((Assignee::Person(member.person.id), name));
        }
        for computer in members.iter().flat_map(|member| &member.computers) {
            self.context.who.push(Candidate {
                name: computer.name.clone(),
                me: false,
                computer: true,
            });
            let assignee = Assignee::Computer(computer.id);
            self.who.push((assignee, computer.name.clone()));
        }
        self.members = members;
        self.who_of = Some(space);
        Ok(())
    }
}

fn bytes(text: &str, span: &Span) -> Range<usize> {
    utf16::byte(text, span.start)..utf16::byte(text, span.end)
}
