//! Whole groups of computers in one thread of virtual time.
