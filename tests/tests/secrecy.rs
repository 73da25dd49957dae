//! What crosses the network: nothing that a person wrote can be read in it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::process::Command;

use rota_tests::network::inside;
use rota_tests::process::Process;
use rota_tests::skip::{Need, can_run};
use rota_tests::{Computer, Network, until};

#[test]
fn a_capture_of_two_computers_syncing_shows_no_word_of_theirs() {
    let needs = [Need::Namespaces, Need::Program("tcpdump")];
    if !can_run(
        "a_capture_of_two_computers_syncing_shows_no_word_of_theirs",
        &needs,
    ) {
        return;
    }
    let mut network = Network::new(1);
    let hosts = [(); 2].map(|()| network.add_host(&[0]));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.pcap");
    let mut command = inside(&network.switch(), "tcpdump");
    command
        .args(["-i", "any", "-U", "-s", "0", "-Z", "root", "-w"])
        .arg(&file);
    let capture = Process::start(command);
    until("the capture runs", 15, || {
        capture.errors().contains("listening on")
    });

    let (mut a, mut b) = (
        Computer::on(&hosts[0], "a-desk", "Anna"),
        Computer::on(&hosts[1], "b-laptop", "Ben"),
    );
    a.start(&[]);
    b.start(&[]);
    a.ok(&["spaces", "add", "Xylophonespace"]);
    a.ok(&["lists", "add", "Quagmirelist", "--space", "Xylophonespace"]);
    let task = a.json(&[
        "add",
        "--plain",
        "Zeppelintitle",
        "--list",
        "Quagmirelist",
        "--space",
        "Xylophonespace",
    ]);
    a.ok(&[
        "edit",
        task["short"].as_str().unwrap(),
        "--notes",
        "Walrusnotes in clear",
        "--tag",
        "+Ocelottag",
    ]);
    let invitation = a.json(&["invite", "Xylophonespace"]);
    let code = invitation["code"].as_str().unwrap().to_owned();
    b.ok(&["join", &code, "--timeout", "60s"]);
    b.wait_for("Zeppelintitle");
    a.stop();
    b.stop();
    capture.signal("INT");
    assert!(capture.end(15).success());

    let bytes = std::fs::read(&file).unwrap();
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    assert!(
        bytes.len() > 4_000,
        "the capture holds the exchange: {} bytes",
        bytes.len()
    );
    assert!(text.contains("_rota"), "the capture holds the discovery");
    let words: Vec<&str> = code.split('-').skip(1).collect();
    let all_words = words.join("-");
    for secret in [
        "xylophonespace",
        "quagmirelist",
        "zeppelintitle",
        "walrusnotes",
        "ocelottag",
        &all_words,
    ] {
        assert!(
            !text.contains(secret),
            "{secret} crossed the network in clear"
        );
    }
    // Short words can occur by chance in random bytes; in discovery packets they could not.
    let discovery = Command::new("tcpdump")
        .args(["-r"])
        .arg(&file)
        .args(["-A", "udp", "port", "5353"])
        .output()
        .unwrap();
    let discovery = String::from_utf8_lossy(&discovery.stdout).to_lowercase();
    for word in words {
        assert!(
            !discovery.contains(word),
            "{word} of the code is in discovery"
        );
    }
}
