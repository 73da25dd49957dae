//! Plain types that cross a border: inputs, views, events, errors.
