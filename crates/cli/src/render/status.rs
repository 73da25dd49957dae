//! How this computer is.

use anstyle::Style;
use jiff::Zoned;
use rota_api::{DoctorCheck, HealthCondition, Safe, Severity, Status};

use super::group::space_cells;
use super::look::{ACCENT, Look, QUIET, STRONG, WARNING, WRONG};
use super::table::{Cell, Table, styled};
use super::{text, when};

/// This computer, its spaces and its standing conditions.
pub(crate) fn status(status: &Status, look: &Look) -> String {
    let (state, style) = if status.running {
        ("running", ACCENT)
    } else {
        ("not running", QUIET)
    };
    let mut out = format!(
        "{} {} {}\n{}\n",
        styled(&text::one_line(&status.computer.name), STRONG),
        styled(&format!("({})", text::one_line(&status.person.name)), QUIET),
        styled(state, style),
        styled(
            &format!(
                "Rota {} · {}",
                text::one_line(&status.version),
                text::one_line(&status.computer.id)
            ),
            QUIET
        ),
    );
    if !status.spaces.is_empty() {
        out.push('\n');
        let mut table = Table::new().flex(0);
        for space in &status.spaces {
            table.row(space_cells(space));
        }
        out.push_str(&table.render(look.columns));
    }
    if !status.health.is_empty() {
        out.push('\n');
        out.push_str(&health(&status.health));
    }
    if let Some(kept) = &status.safe {
        out.push_str(&format!(
            "{} {}\n",
            styled("safe:", ACCENT),
            safe(kept, &look.now)
        ));
    }
    out
}

/// Until when everything is safe, and where.
fn safe(safe: &Safe, now: &Zoned) -> String {
    let until = when::say(&safe.until, now).words;
    match safe.computers {
        0 => format!("everything up to {until}, here"),
        1 => format!("everything up to {until}, here and on 1 other computer"),
        n => format!("everything up to {until}, here and on {n} other computers"),
    }
}

/// Standing conditions, each with what to do.
pub(crate) fn health(conditions: &[HealthCondition]) -> String {
    let mut out = String::new();
    for condition in conditions {
        let (word, style) = match condition.severity {
            Severity::Info => ("note", ACCENT),
            Severity::Warning => ("warning", WARNING),
            Severity::Error => ("error", WRONG),
        };
        out.push_str(&format!(
            "{} {}\n",
            styled(&format!("{word}:"), style),
            text::one_line(&condition.message)
        ));
        if let Some(hint) = &condition.hint {
            out.push_str(&format!(
                "{} {}\n",
                styled("hint:", QUIET),
                text::one_line(hint)
            ));
        }
    }
    out
}

/// What the doctor found.
pub(crate) fn doctor(checks: &[DoctorCheck]) -> String {
    let mut table = Table::new();
    for check in checks {
        let (mark, style) = if check.ok {
            ("ok", ACCENT)
        } else {
            ("no", WRONG)
        };
        table.row([Cell::new(mark, style), Cell::plain(&check.message)]);
        if let Some(fix) = check.fix.as_ref().filter(|_| !check.ok) {
            table.row([Cell::new("", Style::new()), Cell::new(fix, WARNING)]);
        }
    }
    table.render(None)
}
