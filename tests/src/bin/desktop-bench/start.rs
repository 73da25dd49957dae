//! From the start of the program to tasks on the screen, and the memory it then has.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use rota_tests::Computer;
use rota_tests::display::Display;
use rota_tests::process::Process;
use rota_tests::webdriver::desktop_bin;

use crate::memory::tree_mib;
use crate::pixels::{Part, Screen};
use crate::table::{Table, percentile};

const RUNS: usize = 9;
/// The beginning of the heading.
const BARE: (&str, Part, usize) = ("Bare window", [0, 0, 60, 100], 8);
/// Where the titles of the rows begin, half a window of them: each has letters a dozen lines high. Looking at more would
/// take from the two programs what they are measured for.
const ROTA: (&str, Part, usize) = ("Rota", [400, 260, 60, 400], 80);
/// After the first picture both load what they need later.
const SETTLED: Duration = Duration::from_secs(4);

struct Run {
    seconds: f64,
    mib: f64,
}

/// Measures both in turn.
pub fn run(table: &mut Table, computer: &Computer) {
    println!("… start");
    let display = Display::start();
    let screen = Screen::open(display.number());
    let bare = || {
        let mut command = computer.command(bare_bin());
        command.env_remove("ROTA_DATA_DIR");
        // What the app tells its web view where there is no graphics processor, so that both draw alike.
        if !has_graphics_processor() {
            command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        }
        measure(command, &display, &screen, BARE)
    };
    let rota = || {
        let mut command = computer.command(desktop_bin());
        command.arg("--no-discovery");
        measure(command, &display, &screen, ROTA)
    };
    // What both need from the disk is in memory from then on.
    bare();
    rota();
    let (bare, rota): (Vec<Run>, Vec<Run>) = (0..RUNS).map(|_| (bare(), rota())).unzip();
    let seconds = |runs: &[Run]| percentile(runs.iter().map(|run| run.seconds).collect(), 50);
    let mib = |runs: &[Run]| percentile(runs.iter().map(|run| run.mib).collect(), 50);
    table.beside(
        "bare window: start to painted heading",
        &format!("{:.0} ms", seconds(&bare) * 1e3),
    );
    table.beside(
        "rota: start to painted list, 10,000 tasks",
        &format!("{:.0} ms", seconds(&rota) * 1e3),
    );
    let ratio = seconds(&rota) / seconds(&bare);
    table.at_most(
        "start to painted list, 10,000 tasks, to the bare window",
        ratio,
        1.5,
        "x",
    );
    table.beside(
        "bare window: memory of all processes (PSS)",
        &format!("{:.0} MiB", mib(&bare)),
    );
    table.beside(
        "rota: memory of all processes (PSS), 10,000 tasks",
        &format!("{:.0} MiB", mib(&rota)),
    );
    table.at_most(
        "memory, 10,000 tasks, to the bare window",
        mib(&rota) / mib(&bare),
        1.3,
        "x",
    );
}

fn measure(
    mut command: Command,
    display: &Display,
    screen: &Screen,
    drawn: (&str, Part, usize),
) -> Run {
    display.place(&mut command);
    let begin = Instant::now();
    let program = Process::start(command);
    let (title, part, lines) = drawn;
    screen.until_drawn(title, part, lines);
    let seconds = begin.elapsed().as_secs_f64();
    std::thread::sleep(SETTLED);
    let mib = tree_mib(program.id());
    program.signal("TERM");
    program.end(20);
    rota_tests::until("its window has gone", 20, || !display.shows(title));
    Run { seconds, mib }
}

fn has_graphics_processor() -> bool {
    let entries = std::fs::read_dir("/dev/dri")
        .into_iter()
        .flatten()
        .flatten();
    let mut names = entries.map(|entry| entry.file_name());
    names.any(|name| name.to_string_lossy().starts_with("renderD"))
}

fn bare_bin() -> PathBuf {
    std::env::var_os("ROTA_BARE_BIN")
        .expect("ROTA_BARE_BIN names the bare window")
        .into()
}
