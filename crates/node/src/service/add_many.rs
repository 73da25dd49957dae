//! Adding one task a line, all or none.

use rota_api::{AddedLine, ApiError, Progress, ReportProgress, TaskAddMany, Verb};
use rota_model::edit::{By, Draft};
use rota_model::id::EntityId;
use rota_model::order::OrderKey;
use rota_model::quick_add::{Line, Outline};
use rota_model::task::Status;
use rota_store::{Reader, Spot, TaskView, Tx};

use super::add::{self, Created, New, Target};
use super::change::Reading;
use super::words::Words;
use super::{Service, arrange, find, view};
use crate::errors;
use crate::failure::Failure;

/// A line that became a task.
struct Row {
    id: EntityId,
    parent: Option<usize>,
    new: New,
    target: Option<Target>,
}

/// The tasks that those of the top level go among.
struct Among {
    parent: Option<EntityId>,
    spot: Option<Spot>,
    /// The list of these tasks.
    target: Option<Target>,
}

impl Among {
    fn read(reader: &Reader<'_>, input: &TaskAddMany) -> Result<Self, Failure> {
        let parent = match &input.parent {
            Some(text) => Some(find::task(reader, text)?),
            None => None,
        };
        let spot = match &input.to {
            Some(to) => Some(arrange::spot(reader, to)?),
            None => None,
        };
        let beside = match spot {
            Some(Spot::Before(id) | Spot::After(id)) => reader.task(&id)?,
            Some(Spot::First | Spot::Last) | None => None,
        };
        let of = |task: &TaskView| Target {
            space: task.space.id,
            list: task.list.id,
        };
        Ok(Self {
            spot,
            target: parent.as_ref().or(beside.as_ref()).map(of),
            parent: match parent {
                Some(parent) => Some(parent.id),
                None => beside.and_then(|beside| beside.parent),
            },
        })
    }
}

impl Service {
    pub(super) async fn add_tasks(
        &self,
        input: TaskAddMany,
        progress: &dyn ReportProgress,
    ) -> Result<Vec<AddedLine>, ApiError> {
        let (me, now) = (self.node.core().me, self.node.clock.zoned());
        let ends = std::sync::Arc::clone(&self.node.ends);
        let total = input.lines.len() as u64;
        progress.report(Progress {
            done: 0,
            total: Some(total),
        });
        let (mut added, step) = self
            .act("the new tasks", move |tx| {
                let style = super::style::of(&tx.reader(), None)?;
                let reading = Reading { me, now, style };
                let space = input.space.as_deref();
                let mut words = Words::new(&tx.reader(), reading, input.plain, space)?;
                let among = Among::read(&tx.reader(), &input)?;
                let named = match among.target {
                    Some(target) => Some(target),
                    None => words.named(&tx.reader(), input.list.as_deref())?,
                };
                let mut rows = read_rows(tx, &mut words, &input, named)?;
                // Subtasks go where the task goes that they are below.
                for index in 0..rows.len() {
                    let above = rows[index].parent.and_then(|parent| rows[parent].target);
                    let own = rows[index].target;
                    rows[index].target = Some(match named.or(above).or(own) {
                        Some(target) => target,
                        None => words.default_target(tx)?,
                    });
                }
                if let Some(set) = &input.set {
                    for row in rows.iter_mut().filter(|row| row.parent.is_none()) {
                        if let Some(target) = row.target {
                            words.set(&tx.reader(), &mut row.new, &target.space, set)?;
                        }
                    }
                }
                write_rows(tx, &ends, &rows, &among, me)?;
                let only = match rows.as_slice() {
                    [row] => Some(row.new.title.clone()),
                    _ => None,
                };
                tx.is_about(Verb::Add.name(), rows.len() as u64, only);
                Ok(rows
                    .into_iter()
                    .map(|row| view::added_line(row.id, row.new.title))
                    .collect::<Vec<_>>())
            })
            .await?;
        for line in &mut added {
            line.step = step;
        }
        progress.report(Progress {
            done: added.len() as u64,
            total: Some(added.len() as u64),
        });
        Ok(added)
    }
}

fn read_rows(
    tx: &mut Tx<'_>,
    words: &mut Words,
    input: &TaskAddMany,
    named: Option<Target>,
) -> Result<Vec<Row>, Failure> {
    let mut outline = Outline::default();
    let mut rows: Vec<Row> = Vec::new();
    // The latest row of each depth.
    let mut path: Vec<usize> = Vec::new();
    for (number, text) in input.lines.iter().enumerate() {
        let line = if input.plain && !input.outline {
            (!text.trim().is_empty()).then(|| Line {
                depth: 0,
                done: false,
                text: text.clone(),
            })
        } else {
            outline.next_line(text)
        };
        let Some(line) = line else { continue };
        let read = words
            .read(&tx.reader(), &line.text, named)
            .map_err(|failure| in_line(failure, number + 1))?;
        let (mut new, target) = read;
        if line.done {
            new.given.status = Some(Status::Done);
        }
        path.truncate(line.depth);
        rows.push(Row {
            id: EntityId::new(tx.random()),
            parent: path.last().copied(),
            new,
            target,
        });
        path.push(rows.len() - 1);
    }
    Ok(rows)
}

fn write_rows(
    tx: &mut Tx<'_>,
    ends: &super::order::Ends,
    rows: &[Row],
    among: &Among,
    me: rota_model::id::AuthorKey,
) -> Result<(), Failure> {
    let mut targets: Vec<Target> = rows.iter().filter_map(|row| row.target).collect();
    targets.sort_by_key(|target| (target.space, target.list));
    targets.dedup();
    for target in targets {
        let here: Vec<&Row> = rows
            .iter()
            .filter(|row| row.target == Some(target))
            .collect();
        let keys = order_keys(tx, ends, target, &here, among)?;
        let created = Created {
            at_ms: tx.time().ms(),
            computer: me,
            person: add::person_in(tx, &me, target.space)?,
        };
        let drafts: Vec<Draft> = here
            .iter()
            .zip(&keys)
            .flat_map(|(row, order)| {
                let parent = match row.parent {
                    Some(parent) => Some(rows[parent].id),
                    None => among.parent,
                };
                add::drafts(row.id, &row.new, target.list, parent, order, created)
            })
            .collect();
        tx.write(target.space, drafts, By::Person)?;
    }
    Ok(())
}

/// The place of each row: those of the top level where they were asked to go, those below them in their order.
fn order_keys(
    tx: &mut Tx<'_>,
    ends: &super::order::Ends,
    target: Target,
    here: &[&Row],
    among: &Among,
) -> Result<Vec<OrderKey>, Failure> {
    let Some(spot) = among.spot else {
        return Ok(ends.next(tx, target.space, target.list, here.len())?);
    };
    ends.forget();
    let place = rota_store::Row {
        space: target.space,
        list: target.list,
        parent: among.parent,
    };
    let top = here.iter().filter(|row| row.parent.is_none()).count();
    let mut top = arrange::keys(tx, &place, spot, &[], top)?.into_iter();
    let mut below = ends
        .next(tx, target.space, target.list, here.len() - top.len())?
        .into_iter();
    // What was just read does not know of the rows that are put among others.
    ends.forget();
    let keys = here.iter().map(|row| match row.parent {
        None => top.next(),
        Some(_) => below.next(),
    });
    keys.collect::<Option<Vec<_>>>()
        .ok_or_else(|| errors::broken("no order keys").into())
}

fn in_line(failure: Failure, number: usize) -> Failure {
    let mut error = failure.0;
    error.message = format!("line {number}: {}", error.message);
    error.field = Some("lines".to_owned());
    Failure(error)
}
