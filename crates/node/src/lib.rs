//! One Service for every face, and the supervisor of what runs.
