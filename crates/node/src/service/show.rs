//! Reading tasks.

use std::collections::HashMap;

use jiff::civil::Date;
use rota_api::{
    ApiError, DateFilter, EarlierTitle, EarlierTitlesShow, Only, Sort, Task, TaskFilter, TaskList,
    TaskPage, TaskPageShow, TaskShow,
};
use rota_model::task::Assignee;
use rota_model::when::parse_when;
use rota_store::{DueFilter, Page, Reader};

use super::find::{self, Who};
use super::{Service, merged, view};
use crate::errors;
use crate::failure::Failure;

impl Service {
    pub(super) async fn tasks(&self, input: TaskList) -> Result<Vec<Task>, ApiError> {
        let page = Page {
            offset: input.offset,
            limit: input.limit,
        };
        Ok(self.page(input.filter, page, false).await?.tasks)
    }

    pub(super) async fn tasks_page(&self, input: TaskPageShow) -> Result<TaskPage, ApiError> {
        let page = Page {
            offset: input.offset,
            limit: Some(input.limit),
        };
        self.page(input.filter, page, true).await
    }

    async fn page(
        &self,
        filter: TaskFilter,
        page: Page,
        best_first: bool,
    ) -> Result<TaskPage, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        self.read(move |reader| {
            let zone = now.time_zone().clone();
            let sort = filter.sort;
            let filter = stored_filter(reader, &me, &now, filter)?;
            let sorted = |sort| reader.tasks_sorted(&filter, sort, &zone, page);
            let found = match sort {
                Some(Sort::Place) => reader.tasks(&filter, page)?,
                None if best_first => reader.tasks_matching(&filter, page)?,
                None => reader.tasks(&filter, page)?,
                Some(Sort::Due) => sorted(rota_store::Sort::Due)?,
                Some(Sort::Completed) => sorted(rota_store::Sort::Completed)?,
                Some(Sort::Deleted) => sorted(rota_store::Sort::Deleted)?,
                Some(Sort::Updated) => sorted(rota_store::Sort::Updated)?,
            };
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

    pub(super) async fn tasks_once_titled(
        &self,
        input: EarlierTitlesShow,
    ) -> Result<Vec<EarlierTitle>, ApiError> {
        let zone = self.node.clock.zoned().time_zone().clone();
        let limit = usize::try_from(input.limit).unwrap_or(usize::MAX);
        self.read(move |reader| {
            let found = reader.tasks_once_titled(&input.search, limit)?;
            Ok(found
                .into_iter()
                .map(|one| EarlierTitle {
                    title: one.title,
                    task: view::task(one.task, &zone),
                })
                .collect())
        })
        .await
    }

    pub(super) async fn task_whole(&self, input: TaskShow) -> Result<Task, ApiError> {
        let zone = self.node.clock.zoned().time_zone().clone();
        self.read(move |reader| {
            let found = find::task(reader, &input.id)?;
            let below = reader.subtasks(&found.id)?;
            let merged = merged::merged(reader, &found, &zone)?;
            let mut tasks: Vec<Task> = std::iter::once(found)
                .chain(below)
                .map(|task| view::task(task, &zone))
                .collect();
            // Below a task of the trash everything is there with it; below any other the trash is no part of it.
            if tasks.first().is_some_and(|root| root.deleted_at.is_none()) {
                tasks.retain(|task| task.deleted_at.is_none());
            }
            for task in &mut tasks {
                task.subtasks = Some(Vec::new());
            }
            let mut whole = nested(tasks)?;
            whole.merged = Some(merged);
            Ok(whole)
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

pub(super) fn stored_filter(
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
        // What went to the trash with its list is looked for there.
        Some(text)
            if filter.trash || matches!(filter.only, Some(Only::Trash | Only::Recovered)) =>
        {
            Some(find::any_list(reader, text, space.as_ref())?)
        }
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
        Some(due) => Some(days(reader, due, now)?),
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
        only: filter.only.map(|only| match only {
            Only::Open => rota_store::Only::Open,
            Only::Done => rota_store::Only::Done,
            Only::Trash => rota_store::Only::Trash,
            Only::Recovered => rota_store::Only::Recovered,
        }),
        ..rota_store::TaskFilter::default()
    })
}

fn days(reader: &Reader<'_>, due: &DateFilter, now: &jiff::Zoned) -> Result<DueFilter, Failure> {
    let style = super::style::of(reader, None)?;
    let day = |text: &str| -> Result<Date, Failure> {
        parse_when(text, now, &style)
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
