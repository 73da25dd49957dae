-- Titles that tasks had before: what is called otherwise now is still looked for by the name one remembers.
CREATE TABLE earlier_titles(
    id INTEGER PRIMARY KEY,
    task INTEGER NOT NULL,
    -- The op that wrote it last.
    seq INTEGER NOT NULL,
    title TEXT NOT NULL
) STRICT;
CREATE INDEX earlier_titles_of_task ON earlier_titles(task);

CREATE VIRTUAL TABLE search_earlier USING fts5(
    words, content = '', contentless_delete = 1, detail = none, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);

-- The projection is made anew before anything is read.
INSERT OR REPLACE INTO settings(name, value) VALUES('stale_projection', x'01');
