//! The pointer of a desktop, as a hand moves it: pressed, carried and let go.

use std::process::Command;

use crate::display::Display;

/// Places that the pointer passes between two others: what follows it has to see it move.
const STEPS: i32 = 8;

impl Display {
    /// Presses the first button at one place and carries what is there to another. It is still held then.
    pub fn carry(&self, from: (i32, i32), to: (i32, i32)) {
        self.point_at(from.0, from.1);
        self.button("mousedown");
        for step in 1..=STEPS {
            let part = |from: i32, to: i32| from + (to - from) * step / STEPS;
            self.point_at(part(from.0, to.0), part(from.1, to.1));
        }
    }

    /// Lets go of the first button.
    pub fn let_go(&self) {
        self.button("mouseup");
    }

    /// Presses and lets go of the first button, while a key is held where one is named.
    pub fn click(&self, held: Option<&str>) {
        let mut command = Command::new("xdotool");
        self.place(&mut command);
        if let Some(key) = held {
            command.args(["keydown", key]);
        }
        command.args(["click", "1"]);
        if let Some(key) = held {
            command.args(["keyup", key]);
        }
        assert!(command.status().unwrap().success(), "xdotool click 1");
    }

    fn button(&self, what: &str) {
        let mut command = Command::new("xdotool");
        self.place(&mut command);
        let done = command.args([what, "1"]).status().unwrap();
        assert!(done.success(), "xdotool {what} 1");
    }
}
