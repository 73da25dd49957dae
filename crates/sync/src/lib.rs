//! The sans-I/O sync session and the joining handshake.
