//! The screens of the window: how a person comes to each, and how one tells that it is there. Each is told by its names
//! in the page, never by its words, so that it is found in every language.

use rota_tests::until;
use rota_tests::webdriver::Window;

use crate::go::{house_list, leave};

/// A screen: its name, how a person comes to it from the list House, what tells that it is there, and how one leaves it.
pub(crate) struct Screen {
    pub(crate) name: &'static str,
    pub(crate) go: fn(&Window),
    pub(crate) there: &'static str,
    /// Takes back what was done to come to it; most are left by Escape.
    pub(crate) leave: fn(&Window),
}

/// A screen that Escape leaves, or another view.
pub(crate) const fn screen(name: &'static str, go: fn(&Window), there: &'static str) -> Screen {
    Screen {
        name,
        go,
        there,
        leave: |_| {},
    }
}

impl Screen {
    /// The same with something to do before it is left.
    pub(crate) const fn leaving(self, leave: fn(&Window)) -> Self {
        Self { leave, ..self }
    }
}

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static Screen> {
    crate::views::SCREENS
        .iter()
        .chain(crate::above::SCREENS)
        .chain(crate::pickers::SCREENS)
}

/// The screens of these names.
pub(crate) fn some(names: &[&str]) -> Vec<&'static Screen> {
    let found = names.iter().map(|name| {
        let mut all = all();
        all.find(|screen| screen.name == *name)
            .unwrap_or_else(|| panic!("no screen is called {name}"))
    });
    found.collect()
}

/// Starts from the list House, goes to the screen, looks at it, and leaves it.
pub(crate) fn show(window: &Window, screen: &Screen, look: impl FnOnce()) {
    house_list(window);
    (screen.go)(window);
    until(&format!("{} is shown", screen.name), 20, || {
        !window.select(screen.there).is_empty()
    });
    look();
    (screen.leave)(window);
    leave(window, screen.name);
}
