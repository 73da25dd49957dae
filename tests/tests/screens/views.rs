//! The views: what the middle of the window shows.

use crate::go::{click, find, go_to, space, type_in};
use crate::screens::{Screen, screen};

pub(crate) const SCREENS: &[Screen] = &[
    screen(
        "today",
        |w| click(w, "today-button"),
        "[data-view=today] [data-testid=task-row]",
    ),
    screen(
        "upcoming",
        |w| click(w, "upcoming-button"),
        "[data-view=upcoming] [data-testid=task-row]",
    ),
    screen(
        "all",
        |w| click(w, "all-button"),
        "[data-view=all] [data-testid=task-row]",
    ),
    screen(
        "for-me",
        |w| click(w, "me-button"),
        "[data-view=me] [data-testid=task-row]",
    ),
    screen(
        "done",
        |w| click(w, "done-button"),
        "[data-view=done] [data-testid=task-row]",
    ),
    screen(
        "trash",
        |w| click(w, "trash-button"),
        "[data-view=trash]:has([data-testid=deleted-list]):has([data-testid=recovered-link]) [data-testid=task-row]",
    ),
    screen(
        "recovered",
        |w| click(w, "recovered-button"),
        "[data-view=recovered] [data-testid=task-row]",
    ),
    screen("list", |_| {}, "[data-view=list] [data-testid=task-row]"),
    screen(
        "list-done",
        |w| click(w, "done-fold"),
        "[data-view=list] [data-testid=done-fold][aria-expanded=true]",
    )
    .leaving(|w| click(w, "done-fold")),
    screen(
        "space",
        |w| space(w, "Home"),
        "[data-view=space]:has([data-testid=archived-list]) [data-testid=task-row]",
    ),
    screen(
        "tag",
        |w| go_to(w, "#home", "home"),
        "[data-view=tag] [data-testid=task-row]",
    ),
    screen(
        "person",
        |w| go_to(w, "@ben", "Ben"),
        "[data-view=who] [data-testid=task-row]",
    ),
    screen(
        "search",
        |w| {
            find(w, "paint");
            w.keys("Ctrl+Enter");
        },
        "[data-view=search] [data-testid=task-row]",
    ),
    screen(
        "filter",
        |w| {
            w.keys("/");
            type_in(w, "filter-field", "paint");
        },
        "[data-view=list]:has([data-testid=filter-field]) [data-testid=task-row]",
    ),
    screen(
        "computers",
        |w| click(w, "computers-button"),
        "[data-view=computers] [data-testid=member-row]",
    ),
    screen(
        "network-check",
        |w| {
            click(w, "computers-button");
            click(w, "check-network");
        },
        "[data-view=computers] [data-testid=network-check] [data-testid=check-again]",
    ),
    screen(
        "add-people",
        |w| click(w, "add-people-button"),
        "[data-view=add]:has([data-testid=show-code-button]) [data-testid=join-code-field]",
    ),
    screen(
        "code",
        |w| {
            click(w, "add-people-button");
            click(w, "show-code-button");
        },
        "[data-view=add] [data-testid=invite-code]",
    )
    .leaving(|w| click(w, "cancel-code-button")),
    screen(
        "settings",
        |w| w.keys("Ctrl+,"),
        "[data-view=settings] [data-testid=setting-names]",
    ),
];
