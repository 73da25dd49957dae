//! The pure rules: ids, clock, ops, merge, who counts, tasks.
