//! Keys by the names that people read: `Ctrl+Alt+Space`.

use std::str::FromStr;

use x11rb::protocol::xproto::Keysym;

const SHIFT: u16 = 1;
const CONTROL: u16 = 1 << 2;
const ALT: u16 = 1 << 3;
const SUPER: u16 = 1 << 6;
/// Those that count; locks do not.
pub(super) const MODIFIERS: u16 = SHIFT | CONTROL | ALT | SUPER;

const NAMED: &[(&str, Keysym)] = &[
    ("space", 0x20),
    ("backspace", 0xff08),
    ("tab", 0xff09),
    ("enter", 0xff0d),
    ("return", 0xff0d),
    ("pause", 0xff13),
    ("escape", 0xff1b),
    ("home", 0xff50),
    ("arrowleft", 0xff51),
    ("left", 0xff51),
    ("arrowup", 0xff52),
    ("up", 0xff52),
    ("arrowright", 0xff53),
    ("right", 0xff53),
    ("arrowdown", 0xff54),
    ("down", 0xff54),
    ("pageup", 0xff55),
    ("pagedown", 0xff56),
    ("end", 0xff57),
    ("insert", 0xff63),
    ("delete", 0xffff),
    ("plus", 0x2b),
];
const F1: Keysym = 0xffbe;

/// A sign with what is held meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Combination {
    pub(super) modifiers: u16,
    pub(super) sign: Keysym,
}

impl FromStr for Combination {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (held, key) = text.rsplit_once('+').ok_or("a key alone is everybody's")?;
        let mut modifiers = 0;
        for name in held.split('+') {
            modifiers |= match name.trim().to_ascii_lowercase().as_str() {
                "ctrl" | "control" => CONTROL,
                "alt" | "option" => ALT,
                "shift" => SHIFT,
                "super" | "meta" | "cmd" | "win" => SUPER,
                _ => return Err("a part of it holds no key down"),
            };
        }
        if modifiers & !SHIFT == 0 {
            return Err("with Shift alone it is a letter");
        }
        let sign = sign_of(&key.trim().to_lowercase()).ok_or("no key has this name")?;
        Ok(Self { modifiers, sign })
    }
}

fn sign_of(name: &str) -> Option<Keysym> {
    if let Some((_, sign)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*sign);
    }
    let mut characters = name.chars();
    if let (Some(one), None) = (characters.next(), characters.next()) {
        return match u32::from(one) {
            // Latin signs are their own numbers, the others come behind them.
            code @ (0x21..=0x7e | 0xa1..=0xff) => Some(code),
            code @ 0x100.. => Some(0x0100_0000 | code),
            _ => None,
        };
    }
    let number: u32 = name.strip_prefix('f')?.parse().ok()?;
    (1..=24).contains(&number).then(|| F1 + number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_keys() {
        for (name, modifiers, sign) in [
            ("Ctrl+Alt+Space", CONTROL | ALT, 0x20),
            ("ctrl + shift + A", CONTROL | SHIFT, 0x61),
            ("Super+F12", SUPER, F1 + 11),
            ("Alt+Ä", ALT, 0xe4),
            ("Ctrl+Alt+ب", CONTROL | ALT, 0x0100_0628),
            ("Ctrl+Plus", CONTROL, 0x2b),
            ("Ctrl+9", CONTROL, 0x39),
        ] {
            let combination = Combination { modifiers, sign };
            assert_eq!(name.parse(), Ok(combination), "{name}");
        }
        for name in [
            "",
            "A",
            "Shift+A",
            "Ctrl+",
            "Ctrl++",
            "Ctrl+Nothing",
            "Hyper+A",
            "Ctrl+F25",
            "+A",
        ] {
            assert!(name.parse::<Combination>().is_err(), "{name}");
        }
    }
}
