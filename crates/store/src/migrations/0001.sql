-- Log: every accepted op, in the order in which it was stored.
CREATE TABLE spaces(
    id INTEGER PRIMARY KEY,
    space BLOB NOT NULL UNIQUE,
    kind INTEGER,
    digest BLOB NOT NULL
) STRICT;

-- Lines of ops without a fork. Each one's head is a head of the frontier.
CREATE TABLE branches(
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL,
    author BLOB NOT NULL,
    incarnation INTEGER NOT NULL,
    parent_branch INTEGER,
    parent_counter INTEGER,
    admission BLOB NOT NULL,
    head_counter INTEGER NOT NULL,
    head_op BLOB NOT NULL,
    counted_to INTEGER NOT NULL
) STRICT;
CREATE INDEX branches_of_space ON branches(space);

CREATE TABLE ops(
    seq INTEGER PRIMARY KEY,
    branch INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    time INTEGER NOT NULL,
    id BLOB NOT NULL,
    signature BLOB NOT NULL,
    payload BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX ops_by_place ON ops(branch, counter);
CREATE INDEX ops_not_of_writes ON ops(id) WHERE flags <> 0;

-- Write index: every write of every cell. A value stays in the payload of its op, as the n-th write.
CREATE TABLE entities(
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    entity BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX entities_by_id ON entities(entity, kind, space);

CREATE TABLE writes(
    entity INTEGER NOT NULL,
    field INTEGER NOT NULL,
    key BLOB NOT NULL,
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    stamp INTEGER NOT NULL,
    -- Bit 0: counts. Bit 1: wins.
    state INTEGER NOT NULL,
    bases BLOB,
    PRIMARY KEY(entity, field, key, seq)
) STRICT, WITHOUT ROWID;

-- Projection: what follows from the winners. Can be dropped and rebuilt.
CREATE TABLE authors(
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE admissions(
    space INTEGER NOT NULL,
    place INTEGER NOT NULL,
    admission BLOB NOT NULL,
    author BLOB NOT NULL,
    person BLOB NOT NULL,
    role INTEGER NOT NULL,
    computer_name TEXT NOT NULL,
    person_name TEXT NOT NULL,
    since INTEGER NOT NULL,
    removed_at INTEGER,
    PRIMARY KEY(space, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX admissions_of_author ON admissions(author);

CREATE TABLE names(
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE lists(
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    name TEXT NOT NULL,
    color TEXT,
    order_key TEXT NOT NULL,
    archived INTEGER NOT NULL,
    created_ms INTEGER,
    deleted_ms INTEGER
) STRICT;
CREATE INDEX lists_of_space ON lists(space, order_key, uuid);

CREATE TABLE list_counts(
    space INTEGER NOT NULL,
    list INTEGER NOT NULL,
    state INTEGER NOT NULL,
    tasks INTEGER NOT NULL,
    PRIMARY KEY(space, list, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE tasks(
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL,
    uuid BLOB NOT NULL,
    short INTEGER NOT NULL,
    -- What follows from other entities too: the list of its root, its place among all of the list, whether it shows.
    list INTEGER NOT NULL,
    state INTEGER NOT NULL,
    place BLOB NOT NULL,
    depth INTEGER NOT NULL,
    shown_parent INTEGER,
    trashed_ms INTEGER,
    -- What its own cells say.
    own_list INTEGER,
    parent INTEGER,
    predecessor INTEGER,
    own_state INTEGER NOT NULL,
    status INTEGER NOT NULL,
    proposal INTEGER NOT NULL,
    order_key TEXT NOT NULL,
    priority INTEGER NOT NULL,
    also INTEGER NOT NULL,
    start TEXT,
    due TEXT,
    start_day INTEGER,
    due_day INTEGER,
    repeat TEXT,
    assignee BLOB,
    created_ms INTEGER,
    created_author INTEGER,
    created_person BLOB,
    completed_ms INTEGER,
    completed_author INTEGER,
    completed_person BLOB,
    deleted_ms INTEGER,
    updated_ms INTEGER NOT NULL,
    tags TEXT NOT NULL,
    title TEXT NOT NULL,
    notes TEXT NOT NULL
) STRICT;
CREATE INDEX tasks_in_display_order ON tasks(list, state, place);
CREATE INDEX tasks_by_short ON tasks(short);
CREATE INDEX tasks_of_parent ON tasks(parent) WHERE parent IS NOT NULL;
CREATE INDEX tasks_of_predecessor ON tasks(predecessor) WHERE predecessor IS NOT NULL;
CREATE INDEX tasks_by_due ON tasks(due_day) WHERE due_day IS NOT NULL;
CREATE INDEX tasks_by_start ON tasks(start_day) WHERE start_day IS NOT NULL;
CREATE INDEX tasks_by_assignee ON tasks(assignee) WHERE assignee IS NOT NULL;

CREATE TABLE task_tags(
    tag TEXT NOT NULL,
    task INTEGER NOT NULL,
    PRIMARY KEY(tag, task)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5(
    words, content = '', contentless_delete = 1, detail = none, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
-- Segments are merged when nobody waits, not by whoever commits.
INSERT INTO search(search, rank) VALUES('automerge', 0), ('crisismerge', 64);

-- Of this computer alone: never sent, not in a backup.
CREATE TABLE incarnations(
    space INTEGER PRIMARY KEY,
    incarnation INTEGER NOT NULL,
    admission BLOB NOT NULL
) STRICT;

CREATE TABLE actions(
    last_seq INTEGER PRIMARY KEY,
    first_seq INTEGER NOT NULL,
    time INTEGER NOT NULL,
    label TEXT NOT NULL,
    -- 0: can be taken back. 1: was taken back. 2: took another back.
    undone INTEGER NOT NULL
) STRICT;

CREATE TABLE settings(
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts(
    task BLOB PRIMARY KEY,
    text TEXT NOT NULL,
    time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE addresses(
    author BLOB NOT NULL,
    address TEXT NOT NULL,
    worked_ms INTEGER NOT NULL,
    PRIMARY KEY(author, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotas(
    space INTEGER NOT NULL,
    author BLOB NOT NULL,
    day INTEGER NOT NULL,
    day_bytes INTEGER NOT NULL,
    uncounted_bytes INTEGER NOT NULL,
    paused INTEGER NOT NULL,
    lifted INTEGER NOT NULL,
    PRIMARY KEY(space, author)
) STRICT, WITHOUT ROWID;

CREATE TABLE conditions(
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY(code, subject)
) STRICT, WITHOUT ROWID;
