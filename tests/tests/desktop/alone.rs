//! A computer that no network reaches, started as everybody starts it.

use rota_tests::accessibility::{self, Accessibility};
use rota_tests::display::{Display, NEEDS};
use rota_tests::process::Process;
use rota_tests::skip::{Need, can_run};
use rota_tests::webdriver::desktop_bin;
use rota_tests::{Computer, Network, until};

use crate::MAIN;

#[test]
fn without_any_network_the_tasks_are_there_and_one_is_added() {
    let test = "without_any_network_the_tasks_are_there_and_one_is_added";
    if !can_run(
        test,
        &[NEEDS, &[accessibility::NEED, Need::Namespaces]].concat(),
    ) {
        return;
    }
    let mut network = Network::new(1);
    // No cable: it has its own loopback and no way to anywhere.
    let host = network.add_host(&[]);
    let (computer, display) = (Computer::on(&host, "desk", "Anna"), Display::start());
    computer.ok(&["add", "Water the plants today"]);
    let speech = Accessibility::start(&display);
    let mut command = computer.command(desktop_bin());
    display.place(&mut command);
    speech.listen_to(&mut command);
    let app = Process::start(command);
    display.wait_focused(MAIN);
    speech.wait("treeitem", "Water the plants");

    display.press(&["ctrl+n"]);
    speech.wait_for("the field for a new task has the focus", |one| {
        one.is_focused() && one.role == "textbox"
    });
    display.type_text("Feed the cat");
    display.press(&["Return"]);
    computer.wait_for("Feed the cat");
    speech.wait("treeitem", "Feed the cat");
    assert_eq!(computer.json(&["status"])["running"], true);
    app.signal("TERM");
    assert_eq!(app.end(20).code(), Some(0));
    until("it is kept", 20, || computer.titles().len() == 2);
}
