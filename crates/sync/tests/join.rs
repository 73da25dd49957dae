//! Both ends of the joining handshake.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use rota_model::{
    id::{AuthorKey, EntityId, SpaceId},
    limits::{INVITATION_MAX_FAILURES, JOIN_TRY_MAX_MS},
    payload::{Role, SpaceKind},
};
use rota_sync::{
    Millis,
    join::{
        Failure, Grant, Invitations, InviteCode, InviterHandshake, InviterOutput, JoinMessage,
        JoinerHandshake, JoinerOutput, Request, Terms, Welcome,
    },
    version::VersionRange,
};

const INVITER: AuthorKey = AuthorKey([1; 32]);
const MINUTE_MS: u64 = 60_000;
const HOUSEHOLD: &str = "Household";

fn joiner_key(n: u8) -> AuthorKey {
    AuthorKey([100 + n; 32])
}

fn code() -> InviteCode {
    InviteCode::of_mine(7, [10, 20, 30])
}

fn wrong_code() -> InviteCode {
    InviteCode::of_mine(7, [10, 20, 31])
}

fn grant() -> Grant {
    let name = HOUSEHOLD.into();
    Grant {
        space: SpaceId([5; 32]),
        kind: SpaceKind::Shared,
        role: Role::Editor,
        name,
        heads: Vec::new(),
    }
}

fn request() -> Request {
    Request {
        person: EntityId([3; 16]),
        person_name: "Mia".into(),
        computer_name: "Mias Laptop".into(),
    }
}

fn welcome() -> Welcome {
    Welcome {
        mine: true,
        person: EntityId([4; 16]),
        person_name: "Tom".into(),
        inviter_person: EntityId([4; 16]),
        inviter_person_name: "Tom".into(),
        inviter_computer_name: "Küche".into(),
        grants: vec![grant()],
    }
}

struct Inviter {
    invitations: Invitations<&'static str>,
    now_ms: u64,
    drawn: u8,
}

impl Inviter {
    fn new(uses: u32) -> Self {
        let mut invitations = Invitations::default();
        let terms = Terms {
            expires_at: Millis(10 * MINUTE_MS),
            uses,
        };
        invitations
            .open(code(), terms, HOUSEHOLD, Millis(0))
            .unwrap();
        Self {
            invitations,
            now_ms: 0,
            drawn: 0,
        }
    }

    fn random(&mut self) -> [[u8; 32]; 2] {
        self.drawn += 2;
        [[self.drawn; 32], [self.drawn + 1; 32]]
    }

    fn begin(&mut self, joiner: AuthorKey, code: InviteCode) -> Pair {
        let joining = JoinerHandshake::new(joiner, INVITER, code, request(), self.random());
        Pair {
            joining,
            inviting: InviterHandshake::new(INVITER, joiner, self.random()),
            ended: None,
            seen: Vec::new(),
        }
    }

    /// A whole conversation, a second after the one before.
    fn join(&mut self, joiner: AuthorKey, code: InviteCode) -> Result<(), Failure> {
        self.now_ms += 1000;
        let mut pair = self.begin(joiner, code);
        pair.run(self);
        pair.ended.expect("it ends")
    }
}

/// What a code for another person lets into.
fn welcome_of_other() -> Welcome {
    Welcome {
        mine: false,
        person: EntityId([6; 16]),
        ..welcome()
    }
}

struct Pair {
    joining: JoinerHandshake,
    inviting: InviterHandshake,
    ended: Option<Result<(), Failure>>,
    /// Every frame.
    seen: Vec<Vec<u8>>,
}

impl Pair {
    fn run(&mut self, inviter: &mut Inviter) {
        loop {
            let (joiners, inviters) = (self.pass_joiners(inviter), self.pass_inviters());
            if !joiners && !inviters {
                return;
            }
        }
    }

    /// Passes on what the joiner says; false if it says nothing.
    fn pass_joiners(&mut self, inviter: &mut Inviter) -> bool {
        let Some(output) = self.joining.poll() else {
            return false;
        };
        match output {
            JoinerOutput::Send(frame) => {
                self.seen.push(frame.clone());
                self.inviting
                    .handle(Millis(inviter.now_ms), &mut inviter.invitations, &frame);
            }
            JoinerOutput::Welcomed(got) => {
                assert_eq!(got, welcome());
                self.joining.done(&[grant()]);
            }
            JoinerOutput::Finished => self.ended = Some(Ok(())),
            JoinerOutput::Failed(failure) => self.ended = Some(Err(failure)),
        }
        true
    }

    fn pass_inviters(&mut self) -> bool {
        let Some(output) = self.inviting.poll() else {
            return false;
        };
        match output {
            InviterOutput::Send(frame) => {
                self.seen.push(frame.clone());
                self.joining.handle(&frame);
            }
            InviterOutput::Requested {
                number,
                request: got,
            } => {
                assert_eq!((number, got), (7, request()));
                self.inviting.welcome(&welcome());
            }
            InviterOutput::Done(grants) => {
                assert_eq!(grants, [grant()]);
                self.inviting.finish();
            }
            InviterOutput::Failed(_) => {}
        }
        true
    }
}

#[test]
fn the_right_words_let_in_and_both_hear_all_they_need() {
    let mut inviter = Inviter::new(1);
    assert_eq!(inviter.join(joiner_key(1), code()), Ok(()));
    assert_eq!(inviter.invitations.get(7).unwrap().uses_left(), 0);
}

/// Two ends that have proved the words to each other and asked to be let in; what comes next is the test's.
fn asked(code: &InviteCode) -> (Inviter, Pair) {
    let mut inviter = Inviter::new(1);
    inviter.invitations.close(7);
    let terms = Terms {
        expires_at: Millis(10 * MINUTE_MS),
        uses: 1,
    };
    inviter
        .invitations
        .open(code.clone(), terms, HOUSEHOLD, Millis(0))
        .unwrap();
    inviter.now_ms = 1000;
    let mut pair = inviter.begin(joiner_key(1), code.clone());
    loop {
        pair.pass_joiners(&mut inviter);
        match pair.inviting.poll() {
            Some(InviterOutput::Send(frame)) => pair.joining.handle(&frame),
            Some(InviterOutput::Requested { .. }) => return (inviter, pair),
            Some(other) => panic!("{other:?}"),
            None => {}
        }
    }
}

fn answer_of_joiner(pair: &mut Pair) -> JoinerOutput {
    let Some(InviterOutput::Send(frame)) = pair.inviting.poll() else {
        panic!("no welcome");
    };
    pair.joining.handle(&frame);
    pair.joining.poll().unwrap()
}

/// Whoever hands out a code that looks like any other gets nobody's own tasks and spaces by it.
#[test]
fn a_code_that_does_not_say_so_joins_nobodys_own_spaces() {
    let other = InviteCode::new(7, [10, 20, 30]);
    let in_mine = Grant {
        kind: SpaceKind::Mine,
        ..grant()
    };
    for welcome in [
        welcome(),
        Welcome {
            grants: vec![in_mine],
            ..welcome_of_other()
        },
        Welcome {
            grants: vec![grant(), grant()],
            ..welcome_of_other()
        },
    ] {
        let (_, mut pair) = asked(&other);
        pair.inviting.welcome(&welcome);
        let answer = answer_of_joiner(&mut pair);
        assert!(!matches!(answer, JoinerOutput::Welcomed(_)), "{answer:?}");
        assert_eq!(
            pair.joining.poll(),
            Some(JoinerOutput::Failed(Failure::Refused))
        );
    }
    let (_, mut pair) = asked(&other);
    pair.inviting.welcome(&welcome_of_other());
    let answer = answer_of_joiner(&mut pair);
    assert_eq!(answer, JoinerOutput::Welcomed(welcome_of_other()));
}

/// An invitation lets somebody in; it does not make the inviter take spaces of theirs.
#[test]
fn another_persons_newcomer_gives_the_inviter_no_spaces() {
    for given in [vec![grant()], vec![]] {
        let (mut inviter, mut pair) = asked(&InviteCode::new(7, [10, 20, 30]));
        pair.inviting.welcome(&welcome_of_other());
        answer_of_joiner(&mut pair);
        pair.joining.done(&given);
        pair.pass_joiners(&mut inviter);
        let done = std::iter::from_fn(|| pair.inviting.poll())
            .any(|output| matches!(output, InviterOutput::Done(_)));
        assert_eq!(done, given.is_empty());
    }
}

#[test]
fn the_words_are_in_no_frame() {
    let mut inviter = Inviter::new(1);
    inviter.now_ms = 1000;
    let mut pair = inviter.begin(joiner_key(1), code());
    pair.run(&mut inviter);
    assert_eq!(pair.ended, Some(Ok(())));
    let shown = code().to_string();
    for word in shown.split('-').skip(1) {
        let in_clear = |frame: &Vec<u8>| {
            frame
                .windows(word.len())
                .any(|part| part == word.as_bytes())
        };
        assert!(!pair.seen.iter().any(in_clear), "{word}");
    }
}

#[test]
fn wrong_words_fail_and_the_fifth_time_in_all_burns_the_code() {
    let mut inviter = Inviter::new(3);
    for n in 0..INVITATION_MAX_FAILURES {
        assert_eq!(inviter.invitations.numbers(Millis(inviter.now_ms)).len(), 1);
        assert_eq!(
            inviter.join(joiner_key(n as u8), wrong_code()),
            Err(Failure::WrongCode {
                tries_left: Some(INVITATION_MAX_FAILURES - n - 1)
            }),
            "from any computer"
        );
    }
    assert_eq!(
        inviter.join(joiner_key(9), code()),
        Err(Failure::Burnt),
        "even with the right words"
    );
    assert!(
        inviter
            .invitations
            .numbers(Millis(inviter.now_ms))
            .is_empty(),
        "and it is announced no more"
    );
}

#[test]
fn tries_beside_each_other_are_no_more_guesses_than_tries_one_by_one() {
    let mut inviter = Inviter::new(3);
    let mut pairs: Vec<Pair> = Vec::new();
    let mut busy = 0;
    for n in 0..12 {
        inviter.now_ms += 600;
        let mut pair = inviter.begin(joiner_key(n), wrong_code());
        // Up to the inviter's answer, before anything is proved.
        pair.pass_joiners(&mut inviter);
        pair.pass_inviters();
        pair.pass_inviters();
        busy += usize::from(matches!(
            pair.joining.poll(),
            Some(JoinerOutput::Failed(Failure::Busy))
        ));
        pairs.push(Pair { ..pair });
    }
    assert_eq!(busy, 12 - INVITATION_MAX_FAILURES as usize);
}

#[test]
fn more_than_two_tries_a_second_are_put_off() {
    let mut inviter = Inviter::new(3);
    inviter.now_ms = 5000;
    let mut ends = Vec::new();
    for n in 0..3 {
        let mut pair = inviter.begin(joiner_key(n), code());
        pair.run(&mut inviter);
        ends.push(pair.ended.unwrap());
    }
    assert_eq!(ends, [Ok(()), Ok(()), Err(Failure::Busy)]);
    assert_eq!(
        inviter.join(joiner_key(2), code()),
        Ok(()),
        "a second later"
    );
}

#[test]
fn an_expired_closed_or_unknown_code_says_so() {
    let mut inviter = Inviter::new(1);
    inviter.now_ms = 10 * MINUTE_MS;
    assert_eq!(inviter.join(joiner_key(1), code()), Err(Failure::Expired));
    let mut inviter = Inviter::new(1);
    inviter.invitations.close(7);
    assert_eq!(inviter.join(joiner_key(1), code()), Err(Failure::Expired));
    let other_number = InviteCode::new(8, [10, 20, 30]);
    assert_eq!(
        inviter.join(joiner_key(1), other_number),
        Err(Failure::NotFound)
    );
}

#[test]
fn the_same_computer_may_finish_again_on_its_use_and_no_other_may() {
    let mut inviter = Inviter::new(1);
    assert_eq!(inviter.join(joiner_key(1), code()), Ok(()));
    assert_eq!(inviter.join(joiner_key(2), code()), Err(Failure::UsedUp));
    assert_eq!(inviter.join(joiner_key(1), code()), Ok(()));
    assert_eq!(
        inviter.join(joiner_key(1), wrong_code()),
        Err(Failure::WrongCode {
            tries_left: Some(INVITATION_MAX_FAILURES - 1)
        })
    );
}

#[test]
fn a_lost_connection_before_the_proof_costs_nothing() {
    let mut inviter = Inviter::new(1);
    for n in 0..20 {
        inviter.now_ms += 1000;
        let mut pair = inviter.begin(joiner_key(n), code());
        pair.pass_joiners(&mut inviter);
        pair.inviting.closed(&mut inviter.invitations);
    }
    assert_eq!(inviter.join(joiner_key(1), code()), Ok(()));
}

#[test]
fn a_try_that_takes_too_long_is_not_told_whether_it_was_right() {
    let mut inviter = Inviter::new(1);
    inviter.now_ms = 1000;
    let mut pair = inviter.begin(joiner_key(1), wrong_code());
    pair.pass_joiners(&mut inviter);
    pair.pass_inviters();
    inviter.now_ms += JOIN_TRY_MAX_MS;
    pair.run(&mut inviter);
    assert_eq!(pair.ended, Some(Err(Failure::Expired)));
}

#[test]
fn one_in_the_middle_with_other_keys_gets_nowhere() {
    let mut inviter = Inviter::new(1);
    inviter.now_ms = 1000;
    // Each end speaks to the one in the middle, whose key the transport proves to both.
    let middle = AuthorKey([66; 32]);
    let random = inviter.random();
    let mut joining = JoinerHandshake::new(joiner_key(1), middle, code(), request(), random);
    let random = inviter.random();
    let mut inviting = InviterHandshake::new(INVITER, middle, random);
    let mut failures = Vec::new();
    for _ in 0..20 {
        match joining.poll() {
            Some(JoinerOutput::Send(frame)) => {
                inviting.handle(Millis(1000), &mut inviter.invitations, &frame)
            }
            Some(JoinerOutput::Failed(failure)) => failures.push(failure),
            Some(other) => panic!("{other:?}"),
            None => {}
        }
        match inviting.poll() {
            Some(InviterOutput::Send(frame)) => joining.handle(&frame),
            Some(InviterOutput::Failed(failure)) => failures.push(failure),
            Some(other) => panic!("{other:?}"),
            None => {}
        }
    }
    let tries_left = Some(INVITATION_MAX_FAILURES - 1);
    assert_eq!(failures, [Failure::WrongCode { tries_left }; 2]);
}

#[test]
fn a_changed_byte_anywhere_ends_the_conversation() {
    let frames = {
        let mut inviter = Inviter::new(1);
        inviter.now_ms = 1000;
        let mut pair = inviter.begin(joiner_key(1), code());
        pair.run(&mut inviter);
        pair.seen.len()
    };
    assert_eq!(
        frames, 8,
        "Start, Answer, Prove, Confirm, Request, Welcome, Done, Finished"
    );
    for changed in 0..frames {
        let mut inviter = Inviter::new(1);
        inviter.now_ms = 1000;
        let mut pair = inviter.begin(joiner_key(1), code());
        let mut passed = 0;
        for _ in 0..60 {
            let mut change = |mut frame: Vec<u8>| {
                if passed == changed {
                    let last = frame.len() - 1;
                    frame[last] ^= 1;
                }
                passed += 1;
                frame
            };
            match pair.joining.poll() {
                Some(JoinerOutput::Send(frame)) => {
                    let frame = change(frame);
                    pair.inviting
                        .handle(Millis(1000), &mut inviter.invitations, &frame);
                }
                Some(JoinerOutput::Welcomed(_)) => pair.joining.done(&[]),
                Some(JoinerOutput::Finished) => pair.ended = Some(Ok(())),
                Some(JoinerOutput::Failed(failure)) => pair.ended = Some(Err(failure)),
                None => {}
            }
            match pair.inviting.poll() {
                Some(InviterOutput::Send(frame)) => pair.joining.handle(&change(frame)),
                Some(InviterOutput::Requested { .. }) => pair.inviting.welcome(&welcome()),
                Some(InviterOutput::Done(_)) => pair.inviting.finish(),
                Some(InviterOutput::Failed(_)) | None => {}
            }
        }
        assert!(
            matches!(pair.ended, Some(Err(_))),
            "frame {changed}: {:?}",
            pair.ended
        );
    }
}

#[test]
fn messages_out_of_order_and_garbage_end_it() {
    let mut inviter = Inviter::new(1);
    let versions = VersionRange { min: 1, max: 1 };
    let start = JoinMessage::Start {
        versions,
        number: 7,
        nonce: [0; 32],
    }
    .encode();
    let prove = JoinMessage::Prove {
        pake: [b'A'; 33],
        mac: [0; 32],
    }
    .encode();
    for frames in [
        vec![prove],
        vec![start.clone(), start],
        vec![vec![0xff; 40]],
    ] {
        inviter.now_ms += 1000;
        let mut inviting = InviterHandshake::new(INVITER, joiner_key(1), [[1; 32], [2; 32]]);
        for frame in frames {
            inviting.handle(Millis(inviter.now_ms), &mut inviter.invitations, &frame);
        }
        let last = std::iter::from_fn(|| inviting.poll()).last();
        assert_eq!(last, Some(InviterOutput::Failed(Failure::Garbage)));
    }
    assert_eq!(
        inviter.join(joiner_key(1), code()),
        Ok(()),
        "none of it counted as a guess"
    );
}

#[test]
fn versions_that_have_nothing_in_common_say_so() {
    let mut inviter = Inviter::new(1);
    let versions = VersionRange { min: 2, max: 3 };
    let start = JoinMessage::Start {
        versions,
        number: 7,
        nonce: [0; 32],
    }
    .encode();
    let mut inviting = InviterHandshake::new(INVITER, joiner_key(1), [[1; 32], [2; 32]]);
    inviting.handle(Millis(1), &mut inviter.invitations, &start);
    let last = std::iter::from_fn(|| inviting.poll()).last();
    assert_eq!(last, Some(InviterOutput::Failed(Failure::Incompatible)));
}

#[test]
fn who_is_refused_hears_it() {
    let mut inviter = Inviter::new(1);
    inviter.now_ms = 1000;
    let mut pair = inviter.begin(joiner_key(1), code());
    let mut ends = Vec::new();
    for _ in 0..20 {
        pair.pass_joiners(&mut inviter);
        match pair.inviting.poll() {
            Some(InviterOutput::Send(frame)) => pair.joining.handle(&frame),
            Some(InviterOutput::Requested { .. }) => pair.inviting.refuse(),
            Some(InviterOutput::Failed(failure)) => ends.push(failure),
            Some(InviterOutput::Done(_)) | None => {}
        }
    }
    assert_eq!(
        (pair.ended, ends),
        (Some(Err(Failure::Refused)), vec![Failure::Refused])
    );
}

#[test]
fn a_newcomer_may_decline_what_it_is_offered() {
    let mut inviter = Inviter::new(1);
    inviter.now_ms = 1000;
    let mut pair = inviter.begin(joiner_key(1), code());
    let mut ends = Vec::new();
    for _ in 0..20 {
        match pair.joining.poll() {
            Some(JoinerOutput::Send(frame)) => {
                pair.inviting
                    .handle(Millis(1000), &mut inviter.invitations, &frame)
            }
            Some(JoinerOutput::Welcomed(_)) => pair.joining.decline(),
            Some(JoinerOutput::Failed(failure)) => ends.push(failure),
            Some(JoinerOutput::Finished) | None => {}
        }
        match pair.inviting.poll() {
            Some(InviterOutput::Send(frame)) => pair.joining.handle(&frame),
            Some(InviterOutput::Requested { .. }) => pair.inviting.welcome(&welcome()),
            Some(InviterOutput::Failed(failure)) => ends.push(failure),
            Some(InviterOutput::Done(_)) | None => {}
        }
    }
    assert_eq!(ends, [Failure::Refused; 2]);
}
