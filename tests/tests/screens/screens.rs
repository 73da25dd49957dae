//! The screens of the window: how a person comes to each, and how one tells that it is there.

use rota_tests::until;
use rota_tests::webdriver::Window;

/// A screen: its name, how a person comes to it from the list House, and what tells that it is there.
pub(crate) struct Screen {
    pub(crate) name: &'static str,
    pub(crate) go: fn(&Window),
    pub(crate) there: &'static str,
}

/// All of them.
pub(crate) const SCREENS: &[Screen] = &[
    Screen {
        name: "today",
        go: |w| entry(w, "Today"),
        there: "[data-view=today] [data-testid=task-row]",
    },
    Screen {
        name: "upcoming",
        go: |w| entry(w, "Upcoming"),
        there: "[data-view=upcoming] [data-testid=task-row]",
    },
    Screen {
        name: "all",
        go: |w| entry(w, "All tasks"),
        there: "[data-view=all] [data-testid=task-row]",
    },
    Screen {
        name: "for-me",
        go: |w| entry(w, "For me"),
        there: "[data-view=me] [data-testid=task-row]",
    },
    Screen {
        name: "done",
        go: |w| entry(w, "Done"),
        there: "[data-view=done] [data-testid=task-row]",
    },
    Screen {
        name: "trash",
        go: |w| entry(w, "Trash"),
        there: "[data-view=trash] [data-testid=task-row]",
    },
    Screen {
        name: "recovered",
        go: |w| entry(w, "Recovered"),
        there: "[data-view=recovered] [data-testid=task-row]",
    },
    Screen {
        name: "list",
        go: house_list,
        there: "[data-view=list] [data-testid=task-row]",
    },
    Screen {
        name: "task",
        go: |w| open_task(w, "Buy paint"),
        there: "[data-testid=panel]:has([data-testid=notes-shown]) [data-testid=history-entry]",
    },
    Screen {
        name: "merged",
        go: |w| open_task(w, "Transfer the rent"),
        there: "[data-testid=panel] [data-testid=merged]",
    },
    Screen {
        name: "history",
        go: |w| {
            open_task(w, "Transfer the rent");
            w.keys("Shift+H");
        },
        there: "[data-testid=history-entry]",
    },
    Screen {
        name: "bulk",
        go: |w| {
            house_list(w);
            w.keys("Ctrl+A");
        },
        there: "[data-testid=bulk-bar]",
    },
    Screen {
        name: "schedule",
        go: |w| {
            house_list(w);
            w.keys("s");
        },
        there: "[role=dialog]",
    },
    Screen {
        name: "palette",
        go: |w| {
            w.keys("Ctrl+K p a i");
            typed(w, "pai");
        },
        there: "[data-testid=palette] [role=option]",
    },
    Screen {
        name: "palette-commands",
        go: |w| {
            w.keys("Ctrl+K >");
            typed(w, ">");
        },
        there: "[data-testid=palette] [role=option]",
    },
    Screen {
        name: "search",
        go: |w| {
            w.keys("Ctrl+K p a i n t");
            typed(w, "paint");
            w.keys("Ctrl+Enter");
        },
        there: "[data-view=search] [data-testid=task-row]",
    },
    Screen {
        name: "keys",
        go: |w| w.keys("F1"),
        there: "[data-testid=key-sheet] kbd",
    },
    Screen {
        name: "computers",
        go: |w| entry(w, "Computers"),
        there: "[data-testid=computer-row]",
    },
    Screen {
        name: "add-people",
        go: |w| entry(w, "Add people"),
        there: "[data-testid=join-code-field]",
    },
    Screen {
        name: "settings",
        go: |w| w.keys("Ctrl+,"),
        there: "[data-testid=settings-view]",
    },
];

/// Starts from the list House with nothing open, and goes to the screen.
pub(crate) fn show(window: &Window, screen: &Screen) {
    house_list(window);
    (screen.go)(window);
    until(&format!("{} is shown", screen.name), 20, || {
        !window.select(screen.there).is_empty()
    });
}

pub(crate) fn house_list(window: &Window) {
    until("nothing is open above the list", 20, || {
        window.keys("Escape");
        window
            .select("[role=dialog], [data-testid=picker], [data-testid=palette], [data-testid=panel], [data-testid=bulk-bar]")
            .is_empty()
    });
    entry(window, "House");
    until("the list has the focus", 20, || {
        !window
            .select("[data-view=list] [data-testid=task-row]")
            .is_empty()
    });
    let _ =
        window.script("document.querySelector('[data-view=list] [data-testid=task-row]').focus()");
}

/// Clicks an entry of the sidebar.
pub(crate) fn entry(window: &Window, name: &str) {
    until(&format!("{name} is in the sidebar"), 20, || {
        window.script(&format!(
            "const entry = [...document.querySelectorAll('nav button')].find((b) => b.innerText.includes('{name}'));
             entry?.click(); return !!entry"
        )) == true
    });
}

/// Waits until the palette has all that was typed: nothing gets lost while it opens.
pub(crate) fn typed(window: &Window, text: &str) {
    until(&format!("{text:?} stands in the palette"), 20, || {
        window.script("return document.querySelector('[data-testid=palette-field]')?.value") == text
    });
}

pub(crate) fn open_task(window: &Window, title: &str) {
    until(&format!("{title} is in the list"), 20, || {
        window.script(&format!(
            "const row = [...document.querySelectorAll('[data-testid=task-row]')].find((r) => r.innerText.includes('{title}'));
             row?.focus(); return !!row"
        )) == true
    });
    window.keys("Enter");
}
