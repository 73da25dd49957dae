//! Keeps ops, cells and their projection in one SQLite file.
