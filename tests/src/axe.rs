//! axe-core in the page: what a person who hears or enlarges it would stumble over.

use std::path::Path;

use serde_json::{Value, json};

use crate::webdriver::Window;

/// Where the packages of the pages lie.
const AXE: &str = "ui/node_modules/axe-core/axe.min.js";

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
        let found = self.post(
            "execute/async",
            &json!({
                "script": "const done = arguments[0];
                    axe.run(document, {resultTypes: ['violations']}).then(
                        (found) => done(found.violations),
                        (error) => done([{id: String(error), impact: 'critical', nodes: []}]))",
                "args": [],
            }),
        );
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
