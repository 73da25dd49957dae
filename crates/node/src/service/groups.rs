//! Groups of tasks, the numbers beside the views, tags.

use rota_api::{
    ApiError, GroupBy, Overview, OverviewShow, TagCount, TagsShow, TaskGroup, TaskGroups,
    TaskGroupsShow,
};
use rota_model::id::AuthorKey;
use rota_model::task::Assignee;
use rota_store::{Reader, Sort};

use super::{Service, find, show};
use crate::failure::Failure;

impl Service {
    pub(super) async fn task_groups(&self, input: TaskGroupsShow) -> Result<TaskGroups, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        self.read(move |reader| {
            let filter = show::stored_filter(reader, &me, &now, input.filter)?;
            let sort = match input.by {
                GroupBy::List => {
                    let found = reader.list_groups(&filter)?;
                    let groups = found.groups.into_iter().map(|(list, count)| TaskGroup {
                        key: Some(list.id.uuid()),
                        name: Some(list.name),
                        count,
                    });
                    return Ok(TaskGroups {
                        seq: found.seq,
                        groups: groups.collect(),
                    });
                }
                GroupBy::DueDay => Sort::Due,
                GroupBy::CompletedDay => Sort::Completed,
                GroupBy::DeletedDay => Sort::Deleted,
            };
            let found = reader.day_groups(&filter, sort, now.time_zone())?;
            let groups = found.groups.into_iter().map(|(day, count)| TaskGroup {
                key: day.map(|day| day.to_string()),
                name: None,
                count,
            });
            Ok(TaskGroups {
                seq: found.seq,
                groups: groups.collect(),
            })
        })
        .await
    }

    pub(super) async fn overview(&self, _: OverviewShow) -> Result<Overview, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        self.read(move |reader| {
            let mine = my_persons(reader, &me)?;
            let numbers = reader.numbers(now.date(), now.time_zone(), &mine)?;
            Ok(Overview {
                seq: numbers.seq,
                today: numbers.today,
                overdue: numbers.overdue,
                upcoming: numbers.upcoming,
                for_me: numbers.assigned,
                recovered: numbers.recovered,
                trash: numbers.trash,
            })
        })
        .await
    }

    pub(super) async fn tags(&self, input: TagsShow) -> Result<Vec<TagCount>, ApiError> {
        let me = self.node.core().me;
        self.read(move |reader| {
            let space = match &input.space {
                Some(text) => Some(find::space(reader, &me, text)?.id),
                None => None,
            };
            let tags = reader.tags(space.as_ref())?;
            Ok(tags
                .into_iter()
                .map(|(name, tasks)| TagCount { name, tasks })
                .collect())
        })
        .await
    }
}

/// This person, as each space knows them.
fn my_persons(reader: &Reader<'_>, me: &AuthorKey) -> Result<Vec<Assignee>, Failure> {
    let mut mine = Vec::new();
    for space in find::spaces(reader, me)? {
        if let Some((person, _)) = find::my_person(reader, me, &space.id)? {
            let person = Assignee::Person(person);
            if !mine.contains(&person) {
                mine.push(person);
            }
        }
    }
    Ok(mine)
}
