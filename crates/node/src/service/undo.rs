//! Taking back this computer's latest change or a named one, and making it again.

use std::collections::BTreeSet;

use rota_api::{ApiError, Changed, Code, Redo, Redone, Undo, Undone, Verb};
use rota_model::id::SpaceId;
use rota_store::{Stays, Tx};

use super::{Service, view};
use crate::errors;
use crate::failure::Failure;
use crate::records;

impl Service {
    pub(super) async fn take_back(&self, input: Undo) -> Result<Undone, ApiError> {
        self.node.ends.forget();
        let undone = self
            .act_unlabelled(move |tx| {
                let closed = closed(tx)?;
                Ok(match input.step {
                    Some(step) => tx.undo_step(step, &closed)?,
                    None => tx.undo_latest(&closed)?,
                })
            })
            .await?;
        let Some(undone) = undone else {
            let why = match input.step {
                Some(_) => "that change was taken back already",
                None => "there is no change of this computer that could be taken back",
            };
            return Err(ApiError::new(Code::NothingToUndo, why)
                .with_hint("rota history ID shows what a task was before"));
        };
        refused(&undone, "undo again to take back the change before it")?;
        Ok(Undone {
            change: changed(&undone),
            undone: undone.label,
        })
    }

    pub(super) async fn redo_latest(&self, _: Redo) -> Result<Redone, ApiError> {
        self.node.ends.forget();
        let redone = self
            .act_unlabelled(|tx| {
                let closed = closed(tx)?;
                Ok(tx.redo_latest(&closed)?)
            })
            .await?;
        let Some(redone) = redone else {
            return Err(ApiError::new(
                Code::NothingToRedo,
                "there is nothing taken back that could be made again",
            )
            .with_hint("something new ends it; rota history ID shows what a task was before"));
        };
        refused(&redone, "rota history ID shows what a task was before")?;
        Ok(Redone {
            change: changed(&redone),
            step: redone.step,
            redone: redone.label,
        })
    }
}

/// That it is passed over is stored already: an error within the change would have taken that back.
fn refused(undone: &rota_store::Undone, hint: &str) -> Result<(), ApiError> {
    let (code, why) = match undone.stays {
        None => return Ok(()),
        Some(Stays::NotAllowed(why)) => {
            let refused = errors::not_allowed(why);
            (refused.code, refused.message)
        }
        Some(Stays::ForGood) => (
            Code::NothingToUndo,
            "it reached other computers and cannot be taken back".to_owned(),
        ),
    };
    let message = format!("{} stays: {why}", undone.label);
    Err(ApiError::new(code, message).with_hint(hint))
}

fn changed(undone: &rota_store::Undone) -> Changed {
    Changed {
        verb: Verb::from_name(&undone.about.verb),
        count: undone.about.count,
        name: undone.about.name.clone(),
        left: undone.left,
        by: undone.left_by.as_ref().map(|author| {
            let person = &author.person;
            view::entity(person.id, person.name.clone())
        }),
    }
}

/// The spaces of which a member has said that this computer is out, whatever its own log says.
fn closed(tx: &Tx<'_>) -> Result<BTreeSet<SpaceId>, Failure> {
    let (reader, me) = (tx.reader(), tx.me());
    let mut closed = BTreeSet::new();
    for space in reader.space_ids()? {
        if records::is_removed(&reader, &space, &me)? {
            closed.insert(space);
        }
    }
    Ok(closed)
}
