//! Joining: `/rota/join/1`, the conversation by which a newcomer gets in with an invite code.
//!
//! The words of the code go into SPAKE2, bound to both computers' keys (which the transport has proved) and to fresh
//! nonces. Both show that they came to the same key before anything else is said; what is said then is authenticated
//! by it. An inviter counts tries in [`Invitations`].
//!
//! ```text
//! joiner                                   inviter
//! Start {versions, number, nonce}    ->
//!                                    <-    Answer {version, nonce, pake}      or Failed
//! Prove {pake, mac}                  ->
//!                                    <-    Confirm {mac}                      or Failed
//! Request {who I am}                 ->                                       [the inviter's owner admits]
//!                                    <-    Welcome {person, grants}           or Failed
//! Done {grants of the joiner}        ->                                       [the joiner's owner admits, if `mine`]
//!                                    <-    Finished
//! ```

mod code;
mod crypto;
mod invitation;
mod inviter;
mod joiner;
mod message;
mod words;

pub use code::{CodeError, InviteCode};
pub use invitation::{Invitation, Invitations, OpenError, Terms, TryId};
pub use inviter::{InviterHandshake, InviterOutput};
pub use joiner::{JoinerHandshake, JoinerOutput};
pub use message::{Failure, Grant, JoinMessage, Request, Welcome};
