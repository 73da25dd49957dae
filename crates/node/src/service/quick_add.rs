//! What a quick-add text means, for a window that shows it while it is typed.

use rota_api::{
    ApiError, Completion, CompletionKind, Ignored, IgnoredReason, Named, ParsedTag, QuickAddParse,
    QuickAddParsed, Token, TokenSlot,
};
use rota_model::quick_add::{self, QuickAdd, Reason, Slot};
use rota_store::Reader;

use super::change::Reading;
use super::utf16::{byte, unit};
use super::words::Words;
use super::{Service, find, values, view};
use crate::errors;
use crate::failure::Failure;

impl Service {
    pub(super) async fn parse_quick_add(
        &self,
        input: QuickAddParse,
    ) -> Result<QuickAddParsed, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        self.read(move |reader| {
            let style = super::style::of(reader, input.locale.as_deref())?;
            let reading = Reading { me, now, style };
            let mut words = Words::new(reader, reading, false, input.space.as_deref())?;
            words.leave_out(&input.text, &input.literal);
            words.context.tags = reader.tags(None)?.into_iter().map(|(tag, _)| tag).collect();
            let named = words.named(reader, input.list.as_deref())?;
            let (parsed, space) = words.parse(reader, &input.text, named)?;
            answer(reader, &words, &input, parsed, &space)
        })
        .await
    }
}

fn answer(
    reader: &Reader<'_>,
    words: &Words,
    input: &QuickAddParse,
    parsed: QuickAdd,
    space: &rota_model::id::SpaceId,
) -> Result<QuickAddParsed, Failure> {
    let (me, zone) = (words.reading.me, words.reading.now.time_zone());
    let text = &input.text;
    let shown = find::spaces(reader, &me)?
        .into_iter()
        .find(|shown| shown.id == *space)
        .ok_or_else(|| errors::broken("a list of a space that is not shown"))?;
    let list = match words.list_of(&parsed) {
        Some(target) => reader
            .list(&target.list)?
            .map(|list| view::entity(list.id, list.name)),
        None => None,
    };
    let caret = input.caret.map_or(text.len(), |caret| byte(text, caret));
    let completions = quick_add::complete(text, caret, &words.context);
    let others = words.members().iter().filter(|member| {
        let mut computers = member.computers.iter();
        computers.all(|computer| computer.id != me)
    });
    let in_json = |when: &rota_model::when::When| when.to_json_text(zone);
    Ok(QuickAddParsed {
        tokens: parsed
            .tokens
            .iter()
            .map(|token| Token {
                start: unit(text, token.span.start),
                end: unit(text, token.span.end),
                slot: slot(token.slot),
                value: match token.slot {
                    Slot::Due | Slot::Start => values::when(&token.value, zone),
                    _ => token.value.clone(),
                },
                new: (token.slot == Slot::Tag).then_some(token.new),
            })
            .collect(),
        due: parsed.due.as_ref().map(in_json),
        start: parsed.start.as_ref().map(in_json),
        repeat: parsed.repeat.as_ref().map(|rule| rule.as_str().to_owned()),
        repeat_words: parsed
            .repeat
            .as_ref()
            .map(|rule| rule.describe(words.reading.style.language)),
        reminder: parsed.reminder.as_ref().map(ToString::to_string),
        tags: parsed
            .tags
            .iter()
            .map(|tag| ParsedTag {
                name: tag.name.clone(),
                new: tag.new,
            })
            .collect(),
        priority: parsed.priority.filter(|number| *number > 0),
        list,
        assignee: words
            .assignee_of(&parsed)
            .map(|(assignee, name)| view::assignee(*assignee, name.clone())),
        space: view::space_named(shown.id, shown.name),
        ignored: parsed
            .ignored
            .iter()
            .map(|ignored| Ignored {
                start: unit(text, ignored.span.start),
                end: unit(text, ignored.span.end),
                reason: reason(&ignored.reason),
                detail: Some(ignored.reason.to_string()),
            })
            .collect(),
        completions: completions
            .into_iter()
            .map(|completion| Completion {
                start: unit(text, completion.span.start),
                end: unit(text, completion.span.end),
                insert: completion.insert,
                label: completion.label,
                kind: kind(completion.kind),
            })
            .collect(),
        seen_by: others
            .map(|member| Named {
                id: member.person.id.uuid(),
                name: member.person.name.clone(),
            })
            .collect(),
        title: parsed.title,
    })
}

fn slot(slot: Slot) -> TokenSlot {
    match slot {
        Slot::Due => TokenSlot::Due,
        Slot::Repeat => TokenSlot::Repeat,
        Slot::Reminder => TokenSlot::Reminder,
        Slot::Start => TokenSlot::Start,
        Slot::Tag => TokenSlot::Tag,
        Slot::Priority => TokenSlot::Priority,
        Slot::List => TokenSlot::List,
        Slot::Who => TokenSlot::Who,
    }
}

fn reason(reason: &Reason) -> IgnoredReason {
    match reason {
        Reason::NoSuchPriority => IgnoredReason::BadPriority,
        Reason::NoSuchList => IgnoredReason::UnknownList,
        Reason::SeveralLists | Reason::Several => IgnoredReason::Ambiguous,
        Reason::Nobody => IgnoredReason::UnknownWho,
        Reason::NoSuchAction => IgnoredReason::UnknownAction,
        Reason::Tag(_) => IgnoredReason::BadTag,
        Reason::SaidLater(_) => IgnoredReason::Taken,
        Reason::NoDue => IgnoredReason::NoDue,
        Reason::Impossible(_) => IgnoredReason::BadDate,
    }
}

fn kind(kind: quick_add::CompletionKind) -> CompletionKind {
    match kind {
        quick_add::CompletionKind::Tag => CompletionKind::Tag,
        quick_add::CompletionKind::List => CompletionKind::List,
        quick_add::CompletionKind::Person => CompletionKind::Person,
        quick_add::CompletionKind::Computer => CompletionKind::Computer,
        quick_add::CompletionKind::Word => CompletionKind::Word,
    }
}
