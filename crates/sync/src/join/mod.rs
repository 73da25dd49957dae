//! Joining: `/rota/join/1`.
