-- What people see of a task besides: reminders, whose turn it is, what it waits for, who deleted it, what was kept.
ALTER TABLE tasks ADD COLUMN reminder TEXT;
ALTER TABLE tasks ADD COLUMN rotation BLOB;
ALTER TABLE tasks ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN deleted_author INTEGER;
-- The instant of a due time of which the zone is known; null for a day, which floats.
ALTER TABLE tasks ADD COLUMN due_ms INTEGER;

DROP INDEX tasks_by_due;
CREATE INDEX tasks_by_due ON tasks(due_day, due_ms, state, list) WHERE due_day IS NOT NULL;
DROP INDEX tasks_by_assignee;
CREATE INDEX tasks_by_assignee ON tasks(assignee, state, list) WHERE assignee IS NOT NULL;
CREATE INDEX tasks_by_completed ON tasks(completed_ms, state, list) WHERE completed_ms IS NOT NULL;

CREATE TABLE task_waits(
    task INTEGER NOT NULL,
    waits_for INTEGER NOT NULL,
    PRIMARY KEY(task, waits_for)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_waits_by_waited_for ON task_waits(waits_for);

ALTER TABLE lists ADD COLUMN deleted_author INTEGER;
-- What whoever deleted the list had seen: pairs of incarnation and counter. What is not in it is kept.
ALTER TABLE lists ADD COLUMN seen BLOB;

-- What a change was, so that a window can say it in its own words.
ALTER TABLE actions ADD COLUMN verb TEXT NOT NULL DEFAULT 'change';
ALTER TABLE actions ADD COLUMN count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE actions ADD COLUMN name TEXT;
CREATE INDEX actions_to_redo ON actions(last_seq) WHERE undone = 2;

-- The projection is made anew before anything is read.
INSERT OR REPLACE INTO settings(name, value) VALUES('stale_projection', x'01');
