//! Reading tasks.

use std::collections::HashMap;

use jiff::civil::Date;
use rota_api::{
    ApiError, DateFilter, Task, TaskFilter, TaskList, TaskPage, TaskPageShow, TaskShow,
};
use rota_model::task::Assignee;
use rota_model::when::{Style, parse_when};
use rota_store::{DueFilter, Page, Reader};

use super::find::{self, Who};
use super::{Service, view};
use crate::errors;
use crate::failure::Failure;

impl Service {
    pub(super) async fn tasks(&self, input: TaskList) -> Result<Vec<Task>, ApiError> {
        let page = Page {
            offset: input.offset,
            limit: input.limit,
        };
        Ok(self.page(input.filter, page).await?.tasks)
    }

    pub(super) async fn tasks_page(&self, input: TaskPageShow) -> Result<TaskPage, ApiError> {
        let page = Page {
            offset: input.offset,
            limit: Some(input.limit),
        };
        self.page(input.filter, page).await
    }

    async fn page(&self, filter: TaskFilter, page: Page) -> Result<TaskPage, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        self.read(move |reader| {
            let zone = now.time_zone().clone();
            let filter = stored_filter(reader, &me, &now, filter)?;
            let found = reader.tasks(&filter, page)?;
            Ok(TaskPage {
                seq: found.seq,
                total: found.total,
                tasks: found
                    .tasks
                    .into_iter()
                    .map(|task| view::task(task, &zone))
                    .collect(),
            })
        })
        .await
    }

    pub(super) async fn task_whole(&self, input: TaskShow) -> Result<Task, ApiError> {
        let zone = self.node.clock.zoned().time_zone().clone();
        self.read(move |reader| {
            let found = find::task(reader, &input.id)?;
            let below = reader.subtasks(&found.id)?;
            let mut tasks: Vec<Task> = std::iter::once(found)
                .chain(below)
                .map(|task| view::task(task, &zone))
                .collect();
            for task in &mut tasks {
                task.subtasks = Some(Vec::new());
            }
            Ok(nested(tasks)?)
        })
        .await
    }
}

/// Puts each task into the one it is shown below; the first is the root of all. Tasks come after the one they are below.
fn nested(mut tasks: Vec<Task>) -> Result<Task, ApiError> {
    let at: HashMap<String, usize> = tasks
        .iter()
        .enumerate()
        .map(|(index, task)| (task.id.clone(), index))
        .collect();
    let mut children: Vec<Vec<Task>> = tasks.iter().map(|_| Vec::new()).collect();
    // From the end, so that whatever is put into its parent is complete.
    while tasks.len() > 1 {
        let Some(mut task) = tasks.pop() else { break };
        let mut below = children.pop().unwrap_or_default();
        below.reverse();
        task.subtasks = Some(below);
        let parent = task
            .parent
            .as_ref()
            .and_then(|parent| at.get(parent))
            .copied();
        if let Some(above) = parent.and_then(|parent| children.get_mut(parent)) {
            above.push(task);
        }
    }
    let mut root = tasks
        .pop()
        .ok_or_else(|| errors::broken("a task without itself"))?;
    let mut below = children.pop().unwrap_or_default();
    below.reverse();
    root.subtasks = Some(below);
    Ok(root)
}

fn stored_filter(
    reader: &Reader<'_>,
    me: &rota_model::id::AuthorKey,
    now: &jiff::Zoned,
    filter: TaskFilter,
) -> Result<rota_store::TaskFilter, Failure> {
    let space = match &filter.space {
        Some(text) => Some(find::space(reader, me, text)?.id),
        None => None,
    };
    let list = match &filter.list {
        Some(text) => Some(find::list(reader, text, space.as_ref())?),
        None => None,
    };
    let mut assigned = Vec::new();
    if let Some(text) = &filter.assigned {
        let within = match (space, &list) {
            (Some(space), _) => vec![space],
            (None, Some(list)) => vec![list.space.id],
            (None, None) => find::spaces(reader, me)?
                .into_iter()
                .map(|space| space.id)
                .collect(),
        };
        let mut last = None;
        for space in within {
            match find::who(reader, me, &space, text) {
                Ok(Who::Person(id)) => assigned.push(Assignee::Person(id)),
                Ok(Who::Computer(key)) => assigned.push(Assignee::Computer(key)),
                Err(failure) => last = Some(failure),
            }
        }
        if let (true, Some(failure)) = (assigned.is_empty(), last) {
            return Err(failure);
        }
    }
    let due = match &filter.due {
        Some(due) => Some(days(due, now)?),
        None => None,
    };
    Ok(rota_store::TaskFilter {
        space,
        list: list.map(|list| list.id),
        done: filter.done,
        trash: filter.trash,
        due,
        tags: filter.tags,
        assigned,
        search: filter.search.filter(|words| !words.trim().is_empty()),
        ..rota_store::TaskFilter::default()
    })
}

fn days(due: &DateFilter, now: &jiff::Zoned) -> Result<DueFilter, Failure> {
    let day = |text: &str| -> Result<Date, Failure> {
        parse_when(text, now, &Style::default())
            .map(|when| when.date_for(now.time_zone()))
            .map_err(|error| errors::from_when(&error, "due").into())
    };
    let (from, to) = match due {
        DateFilter::Today => (None, Some(now.date())),
        DateFilter::On(text) => {
            let day = day(text)?;
            (Some(day), Some(day))
        }
        DateFilter::From(text) => (Some(day(text)?), None),
        DateFilter::Between { from, to } => (Some(day(from)?), Some(day(to)?)),
    };
    Ok(DueFilter {
        from,
        to,
        zone: now.time_zone().clone(),
    })
}
