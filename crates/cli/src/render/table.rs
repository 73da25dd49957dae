//! Columns aligned by what a terminal shows, in any script.

use anstyle::Style;

use super::text;

/// One cell: a harmless text and how it looks.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// Makes a cell of a text from anybody.
    pub(crate) fn new(text: impl AsRef<str>, style: Style) -> Self {
        Self {
            text: text::one_line(text.as_ref()),
            style,
        }
    }

    /// Makes a cell without a look of its own.
    pub(crate) fn plain(text: impl AsRef<str>) -> Self {
        Self::new(text, Style::new())
    }
}

/// Rows of cells. Columns that are empty in every row are left out.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Cell>>,
    /// The column that is cut where the terminal is too narrow.
    flex: Option<usize>,
    indent: usize,
}

/// What is left of a title on the narrowest terminal, in columns.
const FLEX_MIN: usize = 16;
const GAP: usize = 2;

impl Table {
    /// Makes an empty table.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Moves every row to the right.
    pub(crate) fn indent(mut self, columns: usize) -> Self {
        self.indent = columns;
        self
    }

    /// Says which column is cut where the terminal is too narrow.
    pub(crate) fn flex(mut self, column: usize) -> Self {
        self.flex = Some(column);
        self
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Writes the rows, each with a line end; `columns` is the width of the terminal, if there is one.
    pub(crate) fn render(&self, columns: Option<usize>) -> String {
        let widths = self.widths(columns);
        let mut out = String::new();
        for row in &self.rows {
            out.push_str(&" ".repeat(self.indent));
            let mut owed = 0;
            for (index, cell) in row.iter().enumerate() {
                let room = widths[index];
                if room == 0 {
                    continue;
                }
                let shown = text::cut(&cell.text, room);
                if !shown.is_empty() {
                    out.push_str(&" ".repeat(owed));
                    out.push_str(&styled(&shown, cell.style));
                    owed = 0;
                }
                owed += room.saturating_sub(text::width(&shown)) + GAP;
            }
            out.push('\n');
        }
        out
    }

    fn widths(&self, columns: Option<usize>) -> Vec<usize> {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut widths: Vec<usize> = (0..count)
            .map(|index| {
                self.rows
                    .iter()
                    .filter_map(|row| row.get(index))
                    .map(|c| text::width(&c.text))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        if let (Some(columns), Some(flex)) = (columns, self.flex)
            && flex < count
        {
            let others: usize = widths
                .iter()
                .enumerate()
                .filter(|(i, w)| *i != flex && **w > 0)
                .map(|(_, w)| w + GAP)
                .sum();
            let room = columns.saturating_sub(self.indent + others).max(FLEX_MIN);
            widths[flex] = widths[flex].min(room);
        }
        widths
    }
}

/// A harmless text in a look.
pub(crate) fn styled(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new().indent(1).flex(1);
        for (a, b, c) in [
            ("k3f9", "Buy milk", "Today"),
            ("8x", "牛乳を買う", ""),
            ("w", "A much longer title than fits", "Fri"),
        ] {
            table.row([
                Cell::plain(a),
                Cell::plain(b),
                Cell::plain(""),
                Cell::plain(c),
            ]);
        }
        table
    }

    #[test]
    fn columns_line_up_in_any_script() {
        insta::assert_snapshot!(table().render(None), @r"
         k3f9  Buy milk                       Today
         8x    牛乳を買う
         w     A much longer title than fits  Fri
        ");
    }

    #[test]
    fn a_narrow_terminal_cuts_the_title_only() {
        let narrow = table().render(Some(32));
        assert!(
            narrow.lines().all(|line| text::width(line) <= 32),
            "{narrow}"
        );
        assert!(narrow.contains("A much longer tit…"), "{narrow}");
    }
}
