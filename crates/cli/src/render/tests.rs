//! What people read, as a whole.

use anstream::adapter::strip_str;
use rota_api::{BackupResult, DoctorCheck, JoinResult};

use super::sample;

fn plain(text: &str) -> String {
    strip_str(text).to_string()
}

#[test]
fn tasks_under_their_lists() {
    insta::assert_snapshot!(plain(&super::tasks(&sample::tasks(), &sample::look(None))));
}

#[test]
fn tasks_on_a_narrow_terminal() {
    let shown = plain(&super::tasks(&sample::tasks(), &sample::look(Some(72))));
    assert!(
        shown.lines().all(|line| super::text::width(line) <= 72),
        "{shown}"
    );
    insta::assert_snapshot!(shown);
}

#[test]
fn colours_are_closed_again_on_every_line() {
    for line in super::tasks(&sample::tasks(), &sample::look(None)).lines() {
        assert_eq!(
            line.matches("\u{1b}[0m").count() * 2,
            line.matches('\u{1b}').count(),
            "{line:?}"
        );
    }
}

#[test]
fn no_tasks() {
    insta::assert_snapshot!(plain(&super::tasks(&[], &sample::look(None))), @"Nothing to do");
}

#[test]
fn what_was_changed() {
    insta::assert_snapshot!(plain(&super::changed(
        "Done",
        &sample::tasks(),
        &sample::look(Some(80))
    )));
}

#[test]
fn one_task_whole() {
    insta::assert_snapshot!(plain(&super::show(&sample::whole(), &sample::look(None))));
}

#[test]
fn history() {
    insta::assert_snapshot!(plain(&super::history(
        &sample::history(),
        &sample::look(None)
    )));
}

#[test]
fn groups() {
    let look = sample::look(None);
    let shown = [
        super::lists(&[sample::list()], &look),
        super::list_changed("Added", &sample::list()),
        super::members(&sample::members(), &look),
        super::computers(&sample::computers(), &look),
        super::computer("Connected to", &sample::computers()[1]),
        super::invitation(&sample::invitation(), &look),
        super::joined(&JoinResult {
            space: sample::named("s", "Home"),
            tasks: 1,
        }),
    ];
    insta::assert_snapshot!(plain(&shown.join("--\n")));
}

#[test]
fn status() {
    insta::assert_snapshot!(plain(&super::status(
        &sample::status(),
        &sample::look(None)
    )));
}

#[test]
fn while_nothing_can_be_saved_the_status_says_what_is_safe() {
    let mut status = sample::status();
    let safe = |computers| {
        let until = "2026-03-18T10:30:00Z".to_owned();
        Some(rota_api::Safe { until, computers })
    };
    let mut last_lines = Vec::new();
    for computers in [0, 1, 2] {
        status.safe = safe(computers);
        let shown = plain(&super::status(&status, &sample::look(None)));
        last_lines.extend(shown.lines().last().map(str::to_owned));
    }
    let until = "safe: everything up to Today 11:30, here";
    assert_eq!(
        last_lines,
        [
            until.to_owned(),
            format!("{until} and on 1 other computer"),
            format!("{until} and on 2 other computers"),
        ]
    );
}

#[test]
fn doctor() {
    let checks = [
        DoctorCheck::fine("x", "2 computers answered"),
        DoctorCheck::wrong("x", "no multicast", "allow UDP port 5353"),
    ];
    insta::assert_snapshot!(plain(&super::doctor(&checks)), @r"
    ok  2 computers answered
    no  no multicast
        allow UDP port 5353
    ");
}

#[test]
fn json_is_that_of_the_contract() {
    insta::assert_json_snapshot!("json_task", sample::whole());
    insta::assert_json_snapshot!("json_history", sample::history());
    insta::assert_json_snapshot!("json_list", sample::list());
    insta::assert_json_snapshot!("json_members", sample::members());
    insta::assert_json_snapshot!("json_computers", sample::computers());
    insta::assert_json_snapshot!("json_invitation", sample::invitation());
    insta::assert_json_snapshot!("json_status", sample::status());
    insta::assert_json_snapshot!(
        "json_backup",
        BackupResult {
            file: "/tmp/a.rota".to_owned(),
            tasks: 2
        }
    );
}
