//! Full-text search in any script.
//!
//! FTS5 splits text at what is no letter or digit, so in scripts without spaces between words a whole sentence would be
//! one word. Of those, every character and every pair of neighbours is made a word of its own: one and two characters
//! find as well as twenty. In other scripts a term finds words that begin with it, whatever their case and accents; the
//! sharp s is two letters, as it is in capitals.

//!
//! The index reaches up to a row. Of tasks behind it, the text is looked through when somebody searches: a new task is
//! found at once, and its commit has fewer pages to write. Their turn comes when nobody waits, or when they are many.

use rusqlite::{Connection, params};

use crate::error::StoreError;

/// Most pages that one bite of merging writes: whoever wants to write meanwhile waits no longer than that takes.
const MERGE_PAGES: i64 = 32;

/// Lets the index catch up, or else merges segments of it, in a transaction of its own; `false` if there is nothing to
/// do. Commits leave their segments as they are, until there are very many.
pub(crate) fn tidy(conn: &Connection) -> Result<bool, StoreError> {
    conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let more = catch_up(conn, reach(conn)?)? || merge_some(conn)?;
    conn.prepare_cached("COMMIT")?.execute([])?;
    Ok(more)
}

fn merge_some(conn: &Connection) -> Result<bool, StoreError> {
    let before = conn.total_changes();
    conn.prepare_cached("INSERT INTO search(search, rank) VALUES('merge', ?1)")?
        .execute([MERGE_PAGES])?;
    // The command itself is one change.
    Ok(conn.total_changes() - before > 1)
}

/// How far the index may stay behind: whoever searches looks through no more rows than that.
const BEHIND_MAX_ROWS: i64 = 512;

/// The row of the last task in the index. Every task up to it is in the index, none behind it.
pub(crate) fn reach(conn: &Connection) -> Result<i64, StoreError> {
    let last: Option<i64> = conn
        .prepare_cached("SELECT max(id) FROM search_docsize")?
        .query_row([], |row| row.get(0))?;
    Ok(last.unwrap_or(0))
}

/// Puts the text of a task into the index, if that reaches so far.
pub(crate) fn put(conn: &Connection, reach: i64, row: i64, text: &str) -> Result<(), StoreError> {
    if row <= reach {
        insert(conn, row, text)?;
    }
    Ok(())
}

/// Takes a task out of the index, where it is in it.
pub(crate) fn take_out(conn: &Connection, row: i64) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM search WHERE rowid = ?1")?
        .execute([row])?;
    Ok(())
}

/// Puts a title that a task had before into the index of those.
pub(crate) fn put_earlier(conn: &Connection, row: i64, title: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO search_earlier(rowid, words) VALUES(?1, ?2)")?
        .execute(params![row, words(title)])?;
    Ok(())
}

/// Takes a title that a task had before out of the index of those.
pub(crate) fn take_out_earlier(conn: &Connection, row: i64) -> Result<(), StoreError> {
    conn.prepare_cached("DELETE FROM search_earlier WHERE rowid = ?1")?
        .execute([row])?;
    Ok(())
}

/// What of a task can be searched for.
pub(crate) fn text(title: &str, notes: &str, tags: &str) -> String {
    [title, notes, tags].join("\n")
}

/// Lets the index catch up if it is far behind a row; tells whether it did.
pub(crate) fn keep_up(conn: &Connection, reach: i64, row: i64) -> Result<bool, StoreError> {
    if row - reach < BEHIND_MAX_ROWS {
        return Ok(false);
    }
    catch_up(conn, reach)
}

/// Puts every task behind the reach of the index into it; tells whether there was any.
fn catch_up(conn: &Connection, reach: i64) -> Result<bool, StoreError> {
    let mut any = false;
    behind(conn, reach, |row, text| {
        any = true;
        insert(conn, row, text)
    })?;
    Ok(any)
}

/// Calls for the text of every task behind the reach of the index, in rising order.
fn behind(
    conn: &Connection,
    reach: i64,
    mut each: impl FnMut(i64, &str) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT id, title, notes, tags FROM tasks WHERE id > ?1 ORDER BY id")?;
    let mut rows = statement.query([reach])?;
    while let Some(row) = rows.next()? {
        let part = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        each(row.get(0)?, &text(part(1)?, part(2)?, part(3)?))?;
    }
    Ok(())
}

fn insert(conn: &Connection, row: i64, text: &str) -> Result<(), StoreError> {
    conn.prepare_cached("INSERT INTO search(rowid, words) VALUES(?1, ?2)")?
        .execute(params![row, words(text)])?;
    Ok(())
}

/// The rows of the tasks that an expression finds, in rising order.
pub(crate) fn find(conn: &Connection, expression: &str) -> Result<Vec<i64>, StoreError> {
    let mut found = matching(conn, expression)?;
    // The same index over what is behind the reach of the kept one, so that words are taken apart alike.
    let mut aside = None;
    behind(conn, reach(conn)?, |row, text| {
        let aside = match &aside {
            Some(aside) => aside,
            None => aside.insert(empty_like(conn)?),
        };
        insert(aside, row, text)
    })?;
    if let Some(aside) = aside {
        found.extend(matching(&aside, expression)?);
    }
    Ok(found)
}

fn matching(conn: &Connection, expression: &str) -> Result<Vec<i64>, StoreError> {
    let mut statement =
        conn.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid")?;
    let rows = statement.query_map([expression], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An empty index in memory, made as the kept one was.
fn empty_like(conn: &Connection) -> Result<Connection, StoreError> {
    let made: String = conn
        .prepare_cached("SELECT sql FROM sqlite_schema WHERE name = 'search'")?
        .query_row([], |row| row.get(0))?;
    let aside = Connection::open_in_memory()?;
    aside.execute_batch(&made)?;
    Ok(aside)
}

/// The words that the index gets for a text.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + text.len() / 2);
    let mut before = None;
    for c in text.chars() {
        if is_word_of_its_own(c) {
            words.push(' ');
            words.push(c);
            words.push(' ');
            if let Some(before) = before {
                words.push(before);
                words.push(c);
                words.push(' ');
            }
            before = Some(c);
        } else {
            push_letter(&mut words, c);
            before = None;
        }
    }
    words
}

/// What a person typed, as an expression of FTS5; `None` if there is nothing in it to look for. Every term has to be
/// found, in any order.
pub(crate) fn expression(typed: &str) -> Option<String> {
    let mut terms = Vec::new();
    let mut word = String::new();
    // A blank at the end closes the last word and the last run of characters alike.
    let mut run: Vec<char> = Vec::new();
    for c in typed.chars().chain([' ']) {
        if is_word_of_its_own(c) {
            run.push(c);
        } else {
            terms.extend(pairs(&std::mem::take(&mut run)));
        }
        if c.is_alphanumeric() && !is_word_of_its_own(c) || is_mark(c) && !word.is_empty() {
            push_letter(&mut word, c);
        } else if !word.is_empty() {
            terms.push(format!("\"{}\" *", std::mem::take(&mut word)));
        }
    }
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// FTS5 sets case and accents aside by itself.
fn push_letter(word: &mut String, letter: char) {
    match letter {
        'ß' | 'ẞ' => word.push_str("ss"),
        _ => word.push(letter),
    }
}

/// What to look for of characters that stand together.
fn pairs(run: &[char]) -> Vec<String> {
    match run {
        [] => Vec::new(),
        [one] => vec![format!("\"{one}\"")],
        more => more
            .windows(2)
            .map(|pair| format!("\"{}{}\"", pair[0], pair[1]))
            .collect(),
    }
}

/// Signs that belong to the letter before them, in the scripts of India above all.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x0483..=0x0487 | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F
        | 0x0670 | 0x0900..=0x0DFF | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0x3099 | 0x309A)
}

/// Han, kana, bopomofo, Thai, Lao, Khmer, Myanmar, Tibetan and their extensions: written without spaces.
fn is_word_of_its_own(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x0F00..=0x0FFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x19E0..=0x19FF | 0x1A20..=0x1AAF
        | 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3038..=0x303B | 0x3041..=0x3096 | 0x309D..=0x309F
        | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x3105..=0x312F | 0x31A0..=0x31BF | 0x31F0..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xA9E0..=0xA9FF | 0xAA60..=0xAA7F | 0xF900..=0xFAFF | 0xFF66..=0xFF9F
        | 0x1B000..=0x1B16F | 0x20000..=0x323AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_become_words_of_one_and_two_characters() {
        assert_eq!(words("Milch 牛乳を"), "Milch  牛  乳 牛乳  を 乳を ");
        assert_eq!(words("Öl kaufen"), "Öl kaufen");
        assert_eq!(words("Straße"), "Strasse");
    }

    #[test]
    fn what_commits_left_apart_is_merged_and_found_as_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(crate::open::FILE_NAME);
        let (conn, _) = crate::open::open(&path, crate::open::Durability::Process).unwrap();
        let conn = conn.unwrap();
        for row in 0..20 {
            conn.execute("INSERT INTO search(rowid, words) VALUES(?1, 'milk')", [row])
                .unwrap();
        }
        let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        let segments = "SELECT count(DISTINCT segid) FROM search_idx";
        assert_eq!(count(segments), 20);
        while tidy(&conn).unwrap() {}
        assert!(count(segments) < 5);
        assert_eq!(count("SELECT count(*) FROM search('milk')"), 20);
    }

    #[test]
    fn what_is_typed_never_breaks_the_expression() {
        assert_eq!(
            expression("牛乳を").as_deref(),
            Some("\"牛乳\" AND \"乳を\"")
        );
        assert_eq!(expression("牛").as_deref(), Some("\"牛\""));
        assert_eq!(
            expression("mil ö").as_deref(),
            Some("\"mil\" * AND \"ö\" *")
        );
        assert_eq!(expression("a\"b").as_deref(), Some("\"a\" * AND \"b\" *"));
        assert_eq!(expression("हिन्दी").as_deref(), Some("\"हिन्दी\" *"));
        assert_eq!(expression(" \" - * \0").as_deref(), None);
    }
}
