//! The cell: the smallest thing that is written and merged, and the numbers of what this version knows.

use crate::id::EntityId;

/// What kind of entity a cell belongs to. Numbers are format: never reused, unknown ones are merged unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(pub u32);

impl Kind {
    /// A task.
    pub const TASK: Self = Self(1);
    /// A list.
    pub const LIST: Self = Self(2);
    /// The space itself; its entity id is zero.
    pub const SPACE: Self = Self(3);
    /// A person.
    pub const PERSON: Self = Self(4);
    /// A computer, by [`EntityId::of_computer`].
    pub const COMPUTER: Self = Self(5);
}

/// Which field of an entity. Numbers are format: never reused, unknown ones are merged unread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(pub u32);

/// One last-writer-wins register, within a space.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Kind of the entity.
    pub kind: Kind,
    /// The entity.
    pub entity: EntityId,
    /// The field.
    pub field: Field,
    /// For sets the element, such as a tag; else empty. At most 64 bytes.
    pub key: Vec<u8>,
}

impl Cell {
    /// The cell of a field that is no set.
    #[must_use]
    pub const fn of(kind: Kind, entity: EntityId, field: Field) -> Self {
        Self {
            kind,
            entity,
            field,
            key: Vec::new(),
        }
    }

    /// The cell of one element of a set.
    #[must_use]
    pub fn element(kind: Kind, entity: EntityId, field: Field, key: &[u8]) -> Self {
        Self {
            kind,
            entity,
            field,
            key: key.to_vec(),
        }
    }
}

/// Declares the fields of one kind with their numbers, and a table of their names as the contract writes them.
macro_rules! fields {
    ($(#[$doc:meta])* $module:ident { $($(#[$field_doc:meta])* $name:ident = $number:literal, $text:literal;)* }) => {
        $(#[$doc])*
        pub mod $module {
            use super::Field;
            $($(#[$field_doc])* pub const $name: Field = Field($number);)*

            /// The field's name as people and JSON read it; `None` for one that this version does not know.
            #[must_use]
            pub fn name(field: Field) -> Option<&'static str> {
                match field {
                    $($name => Some($text),)*
                    _ => None,
                }
            }
        }
    };
}

fields! {
    /// Fields of a task.
    task {
        /// Text.
        TITLE = 1, "title";
        /// Text, Markdown.
        NOTES = 2, "notes";
        /// [`crate::task::Status`].
        STATUS = 3, "status";
        /// Entity of the list.
        LIST = 4, "list";
        /// Entity of the parent task, or null.
        PARENT = 5, "parent";
        /// Text: order key.
        ORDER = 6, "order";
        /// 0 to 3.
        PRIORITY = 7, "priority";
        /// Text form of a date or local date-time with zone, or null.
        START = 8, "start";
        /// The same.
        DUE = 9, "due";
        /// RRULE text, or null.
        REPEAT = 10, "repeat";
        /// [`crate::task::Assignee`] or null.
        ASSIGNEE = 11, "assignee";
        /// Set keyed by the tag: bool.
        TAG = 12, "tags";
        /// Set keyed by the 16 bytes of the task waited for: bool.
        WAITS_FOR = 13, "waits_for";
        /// Bool.
        DELETED = 14, "deleted";
        /// Bool: it was moved to another space, which is not named.
        MOVED = 15, "moved";
        /// When and by whom it was made; see [`crate::task::Created`].
        CREATED = 16, "created";
        /// Text: when to remind, or null.
        REMINDER = 17, "reminder";
        /// Array of the persons among whom the next occurrence passes on, or null.
        ROTATION = 18, "rotation";
        /// Entity of the task whose next occurrence this is.
        PREDECESSOR = 19, "predecessor";
        /// What became of the reminder: [`crate::reminded::Reminded`]. Of the person, not an edit of the task.
        REMINDED = 20, "reminded";
    }
}

fields! {
    /// Fields of a list.
    list {
        /// Text.
        NAME = 1, "name";
        /// Text: a hue's name, or null.
        COLOR = 2, "color";
        /// Text: order key.
        ORDER = 3, "order";
        /// Bool.
        DELETED = 4, "deleted";
        /// Bool.
        ARCHIVED = 5, "archived";
        /// As for a task.
        CREATED = 6, "created";
        /// Bytes: how far whoever deleted it had seen each chain, pairs of incarnation and counter; or null.
        SEEN = 7, "seen";
    }
}

fields! {
    /// Fields of a space, a person and a computer.
    named {
        /// Text.
        NAME = 1, "name";
    }
}
