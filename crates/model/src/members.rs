//! Who counts: a pure function of the accepted ops of a space.
//!
//! Admissions are walked from senior to junior, the founder's first. Each one's statements are taken in order of
//! (counter, id), up to the cuts that those walked before it and itself have made. So a junior's removal ends a
//! senior's writing but not its say, and of two who remove each other the senior stays.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::branch::{BranchId, Branches, Position};
use crate::id::{AuthorKey, EntityId, OpId, SpaceId};
use crate::payload::{Admit, Remove, Role, SpaceKind, Statement};
use crate::stamp::Time;

/// An accepted op that holds statements.
#[derive(Clone, Debug)]
pub struct Stated {
    /// Its id.
    pub op: OpId,
    /// Where it stands.
    pub at: Position,
    /// Its author's wall time.
    pub time: Time,
    /// What it says.
    pub statements: Vec<Statement>,
}

/// Seniority: less is more senior.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seniority {
    /// Admissions between the founder and this person.
    pub depth: u32,
    /// When this person was first admitted.
    pub person_since: Time,
    /// When this computer was admitted: at least one more than its admitter.
    pub since: Time,
    /// Breaks ties.
    pub admission: OpId,
}

/// One admission that counts, removed or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The id of its op.
    pub id: OpId,
    /// What it says.
    pub admit: Admit,
    /// Under which admission it was made; `None` for the founder's.
    pub by: Option<OpId>,
    /// Its place in the walk.
    pub seniority: Seniority,
    /// The first admission of its person's line: those of one line may remove each other.
    pub line: OpId,
    /// When it was removed, by the removing op's time; `None` while it stands.
    pub removed_at: Option<Time>,
}

/// Who counts in a space, and how much of each branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// What kind of space it is, if its founding op says so.
    pub kind: Option<SpaceKind>,
    /// In order of seniority.
    pub admissions: Vec<Admission>,
    /// The last counter of each branch whose writes count. A branch that is not named counts for nothing.
    pub counted_to: BTreeMap<BranchId, u64>,
}

impl Membership {
    /// Admissions that stand, in order of seniority.
    pub fn standing(&self) -> impl Iterator<Item = &Admission> {
        self.admissions
            .iter()
            .filter(|admission| admission.removed_at.is_none())
    }

    /// The standing admission of a key: the one with the greatest role, then the most senior.
    #[must_use]
    pub fn of_key(&self, key: &AuthorKey) -> Option<&Admission> {
        self.standing()
            .filter(|admission| admission.admit.key == *key)
            .reduce(|best, next| {
                if next.admit.role > best.admit.role {
                    next
                } else {
                    best
                }
            })
    }

    /// Whether a key is that of a computer in the space now.
    #[must_use]
    pub fn contains(&self, key: &AuthorKey) -> bool {
        self.of_key(key).is_some()
    }

    /// Whether a write at this position counts.
    #[must_use]
    pub fn counts(&self, at: Position) -> bool {
        self.counted_to
            .get(&at.branch)
            .is_some_and(|last| at.counter <= *last)
    }
}

/// Computes who counts in `space`. `stated` are all its accepted ops with statements, in any order; `position_of`
/// tells where an accepted op stands.
#[must_use]
pub fn count(
    space: SpaceId,
    stated: &[Stated],
    branches: &Branches,
    position_of: impl Fn(&OpId) -> Option<Position>,
) -> Membership {
    let founding = OpId::from(space);
    let Some(first) = stated.iter().find(|op| op.op == founding) else {
        return Membership::default();
    };
    let Some(founder) = founder(first, branches) else {
        return Membership::default();
    };
    let mut by_admission: HashMap<OpId, Vec<&Stated>> = HashMap::new();
    for op in stated {
        if let Some(branch) = branches.get(op.at.branch) {
            by_admission.entry(branch.admission).or_default().push(op);
        }
    }
    for ops in by_admission.values_mut() {
        ops.sort_unstable_by_key(|op| (op.at.counter, op.op));
    }
    let mut walk = Walk {
        branches,
        position_of,
        known: HashMap::new(),
        cuts: HashMap::new(),
        first_of_person: HashMap::new(),
        open: BTreeSet::new(),
    };
    walk.discover(founder);
    let mut order = Vec::new();
    while let Some(next) = walk.open.pop_first() {
        order.push(next.admission);
        walk.take_statements(
            next.admission,
            by_admission.get(&next.admission).map_or(&[], Vec::as_slice),
        );
    }
    let kind = first
        .statements
        .iter()
        .find_map(|statement| match statement {
            Statement::Found(kind) => Some(*kind),
            Statement::Admit(_) | Statement::Remove(_) | Statement::Unknown => None,
        });
    let counted_to = walk.counted_branches();
    let admissions = order
        .iter()
        .filter_map(|id| {
            let admission = walk.known.get(id)?;
            let removed_at = walk.in_force(admission).map(|cutting| cutting.time).min();
            Some(Admission {
                removed_at,
                ..admission.clone()
            })
        })
        .collect();
    Membership {
        kind,
        admissions,
        counted_to,
    }
}

/// A removal that was said. Whether it is in force depends on the target, which may be met later than the removal.
struct Cutting<'a> {
    remove: &'a Remove,
    by_owner: bool,
    line: OpId,
    time: Time,
}

struct Walk<'a, F> {
    branches: &'a Branches,
    position_of: F,
    known: HashMap<OpId, Admission>,
    cuts: HashMap<OpId, Vec<Cutting<'a>>>,
    first_of_person: HashMap<EntityId, (Time, OpId)>,
    open: BTreeSet<Seniority>,
}

impl<'a, F: Fn(&OpId) -> Option<Position>> Walk<'a, F> {
    fn discover(&mut self, admission: Admission) {
        let person = admission.admit.person;
        self.first_of_person
            .entry(person)
            .or_insert((admission.seniority.person_since, admission.line));
        self.open.insert(admission.seniority);
        self.known.insert(admission.id, admission);
    }

    fn take_statements(&mut self, id: OpId, ops: &[&'a Stated]) {
        let Some(speaker) = self.known.get(&id).cloned() else {
            return;
        };
        for op in ops {
            let own = self
                .branches
                .get(op.at.branch)
                .is_some_and(|b| b.chain.author == speaker.admit.key);
            // Asked anew for each op: the speaker may have cut itself off with the one before.
            if !own || !self.passes(&speaker, op.at) {
                continue;
            }
            for statement in &op.statements {
                match statement {
                    Statement::Admit(admit) => self.admit(&speaker, op, admit),
                    Statement::Remove(remove) => self.remove(&speaker, op, remove),
                    Statement::Found(_) | Statement::Unknown => {}
                }
            }
        }
    }

    fn admit(&mut self, by: &Admission, op: &Stated, admit: &Admit) {
        if op.op == by.id || admit.role > by.admit.role || self.known.contains_key(&op.op) {
            return;
        }
        let since = op.time.max(by.seniority.since.next());
        let own_person = admit.person == by.admit.person;
        // A line is what lets a person remove their own computers: only that person, or an owner, adds to it.
        let line = if own_person {
            Some((by.seniority.person_since, by.line))
        } else if by.admit.role == Role::Owner {
            self.first_of_person.get(&admit.person).copied()
        } else {
            None
        };
        let (person_since, line) = line.unwrap_or((since, op.op));
        let depth = by.seniority.depth.saturating_add(u32::from(!own_person));
        let seniority = Seniority {
            depth,
            person_since,
            since,
            admission: op.op,
        };
        self.discover(Admission {
            id: op.op,
            admit: admit.clone(),
            by: Some(by.id),
            seniority,
            line,
            removed_at: None,
        });
    }

    fn remove(&mut self, by: &Admission, op: &Stated, remove: &'a Remove) {
        let by_owner = by.admit.role == Role::Owner;
        let cutting = Cutting {
            remove,
            by_owner,
            line: by.line,
            time: op.time,
        };
        self.cuts.entry(remove.admission).or_default().push(cutting);
    }

    /// The removals of an admission that are in force: owners remove anyone, everyone computers of their own person.
    fn in_force(&self, target: &Admission) -> impl Iterator<Item = &Cutting<'a>> {
        let line = target.line;
        self.cuts
            .get(&target.id)
            .into_iter()
            .flatten()
            .filter(move |cutting| cutting.by_owner || cutting.line == line)
    }

    /// Whether an op of an admission's chains lies within every cut made of it so far.
    fn passes(&self, admission: &Admission, at: Position) -> bool {
        self.in_force(admission)
            .all(|cutting| self.within(cutting, at))
    }

    fn within(&self, cutting: &Cutting<'_>, at: Position) -> bool {
        let Some(branch) = self.branches.get(at.branch) else {
            return false;
        };
        cutting
            .remove
            .cuts
            .iter()
            .filter(|cut| cut.incarnation == branch.chain.incarnation)
            .any(|cut| {
                match (self.position_of)(&cut.op) {
                    Some(end) => self.branches.is_up_to(at, end),
                    // The branch that the cut names is not here yet; its counter is all there is to go by.
                    None => at.counter <= cut.counter,
                }
            })
    }

    fn counted_branches(&self) -> BTreeMap<BranchId, u64> {
        let mut counted = BTreeMap::new();
        for (id, branch) in self.branches.iter() {
            let Some(admission) = self.known.get(&branch.admission) else {
                continue;
            };
            if admission.admit.key != branch.chain.author || admission.admit.role < Role::Editor {
                continue;
            }
            let last = self
                .in_force(admission)
                .map(|cutting| self.last_within(cutting, id))
                .min()
                .unwrap_or(u64::MAX);
            if last > 0 {
                counted.insert(id, last);
            }
        }
        counted
    }

    /// The last counter of a branch that lies within a cutting; 0 for none.
    fn last_within(&self, cutting: &Cutting<'_>, branch: BranchId) -> u64 {
        let Some(incarnation) = self.branches.get(branch).map(|b| b.chain.incarnation) else {
            return 0;
        };
        cutting
            .remove
            .cuts
            .iter()
            .filter(|cut| cut.incarnation == incarnation)
            .map(|cut| match (self.position_of)(&cut.op) {
                Some(end) => self.branches.last_shared(branch, end),
                None => cut.counter,
            })
            .max()
            .unwrap_or(0)
    }
}

/// The founder's admission, if the founding op admits its own author as an owner.
fn founder(op: &Stated, branches: &Branches) -> Option<Admission> {
    let author = branches.get(op.at.branch)?.chain.author;
    op.statements.iter().find_map(|statement| match statement {
        Statement::Admit(admit) if admit.key == author && admit.role == Role::Owner => {
            Some(Admission {
                id: op.op,
                admit: admit.clone(),
                by: None,
                seniority: Seniority {
                    depth: 0,
                    person_since: op.time,
                    since: op.time,
                    admission: op.op,
                },
                line: op.op,
                removed_at: None,
            })
        }
        Statement::Admit(_) | Statement::Remove(_) | Statement::Found(_) | Statement::Unknown => {
            None
        }
    })
}
