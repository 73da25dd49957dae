//! Tasks, in lines and whole.

use std::collections::HashMap;

use anstyle::Style;
use rota_api::{Author, Changed, HistoryEntry, Task, TaskStatus};
use serde_json::Value;

use super::look::{ACCENT, Look, QUIET, STRONG, WARNING, WRONG};
use super::table::{Cell, Table, styled};
use super::{text, when};

/// Tasks in lines under the name of their list.
pub(crate) fn tasks(tasks: &[Task], look: &Look) -> String {
    if tasks.is_empty() {
        return format!("{}\n", styled("Nothing to do", QUIET));
    }
    let mut out = String::new();
    for (index, group) in tasks.chunk_by(|a, b| a.list.id == b.list.id).enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&heading(&group[0]));
        out.push_str(&lines(group, look));
    }
    out
}

/// What a command did, and to which tasks.
pub(crate) fn changed(verb: &str, tasks: &[Task], look: &Look) -> String {
    let mut table = Table::new().flex(3);
    for task in tasks {
        let mut cells = vec![Cell::new(verb, STRONG)];
        cells.extend(cells_of(task, 0, look));
        table.row(cells);
    }
    table.render(look.columns)
}

/// The acknowledgement of one of many tasks.
pub(crate) fn added_line(short: &str, title: &str) -> String {
    format!(
        "{}  {}\n",
        styled(&text::one_line(short), ACCENT),
        text::one_line(title)
    )
}

/// One task whole.
pub(crate) fn show(task: &Task, look: &Look) -> String {
    let mut out = format!("{}\n", styled(&text::one_line(&task.title), STRONG));
    let mut table = Table::new().indent(2);
    let mut field = |name: &str, cell: Cell| table.row([Cell::new(name, QUIET), cell]);
    field("handle", Cell::new(&task.short, ACCENT));
    field("id", Cell::plain(&task.id));
    field("status", Cell::plain(status_word(task)));
    field("list", Cell::plain(place(task)));
    if let Some(due) = &task.due {
        let said = when::say(due, &look.now);
        let late = said.over && task.status == TaskStatus::Open;
        field(
            "due",
            Cell::new(said.words, if late { WRONG } else { Style::new() }),
        );
    }
    if let Some(start) = &task.start {
        field("start", Cell::plain(when::say(start, &look.now).words));
    }
    if let Some(repeat) = &task.repeat {
        field("repeats", Cell::plain(repeat));
    }
    if task.priority > 0 {
        field("priority", Cell::plain(format!("!{}", task.priority)));
    }
    if !task.tags.is_empty() {
        field("tags", Cell::plain(tags(task)));
    }
    if let Some(assignee) = &task.assignee {
        field("for", Cell::plain(format!("@{}", assignee.name)));
    }
    if let Some(reminder) = &task.reminder {
        field("reminder", Cell::plain(reminder));
    }
    if !task.rotation.is_empty() {
        let names: Vec<&str> = task
            .rotation
            .iter()
            .map(|person| person.name.as_str())
            .collect();
        field("turns", Cell::plain(names.join(", ")));
    }
    for waited in &task.waits_for {
        let open = waited.status == TaskStatus::Open;
        field(
            "waits for",
            Cell::new(
                format!("{} {}", waited.short, waited.title),
                if open { WARNING } else { QUIET },
            ),
        );
    }
    field(
        "created",
        Cell::plain(moment(&task.created_at, &task.created_by, look)),
    );
    if let Some(at) = &task.completed_at {
        let words = match &task.completed_by {
            Some(author) => moment(at, author, look),
            None => when::say(at, &look.now).words,
        };
        field("completed", Cell::plain(words));
    }
    if let Some(at) = &task.deleted_at {
        field(
            "in trash",
            Cell::new(when::say(at, &look.now).words, WARNING),
        );
    }
    for (name, values) in &task.also_written {
        let values: Vec<String> = values.iter().map(value_words).collect();
        field(
            "also",
            Cell::new(format!("{name}: {}", values.join(" · ")), WARNING),
        );
    }
    out.push_str(&table.render(None));
    if !task.notes.is_empty() {
        out.push('\n');
        for line in text::lines(&task.notes).lines() {
            out.push_str(&format!("  {line}\n"));
        }
    }
    if let Some(subtasks) = task
        .subtasks
        .as_deref()
        .filter(|subtasks| !subtasks.is_empty())
    {
        out.push('\n');
        let mut table = Table::new().indent(2).flex(2);
        nested(subtasks, 0, look, &mut table);
        out.push_str(&table.render(look.columns));
    }
    out
}

/// What undo or redo did, and what it left alone.
pub(crate) fn taken_back(verb: &str, label: &str, change: &Changed) -> String {
    let mut out = format!("{} {}", styled(verb, STRONG), text::one_line(label));
    if let Some(name) = change.name.as_deref().filter(|name| !name.is_empty()) {
        out.push_str(&format!(": {}", text::one_line(name)));
    } else if change.count > 1 {
        out.push_str(&format!(" ({} tasks)", change.count));
    }
    out.push('\n');
    if change.left > 0 {
        let who = change.by.as_ref().map_or("somebody", |by| by.name.as_str());
        let left = format!(
            "{} changed {} of its values since; those were left\n",
            text::one_line(who),
            change.left
        );
        out.push_str(&styled(&left, WARNING));
    }
    out
}

/// Every value that a task's fields had, newest first.
pub(crate) fn history(entries: &[HistoryEntry], look: &Look) -> String {
    let mut table = Table::new().flex(3);
    for entry in entries {
        let (mark, style) = match entry {
            HistoryEntry { counts: false, .. } => ("does not count", QUIET),
            HistoryEntry { current: true, .. } => ("now", ACCENT),
            HistoryEntry {
                also_written: true, ..
            } => ("also written", WARNING),
            HistoryEntry { .. } => ("", QUIET),
        };
        table.row([
            Cell::new(when::say(&entry.at, &look.now).words, QUIET),
            Cell::plain(&entry.field),
            Cell::new(mark, style),
            Cell::plain(written(entry, look)),
            Cell::new(
                format!("{}, {}", entry.person.name, entry.computer.name),
                QUIET,
            ),
        ]);
    }
    table.render(look.columns)
}

fn heading(task: &Task) -> String {
    let name = styled(&text::one_line(&task.list.name), STRONG);
    let space = styled(&format!("· {}", text::one_line(&task.space.name)), QUIET);
    format!("{name} {space}\n")
}

fn lines(group: &[Task], look: &Look) -> String {
    let parents: HashMap<&str, Option<&str>> = group
        .iter()
        .map(|task| (task.id.as_str(), task.parent.as_deref()))
        .collect();
    let mut table = Table::new().indent(2).flex(2);
    for task in group {
        table.row(cells_of(task, depth(task, &parents), look));
    }
    table.render(look.columns)
}

/// How many of a task's ancestors are shown too; bounded, so that no view can make it run for ever.
fn depth(task: &Task, parents: &HashMap<&str, Option<&str>>) -> usize {
    const DEPTH_MAX: usize = 12;
    let mut depth = 0;
    let mut parent = task.parent.as_deref();
    while let Some(id) = parent.filter(|id| depth < DEPTH_MAX && parents.contains_key(id)) {
        depth += 1;
        parent = parents.get(id).copied().flatten();
    }
    depth
}

fn nested(tasks: &[Task], depth: usize, look: &Look, table: &mut Table) {
    for task in tasks {
        table.row(cells_of(task, depth, look));
        nested(
            task.subtasks.as_deref().unwrap_or_default(),
            depth + 1,
            look,
            table,
        );
    }
}

/// Handle, box, title, facts, when, who.
fn cells_of(task: &Task, depth: usize, look: &Look) -> [Cell; 6] {
    let over = task.status != TaskStatus::Open || task.deleted_at.is_some();
    let due = task.due.as_ref().map(|due| when::say(due, &look.now));
    let due_style = match &due {
        Some(said) if said.over && !over => WRONG,
        _ => Style::new(),
    };
    [
        Cell::new(&task.short, if over { QUIET } else { ACCENT }),
        Cell::new(tick(task), if over { QUIET } else { Style::new() }),
        Cell::new(
            format!("{}{}", "  ".repeat(depth), task.title),
            if over { QUIET } else { Style::new() },
        ),
        Cell::new(facts(task), QUIET),
        Cell::new(due.map(|said| said.words).unwrap_or_default(), due_style),
        Cell::new(
            task.assignee
                .as_ref()
                .map(|who| format!("@{}", who.name))
                .unwrap_or_default(),
            Style::new(),
        ),
    ]
}

fn tick(task: &Task) -> &'static str {
    match task.status {
        TaskStatus::Open => "[ ]",
        TaskStatus::Done => "[x]",
        TaskStatus::Cancelled => "[-]",
    }
}

fn facts(task: &Task) -> String {
    let mut facts = Vec::new();
    if task.priority > 0 {
        facts.push(format!("!{}", task.priority));
    }
    if !task.tags.is_empty() {
        facts.push(tags(task));
    }
    if task.repeat.is_some() {
        facts.push("repeats".to_owned());
    }
    if !task.also_written.is_empty() {
        facts.push("merged".to_owned());
    }
    if task.deleted_at.is_some() {
        facts.push("in trash".to_owned());
    }
    facts.join(" ")
}

fn tags(task: &Task) -> String {
    task.tags
        .iter()
        .map(|tag| format!("#{tag}"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn status_word(task: &Task) -> &'static str {
    match task.status {
        TaskStatus::Open => "open",
        TaskStatus::Done => "done",
        TaskStatus::Cancelled => "cancelled",
    }
}

fn place(task: &Task) -> String {
    format!("{} · {}", task.list.name, task.space.name)
}

fn moment(at: &str, by: &Author, look: &Look) -> String {
    format!(
        "{} by {} on {}",
        when::say(at, &look.now).words,
        by.person.name,
        by.computer.name
    )
}

/// A value of the history in words.
fn written(entry: &HistoryEntry, look: &Look) -> String {
    match (entry.field.as_str(), &entry.value) {
        ("due" | "start", Value::String(at)) => when::say(at, &look.now).words,
        // An order key says nothing to a person.
        ("order", _) => "a place in its list".to_owned(),
        ("created", Value::Null) => String::new(),
        ("tags", Value::Object(tag)) => {
            let sign = if tag.get("in") == Some(&Value::Bool(false)) {
                '-'
            } else {
                '+'
            };
            let name = tag
                .get("element")
                .and_then(Value::as_str)
                .unwrap_or_default();
            format!("{sign}{name}")
        }
        (_, value) => value_words(value),
    }
}

fn value_words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) => text.clone(),
        Value::Object(object) => match object.get("name").and_then(Value::as_str) {
            Some(name) => name.to_owned(),
            None => value.to_string(),
        },
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => value.to_string(),
    }
}
