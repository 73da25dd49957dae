//! Open invitations, and the counting that makes three words enough.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rota_model::{
    id::AuthorKey,
    limits::{
        ANNOUNCED_INVITATIONS_MAX_COUNT, INVITATION_MAX_FAILURES, INVITATION_MAX_USES,
        INVITATION_OPEN_MAX_MS, JOIN_SECOND_MAX_TRIES, JOIN_TRY_MAX_MS,
    },
};

use super::{code::InviteCode, message::Failure};
use crate::input::Millis;

/// How long closed invitations are remembered, so that who comes late hears why.
const CLOSED_KEPT_MS: u64 = 24 * 60 * 60 * 1000;
/// Numbers of invitations are at most this.
const NUMBER_MAX: u32 = 999;

/// What an invitation allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// When it ends.
    pub expires_at: Millis,
    /// How many computers it lets in.
    pub uses: u32,
}

/// Why an invitation cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Another open one has this number.
    #[error("another invitation has this number")]
    NumberTaken,
    /// As many as are announced are open.
    #[error("too many invitations are open")]
    TooMany,
    /// No use, too many, or too long a time.
    #[error("an invitation lasts at most 7 days and has 1 to 1000 uses")]
    Terms,
}

/// One invitation. `T` is what its owner needs to know when somebody comes.
#[derive(Clone, Debug)]
pub struct Invitation<T> {
    code: InviteCode,
    terms: Terms,
    failures: u32,
    used_by: BTreeSet<AuthorKey>,
    closed: bool,
    /// What its owner keeps with it.
    pub subject: T,
}

impl<T> Invitation<T> {
    /// Its code.
    #[must_use]
    pub fn code(&self) -> &InviteCode {
        &self.code
    }

    /// What it allows.
    #[must_use]
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// How many more computers it lets in.
    #[must_use]
    pub fn uses_left(&self) -> u32 {
        self.terms
            .uses
            .saturating_sub(u32::try_from(self.used_by.len()).unwrap_or(u32::MAX))
    }

    fn refusal(&self, peer: &AuthorKey, now: Millis) -> Option<Failure> {
        if self.failures >= INVITATION_MAX_FAILURES {
            Some(Failure::Burnt)
        } else if self.closed || now >= self.terms.expires_at {
            Some(Failure::Expired)
        } else if self.uses_left() == 0 && !self.used_by.contains(peer) {
            Some(Failure::UsedUp)
        } else {
            None
        }
    }
}

/// Names a try to join that was let begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TryId(u64);

#[derive(Clone, Copy, Debug)]
struct Try {
    number: u32,
    peer: AuthorKey,
    since: Millis,
}

/// All invitations of a computer.
#[derive(Clone, Debug)]
pub struct Invitations<T> {
    by_number: BTreeMap<u32, Invitation<T>>,
    /// Begun, and neither failed nor proved: each may be a guess.
    tries: BTreeMap<TryId, Try>,
    last_try: u64,
    /// When tries were answered in the last second.
    answered: VecDeque<Millis>,
}

impl<T> Default for Invitations<T> {
    fn default() -> Self {
        Self {
            by_number: BTreeMap::new(),
            tries: BTreeMap::new(),
            last_try: 0,
            answered: VecDeque::new(),
        }
    }
}

impl<T> Invitations<T> {
    /// A number for a new invitation, small and not `taken` here or by what others announce.
    #[must_use]
    pub fn free_number(&self, taken: &BTreeSet<u32>, random: u32) -> u32 {
        let is_free =
            |number: &u32| !taken.contains(number) && !self.by_number.contains_key(number);
        let below_100: Vec<u32> = (1..100).filter(is_free).collect();
        let below_1000: Vec<u32> = (100..=NUMBER_MAX).filter(is_free).collect();
        let free = if below_100.is_empty() {
            below_1000
        } else {
            below_100
        };
        free.get(random as usize % free.len().max(1))
            .copied()
            .unwrap_or(NUMBER_MAX)
    }

    /// Opens an invitation.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(
        &mut self,
        code: InviteCode,
        terms: Terms,
        subject: T,
        now: Millis,
    ) -> Result<(), OpenError> {
        self.forget_old(now);
        let lasts_ms = terms.expires_at.since(now);
        if terms.uses == 0
            || terms.uses > INVITATION_MAX_USES
            || lasts_ms == 0
            || lasts_ms > INVITATION_OPEN_MAX_MS
        {
            return Err(OpenError::Terms);
        }
        let open = self.numbers(now);
        if open.contains(&code.number()) {
            return Err(OpenError::NumberTaken);
        }
        if open.len() >= ANNOUNCED_INVITATIONS_MAX_COUNT {
            return Err(OpenError::TooMany);
        }
        let invitation = Invitation {
            terms,
            failures: 0,
            used_by: BTreeSet::new(),
            closed: false,
            subject,
            code,
        };
        self.by_number.insert(invitation.code.number(), invitation);
        Ok(())
    }

    /// Closes an invitation; who comes with it hears that it ended.
    pub fn close(&mut self, number: u32) {
        if let Some(invitation) = self.by_number.get_mut(&number) {
            invitation.closed = true;
        }
    }

    /// The numbers of those that can still let somebody in: what is announced.
    #[must_use]
    pub fn numbers(&self, now: Millis) -> BTreeSet<u32> {
        let nobody = AuthorKey::ZERO;
        self.by_number
            .iter()
            .filter(|(_, invitation)| invitation.refusal(&nobody, now).is_none())
            .map(|(number, _)| *number)
            .collect()
    }

    /// An invitation, open or not.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&Invitation<T>> {
        self.by_number.get(&number)
    }

    /// Lets a try begin and gives the code that is to be proved.
    ///
    /// # Errors
    /// The [`Failure`] to answer with.
    pub fn begin(
        &mut self,
        number: u32,
        peer: AuthorKey,
        now: Millis,
    ) -> Result<(TryId, InviteCode), Failure> {
        self.answered.retain(|at| now.since(*at) < 1000);
        if self.answered.len() >= JOIN_SECOND_MAX_TRIES {
            return Err(Failure::Busy);
        }
        self.answered.push_back(now);
        self.tries
            .retain(|_, open| now.since(open.since) < JOIN_TRY_MAX_MS);
        let invitation = self.by_number.get(&number).ok_or(Failure::NotFound)?;
        if let Some(failure) = invitation.refusal(&peer, now) {
            return Err(failure);
        }
        // Tries that run beside each other must not add up to more guesses than tries one after the other.
        let guesses = self
            .tries
            .values()
            .filter(|open| open.number == number)
            .count();
        if invitation.failures as usize + guesses >= INVITATION_MAX_FAILURES as usize {
            return Err(Failure::Busy);
        }
        self.last_try += 1;
        let id = TryId(self.last_try);
        self.tries.insert(
            id,
            Try {
                number,
                peer,
                since: now,
            },
        );
        Ok((id, invitation.code.clone()))
    }

    /// The words of a try were wrong. The fifth time in all burns the invitation. Gives how many are left.
    pub fn failed(&mut self, id: TryId) -> Option<u32> {
        let ended = self.tries.remove(&id)?;
        let invitation = self.by_number.get_mut(&ended.number)?;
        invitation.failures = invitation.failures.saturating_add(1);
        Some(INVITATION_MAX_FAILURES.saturating_sub(invitation.failures))
    }

    /// A try ended before it could tell whether the words were right.
    pub fn abandoned(&mut self, id: TryId) {
        self.tries.remove(&id);
    }

    /// The words of a try are right: it takes one use, or the one that the same computer took before.
    ///
    /// # Errors
    /// The [`Failure`] to answer with, if the invitation ended meanwhile or the try took too long.
    pub fn proved(&mut self, id: TryId, now: Millis) -> Result<(), Failure> {
        let ended = self.tries.remove(&id).ok_or(Failure::Expired)?;
        let invitation = self
            .by_number
            .get_mut(&ended.number)
            .ok_or(Failure::NotFound)?;
        if now.since(ended.since) >= JOIN_TRY_MAX_MS {
            return Err(Failure::Expired);
        }
        if let Some(failure) = invitation.refusal(&ended.peer, now) {
            return Err(failure);
        }
        invitation.used_by.insert(ended.peer);
        Ok(())
    }

    /// Whether a try may still be judged.
    pub(super) fn is_open(&self, id: TryId, now: Millis) -> bool {
        self.tries
            .get(&id)
            .is_some_and(|open| now.since(open.since) < JOIN_TRY_MAX_MS)
    }

    fn forget_old(&mut self, now: Millis) {
        self.by_number
            .retain(|_, invitation| now.since(invitation.terms.expires_at) < CLOSED_KEPT_MS);
    }
}
