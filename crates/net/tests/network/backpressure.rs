//! Who does not read stalls who sends, and nothing piles up.

use std::time::Duration;

use rota_model::limits::FRAME_MAX_BYTES;
use rota_net::NetEvent;
use tokio::time::timeout;

use crate::node::{key, pair};

/// All that may be under way between two computers: queues of both ends and what Yamux and the sockets hold.
const UNDER_WAY_MAX_FRAMES: u32 = 48;

#[tokio::test]
async fn a_reader_that_stops_stalls_the_sender_and_then_gets_everything() {
    let (one, mut two, _) = pair().await;
    let frame = |number: u32| {
        let mut frame = vec![0; FRAME_MAX_BYTES];
        frame[..4].copy_from_slice(&number.to_be_bytes());
        frame
    };
    let mut sent = 0;
    // 2 reads no events meanwhile. That sending stalls shows only by waiting.
    while let Ok(taken) = timeout(
        Duration::from_secs(4),
        one.handle.send(&key(2), frame(sent)),
    )
    .await
    {
        taken.unwrap();
        sent += 1;
        assert!(
            sent < UNDER_WAY_MAX_FRAMES,
            "memory grows with what is not read"
        );
    }
    assert!(sent >= 4, "{sent}");
    // The pause was longer than pings may take: a slow reader is not a dead one.
    assert_eq!(one.handle.connected(), [key(2)]);
    for number in 0..sent {
        assert_eq!(two.frame(1).await, frame(number));
    }
    assert!(!two.has_seen(|event| matches!(event, NetEvent::Disconnected { .. })));
}
