//! A disk that rots under one of two computers.

use crate::computer::Home;
use crate::two::{at_home, pair};

#[tokio::test]
async fn ops_that_rotted_on_the_disk_are_fetched_again_from_the_other() {
    let pair = pair().await;
    pair.a.ask(at_home("Zebra crossing")).await;
    pair.b.until_task("Zebra crossing", |_| true).await;
    pair.b.close().await;
    rot(&pair.homes[1], b"Zebra crossing", b"Zebra cr0ssing");
    let b = pair.homes[1].start().await;
    b.until_task("Zebra crossing", |_| true).await;
    pair.a.ask(at_home("After the repair")).await;
    b.until_task("After the repair", |_| true).await;
    pair.a.close().await;
    b.close().await;
}

/// Changes bytes of a closed database, as a failing disk does.
fn rot(home: &Home, from: &[u8], to: &[u8]) {
    let path = home.path().join("rota.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let places: Vec<usize> = (0..bytes.len() - from.len())
        .filter(|n| bytes[*n..].starts_with(from))
        .collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place..place + to.len()].copy_from_slice(to);
    }
    std::fs::write(path, bytes).unwrap();
}
