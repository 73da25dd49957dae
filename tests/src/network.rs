//! Networks of their own: one namespace a computer, joined by bridges that carry real multicast.

use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// Bridges and namespaces that go when the test goes.
#[derive(Debug)]
pub struct Network {
    prefix: String,
    namespaces: Vec<String>,
}

/// A place in the network for one computer.
#[derive(Clone, Debug)]
pub struct Host {
    /// Its namespace.
    pub namespace: String,
    /// Its number in the network, from 1.
    pub number: u8,
}

static MADE: AtomicU32 = AtomicU32::new(0);

impl Network {
    /// A network with `bridges` separate segments.
    #[must_use]
    pub fn new(bridges: u8) -> Self {
        let prefix = format!(
            "rota{}x{}",
            std::process::id(),
            MADE.fetch_add(1, Ordering::Relaxed)
        );
        let mut network = Self {
            prefix,
            namespaces: Vec::new(),
        };
        let switch = network.add_namespace("sw");
        for bridge in 0..bridges {
            let name = format!("br{bridge}");
            ip(&[
                "-n",
                &switch,
                "link",
                "add",
                &name,
                "type",
                "bridge",
                "mcast_snooping",
                "0",
            ]);
            ip(&["-n", &switch, "link", "set", &name, "up"]);
        }
        network
    }

    /// Adds a computer's place, connected to the given segments by `eth0`, `eth1` and so on.
    pub fn add_host(&mut self, segments: &[u8]) -> Host {
        let number = u8::try_from(self.namespaces.len()).unwrap();
        let namespace = self.add_namespace(&format!("h{number}"));
        for (index, segment) in segments.iter().enumerate() {
            let (outer, inner) = (port(number, *segment), format!("eth{index}"));
            ip(&[
                "-n",
                &self.switch(),
                "link",
                "add",
                &outer,
                "type",
                "veth",
                "peer",
                "name",
                &inner,
                "netns",
                &namespace,
            ]);
            ip(&[
                "-n",
                &self.switch(),
                "link",
                "set",
                &outer,
                "master",
                &format!("br{segment}"),
                "up",
            ]);
            ip(&[
                "-n",
                &namespace,
                "addr",
                "add",
                &format!("{}/24", address(number, *segment)),
                "dev",
                &inner,
            ]);
            ip(&["-n", &namespace, "link", "set", &inner, "up"]);
            ip(&[
                "-n",
                &namespace,
                "route",
                "add",
                "224.0.0.0/4",
                "dev",
                &inner,
                "metric",
                &(index + 1).to_string(),
            ]);
        }
        Host { namespace, number }
    }

    /// Pulls a host's cable out of a segment.
    pub fn unplug(&self, host: &Host, segment: u8) {
        ip(&[
            "-n",
            &self.switch(),
            "link",
            "set",
            &port(host.number, segment),
            "down",
        ]);
    }

    /// Plugs it in again.
    pub fn plug(&self, host: &Host, segment: u8) {
        ip(&[
            "-n",
            &self.switch(),
            "link",
            "set",
            &port(host.number, segment),
            "up",
        ]);
    }

    /// Has a host swallow whatever wants to begin with one of its ports, as a firewall does.
    pub fn block(&self, host: &Host, port: u16) {
        let port = port.to_string();
        let swallow = ["iif", "eth0", "ipproto", "tcp", "dport", &port, "blackhole"];
        for family in ["-4", "-6"] {
            let on_host = |args: &[&str]| {
                ip(&[&[family, "-n", &host.namespace, "rule"][..], args].concat());
            };
            on_host(&[&["add", "pref", "10"][..], &swallow].concat());
            // What is for the host itself is looked up first of all, unless that comes after the rule.
            on_host(&["add", "pref", "20", "lookup", "local"]);
            on_host(&["delete", "pref", "0"]);
        }
    }

    /// Lets everything in again.
    pub fn unblock(&self, host: &Host) {
        for family in ["-4", "-6"] {
            ip(&[
                family,
                "-n",
                &host.namespace,
                "rule",
                "delete",
                "pref",
                "10",
            ]);
        }
    }

    /// Sends what leaves a host for elsewhere into a tunnel, as most VPNs do.
    pub fn tunnel_elsewhere(&self, host: &Host) {
        begin_tunnel(host);
        let route = ["route", "add", "default", "dev", "tun0"];
        ip(&[&["-n", &host.namespace][..], &route].concat());
    }

    /// Sends all that leaves a host into a tunnel that leads nowhere, as a VPN does that takes the local network too.
    pub fn tunnel(&self, host: &Host) {
        begin_tunnel(host);
        for args in [
            &["route", "add", "default", "dev", "tun0", "table", "88"][..],
            &["rule", "add", "pref", "30", "lookup", "88"],
        ] {
            ip(&[&["-n", &host.namespace][..], args].concat());
        }
    }

    /// Ends the tunnel.
    pub fn end_tunnel(&self, host: &Host) {
        ip(&["-n", &host.namespace, "link", "delete", "tun0"]);
    }

    /// Makes one host the router of another.
    pub fn route_through(&self, host: &Host, router: &Host) {
        let via = address(router.number, 0);
        ip(&[
            "-n",
            &host.namespace,
            "route",
            "add",
            "default",
            "via",
            &via,
        ]);
    }

    /// Has one host ask who has the address of another, as whoever prints does.
    pub fn greet(&self, host: &Host, other: &Host) {
        // Nobody listens there, and to be told so is enough.
        let call = format!("exec 3<>/dev/tcp/{}/9", address(other.number, 0));
        let called = inside(&host.namespace, "bash").args(["-c", &call]).output();
        let said = String::from_utf8_lossy(&called.unwrap().stderr).into_owned();
        assert!(said.contains("refused"), "{said}");
    }

    /// Forgets whom a host has met.
    pub fn forget_neighbours(&self, host: &Host) {
        ip(&["-n", &host.namespace, "neigh", "flush", "dev", "eth0"]);
    }

    /// Keeps a host apart from all others that are kept apart in a segment, as access points do with their guests.
    pub fn keep_apart(&self, host: &Host, segment: u8) {
        let port = port(host.number, segment);
        let switch = self.switch();
        let set = inside(&switch, "bridge")
            .args(["link", "set", "dev", &port, "isolated", "on"])
            .output()
            .unwrap();
        assert!(
            set.status.success(),
            "{}",
            String::from_utf8_lossy(&set.stderr)
        );
    }

    /// A host's address in a segment.
    #[must_use]
    pub fn address(&self, host: &Host, segment: u8) -> String {
        address(host.number, segment)
    }

    /// The namespace that holds the bridges: whoever listens there hears everything.
    #[must_use]
    pub fn switch(&self) -> String {
        format!("{}-sw", self.prefix)
    }

    fn add_namespace(&mut self, name: &str) -> String {
        let namespace = format!("{}-{name}", self.prefix);
        ip(&["netns", "add", &namespace]);
        self.namespaces.push(namespace.clone());
        ip(&["-n", &namespace, "link", "set", "lo", "up"]);
        namespace
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        for namespace in &self.namespaces {
            // What cannot be deleted now was deleted before.
            let _ = Command::new("ip")
                .args(["netns", "delete", namespace])
                .output();
        }
    }
}

/// A command that runs in a namespace.
#[must_use]
pub fn inside(namespace: &str, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("nsenter");
    command
        .arg(format!("--net=/run/netns/{namespace}"))
        .arg("--")
        .arg(program);
    command
}

/// What leads into it comes out at an end where nobody is. The name is what VPNs give theirs.
fn begin_tunnel(host: &Host) {
    for args in [
        &[
            "link", "add", "tun0", "type", "veth", "peer", "name", "far0",
        ][..],
        &["addr", "add", "10.8.0.2/32", "dev", "tun0"],
        &["link", "set", "tun0", "up"],
        &["link", "set", "far0", "up"],
    ] {
        ip(&[&["-n", &host.namespace][..], args].concat());
    }
}

fn port(host: u8, segment: u8) -> String {
    format!("p{host}s{segment}")
}

fn address(host: u8, segment: u8) -> String {
    format!("10.77.{segment}.{host}")
}

fn ip(args: &[&str]) {
    let output = Command::new("ip").args(args).output().unwrap();
    assert!(
        output.status.success(),
        "ip {}: {}",
        args.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
}
