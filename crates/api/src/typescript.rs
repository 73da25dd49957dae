//! The same types for the window, as one TypeScript file in a fixed order.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use crate::{ApiError, OPERATIONS, Progress, WatchEvent};

const HEAD: &str =
    "// Generated from crates/api by `cargo run -p rota-api --bin generate-types`. Do not edit.\n";

/// The whole TypeScript file.
pub fn generate() -> String {
    let mut declarations = Declarations {
        config: config(),
        of: BTreeMap::new(),
        seen: HashSet::new(),
    };
    declarations.add::<ApiError>();
    declarations.add::<Progress>();
    declarations.add::<WatchEvent>();
    for info in OPERATIONS {
        (info.visit)(&mut declarations);
    }
    let mut out = HEAD.to_owned();
    for declaration in declarations.of.values() {
        out.push('\n');
        out.push_str(declaration);
    }
    out.push_str(
        "\n/** Every operation of the service, by name. */\nexport interface Operations {\n",
    );
    for info in OPERATIONS {
        let (input, output) = (info.types)(&declarations.config);
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            out,
            "  {}: {{ input: {input}; output: {output} }};",
            info.name
        );
    }
    out.push_str("}\n");
    out
}

/// The declarations of types and of all that they are made of, by name.
pub struct Declarations {
    config: Config,
    of: BTreeMap<String, String>,
    seen: HashSet<TypeId>,
}

impl Declarations {
    /// Adds a type and all that it is made of.
    pub fn add<T: TS + 'static + ?Sized>(&mut self) {
        self.visit::<T>();
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // A type may be made of itself.
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only what was declared here has a place to be written to; numbers, texts and arrays have none.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            let declaration = format!("{docs}export {}\n", T::decl(&self.config));
            self.of.insert(T::ident(&self.config), declaration);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn config() -> Config {
    // Every number here is far below 2^53.
    Config::new().with_large_int("number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_file_is_what_the_types_say() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/generated/api.ts");
        let committed = std::fs::read_to_string(path).unwrap();
        assert!(
            committed == generate(),
            "ui/src/generated/api.ts is out of date: run `cargo run -p rota-api --bin generate-types`"
        );
    }

    #[test]
    fn every_name_that_is_used_is_declared() {
        let text = generate();
        for name in [
            "Task",
            "TaskAdd",
            "Change",
            "Place",
            "DateFilter",
            "Code",
            "Role",
            "Computer",
            "WatchKind",
        ] {
            let declared = [" =", "<T> ="]
                .iter()
                .any(|end| text.contains(&format!("export type {name}{end}")));
            assert!(declared, "{name}");
        }
        assert!(!text.contains("bigint"));
    }
}
