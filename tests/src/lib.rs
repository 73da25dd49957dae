//! End-to-end tests of real processes, networks and windows.
