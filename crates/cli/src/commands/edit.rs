//! `rota edit`

use clap::Args;
use rota_api::{Change, TaskChange, TaskEdit};

use crate::arguments::change;
use crate::context::Context;
use crate::failure::{Failure, usage};
use crate::render;

/// Change fields of a task
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The task
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    fields: Fields,
}

/// The fields; at least one of these.
#[derive(Debug, Args)]
struct Fields {
    /// A new title
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    title: Option<String>,
    /// New notes
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    notes: Option<String>,
    /// By when it is to be done
    #[arg(long, value_name = "WHEN|none", value_parser = change)]
    due: Option<Change<String>>,
    /// Before when it is not shown as to be done
    #[arg(long, value_name = "WHEN|none", value_parser = change)]
    start: Option<Change<String>>,
    /// 1 is the highest, 3 the lowest, 0 none
    #[arg(long, value_name = "0..3", allow_negative_numbers = true, value_parser = clap::value_parser!(u8).range(0..=3))]
    priority: Option<u8>,
    /// A tag to add (+T) or to take away (-T); may be given again
    #[arg(long = "tag", value_name = "+T|-T", allow_hyphen_values = true, value_parser = tag)]
    tags: Vec<Tag>,
    /// Who is to do it
    #[arg(long, value_name = "WHO|none", value_parser = change)]
    assign: Option<Change<String>>,
    /// The list it moves to
    #[arg(long, value_name = "L")]
    to_list: Option<String>,
    /// The task it becomes a subtask of
    #[arg(long, value_name = "ID|none", value_parser = change)]
    parent: Option<Change<String>>,
    /// The rule by which it comes again, as in FREQ=WEEKLY or "every 2 weeks"
    #[arg(long, value_name = "RULE|none", value_parser = change)]
    repeat: Option<Change<String>>,
    /// When to remind: due, "before 10m", "before 2h", "before 1d", or a date and time
    #[arg(long, value_name = "WHEN|none", value_parser = change)]
    remind: Option<Change<String>>,
    /// The people who take turns, separated by commas: the next occurrence passes on
    #[arg(long, value_name = "WHO,WHO|none", value_parser = turns)]
    rotate: Option<Change<Vec<String>>>,
    /// A task that has to be done first (ID or +ID), or no longer (-ID); may be given again
    #[arg(long, value_name = "ID|-ID", allow_hyphen_values = true)]
    wait_for: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Tag {
    Add(String),
    Remove(String),
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    let fields = words.fields;
    let (mut add_tags, mut remove_tags) = (Vec::new(), Vec::new());
    for tag in fields.tags {
        match tag {
            Tag::Add(name) => add_tags.push(name),
            Tag::Remove(name) => remove_tags.push(name),
        }
    }
    let (remove_waits_for, add_waits_for): (Vec<String>, Vec<String>) = fields
        .wait_for
        .into_iter()
        .partition(|id| id.starts_with('-'));
    let bare = |id: String| id.trim_start_matches(['+', '-']).to_owned();
    let change = TaskChange {
        title: fields.title,
        notes: fields.notes,
        due: fields.due,
        start: fields.start,
        priority: fields.priority,
        add_tags,
        remove_tags,
        assignee: fields.assign,
        list: fields.to_list,
        parent: fields.parent,
        repeat: fields.repeat,
        reminder: fields.remind,
        rotation: fields.rotate,
        add_waits_for: add_waits_for.into_iter().map(bare).collect(),
        remove_waits_for: remove_waits_for.into_iter().map(bare).collect(),
        ..TaskChange::default()
    };
    if change == TaskChange::default() {
        return Err(usage(
            "nothing to change",
            "name a field, such as --title or --due; rota edit --help shows them",
        ));
    }
    let input = TaskEdit {
        id: words.id,
        change,
    };
    let task = context.ask(&input).await?;
    context.output.confirm(&task, |task, look| {
        render::changed("Changed", std::slice::from_ref(task), look)
    })
}

fn tag(text: &str) -> Result<Tag, String> {
    let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    text.strip_prefix('+')
        .and_then(named)
        .map(Tag::Add)
        .or_else(|| text.strip_prefix('-').and_then(named).map(Tag::Remove))
        .ok_or_else(|| format!("write +{text} to add the tag or -{text} to take it away"))
}

/// Reads names separated by commas, or `none` for nobody.
fn turns(text: &str) -> Result<Change<Vec<String>>, String> {
    Ok(match change(text)? {
        Change::Clear => Change::Clear,
        Change::Set(names) => {
            let names = names.split(',').map(str::trim);
            let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
            if names.is_empty() {
                return Err("name the people, separated by commas, or write none".to_owned());
            }
            Change::Set(names.into_iter().map(str::to_owned).collect())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_names_with_commas_between() {
        let names = |names: &[&str]| {
            let names = names.iter().map(ToString::to_string).collect();
            Ok(Change::Set(names))
        };
        assert_eq!(turns("Mia, Ben Li,me"), names(&["Mia", "Ben Li", "me"]));
        assert_eq!(turns("None"), Ok(Change::Clear));
        assert!(turns(" , ").is_err());
    }

    #[test]
    fn a_tag_needs_its_sign() {
        assert_eq!(tag("+home"), Ok(Tag::Add("home".to_owned())));
        assert_eq!(tag("-home"), Ok(Tag::Remove("home".to_owned())));
        assert_eq!(tag("--x"), Ok(Tag::Remove("-x".to_owned())));
        assert!(tag("home").is_err());
        assert!(tag("+").is_err());
    }
}
