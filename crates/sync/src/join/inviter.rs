//! The inviter's end of the handshake.

use std::collections::VecDeque;

use rota_model::id::AuthorKey;

use super::{
    crypto::{Exchange, Setting, SharedKey, Side},
    invitation::{Invitations, TryId},
    message::{Failure, Grant, JoinMessage, Request, Welcome, decode_grants, sealed},
};
use crate::{
    input::Millis,
    version::{JOIN_VERSIONS, VersionRange},
};

/// What the inviter's end asks of its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InviterOutput {
    /// Send this frame.
    Send(Vec<u8>),
    /// Somebody with the right words wants in. Admit the computer, and when that is durable call
    /// [`InviterHandshake::welcome`]; or [`InviterHandshake::refuse`].
    Requested {
        /// The number of the invitation.
        number: u32,
        /// Who.
        request: Request,
    },
    /// The newcomer is in, and admitted this computer to these spaces of its own. Begin to take them, then call
    /// [`InviterHandshake::finish`].
    Done(Vec<Grant>),
    /// It did not work; close.
    Failed(Failure),
}

/// The inviter's end with one newcomer. Feed it frames, drain [`InviterHandshake::poll`], and call
/// [`InviterHandshake::closed`] when the connection is gone.
pub struct InviterHandshake {
    me: AuthorKey,
    joiner: AuthorKey,
    nonce: [u8; 32],
    random: [u8; 32],
    number: u32,
    state: State,
    outputs: VecDeque<InviterOutput>,
}

enum State {
    Start,
    Prove(TryId, Box<Exchange>),
    Request(SharedKey),
    /// The owner is at work.
    Admitting(SharedKey),
    /// With whether the newcomer is another computer of the same person.
    Done(SharedKey, bool),
    Finishing(SharedKey),
    Over,
}

impl InviterHandshake {
    /// Waits for what `joiner` says, whose key the transport has proved. `random` is fresh: 32 bytes for the nonce, which
    /// is sent, and 32 that stay here.
    #[must_use]
    pub fn new(me: AuthorKey, joiner: AuthorKey, random: [[u8; 32]; 2]) -> Self {
        let [nonce, random] = random;
        Self {
            me,
            joiner,
            nonce,
            random,
            number: 0,
            state: State::Start,
            outputs: VecDeque::new(),
        }
    }

    /// Takes a frame of the newcomer's.
    pub fn handle<T>(&mut self, now: Millis, invitations: &mut Invitations<T>, frame: &[u8]) {
        let message = match JoinMessage::decode(frame) {
            Ok(JoinMessage::Unknown(_)) => return,
            Ok(JoinMessage::Failed(failure)) => {
                self.closed(invitations);
                self.outputs
                    .push_back(InviterOutput::Failed(failure.unwrap_or(Failure::Refused)));
                return;
            }
            Ok(message) => message,
            Err(_) => return self.break_off(invitations),
        };
        match (std::mem::replace(&mut self.state, State::Over), message) {
            (
                State::Start,
                JoinMessage::Start {
                    versions,
                    number,
                    nonce,
                },
            ) => {
                self.on_start(now, invitations, versions, number, nonce);
            }
            (State::Prove(id, exchange), JoinMessage::Prove { pake, mac }) => {
                self.on_prove(now, invitations, id, *exchange, (&pake, mac));
            }
            (
                State::Request(key),
                JoinMessage::Sealed {
                    kind: sealed::REQUEST,
                    body,
                    mac,
                },
            ) => {
                let authentic = key.opens(Side::Joiner, sealed::REQUEST, &body, mac);
                match Request::decode(&body) {
                    Ok(request) if authentic => {
                        self.outputs.push_back(InviterOutput::Requested {
                            number: self.number,
                            request,
                        });
                        self.state = State::Admitting(key);
                    }
                    _ => self.fail(Failure::Garbage),
                }
            }
            (
                State::Done(key, mine),
                JoinMessage::Sealed {
                    kind: sealed::DONE,
                    body,
                    mac,
                },
            ) => {
                let authentic = key.opens(Side::Joiner, sealed::DONE, &body, mac);
                match decode_grants(&body) {
                    // Nobody else's spaces are taken because of an invitation of one's own.
                    Ok(grants) if authentic && (mine || grants.is_empty()) => {
                        self.outputs.push_back(InviterOutput::Done(grants));
                        self.state = State::Finishing(key);
                    }
                    _ => self.fail(Failure::Garbage),
                }
            }
            (State::Over, _) => {}
            (other, _) => {
                self.state = other;
                self.break_off(invitations);
            }
        }
    }

    /// Lets the newcomer in: it is admitted, durably.
    pub fn welcome(&mut self, welcome: &Welcome) {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Admitting(key) => {
                self.send_sealed(&key, sealed::WELCOME, welcome.encode());
                self.state = State::Done(key, welcome.mine);
            }
            other => self.state = other,
        }
    }

    /// Does not let the newcomer in.
    pub fn refuse(&mut self) {
        self.fail(Failure::Refused);
    }

    /// Tells the newcomer that nothing is left to do.
    pub fn finish(&mut self) {
        if let State::Finishing(key) = std::mem::replace(&mut self.state, State::Over) {
            self.send_sealed(&key, sealed::FINISHED, Vec::new());
        }
    }

    /// The connection is gone.
    pub fn closed<T>(&mut self, invitations: &mut Invitations<T>) {
        if let State::Prove(id, _) = std::mem::replace(&mut self.state, State::Over) {
            invitations.abandoned(id);
        }
    }

    /// The next thing to do.
    pub fn poll(&mut self) -> Option<InviterOutput> {
        self.outputs.pop_front()
    }

    fn on_start<T>(
        &mut self,
        now: Millis,
        invitations: &mut Invitations<T>,
        versions: VersionRange,
        number: u32,
        joiner_nonce: [u8; 32],
    ) {
        let Some(version) = JOIN_VERSIONS.common(versions) else {
            return self.fail(Failure::Incompatible);
        };
        let (id, code) = match invitations.begin(number, self.joiner, now) {
            Ok(begun) => begun,
            Err(failure) => return self.fail(failure),
        };
        self.number = number;
        let setting = Setting {
            version,
            number,
            joiner: self.joiner,
            inviter: self.me,
            joiner_nonce,
            inviter_nonce: self.nonce,
        };
        let Some(exchange) = Exchange::begin(setting, Side::Inviter, code.password(), self.random)
        else {
            invitations.abandoned(id);
            return self.fail(Failure::Garbage);
        };
        let answer = JoinMessage::Answer {
            version,
            nonce: self.nonce,
            pake: exchange.message(),
        };
        self.outputs.push_back(InviterOutput::Send(answer.encode()));
        self.state = State::Prove(id, Box::new(exchange));
    }

    fn on_prove<T>(
        &mut self,
        now: Millis,
        invitations: &mut Invitations<T>,
        id: TryId,
        exchange: Exchange,
        (pake, mac): (&[u8; 33], [u8; 32]),
    ) {
        // A try that took too long is not counted any more, so it must not be told whether it was right.
        if !invitations.is_open(id, now) {
            return self.fail(Failure::Expired);
        }
        let key = exchange
            .finish(pake)
            .filter(|key| key.confirms(Side::Joiner, mac));
        let Some(key) = key else {
            // Whoever guesses knows already how many tries there are; it is worth telling those who mistyped.
            let tries_left = invitations.failed(id);
            return self.fail(Failure::WrongCode { tries_left });
        };
        if let Err(failure) = invitations.proved(id, now) {
            return self.fail(failure);
        }
        let confirm = JoinMessage::Confirm {
            mac: key.confirmation(Side::Inviter),
        };
        self.outputs
            .push_back(InviterOutput::Send(confirm.encode()));
        self.state = State::Request(key);
    }

    fn send_sealed(&mut self, key: &SharedKey, kind: u64, body: Vec<u8>) {
        let mac = key.seal(Side::Inviter, kind, &body);
        self.outputs.push_back(InviterOutput::Send(
            JoinMessage::Sealed { kind, body, mac }.encode(),
        ));
    }

    fn break_off<T>(&mut self, invitations: &mut Invitations<T>) {
        self.closed(invitations);
        self.fail(Failure::Garbage);
    }

    fn fail(&mut self, failure: Failure) {
        self.state = State::Over;
        self.outputs.push_back(InviterOutput::Send(
            JoinMessage::Failed(Some(failure)).encode(),
        ));
        self.outputs.push_back(InviterOutput::Failed(failure));
    }
}
