//! Two computers on this machine that share a space.

use crate::computer::Computer;

/// Anna's computer with the space `Home`, and Ben's, which has joined it by address. Both run, without discovery.
#[derive(Debug)]
pub struct Pair {
    /// Anna's.
    pub a: Computer,
    /// Ben's.
    pub b: Computer,
    /// Where A listens.
    pub address: String,
}

impl Pair {
    /// Starts and joins them.
    #[must_use]
    pub fn start() -> Self {
        let (mut a, mut b) = (
            Computer::new("a-desk", "Anna"),
            Computer::new("b-laptop", "Ben"),
        );
        let address = Computer::loopback_address(&a.start(&["--no-discovery"]));
        b.start(&["--no-discovery"]);
        a.ok(&["spaces", "add", "Home"]);
        let invitation = a.json(&["invite", "Home"]);
        b.ok(&[
            "join",
            invitation["code"].as_str().unwrap(),
            "--address",
            &address,
        ]);
        Self { a, b, address }
    }
}
