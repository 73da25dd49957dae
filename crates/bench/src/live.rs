//! From an add on one computer to its announcement on another, both durable.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::tempdir;

use crate::floor;
use crate::measure::Times;
use crate::processes::Computer;
use crate::table::Table;

const ADDS: u64 = 60;

pub(crate) fn run(table: &mut Table) {
    let (mut a, mut b) = (Computer::new("anna"), Computer::new("ben"));
    let address = a.start();
    b.start();
    a.json(&["spaces", "add", "Home"]);
    let invitation = a.json(&["invite", "Home"]);
    b.json(&[
        "join",
        invitation["code"].as_str().unwrap(),
        "--address",
        &address,
    ]);
    let (at_a, at_b) = (watch(&a), watch(&b));
    let mut times = Times::default();
    for n in 0..ADDS {
        let task = a.json(&[
            "add",
            "--plain",
            &crate::corpus::title(n),
            "--space",
            "Home",
        ]);
        let id = task["id"].as_str().unwrap();
        // Both hear of it from their own node after its commit, so what lies between is the way to the other.
        let (left, arrived) = (heard(&at_a, id), heard(&at_b, id));
        times.push(arrived.saturating_duration_since(left));
    }
    let (commit, trip) = (commit_ms(), round_trip_ms());
    // The first of the two commits lies before the first announcement.
    table.at_most(
        "add on A to announced on B, live, p50, beyond a commit and a round trip",
        times.median_ms() - commit - trip,
        5.0,
        " ms",
    );
    table.beside(
        "  the whole",
        format!("{:.2} ms", times.median_ms() + commit),
    );
}

fn watch(computer: &Computer) -> mpsc::Receiver<(Instant, Value)> {
    let mut child = computer
        .command(&["--json", "watch"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if sender
                .send((
                    Instant::now(),
                    serde_json::from_str::<Value>(&line).unwrap(),
                ))
                .is_err()
            {
                break;
            }
        }
        let _ = child.kill();
        let _ = child.wait();
    });
    let (_, hello) = receiver.recv_timeout(Duration::from_secs(10)).unwrap();
    assert_eq!(hello["kind"], "hello");
    receiver
}

fn heard(events: &mpsc::Receiver<(Instant, Value)>, id: &str) -> Instant {
    loop {
        let (at, event) = events.recv_timeout(Duration::from_secs(10)).unwrap();
        if event["ids"]
            .as_array()
            .is_some_and(|ids| ids.iter().any(|known| known == id))
        {
            return at;
        }
    }
}

fn commit_ms() -> f64 {
    let folder = tempdir().unwrap();
    let mut conn = floor::open(folder.path(), "floor.db");
    let mut times = Times::default();
    for n in 0..200 {
        times.call(|| floor::add_row(&mut conn, n));
    }
    times.median_ms()
}

fn round_trip_ms() -> f64 {
    use std::io::{Read, Write};
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let echo = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut byte = [0];
        while stream.read_exact(&mut byte).is_ok() {
            stream.write_all(&byte).unwrap();
        }
    });
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut times = Times::default();
    let mut byte = [0];
    for _ in 0..200 {
        times.call(|| {
            stream.write_all(&byte).unwrap();
            stream.read_exact(&mut byte).unwrap();
        });
    }
    drop(stream);
    echo.join().unwrap();
    times.median_ms()
}
