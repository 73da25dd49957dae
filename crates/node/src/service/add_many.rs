//! Adding one task a line, all or none.

use rota_api::{AddedLine, ApiError, Progress, ReportProgress, TaskAddMany, Verb};
use rota_model::edit::{By, Draft};
use rota_model::id::EntityId;
use rota_model::quick_add::{Line, Outline};
use rota_model::task::Status;
use rota_store::Tx;

use super::add::{self, Created, New, Target};
use super::change::Reading;
use super::words::Words;
use super::{Service, view};
use crate::failure::Failure;

/// A line that became a task.
struct Row {
    id: EntityId,
    parent: Option<usize>,
    new: New,
    target: Option<Target>,
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
                let named = words.named(&tx.reader(), input.list.as_deref())?;
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
                write_rows(tx, &ends, &rows, me)?;
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
        let keys = ends.next(tx, target.space, target.list, here.len())?;
        let created = Created {
            at_ms: tx.time().ms(),
            computer: me,
            person: add::person_in(tx, &me, target.space)?,
        };
        let drafts: Vec<Draft> = here
            .iter()
            .zip(&keys)
            .flat_map(|(row, order)| {
                let parent = row.parent.map(|parent| rows[parent].id);
                add::drafts(row.id, &row.new, target.list, parent, order, created)
            })
            .collect();
        tx.write(target.space, drafts, By::Person)?;
    }
    Ok(())
}

fn in_line(failure: Failure, number: usize) -> Failure {
    let mut error = failure.0;
    error.message = format!("line {number}: {}", error.message);
    error.field = Some("lines".to_owned());
    Failure(error)
}
