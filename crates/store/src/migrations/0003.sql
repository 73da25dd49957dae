-- When to remind of a task. The index holds what may be due, by the earliest moment at which it can be due in any zone.
ALTER TABLE tasks ADD COLUMN remind_from INTEGER;
-- Put off until then, in Unix milliseconds.
ALTER TABLE tasks ADD COLUMN remind_again_ms INTEGER;
CREATE INDEX tasks_by_reminder ON tasks(remind_from) WHERE remind_from IS NOT NULL;

-- Of this computer alone: the heads that other computers told last, 80 bytes each, and when.
CREATE TABLE heard(
    space INTEGER NOT NULL,
    author BLOB NOT NULL,
    heads BLOB NOT NULL,
    heard_ms INTEGER NOT NULL,
    PRIMARY KEY(space, author)
) STRICT, WITHOUT ROWID;

-- The projection is made anew before anything is read.
INSERT OR REPLACE INTO settings(name, value) VALUES('stale_projection', x'01');
