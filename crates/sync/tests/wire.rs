//! Bytes on the wire: golden vectors, and what must happen to bytes that are none.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use proptest::prelude::*;
use rota_model::{
    digest::Digest,
    frontier::Head,
    id::{AuthorKey, Chain, EntityId, Incarnation, OpId, SpaceId},
    limits::{
        BATCH_MAX_OPS, FRAME_MAX_BYTES, MESSAGE_MAX_HEADS, MESSAGE_MAX_SPACES,
        PAYLOAD_ACCEPTED_MAX_BYTES,
    },
    op::{ComputerKey, Flags, Op, Place},
    stamp::Time,
};
use rota_sync::{
    join::{Failure, JoinMessage},
    message::{HeadsUpdate, Hello, Message, OpsBatch, PartOfFrontier, Presence, SpaceSummary},
    run,
    version::VersionRange,
};

const SPACE: SpaceId = SpaceId([0x5a; 32]);

fn head(author: u8, incarnation: u64, counter: u64) -> Head {
    let chain = Chain {
        author: AuthorKey([author; 32]),
        incarnation: Incarnation(incarnation),
    };
    Head {
        chain,
        counter,
        op: OpId([author ^ 0xff; 32]),
    }
}

fn heads() -> HeadsUpdate {
    HeadsUpdate {
        space: SPACE,
        heads: vec![head(1, 10, 3), head(1, u64::MAX, 4), head(2, 0, 1 << 33)],
    }
}

/// A chain of `count` ops in one space, beginning with the space's founding op.
fn chain(count: u64) -> Vec<Op> {
    let key = ComputerKey::from_seed([9; 32]);
    let mut ops: Vec<Op> = Vec::new();
    for counter in 1..=count {
        let (space, previous) = ops.last().map_or((SpaceId::ZERO, OpId::ZERO), |last| {
            (ops[0].space(), last.id)
        });
        let time = Time::new(1_790_000_000_000 + counter, 7);
        let place = Place {
            space,
            incarnation: Incarnation(77),
            counter,
            previous,
            time,
        };
        let flags = if counter == 1 {
            Flags::MEMBERSHIP
        } else {
            Flags::WRITES
        };
        ops.push(key.sign(flags, place, vec![0x81, counter as u8 & 0x17]));
    }
    ops
}

fn messages() -> Vec<(&'static str, Message)> {
    let ops = chain(3);
    let summary = SpaceSummary {
        space: SPACE,
        frontier: [0x11; 32],
        digest: Digest(u128::MAX - 2),
    };
    let chain = head(3, 4, 1).chain;
    vec![
        (
            "hello",
            Message::Hello(Hello {
                versions: VersionRange { min: 1, max: 1 },
                rules: 1,
                boot: 0x0102_0304_0506_0708,
                wall_ms: 1_790_000_000_000,
                name: "Küche".into(),
                spaces: vec![summary],
            }),
        ),
        ("announce", Message::Announce(vec![summary])),
        (
            "frontier",
            Message::Frontier(PartOfFrontier {
                space: SPACE,
                first: true,
                last: false,
                heads: heads().heads,
            }),
        ),
        ("heads", Message::Heads(heads())),
        (
            "pull",
            Message::Pull {
                number: 5,
                changed: heads(),
            },
        ),
        (
            "pull_stop",
            Message::PullStop {
                space: SPACE,
                number: 5,
            },
        ),
        (
            "ops",
            Message::Ops(OpsBatch {
                space: ops[0].space(),
                batch: 300,
                pull: 5,
                ops,
            }),
        ),
        (
            "pull_end",
            Message::PullEnd {
                space: SPACE,
                number: 5,
            },
        ),
        (
            "ack",
            Message::Ack {
                batch: 300,
                heads: heads(),
            },
        ),
        (
            "links",
            Message::Links {
                space: SPACE,
                members: vec![AuthorKey([1; 32]), AuthorKey([2; 32])],
            },
        ),
        ("removed", Message::Removed { space: SPACE }),
        (
            "again",
            Message::Again {
                space: SPACE,
                number: 6,
                chain,
                from: 12,
            },
        ),
        (
            "bye",
            Message::Bye {
                code: 2,
                text: "no message".into(),
            },
        ),
        (
            "presence",
            Message::Presence {
                space: SPACE,
                presence: Presence {
                    list: Some(EntityId([0x21; 16])),
                    task: None,
                    open_ms: 61_000,
                    typing: true,
                    on_it: vec![(EntityId([0x22; 16]), 0), (EntityId([0x23; 16]), 3_600_000)],
                },
            },
        ),
        (
            "presence_none",
            Message::Presence {
                space: SPACE,
                presence: Presence::default(),
            },
        ),
    ]
}

fn join_messages() -> Vec<(&'static str, JoinMessage)> {
    let versions = VersionRange { min: 1, max: 1 };
    vec![
        (
            "join_start",
            JoinMessage::Start {
                versions,
                number: 7,
                nonce: [1; 32],
            },
        ),
        (
            "join_answer",
            JoinMessage::Answer {
                version: 1,
                nonce: [2; 32],
                pake: [3; 33],
            },
        ),
        (
            "join_prove",
            JoinMessage::Prove {
                pake: [4; 33],
                mac: [5; 32],
            },
        ),
        ("join_confirm", JoinMessage::Confirm { mac: [6; 32] }),
        (
            "join_sealed",
            JoinMessage::Sealed {
                kind: 4,
                body: vec![7; 3],
                mac: [8; 32],
            },
        ),
        ("join_failed", JoinMessage::Failed(Some(Failure::Burnt))),
        (
            "join_failed_tries",
            JoinMessage::Failed(Some(Failure::WrongCode {
                tries_left: Some(4),
            })),
        ),
    ]
}

fn golden(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(format!("{name}.hex"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(16)).collect();
    digits
        .chunks(2)
        .map(|pair| (pair[0] * 16 + pair[1]) as u8)
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn messages_have_the_bytes_that_they_always_had() {
    for (name, message) in messages() {
        assert_eq!(hex(&message.encode()), hex(&golden(name)), "{name}");
        assert_eq!(Message::decode(&golden(name)).unwrap(), message, "{name}");
    }
    for (name, message) in join_messages() {
        assert_eq!(hex(&message.encode()), hex(&golden(name)), "{name}");
        assert_eq!(
            JoinMessage::decode(&golden(name)).unwrap(),
            message,
            "{name}"
        );
    }
}

#[test]
fn how_many_tries_are_left_may_be_missing_and_is_never_more_than_there_are() {
    let failed = |tries_left| JoinMessage::Failed(Some(Failure::WrongCode { tries_left }));
    assert_eq!(
        JoinMessage::decode(&failed(None).encode()).unwrap(),
        failed(None)
    );
    assert_eq!(failed(None).encode()[0], 0x83);
    assert_eq!(
        JoinMessage::decode(&failed(Some(5)).encode()).unwrap(),
        failed(None)
    );
    let mut bytes = failed(Some(4)).encode();
    *bytes.last_mut().unwrap() = 0xf6;
    assert!(JoinMessage::decode(&bytes).is_err(), "no number");
}

#[test]
fn ops_come_out_of_runs_as_they_were_signed() {
    let ops = chain(40);
    let batch = OpsBatch {
        space: ops[0].space(),
        batch: 1,
        pull: 0,
        ops: ops.clone(),
    };
    let Message::Ops(read) = Message::decode(&Message::Ops(batch).encode()).unwrap() else {
        panic!("ops")
    };
    assert_eq!(read.ops, ops);
    assert!(read.ops.iter().all(|op| op.check().is_ok()));
}

#[test]
fn a_run_costs_little_beside_its_payloads_and_signatures() {
    let ops = chain(500);
    let bare: usize = ops
        .iter()
        .map(|op| op.payload.len() + op.signature.len())
        .sum();
    let batch = OpsBatch {
        space: ops[0].space(),
        batch: 1,
        pull: 0,
        ops,
    };
    let length = Message::Ops(batch).encode().len();
    assert!(length < bare + 500 * 16 + 200, "{length} for {bare}");
}

/// What a later version may add: elements behind the known ones, at each level, and messages of other numbers.
#[test]
fn what_later_versions_add_is_skipped() {
    let with_more = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        bytes[0] += 1;
        bytes.extend([0x82, 0x01, 0xa1, 0x61, b'x', 0xf6]);
        bytes
    };
    for (name, message) in messages() {
        assert_eq!(
            Message::decode(&with_more(&message.encode())).unwrap(),
            message,
            "{name}"
        );
    }
    for (name, message) in join_messages() {
        assert_eq!(
            JoinMessage::decode(&with_more(&message.encode())).unwrap(),
            message,
            "{name}"
        );
    }
    assert_eq!(
        Message::decode(&[0x82, 0x18, 0x63, 0x80]).unwrap(),
        Message::Unknown(0x63)
    );
    assert_eq!(
        JoinMessage::decode(&[0x82, 0x18, 0x63, 0x80]).unwrap(),
        JoinMessage::Unknown(0x63)
    );
    // A summary with a fourth element.
    let summary = SpaceSummary {
        space: SPACE,
        frontier: [0x11; 32],
        digest: Digest(3),
    };
    let mut bytes = Message::Announce(vec![summary]).encode();
    assert_eq!(bytes[3], 0x83);
    bytes[3] = 0x84;
    bytes.push(0xf6);
    assert_eq!(
        Message::decode(&bytes).unwrap(),
        Message::Announce(vec![summary])
    );
}

#[test]
fn every_cut_of_every_message_is_refused() {
    for (name, message) in messages() {
        let bytes = message.encode();
        for length in 0..bytes.len() {
            assert!(
                Message::decode(&bytes[..length]).is_err(),
                "{name} cut to {length}"
            );
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert!(
            Message::decode(&longer).is_err(),
            "{name} with a byte behind it"
        );
    }
}

#[test]
fn claimed_lengths_and_nesting_end_in_an_error() {
    let claims: [&[u8]; 8] = [
        &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00],
        &[
            0x82, 0x01, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        ],
        &[0x82, 0x01, 0x9a, 0x00, 0x00, 0x03, 0xe8],
        &[
            0x82, 0x0a, 0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        ],
        &[0x9f, 0x0a, 0xff],
        &[0x80],
        &[0x81, 0x20],
        &[],
    ];
    for claim in claims {
        assert!(Message::decode(claim).is_err(), "{claim:02x?}");
        assert!(JoinMessage::decode(claim).is_err(), "{claim:02x?}");
    }
    for opener in [0x81, 0x9f, 0xa1, 0xbf, 0xc1, 0x82, 0x5f] {
        let mut bomb = vec![0x82, 0x18, 0x63];
        bomb.resize(FRAME_MAX_BYTES, opener);
        assert!(Message::decode(&bomb).is_err(), "{opener:02x}");
        assert!(JoinMessage::decode(&bomb).is_err(), "{opener:02x}");
    }
}

#[test]
fn more_than_the_protocol_allows_is_refused() {
    let summary = SpaceSummary {
        space: SPACE,
        frontier: [0; 32],
        digest: Digest(0),
    };
    assert!(
        Message::decode(&Message::Announce(vec![summary; MESSAGE_MAX_SPACES]).encode()).is_ok()
    );
    assert!(
        Message::decode(&Message::Announce(vec![summary; MESSAGE_MAX_SPACES + 1]).encode())
            .is_err()
    );
    let many = |count: usize| HeadsUpdate {
        space: SPACE,
        heads: (0..count).map(|n| head(n as u8, 1, 1)).collect(),
    };
    assert!(Message::decode(&Message::Heads(many(MESSAGE_MAX_HEADS)).encode()).is_ok());
    assert!(Message::decode(&Message::Heads(many(MESSAGE_MAX_HEADS + 1)).encode()).is_err());
    let ops = chain(BATCH_MAX_OPS as u64 + 1);
    let batch = |ops: &[Op]| {
        Message::Ops(OpsBatch {
            space: ops[0].space(),
            batch: 1,
            pull: 0,
            ops: ops.to_vec(),
        })
    };
    assert!(Message::decode(&batch(&ops[..BATCH_MAX_OPS]).encode()).is_ok());
    assert!(Message::decode(&batch(&ops).encode()).is_err());
}

#[test]
fn an_op_of_another_space_is_refused() {
    let ops = chain(3);
    for ops in [ops.clone(), ops[1..].to_vec()] {
        let batch = OpsBatch {
            space: SPACE,
            batch: 1,
            pull: 0,
            ops,
        };
        let read = Message::decode(&Message::Ops(batch).encode());
        // The space is not on the wire for each op: another one gives other ids, and no signature holds.
        let broken = read.map(|message| match message {
            Message::Ops(batch) => batch.ops.iter().all(|op| op.check().is_err()),
            _ => false,
        });
        assert!(broken.unwrap_or(true));
    }
}

#[test]
fn batches_fit_a_frame_whatever_the_payloads() {
    let key = ComputerKey::from_seed([9; 32]);
    let sizes = [
        PAYLOAD_ACCEPTED_MAX_BYTES,
        0,
        PAYLOAD_ACCEPTED_MAX_BYTES,
        400_000,
        400_000,
        300_000,
    ];
    let small = std::iter::repeat_n(1_000, 1_700);
    let ops: Vec<Op> = sizes
        .into_iter()
        .chain(small)
        .map(|size| {
            let time = Time::new(1, 0);
            let place = Place {
                space: SPACE,
                incarnation: Incarnation(1),
                counter: 9,
                previous: OpId([1; 32]),
                time,
            };
            key.sign(Flags::WRITES, place, vec![0; size])
        })
        .collect();
    let batches = run::batches(ops.clone());
    assert_eq!(batches.concat(), ops);
    for ops in batches {
        assert!((1..=BATCH_MAX_OPS).contains(&ops.len()));
        let length = Message::Ops(OpsBatch {
            space: SPACE,
            batch: u64::MAX,
            pull: u64::MAX,
            ops,
        })
        .encode()
        .len();
        assert!(length <= FRAME_MAX_BYTES, "{length}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_message_or_an_error(bytes: Vec<u8>) {
        let _ = Message::decode(&bytes);
        let _ = JoinMessage::decode(&bytes);
    }

    #[test]
    fn a_message_with_changed_bytes_is_a_message_or_an_error(
        which in 0..13usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = messages()[which].1.encode();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(message) = Message::decode(&bytes) {
            // What was read can be said again and means the same.
            prop_assert_eq!(Message::decode(&message.encode()).unwrap(), message);
        }
    }

    #[test]
    fn heads_come_back(
        heads in prop::collection::vec((any::<u8>(), any::<u64>(), 1..u64::MAX), 0..40),
    ) {
        let heads = heads.into_iter().map(|(author, incarnation, counter)| head(author, incarnation, counter)).collect();
        let message = Message::Heads(HeadsUpdate { space: SPACE, heads });
        prop_assert_eq!(Message::decode(&message.encode()).unwrap(), message);
    }
}
