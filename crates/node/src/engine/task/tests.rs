//! Orders in which reads and commits may end, by a task that nobody runs.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use rota_model::id::{AuthorKey, EntityId};
use rota_model::op::ComputerKey;
use rota_model::payload::{Admit, Remove, Role, SpaceKind, Statement};
use rota_net::{Net, NetConfig};
use rota_store::{Act, Founder, OpenOptions, Store};
use rota_sync::Output;
use rota_sync::message::{Hello, Message};
use tempfile::TempDir;

use super::*;
use crate::clock::Clock;
use crate::engine::jobs;

/// A task with a log of its own and one other member.
struct Bench {
    task: Task,
    finished: mpsc::Receiver<Done>,
    store: Store,
    space: SpaceId,
    member: AuthorKey,
    /// What the task would be told by others.
    _others: (
        mpsc::Receiver<NetEvent>,
        mpsc::Receiver<Command>,
        mpsc::Receiver<JoinStream>,
        watch::Receiver<Vec<SocketAddr>>,
    ),
    _folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = ComputerKey::from_seed([1; 32]);
        let member = ComputerKey::from_seed([2; 32]).public();
        let mut config = NetConfig::new(key.seed(), 1, "desk");
        config.discovery = false;
        let store = Store::open(folder.path(), OpenOptions::new(key, [9; 32])).unwrap();
        let space = found(&store, member);
        let (net, events) = Net::start(config).unwrap();
        let (commanding, commands) = crate::engine::Engine::commands();
        drop(commanding);
        let (listening, listens) = watch::channel(Vec::new());
        let (knocks, knocking) = mpsc::channel(1);
        let parts = Parts {
            with: Surroundings {
                store: store.clone(),
                clock: Arc::new(Clock::start()),
                conditions: Arc::default(),
                hub: Arc::new(crate::hub::Hub::new(0)),
                ends: Arc::default(),
                presences: Arc::default(),
                known: folder.path().join("known"),
            },
            net,
            events,
            commands,
            peers: Arc::default(),
            listening,
            knocks,
            members_changed: Arc::default(),
            name: "desk".to_owned(),
            boot: 1,
        };
        let (done, finished) = mpsc::channel(DONE_MAX_COUNT);
        let (task, events, commands) = Task::new(parts, done);
        Self {
            task,
            finished,
            store,
            space,
            member,
            _others: (events, commands, knocking, listens),
            _folder: folder,
        }
    }

    /// A read that was asked for now and comes whenever it is given to the task.
    fn read(&mut self) -> Done {
        let asked = self.task.ask();
        Done::State(asked, jobs::state(&self.store, self.space).unwrap())
    }

    /// Lets the reads end that the task began, until it is so.
    async fn until(&mut self, what: &str, mut wanted: impl FnMut(&mut Self) -> bool) {
        let waited = tokio::time::timeout(Duration::from_secs(30), async {
            while !wanted(self) {
                let done = self.finished.recv().await.unwrap();
                self.task.finish(done);
            }
        });
        assert!(waited.await.is_ok(), "{what}");
    }

    /// What a member that connects now is told first.
    fn hello(&mut self) -> Hello {
        while self.task.coordinator.poll().is_some() {}
        self.task.input(Input::Connected(self.member));
        while let Some(output) = self.task.coordinator.poll() {
            if let Output::Send { frame, .. } = output
                && let Ok(Message::Hello(hello)) = Message::decode(&frame)
            {
                return hello;
            }
        }
        panic!("no hello");
    }

    /// Whether a member that connects now is told of all that is in the log.
    fn tells_all(&mut self) -> bool {
        let hash = jobs::state(&self.store, self.space)
            .unwrap()
            .state
            .frontier
            .hash();
        let hello = self.hello();
        hello.spaces.len() == 1 && hello.spaces[0].frontier == hash
    }

    fn remove_member(&self) {
        let (space, member) = (self.space, self.member);
        self.act(move |tx| {
            let admissions = tx.reader().admissions(&space)?;
            let admission = admissions
                .iter()
                .find(|one| one.computer.id == member)
                .unwrap();
            let removal = Remove {
                admission: admission.id,
                cuts: Vec::new(),
            };
            tx.state(space, vec![Statement::Remove(removal)])
        });
    }

    fn name_space(&self, name: &str) {
        let (space, name) = (self.space, name.to_owned());
        self.act(move |tx| {
            let cell = rota_model::cell::Cell::of(
                rota_model::cell::Kind::SPACE,
                EntityId::ZERO,
                rota_model::cell::named::NAME,
            );
            let draft = rota_model::edit::Draft {
                cell,
                value: rota_model::value::Value::text(&name),
            };
            tx.write(space, vec![draft], rota_model::edit::By::Person)
        });
    }

    fn act<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut rota_store::Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) {
        let now = self.task.with.clock.op_time();
        self.store.act(Act::of_machine(now), change).unwrap();
    }
}

fn found(store: &Store, member: AuthorKey) -> SpaceId {
    let time = rota_model::stamp::Time::new(1_790_000_000_000, 0);
    store
        .act(Act::of_machine(time), move |tx| {
            let founder = Founder {
                person: EntityId::new([1; 16]),
                person_name: "Anna".to_owned(),
                computer_name: "desk".to_owned(),
            };
            let space = tx.found(SpaceKind::Shared, &founder)?;
            let admit = Admit {
                key: member,
                person: EntityId::new([2; 16]),
                role: Role::Editor,
                computer_name: "laptop".to_owned(),
                person_name: "Ben".to_owned(),
            };
            tx.state(space, vec![Statement::Admit(admit)])?;
            Ok::<_, StoreError>(space)
        })
        .unwrap()
        .value
}

#[tokio::test]
async fn a_read_from_before_a_removal_that_comes_late_lets_nobody_in_again() {
    let mut bench = Bench::new();
    let first = bench.read();
    bench.task.finish(first);
    assert_eq!(
        bench.hello().spaces.len(),
        1,
        "the member is told of the space"
    );
    let before = bench.read();
    bench.remove_member();
    let after = bench.read();
    bench.task.finish(after);
    bench.task.finish(before);
    assert_eq!(
        bench.hello().spaces,
        [],
        "who was removed is told of nothing"
    );
}

#[tokio::test]
async fn an_own_commit_while_the_space_is_first_read_is_told_whichever_comes_first() {
    for late_first in [false, true] {
        let mut bench = Bench::new();
        let before = bench.read();
        bench.name_space("Home");
        bench.task.obey(Command::Committed(bench.space));
        if late_first {
            let after = bench.finished.recv().await.unwrap();
            bench.task.finish(after);
        }
        bench.task.finish(before);
        bench.until("the commit is told", Bench::tells_all).await;
    }
}

#[tokio::test]
async fn what_could_not_be_read_is_read_again() {
    let mut bench = Bench::new();
    let first = bench.read();
    bench.task.finish(first);
    bench.name_space("Home");
    bench.task.reading_fresh.insert(bench.space, false);
    let unread = Unread::Fresh(bench.space);
    bench.task.finish(Done::Unread(unread, StoreError::Busy));
    assert!(!bench.task.with.conditions.all().is_empty(), "it is said");
    bench.task.read_again();
    assert!(!bench.tells_all(), "not at once");
    let long_ago = Millis(0);
    bench.task.unread.insert(unread, long_ago);
    let waited = tokio::time::timeout(Duration::from_secs(30), async {
        while bench.task.unread.contains_key(&unread) {
            tokio::time::sleep(Duration::from_millis(100)).await;
            bench.task.read_again();
        }
    });
    waited.await.unwrap();
    bench.until("it is told after all", Bench::tells_all).await;
}

#[tokio::test]
async fn a_space_of_a_stranger_is_not_taken() {
    let mut bench = Bench::new();
    let first = bench.read();
    bench.task.finish(first);
    let offered = SpaceId([7; 32]);
    bench.task.input(Input::Connected(bench.member));
    bench.task.do_output(Output::SpaceOffered {
        peer: bench.member,
        space: offered,
    });
    let done = bench.finished.recv().await.unwrap();
    bench.task.finish(done);
    assert_eq!(
        bench.task.taking.keys().collect::<BTreeSet<_>>(),
        BTreeSet::new()
    );
}
