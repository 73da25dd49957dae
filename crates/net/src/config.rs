//! What a [`Net`](crate::Net) is started with.

use std::time::Duration;

/// What a [`Net`](crate::Net) is started with.
#[derive(Clone, Debug)]
pub struct NetConfig {
    /// Seed of the Ed25519 key that this computer also signs ops with.
    pub key: [u8; 32],
    /// TCP port to listen at; 0 takes any free one.
    pub listen_port: u16,
    /// Whether to announce this computer and look for others over mDNS.
    pub discovery: bool,
    /// The name that announcements carry.
    pub computer_name: String,
    /// A random number of this start of the program; tells a copied folder's twin from oneself.
    pub boot: u64,
    /// How long things may take.
    pub timings: Timings,
}

impl NetConfig {
    /// A configuration with any free port, discovery on and the usual timings.
    #[must_use]
    pub fn new(key: [u8; 32], boot: u64, computer_name: impl Into<String>) -> Self {
        Self {
            key,
            listen_port: 0,
            discovery: true,
            computer_name: computer_name.into(),
            boot,
            timings: Timings::default(),
        }
    }
}

/// How long things may take. The defaults are what ships; tests make them shorter or longer.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// From an accepted or dialled socket to an authenticated connection, and from there to an open sync substream.
    pub handshake: Duration,
    /// From an accepted socket to a proof of the code, for computers that are no members.
    pub stranger: Duration,
    /// What a proved newcomer has to finish joining.
    pub joining: Duration,
    /// Between two pings of a quiet connection.
    pub ping_interval: Duration,
    /// After which an unanswered ping ends a connection.
    pub ping_timeout: Duration,
    /// The same for a ping sent because the machine slept or an interface changed.
    pub probe_timeout: Duration,
    /// Before the first try to dial again; doubles with each failure.
    pub backoff_first: Duration,
    /// Longest wait between two tries while a computer was connected or announced lately.
    pub backoff_near: Duration,
    /// Longest wait between two tries otherwise.
    pub backoff_far: Duration,
    /// How often interfaces, clocks and a port in use are looked at.
    pub watch: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(5),
            stranger: Duration::from_secs(5),
            joining: Duration::from_secs(30),
            // A dead peer is noticed after at most one interval and one timeout: 13 s.
            ping_interval: Duration::from_secs(4),
            ping_timeout: Duration::from_secs(9),
            probe_timeout: Duration::from_secs(2),
            backoff_first: Duration::from_millis(500),
            backoff_near: Duration::from_secs(4),
            backoff_far: Duration::from_secs(30),
            watch: Duration::from_secs(1),
        }
    }
}
