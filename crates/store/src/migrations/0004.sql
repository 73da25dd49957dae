-- A commit writes every page that it changes. What changes with each commit is in one small table, so that it is on few.
CREATE TABLE latest(
    space INTEGER NOT NULL,
    -- 0: the digest of all winners. 1: the head of a branch, its counter and op id. 2: how many tasks of a list show so.
    kind INTEGER NOT NULL,
    -- The branch or the list.
    of INTEGER NOT NULL,
    -- How the tasks show.
    state INTEGER NOT NULL,
    value ANY NOT NULL,
    PRIMARY KEY(space, kind, of, state)
) STRICT, WITHOUT ROWID;
INSERT INTO latest SELECT id, 0, 0, 0, digest FROM spaces;
INSERT INTO latest SELECT space, 1, id, 0, CAST(unhex(printf('%016X', head_counter)) || head_op AS BLOB) FROM branches;
INSERT INTO latest SELECT space, 2, list, state, tasks FROM list_counts;

ALTER TABLE spaces DROP COLUMN digest;
ALTER TABLE branches DROP COLUMN head_counter;
ALTER TABLE branches DROP COLUMN head_op;
DROP TABLE list_counts;
CREATE VIEW list_counts AS SELECT space, of AS list, state, value AS tasks FROM latest WHERE kind = 2;
