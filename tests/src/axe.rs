//! axe-core in the page: what a person who hears or enlarges it would stumble over.

use std::path::Path;

use serde_json::{Value, json};

use crate::webdriver::Window;

/// Where the packages of the pages lie.
const AXE: &str = "ui/node_modules/axe-core/axe.min.js";

/// Runs axe. Where it cannot tell what colour lies behind a text, because something transparent lies above it, it is too
/// short, or something is drawn beside it, the text is measured against the ground of its nearest coloured ancestor.
const RUN: &str = "
    const [done] = arguments;
    const rgba = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
    const seen = (text) => (rgba(text)[3] ?? 1) > 0;
    const luminance = (text) => rgba(text).slice(0, 3).map((part) => part / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
    const groundOf = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const ground = getComputedStyle(at).backgroundColor;
            if (seen(ground)) return ground;
        }
        return 'rgb(255, 255, 255)';
    };
    const isFaint = (element) => {
        const {color, fontSize, fontWeight} = getComputedStyle(element);
        // Text without a colour is drawn again by a field above it.
        if (!seen(color)) return false;
        const [low, high] = [luminance(color), luminance(groundOf(element))].sort((a, b) => a - b);
        const size = parseFloat(fontSize);
        const least = size >= 24 || (size >= 18.66 && fontWeight >= 700) ? 3 : 4.5;
        return (high + 0.05) / (low + 0.05) < least;
    };
    const undecided = (finding) => ({
        ...finding,
        nodes: finding.nodes.filter(({target}) => isFaint(document.querySelector(target[0]))),
    });
    axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(
        ({violations, incomplete}) => done([
            ...violations,
            ...incomplete.filter(({id}) => id === 'color-contrast').map(undecided).filter(({nodes}) => nodes.length > 0),
        ]),
        (error) => done([{id: String(error), impact: 'critical', nodes: []}]))";

impl Window {
    /// What axe finds on the page that is serious or worse, one line each.
    #[must_use]
    pub fn serious_findings(&self) -> Vec<String> {
        if self.script("return typeof window.axe") != "object" {
            let file = Path::new(env!("CARGO_MANIFEST_DIR"))
                .parent()
                .unwrap()
                .join(AXE);
            let source = std::fs::read_to_string(&file)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            let _ = self.script(&source);
        }
        let found = self.script_later(RUN, &json!([]));
        let found = found
            .as_array()
            .unwrap_or_else(|| panic!("axe did not answer: {found}"));
        found
            .iter()
            .filter(|one| is_serious(one))
            .map(line)
            .collect()
    }
}

fn is_serious(finding: &Value) -> bool {
    matches!(finding["impact"].as_str(), Some("serious" | "critical"))
}

fn line(finding: &Value) -> String {
    let nodes: Vec<_> = finding["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .take(3)
        .map(|node| format!("{} {}", node["html"], node["failureSummary"]))
        .collect();
    format!(
        "{}: {}: {}",
        finding["id"],
        finding["help"],
        nodes.join(" | ")
    )
}
