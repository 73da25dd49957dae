//! From the errors of the parts to the one error that crosses the border.

use rota_api::{ApiError, Code};
use rota_model::recurrence::RepeatError;
use rota_model::text::{TextError, TextField};
use rota_model::when::WhenError;
use rota_net::NetError;
use rota_store::{NotAllowed, StoreError};

/// What the database said, with what to do about it.
pub(crate) fn from_store(error: StoreError) -> ApiError {
    let message = chain(&error);
    match error {
        StoreError::Busy => {
            ApiError::new(Code::Busy, message).with_hint("try again in a moment; nothing was changed")
        }
        StoreError::Closed => ApiError::new(Code::NotRunning, "the data folder is being closed")
            .with_hint("try again"),
        StoreError::Full(_) => ApiError::new(Code::DiskFull, "the disk is full")
            .with_hint("make room on the disk; nothing was lost"),
        StoreError::ReadOnly(_) => ApiError::new(Code::ReadOnly, message)
            .with_hint("check who owns the data folder and whether its disk is writable"),
        StoreError::NoAccess { .. } => ApiError::new(Code::NoAccess, message)
            .with_hint("check who owns the data folder, or name another one with --data-dir DIR"),
        StoreError::Newer { .. } => ApiError::new(
            Code::NewerVersion,
            "a newer version of Rota wrote this data folder",
        )
        .with_hint("update Rota on this computer; nothing was changed"),
        StoreError::Damaged { .. } => ApiError::new(Code::Damaged, message).with_hint(
            "bring a backup back with rota restore-backup FILE, or take the tasks from another computer by rota join",
        ),
        StoreError::NotAllowed { why, .. } => not_allowed(why),
        StoreError::NotFound(_) => ApiError::new(Code::NotFound, message),
        StoreError::Limit { .. } => {
            ApiError::new(Code::TooLarge, message).with_hint("make it smaller, or make several of it")
        }
        StoreError::NoBackup => ApiError::new(Code::InvalidInput, message)
            .with_hint("name a file that rota backup wrote")
            .with_field("file"),
        _ => ApiError::new(Code::Failed, message),
    }
}

/// Why this computer may not write in a space.
pub(crate) fn not_allowed(why: NotAllowed) -> ApiError {
    match why {
        NotAllowed::NotMember => ApiError::new(
            Code::NotAllowed,
            "this computer is not a member of the space",
        )
        .with_hint("ask an owner of the space for an invitation"),
        NotAllowed::Removed => {
            ApiError::new(Code::Removed, "this computer was removed from the space")
                .with_hint("what it had can still be read; ask an owner for a new invitation")
        }
        NotAllowed::Viewer => ApiError::new(Code::NotAllowed, "a viewer may only read this space")
            .with_hint("ask an owner of the space for the role of an editor"),
    }
}

/// What was just written does not count: the removal arrived between the commit and the look at what came of it.
pub(crate) fn cut_off() -> ApiError {
    ApiError::new(
        Code::Removed,
        "this computer was removed from the space while the change was made",
    )
    .with_hint("what it had can still be read; ask an owner for a new invitation")
}

/// What the network said.
pub(crate) fn from_net(error: &NetError) -> ApiError {
    let message = chain(error);
    match error {
        NetError::Address { .. } => ApiError::new(Code::InvalidInput, message)
            .with_hint("write host:port or a multiaddr such as /ip4/192.168.1.5/tcp/4001")
            .with_field("address"),
        NetError::Resolve { .. } => ApiError::new(Code::Unreachable, message)
            .with_hint("check the name, or give the address in numbers"),
        NetError::TimedOut { .. } => ApiError::new(Code::Timeout, message)
            .with_hint("check that the other computer is on and that no firewall is between"),
        NetError::NoSuchInvitation(_) => ApiError::new(
            Code::Unreachable,
            "no computer on this network has this invitation open",
        )
        .with_hint("check the number before the words, or give the address with --address"),
        NetError::OwnKey { .. } => ApiError::new(Code::Failed, message).with_hint(
            "if this folder was copied from another computer, rota rekey makes it one of its own",
        ),
        NetError::OtherComputer { .. } => ApiError::new(Code::Unreachable, message)
            .with_hint("the address has gone to another computer; ask for the present one"),
        NetError::Refused => ApiError::new(Code::NotAllowed, message)
            .with_hint("the two computers share no space; join one with an invite code first"),
        NetError::Key(_) | NetError::FrameTooLong { .. } => ApiError::new(Code::Internal, message),
        NetError::ShutDown => ApiError::new(Code::NotRunning, message).with_hint("try again"),
        _ => ApiError::new(Code::Unreachable, message)
            .with_hint("check that the other computer is on and that no firewall is between"),
    }
}

/// Why a text of a person cannot be kept.
pub(crate) fn from_text(error: &TextError) -> ApiError {
    let code = match error {
        TextError::TooLong { .. } => Code::TooLarge,
        TextError::Empty { .. } | TextError::Nul { .. } => Code::InvalidInput,
    };
    let field = match error.field() {
        TextField::Title => "title",
        TextField::Notes => "notes",
        TextField::Tag => "tag",
        TextField::Name => "name",
    };
    ApiError::new(code, error.to_string())
        .with_hint(error.hint())
        .with_field(field)
}

/// Why a text is no date.
pub(crate) fn from_when(error: &WhenError, field: &str) -> ApiError {
    ApiError::new(Code::InvalidInput, error.to_string())
        .with_hint(error.hint())
        .with_field(field)
}

/// Why a text is no rule.
pub(crate) fn from_repeat(error: &RepeatError) -> ApiError {
    ApiError::new(Code::InvalidInput, error.to_string())
        .with_hint(error.hint())
        .with_field("repeat")
}

/// An error with its causes, in one sentence.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        if !message.ends_with(&text) {
            message.push_str(": ");
            message.push_str(&text);
        }
        source = cause.source();
    }
    message
}

/// A part of this program ended in the middle.
pub(crate) fn broken(what: impl std::fmt::Display) -> ApiError {
    ApiError::new(
        Code::Internal,
        format!("something broke inside Rota: {what}"),
    )
    .with_hint("try again; if it comes back, start Rota anew")
}
