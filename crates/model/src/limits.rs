//! Every bound on what comes from outside, in one place, its unit last in its name.
//!
//! *Acceptance* bounds are part of the format: a computer of any version accepts what keeps them. *Writing* bounds
//! belong to this version alone and may grow.

/// Largest payload of an op that any version accepts.
pub const PAYLOAD_ACCEPTED_MAX_BYTES: usize = 1_000_000;
/// Largest payload that this version writes.
pub const PAYLOAD_WRITTEN_MAX_BYTES: usize = 256 * 1024;
/// Most cells that this version writes in one op.
pub const WRITTEN_MAX_CELLS: usize = 256;
/// Longest key of a cell, such as a tag.
pub const CELL_KEY_MAX_BYTES: usize = 64;
/// Most bases that one write may name.
pub const BASES_MAX_COUNT: usize = 64;
/// Deepest nesting of a value.
pub const CBOR_MAX_DEPTH: usize = 16;
/// Longest frame on the wire, its length prefix not counted.
pub const FRAME_MAX_BYTES: usize = 1024 * 1024;
/// Most heads that one forked chain may have.
pub const FORK_MAX_HEADS: usize = 16;
/// Most incarnations that one author key may use in a space before it is paused.
pub const AUTHOR_MAX_INCARNATIONS: usize = 1_000;
/// Bytes of ops taken from one counting author key in a day before it is paused.
pub const AUTHOR_DAY_MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Bytes of ops taken in all from an author key that does not count before it is paused.
pub const UNCOUNTED_AUTHOR_MAX_BYTES: u64 = 1024 * 1024;
/// Bytes of ops taken in all, in one space, from author keys that do not count: anyone can make as many keys as they
/// like. Even of the smallest ops that is fewer heads than [`FRONTIER_MAX_HEADS`].
pub const UNCOUNTED_SPACE_MAX_BYTES: u64 = 16 * 1024 * 1024;
/// Unacknowledged batches that a sender may have under way to one peer.
pub const BATCHES_UNDER_WAY_MAX_COUNT: usize = 4;
/// Ops in one stored batch.
pub const BATCH_MAX_OPS: usize = 500;
/// Wall clocks further apart than this are named in health.
pub const CLOCK_APART_MAX_MS: u64 = 2 * 60 * 1000;
/// Longest order key that counts as one.
pub const ORDER_KEY_MAX_BYTES: usize = 1_000;
/// Longest title of a task.
pub const TITLE_MAX_BYTES: usize = 4_000;
/// Longest name of a list, space, person or computer.
pub const NAME_MAX_BYTES: usize = 200;
/// Longest tag; a tag is the key of a cell.
pub const TAG_MAX_BYTES: usize = 60;
/// Longest notes of a task.
pub const NOTES_MAX_BYTES: usize = 200_000;
/// Longest rule of a repeating task.
pub const REPEAT_MAX_BYTES: usize = 500;
/// Largest interval and count in a rule of a repeating task.
pub const REPEAT_NUMBER_MAX_COUNT: u32 = 9_999;
/// Most times of day that a rule of a repeating task may name.
pub const REPEAT_DAY_MAX_TIMES: usize = 96;
/// Longest stored date or date-time with its zone.
pub const WHEN_MAX_BYTES: usize = 100;
/// Most chains of which a deleted list says how far they were seen; more count as not seen.
pub const LIST_SEEN_MAX_CHAINS: usize = 4_096;
/// Longest name of a draft, of a command or of a key in the settings.
pub const SETTING_TEXT_MAX_BYTES: usize = 200;
/// Most keys that the settings change.
pub const SETTINGS_KEYS_MAX_COUNT: usize = 500;
/// Most people among whom a task takes turns.
pub const ROTATION_MAX_PERSONS: usize = 100;
/// Longest text that is searched for dates, tags and names; longer text is a title as it stands.
pub const QUICK_ADD_MAX_BYTES: usize = 16_000;
/// Most tags and names read in such a text, from its end; more are title.
pub const QUICK_ADD_MAX_SIGNS: usize = 100;
/// Most things offered to complete what a person is typing.
pub const QUICK_ADD_MAX_COMPLETIONS: usize = 8;
/// Longest time before the due date at which a reminder comes, in its own unit.
pub const REMINDER_LEAD_MAX_COUNT: u32 = 9_999;
/// Inbound connections at once whose other end has not shown that it belongs here.
pub const UNAUTHENTICATED_MAX_CONNECTIONS: usize = 8;
/// Of those, from one address.
pub const UNAUTHENTICATED_PER_ADDRESS_MAX_CONNECTIONS: usize = 2;
/// Unauthenticated inbound connections at once from addresses that members are known to have, so that strangers cannot
/// keep members out.
pub const MEMBER_ADDRESS_MAX_CONNECTIONS: usize = 64;
/// Of those, from one address.
pub const MEMBER_PER_ADDRESS_MAX_CONNECTIONS: usize = 8;
/// Substreams at once in one connection, of both ends together.
pub const SUBSTREAMS_MAX_COUNT: usize = 16;
/// Bytes that one connection may hold received and unread, all substreams together.
pub const CONNECTION_UNREAD_MAX_BYTES: usize = 4 * 1024 * 1024;
/// Frames that wait in one connection for being written.
pub const SEND_QUEUE_MAX_FRAMES: usize = 4;
/// Computers whose announcements are kept at once.
pub const HINTS_MAX_COUNT: usize = 256;
/// Addresses kept of one computer.
pub const PEER_MAX_ADDRESSES: usize = 16;
/// Numbers of open invitations read from one announcement.
pub const ANNOUNCED_INVITATIONS_MAX_COUNT: usize = 16;
/// Longest name of a computer read from an announcement.
pub const ANNOUNCED_NAME_MAX_BYTES: usize = 200;
/// Spaces that one sync message may name.
pub const MESSAGE_MAX_SPACES: usize = 1_000;
/// Heads that one sync message may carry; a longer frontier goes in parts.
pub const MESSAGE_MAX_HEADS: usize = 4_096;
/// Heads of one space that a peer may tell in all.
pub const FRONTIER_MAX_HEADS: usize = 100_000;
/// Computers that one Links message may list.
pub const LINKS_MAX_COUNT: usize = 4_096;
/// Payload bytes that one read of the log for a peer aims at; one larger op may go over it.
pub const READ_BUDGET_BYTES: usize = 512 * 1024;
/// Longest text in a Bye message.
pub const BYE_TEXT_MAX_BYTES: usize = 200;
/// Chains that a peer may be asked for again, or may ask for, at once.
pub const REFETCH_MAX_CHAINS: usize = 1_000;
/// Failed tries in all that burn an invitation.
pub const INVITATION_MAX_FAILURES: u32 = 5;
/// Computers that one invitation may let in.
pub const INVITATION_MAX_USES: u32 = 1_000;
/// Longest time that an invitation may stay open.
pub const INVITATION_OPEN_MAX_MS: u64 = 7 * 24 * 60 * 60 * 1000;
/// Tries to join that are answered in any second, over all invitations.
pub const JOIN_SECOND_MAX_TRIES: usize = 2;
/// Longest that one try to join may take.
pub const JOIN_TRY_MAX_MS: u64 = 30_000;
/// Longest text that is read as an invite code.
pub const INVITE_CODE_MAX_BYTES: usize = 200;
/// Longest line on the control channel: many tasks may be added in one call.
pub const CONTROL_LINE_MAX_BYTES: usize = 256 * 1024 * 1024;
/// Callers at once on the control channel.
pub const CONTROL_MAX_CLIENTS: usize = 64;
/// Events that wait for one who watches; one that is slower has to read everything again.
pub const WATCH_WAITING_MAX_EVENTS: usize = 1_024;
/// Frames that wait for one peer; one that takes them more slowly is dropped and comes again.
pub const PEER_OUTBOX_MAX_FRAMES: usize = 512;
/// Tasks that somebody may be on at once in a space, as one presence message tells them.
pub const PRESENCE_MAX_TASKS: usize = 32;
/// How long typing shows after the last of it was heard.
pub const TYPING_SHOWN_MS: u64 = 5_000;
/// How long somebody is on a task after saying so.
pub const ON_IT_MAX_MS: u64 = 4 * 60 * 60 * 1000;
/// Longest name of a handled reminder.
pub const REMINDED_MAX_BYTES: usize = 300;
/// Reminders that are shown as due at once, the latest of them.
pub const REMINDERS_DUE_MAX_COUNT: usize = 200;
/// Tasks that one call may ask receipts for.
pub const RECEIPTS_MAX_COUNT: usize = 1_000;
