//! The local control channel: what the owner of a data folder answers to a program of the same person.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;

use serde_json::{Value, json};

use crate::computer::Computer;
use crate::wait::until_some;

/// Asks for an operation of the service, which must succeed.
#[must_use]
pub fn ask(computer: &Computer, operation: &str, input: &Value) -> Value {
    let mut stream = until_some("the folder's owner can be spoken to", 30, || {
        let lock = std::fs::read_to_string(computer.data_dir().join("lock")).ok()?;
        UnixStream::connect(lock.lines().nth(1)?).ok()
    });
    let request = json!({"operation": operation, "input": input});
    writeln!(stream, "{request}").unwrap();
    for line in BufReader::new(stream).lines() {
        let mut reply: Value = serde_json::from_str(&line.unwrap()).unwrap();
        assert!(reply["error"].is_null(), "{operation} {input}: {reply}");
        if reply.get("ok").is_some() {
            return reply["ok"].take();
        }
    }
    panic!("{operation}: no answer");
}
