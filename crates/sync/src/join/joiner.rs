//! The newcomer's end of the handshake.

use std::collections::VecDeque;

use rota_model::{id::AuthorKey, payload::SpaceKind};

use super::{
    code::InviteCode,
    crypto::{Exchange, Setting, SharedKey, Side},
    message::{Failure, Grant, JoinMessage, Request, Welcome, encode_grants, sealed},
};
use crate::version::JOIN_VERSIONS;

/// What the newcomer's end asks of its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinerOutput {
    /// Send this frame.
    Send(Vec<u8>),
    /// The newcomer is let in. Take the granted spaces, admit the inviter's computer to one's own if `mine`, then call
    /// [`JoinerHandshake::done`]; or [`JoinerHandshake::decline`].
    Welcomed(Welcome),
    /// Both ends have all they need; close.
    Finished,
    /// It did not work; close.
    Failed(Failure),
}

/// The newcomer's end. Feed it frames, drain [`JoinerHandshake::poll`].
pub struct JoinerHandshake {
    me: AuthorKey,
    inviter: AuthorKey,
    code: InviteCode,
    request: Request,
    nonce: [u8; 32],
    random: [u8; 32],
    state: State,
    outputs: VecDeque<JoinerOutput>,
}

enum State {
    Answer,
    Confirm(SharedKey),
    Welcome(SharedKey),
    /// The owner is at work.
    Deciding(SharedKey),
    Finished(SharedKey),
    Over,
}

impl JoinerHandshake {
    /// Begins joining at `inviter`, whose key the transport has proved. `random` is fresh: 32 bytes for the nonce, which
    /// is sent, and 32 that stay here.
    #[must_use]
    pub fn new(
        me: AuthorKey,
        inviter: AuthorKey,
        code: InviteCode,
        request: Request,
        random: [[u8; 32]; 2],
    ) -> Self {
        let [nonce, random] = random;
        let start = JoinMessage::Start {
            versions: JOIN_VERSIONS,
            number: code.number(),
            nonce,
        };
        let outputs = VecDeque::from([JoinerOutput::Send(start.encode())]);
        Self {
            me,
            inviter,
            code,
            request,
            nonce,
            random,
            state: State::Answer,
            outputs,
        }
    }

    /// Takes a frame of the inviter's.
    pub fn handle(&mut self, frame: &[u8]) {
        let message = match JoinMessage::decode(frame) {
            Ok(JoinMessage::Unknown(_)) => return,
            Ok(JoinMessage::Failed(failure)) => {
                return self.end(failure.unwrap_or(Failure::Refused));
            }
            Ok(message) => message,
            Err(_) => return self.fail(Failure::Garbage),
        };
        match (std::mem::replace(&mut self.state, State::Over), message) {
            (
                State::Answer,
                JoinMessage::Answer {
                    version,
                    nonce,
                    pake,
                },
            ) => self.on_answer(version, nonce, &pake),
            (State::Confirm(key), JoinMessage::Confirm { mac }) => {
                if !key.confirms(Side::Inviter, mac) {
                    return self.fail(Failure::WrongCode { tries_left: None });
                }
                self.send_sealed(&key, sealed::REQUEST, self.request.encode());
                self.state = State::Welcome(key);
            }
            (
                State::Welcome(key),
                JoinMessage::Sealed {
                    kind: sealed::WELCOME,
                    body,
                    mac,
                },
            ) => {
                if !key.opens(Side::Inviter, sealed::WELCOME, &body, mac) {
                    return self.fail(Failure::Garbage);
                }
                match Welcome::decode(&body) {
                    Ok(welcome) if self.offers_too_much(&welcome) => self.fail(Failure::Refused),
                    Ok(welcome) => {
                        self.outputs.push_back(JoinerOutput::Welcomed(welcome));
                        self.state = State::Deciding(key);
                    }
                    Err(_) => self.fail(Failure::Garbage),
                }
            }
            (
                State::Finished(key),
                JoinMessage::Sealed {
                    kind: sealed::FINISHED,
                    body,
                    mac,
                },
            ) => {
                if key.opens(Side::Inviter, sealed::FINISHED, &body, mac) {
                    self.outputs.push_back(JoinerOutput::Finished);
                } else {
                    self.fail(Failure::Garbage);
                }
            }
            (State::Over, _) => {}
            _ => self.fail(Failure::Garbage),
        }
    }

    /// Tells the inviter to which spaces its computer was admitted here: all of the newcomer's if `mine`, else none.
    pub fn done(&mut self, grants: &[Grant]) {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Deciding(key) => {
                self.send_sealed(&key, sealed::DONE, encode_grants(grants));
                self.state = State::Finished(key);
            }
            other => self.state = other,
        }
    }

    /// Tells the inviter that the newcomer does not want what it was offered.
    pub fn decline(&mut self) {
        self.fail(Failure::Refused);
    }

    /// The next thing to do.
    pub fn poll(&mut self) -> Option<JoinerOutput> {
        self.outputs.pop_front()
    }

    /// Whether the inviter makes more of a code than whoever typed it could see: only one that says so joins two
    /// computers of one person, and any other lets into one shared space.
    fn offers_too_much(&self, welcome: &Welcome) -> bool {
        let one_shared =
            || matches!(&welcome.grants[..], [grant] if grant.kind == SpaceKind::Shared);
        !self.code.is_mine() && (welcome.mine || !one_shared())
    }

    fn on_answer(&mut self, version: u32, inviter_nonce: [u8; 32], pake: &[u8; 33]) {
        if !(JOIN_VERSIONS.min..=JOIN_VERSIONS.max).contains(&version) {
            return self.fail(Failure::Incompatible);
        }
        let setting = Setting {
            version,
            number: self.code.number(),
            joiner: self.me,
            inviter: self.inviter,
            joiner_nonce: self.nonce,
            inviter_nonce,
        };
        let exchange = Exchange::begin(setting, Side::Joiner, self.code.password(), self.random);
        let Some((own, key)) =
            exchange.and_then(|exchange| Some((exchange.message(), exchange.finish(pake)?)))
        else {
            return self.fail(Failure::Garbage);
        };
        let prove = JoinMessage::Prove {
            pake: own,
            mac: key.confirmation(Side::Joiner),
        };
        self.outputs.push_back(JoinerOutput::Send(prove.encode()));
        self.state = State::Confirm(key);
    }

    fn send_sealed(&mut self, key: &SharedKey, kind: u64, body: Vec<u8>) {
        let mac = key.seal(Side::Joiner, kind, &body);
        self.outputs.push_back(JoinerOutput::Send(
            JoinMessage::Sealed { kind, body, mac }.encode(),
        ));
    }

    fn fail(&mut self, failure: Failure) {
        self.outputs.push_back(JoinerOutput::Send(
            JoinMessage::Failed(Some(failure)).encode(),
        ));
        self.end(failure);
    }

    fn end(&mut self, failure: Failure) {
        self.state = State::Over;
        self.outputs.push_back(JoinerOutput::Failed(failure));
    }
}
