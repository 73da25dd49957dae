//! Several computers in virtual time: frames keep their order between two, and nothing else is in any order.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used)]

mod log;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub use log::Log;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use rota_model::{
    frontier::Head,
    id::{AuthorKey, Incarnation, OpId, SpaceId},
    op::{ComputerKey, Flags, Op, Place},
    stamp::Time,
};
use rota_sync::{
    AcceptId, Audience, Coordinator, Identity, Input, Millis, Now, Output, ReadId, Reading,
    SpaceState, message::Message, version::VersionRange,
};

pub struct Computer {
    pub key: ComputerKey,
    pub incarnation: Incarnation,
    pub coordinator: Coordinator,
    pub log: Log,
    pub audience: Audience,
    pub wall_ahead_ms: i64,
    /// What it was told and does not act upon.
    pub notes: Vec<Output>,
    jobs: VecDeque<Job>,
}

enum Job {
    Accept(AcceptId, Vec<Op>, bool),
    Read(ReadId, Reading, usize, usize),
    Check(AuthorKey, Vec<Head>),
    Reread,
}

pub struct World {
    pub computers: Vec<Computer>,
    pub space: SpaceId,
    pub now_ms: u64,
    /// How often each op was sent to each computer.
    pub copies: BTreeMap<(OpId, usize), usize>,
    pub frames: usize,
    /// Every frame that came to the computer that is spied on.
    pub seen: Vec<Vec<u8>>,
    spied: Option<usize>,
    /// A computer that reads nothing out of its log.
    muted: Option<usize>,
    written: u32,
    links: BTreeSet<(usize, usize)>,
    queues: BTreeMap<(usize, usize), VecDeque<Vec<u8>>>,
    rng: ChaCha8Rng,
}

const WALL_MS: i64 = 1_790_000_000_000;

impl World {
    /// So many computers that all count; the first founded the space and the others have nothing.
    pub fn new(count: usize, seed: u64) -> Self {
        Self::of(count, seed, |_| rota_sync::version::SYNC_VERSIONS)
    }

    pub fn of(count: usize, seed: u64, versions: impl Fn(usize) -> VersionRange) -> Self {
        let keys: Vec<ComputerKey> = (0..count)
            .map(|n| {
                let mut secret = [7; 32];
                secret[..8].copy_from_slice(&(n as u64 + 1).to_be_bytes());
                ComputerKey::from_seed(secret)
            })
            .collect();
        let founding = keys[0].sign(
            Flags::MEMBERSHIP,
            place(SpaceId::ZERO, 1, 1, OpId::ZERO),
            vec![0x80],
        );
        let space = founding.space();
        let members: BTreeSet<AuthorKey> = keys.iter().map(ComputerKey::public).collect();
        let computers = keys
            .into_iter()
            .enumerate()
            .map(|(n, key)| {
                let me = Identity {
                    key: key.public(),
                    name: format!("computer {n}"),
                    boot: n as u64,
                    rules: 1,
                };
                let coordinator = Coordinator::speaking(me, versions(n));
                let audience = Audience {
                    members: members.clone(),
                    ..Audience::default()
                };
                Computer {
                    key,
                    incarnation: Incarnation(1),
                    coordinator,
                    log: Log::default(),
                    audience,
                    wall_ahead_ms: 0,
                    notes: Vec::new(),
                    jobs: VecDeque::new(),
                }
            })
            .collect();
        let mut world = Self {
            computers,
            space,
            now_ms: 1000,
            copies: BTreeMap::new(),
            frames: 0,
            seen: Vec::new(),
            spied: None,
            muted: None,
            written: 0,
            links: BTreeSet::new(),
            queues: BTreeMap::new(),
            rng: ChaCha8Rng::seed_from_u64(seed),
        };
        world.computers[0].log.accept(&[founding]);
        for n in 0..count {
            world.restate(n);
        }
        world
    }

    /// Gives everyone all that anyone has.
    pub fn share(&mut self) {
        let all: Vec<Op> = self
            .computers
            .iter()
            .flat_map(|computer| computer.log.ops.clone())
            .collect();
        for n in 0..self.computers.len() {
            self.computers[n].log.accept(&all);
            self.restate(n);
        }
    }

    pub fn key(&self, n: usize) -> AuthorKey {
        self.computers[n].key.public()
    }

    /// Gives the space to the coordinator as it stands in the log.
    pub fn restate(&mut self, n: usize) {
        let computer = &self.computers[n];
        let state = SpaceState {
            space: self.space,
            seq: computer.log.seq,
            frontier: computer.log.frontier.clone(),
            digest: computer.log.digest(),
            audience: computer.audience.clone(),
        };
        self.tell(n, Input::Space(state));
    }

    pub fn connect(&mut self, a: usize, b: usize) {
        self.links.insert((a.min(b), a.max(b)));
        self.tell(a, Input::Connected(self.key(b)));
        self.tell(b, Input::Connected(self.key(a)));
    }

    pub fn connect_all(&mut self) {
        for a in 0..self.computers.len() {
            for b in 0..a {
                self.connect(a, b);
            }
        }
    }

    /// What is under way is lost.
    pub fn disconnect(&mut self, a: usize, b: usize) {
        self.links.remove(&(a.min(b), a.max(b)));
        self.queues.remove(&(a, b));
        self.queues.remove(&(b, a));
        self.tell(a, Input::Disconnected(self.key(b)));
        self.tell(b, Input::Disconnected(self.key(a)));
    }

    /// Builds the next op of a computer's chain without storing it anywhere.
    pub fn next_op(&self, n: usize, payload: Vec<u8>) -> Op {
        let computer = &self.computers[n];
        let chain = rota_model::id::Chain {
            author: computer.key.public(),
            incarnation: computer.incarnation,
        };
        let last = computer.log.frontier.of_chain(&chain).last();
        let (counter, previous) =
            last.map_or((1, self.space.into()), |head| (head.counter + 1, head.op));
        computer.key.sign(
            Flags::WRITES,
            place(self.space, computer.incarnation.0, counter, previous),
            payload,
        )
    }

    fn next_op_unlike_others(&mut self, n: usize) -> Op {
        self.written += 1;
        let payload = [&[0x1a], self.written.to_be_bytes().as_slice()].concat();
        self.next_op(n, payload)
    }

    /// A computer writes so many ops, each in a commit of its own. Their ids.
    pub fn write(&mut self, n: usize, count: usize) -> Vec<OpId> {
        (0..count)
            .map(|_| {
                let op = self.next_op_unlike_others(n);
                let result = self.computers[n].log.accept(std::slice::from_ref(&op));
                assert!(result.gaps.is_empty(), "it has its own ops");
                let (id, space) = (op.id, self.space);
                self.tell(
                    n,
                    Input::Committed {
                        space,
                        ops: vec![op],
                        change: result.change,
                    },
                );
                id
            })
            .collect()
    }

    /// A computer writes so many ops while it runs nothing.
    pub fn write_silently(&mut self, n: usize, count: usize) {
        for _ in 0..count {
            let op = self.next_op_unlike_others(n);
            self.computers[n].log.accept(&[op]);
        }
        self.restate(n);
    }

    pub fn tell(&mut self, n: usize, input: Input) {
        let wall_ms = (WALL_MS + self.now_ms as i64 + self.computers[n].wall_ahead_ms) as u64;
        let now = Now {
            at: Millis(self.now_ms),
            wall_ms,
        };
        self.computers[n].coordinator.handle(now, input);
        while let Some(output) = self.computers[n].coordinator.poll() {
            self.act(n, output);
        }
    }

    fn act(&mut self, n: usize, output: Output) {
        let jobs = &mut self.computers[n].jobs;
        match output {
            Output::Send { peer, frame } => {
                let to = self
                    .computers
                    .iter()
                    .position(|other| other.key.public() == peer)
                    .unwrap();
                if self.links.contains(&(n.min(to), n.max(to))) {
                    self.queues.entry((n, to)).or_default().push_back(frame);
                }
            }
            Output::Accept {
                id, ops, repair, ..
            } => jobs.push_back(Job::Accept(id, ops, repair)),
            Output::Read {
                id,
                reading,
                budget_bytes,
                budget_ops,
                ..
            } => {
                jobs.push_back(Job::Read(id, reading, budget_bytes, budget_ops));
            }
            Output::Check { peer, heads, .. } => jobs.push_back(Job::Check(peer, heads)),
            Output::Reread { .. } => jobs.push_back(Job::Reread),
            note => self.computers[n].notes.push(note),
        }
    }

    fn work(&mut self, n: usize) {
        let Some(job) = self.computers[n].jobs.pop_front() else {
            return;
        };
        let (space, log) = (self.space, &mut self.computers[n].log);
        let input = match job {
            Job::Accept(id, ops, repair) => {
                if repair {
                    log.rot = 0;
                }
                Input::Accepted {
                    id,
                    result: log.accept(&ops),
                }
            }
            Job::Read(..) if self.muted == Some(n) => return,
            Job::Read(id, reading, bytes, count) => {
                let (ops, next) = log.read(&reading, bytes, count);
                Input::OpsRead { id, ops, next }
            }
            Job::Check(peer, heads) => {
                let missing = heads
                    .into_iter()
                    .filter(|head| !log.has(&head.op))
                    .collect();
                Input::Checked {
                    peer,
                    space,
                    missing,
                }
            }
            Job::Reread => return self.restate(n),
        };
        self.tell(n, input);
    }

    /// Lets one thing happen, whichever; false if nothing can.
    pub fn step(&mut self) -> bool {
        let pairs: Vec<_> = self
            .queues
            .iter()
            .filter(|(_, queue)| !queue.is_empty())
            .map(|(pair, _)| *pair)
            .collect();
        let busy: Vec<_> = (0..self.computers.len())
            .filter(|n| !self.computers[*n].jobs.is_empty())
            .collect();
        let choices = pairs.len() + busy.len();
        if choices == 0 {
            return false;
        }
        let choice = self.rng.next_u64() as usize % choices;
        match pairs.get(choice) {
            Some(pair) => self.deliver(*pair),
            None => self.work(busy[choice - pairs.len()]),
        }
        true
    }

    fn deliver(&mut self, (from, to): (usize, usize)) {
        let bytes = self
            .queues
            .get_mut(&(from, to))
            .unwrap()
            .pop_front()
            .unwrap();
        assert!(
            bytes.len() <= rota_model::limits::FRAME_MAX_BYTES,
            "a frame over the limit"
        );
        self.frames += 1;
        if self.spied == Some(to) {
            self.seen.push(bytes.clone());
        }
        if let Ok(Message::Ops(batch)) = Message::decode(&bytes) {
            for op in batch.ops {
                *self.copies.entry((op.id, to)).or_default() += 1;
            }
        }
        let peer = self.key(from);
        self.tell(to, Input::Frame { peer, bytes });
    }

    /// A frame out of nowhere.
    pub fn inject(&mut self, from: usize, to: usize, bytes: Vec<u8>) {
        let peer = self.key(from);
        self.tell(to, Input::Frame { peer, bytes });
    }

    pub fn settle(&mut self) {
        for _ in 0..2_000_000 {
            if !self.step() {
                return;
            }
        }
        panic!("it does not come to rest");
    }

    /// Lets time pass, every timer on its time, and settles.
    pub fn pass(&mut self, ms: u64) {
        let end = self.now_ms + ms;
        self.settle();
        loop {
            let due = (0..self.computers.len())
                .filter_map(|n| Some((self.computers[n].coordinator.next_wake()?.0, n)))
                .min()
                .filter(|(at, _)| *at <= end);
            let Some((at, n)) = due else { break };
            self.now_ms = self.now_ms.max(at);
            self.tell(n, Input::Tick);
            self.settle();
        }
        self.now_ms = end;
    }

    /// A stopped computer's folder is replaced by an older copy, and it starts again.
    pub fn set_back(&mut self, n: usize, old: Log) {
        let computer = &mut self.computers[n];
        let seq = computer.log.seq + 1;
        let old_self = &computer.key;
        let boot = self.now_ms + 1;
        let me = Identity {
            key: old_self.public(),
            name: format!("computer {n}"),
            boot,
            rules: 1,
        };
        computer.coordinator = Coordinator::new(me);
        computer.jobs.clear();
        computer.log = Log::at(old, seq);
        self.restate(n);
    }

    pub fn spy(&mut self, n: usize) {
        self.spied = Some(n);
        self.seen.clear();
    }

    pub fn mute(&mut self, n: usize) {
        self.muted = Some(n);
    }

    pub fn is_connected(&self, a: usize, b: usize) -> bool {
        self.links.contains(&(a.min(b), a.max(b)))
    }

    pub fn sent(&self) -> usize {
        self.copies.values().sum()
    }

    pub fn assert_equal(&self) {
        let first = &self.computers[0].log;
        for (n, computer) in self.computers.iter().enumerate() {
            assert_eq!(
                computer.log.ops.len(),
                first.ops.len(),
                "ops of computer {n}"
            );
            assert_eq!(
                computer.log.frontier, first.frontier,
                "frontier of computer {n}"
            );
        }
    }

    pub fn is_synced(&self, n: usize, peer: usize) -> bool {
        let peer = self.key(peer);
        self.computers[n]
            .notes
            .iter()
            .any(|note| matches!(note, Output::Synced { peer: p, .. } if *p == peer))
    }

    pub fn drops(&self, n: usize) -> Vec<&Output> {
        self.computers[n]
            .notes
            .iter()
            .filter(|note| matches!(note, Output::Drop { .. }))
            .collect()
    }
}

fn place(space: SpaceId, incarnation: u64, counter: u64, previous: OpId) -> Place {
    Place {
        space,
        incarnation: Incarnation(incarnation),
        counter,
        previous,
        time: Time::new(1_790_000_000_000, 0),
    }
}
