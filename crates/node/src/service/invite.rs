//! Opening and closing invitations.

use rota_api::{ApiError, Code, Invitation, Invite, InviteCancel, OpenInvitation};
use rota_model::limits::{INVITATION_MAX_USES, INVITATION_OPEN_MAX_MS};
use rota_model::payload::{Role, SpaceKind};
use rota_sync::Millis;
use rota_sync::join::{InviteCode, OpenError, Terms};

use super::{Service, find, view};
use crate::client::not_running;
use crate::clock::rfc3339;
use crate::errors;
use crate::failure::{invalid, not_found};
use crate::invitations::Subject;
use crate::random;
use crate::records;

/// How long an invitation is open unless said.
const OPEN_SECONDS: u64 = 600;

impl Service {
    pub(super) async fn open_invitation(&self, input: Invite) -> Result<Invitation, ApiError> {
        let Some(engine) = self.node.engine().filter(|_| self.node.is_running()) else {
            return Err(not_running());
        };
        let (subject, name) = self.subject(&input).await?;
        let seconds = input.valid_for_seconds.unwrap_or(OPEN_SECONDS);
        let uses = input.uses.unwrap_or(1);
        if uses == 0 || uses > INVITATION_MAX_USES {
            let hint = format!("an invitation has 1 to {INVITATION_MAX_USES} uses");
            return Err(invalid(
                format!("{uses} uses are not possible"),
                "uses",
                &hint,
            ));
        }
        let longest_seconds = INVITATION_OPEN_MAX_MS / 1_000;
        if seconds == 0 || seconds > longest_seconds {
            return Err(invalid(
                "an invitation cannot be open for that long",
                "valid_for_seconds",
                "choose a time of up to 7 days, such as 10m or 2h",
            ));
        }
        // Two computers that announce one number would get each other's guests.
        let hints = engine.net.hints().await.unwrap_or_default();
        let taken = hints.into_iter().flat_map(|hint| hint.invites).collect();
        let now = Millis(self.node.clock.elapsed_ms());
        let pick = u32::from_be_bytes(random::bytes()?);
        let words = random::bytes()?;
        let code = {
            let mut all = self.node.inviting.lock();
            let number = all.free_number(&taken, pick);
            let code = if subject.mine {
                InviteCode::of_mine(number, words)
            } else {
                InviteCode::new(number, words)
            };
            let terms = Terms {
                expires_at: now.after(seconds * 1_000),
                uses,
            };
            all.open(code.clone(), terms, subject, now)
                .map_err(|error| match error {
                    OpenError::TooMany | OpenError::NumberTaken => {
                        ApiError::new(Code::Busy, error.to_string())
                            .with_hint("wait until one of the open invitations ends")
                    }
                    OpenError::Terms => invalid(
                        error.to_string(),
                        "uses",
                        "choose fewer uses or a shorter time",
                    ),
                })?;
            code
        };
        // Strangers are let in from the moment on that the code is shown.
        self.node
            .inviting
            .announce(&engine.net, now)
            .await
            .map_err(|error| errors::from_net(&error))?;
        Ok(Invitation {
            code: code.to_string(),
            space: view::space_named(subject.space, name),
            role: view::role(subject.role),
            uses,
            expires_at: rfc3339(self.node.clock.wall_ms().saturating_add(seconds * 1_000)),
        })
    }

    pub(super) async fn close_invitation(
        &self,
        input: InviteCancel,
    ) -> Result<Vec<OpenInvitation>, ApiError> {
        if self.node.inviting.lock().get(input.number).is_none() {
            let number = input.number.to_string();
            return Err(not_found("invitation", &number, "rota invite opens one"));
        }
        self.node.inviting.lock().close(input.number);
        self.node.inviting.tell();
        self.open_invitations().await
    }

    pub(super) async fn open_invitations(&self) -> Result<Vec<OpenInvitation>, ApiError> {
        let now = Millis(self.node.clock.elapsed_ms());
        let wall_ms = self.node.clock.wall_ms();
        let open: Vec<(u32, Subject, u32, u64)> = {
            let all = self.node.inviting.lock();
            let numbers = all.numbers(now);
            numbers
                .into_iter()
                .filter_map(|number| {
                    let one = all.get(number)?;
                    let left_ms = one.terms().expires_at.since(now);
                    Some((
                        number,
                        one.subject,
                        one.uses_left(),
                        wall_ms.saturating_add(left_ms),
                    ))
                })
                .collect()
        };
        let me = self.node.core().me;
        self.read(move |reader| {
            let spaces = find::spaces(reader, &me)?;
            let name = |subject: &Subject| {
                let found = spaces.iter().find(|space| space.id == subject.space);
                found.map_or_else(String::new, |space| space.name.clone())
            };
            Ok(open
                .iter()
                .map(|(number, subject, uses, expires_ms)| OpenInvitation {
                    number: *number,
                    space: view::space_named(subject.space, name(subject)),
                    role: view::role(subject.role),
                    mine: subject.mine,
                    uses: *uses,
                    expires_at: rfc3339(*expires_ms),
                })
                .collect())
        })
        .await
    }

    async fn subject(&self, input: &Invite) -> Result<(Subject, String), ApiError> {
        let (me, mine, space) = (self.node.core().me, input.mine, input.space.clone());
        let role = input.role.map_or(Role::Editor, view::role_of);
        self.read(move |reader| {
            if mine {
                let space =
                    records::mine(reader)?.ok_or_else(|| errors::broken("there is no Mine"))?;
                let subject = Subject {
                    space,
                    role: Role::Owner,
                    mine: true,
                };
                return Ok((subject, "Mine".to_owned()));
            }
            let found = find::group(reader, &me, space.as_deref())?;
            if found.kind == Some(SpaceKind::Mine) {
                return Err(invalid(
                    "only one's own computers can be in Mine",
                    "space",
                    "rota invite --mine links another computer of yours; for other people make a space first (rota spaces add NAME)",
                )
                .into());
            }
            match found.role {
                Some(Role::Owner) => {}
                Some(_) => {
                    return Err(ApiError::new(Code::NotAllowed, "only an owner invites other people")
                        .with_hint("ask an owner of the space to invite them")
                        .into());
                }
                None => return Err(errors::not_allowed(rota_store::NotAllowed::Removed).into()),
            }
            let subject = Subject {
                space: found.id,
                role,
                mine: false,
            };
            Ok((subject, found.name))
        })
        .await
    }
}
