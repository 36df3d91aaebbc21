//! Files as a mapping names them: one, several, or all that fit a pattern.

use serde::Deserialize;

use super::gzip;

/// What stands for any letters of a name.
pub const ANY: char = '*';

/// The files of a table, as a mapping names them.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum FileNames {
    /// One, or all that fit a pattern.
    One(FileName),
    /// Several, in order.
    More(Vec<FileName>),
}

/// A file, as a mapping names it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum FileName {
    /// One that is written as the table's format says.
    Plain(String),
    /// One that is cut into cells in its own way.
    Own(OwnFile),
}

/// A file that is cut into cells in its own way; what stands in cells is written alike in all.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnFile {
    /// Its name, or a pattern.
    pub name: String,
    /// Lines at its beginning that are not read.
    pub skip_rows: Option<u64>,
    /// Between two cells.
    pub delimiter: Option<char>,
    /// Around cells.
    pub quote: Option<char>,
    /// A label of the Encoding standard.
    pub encoding: Option<String>,
}

/// What becomes of rows that an earlier file has, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overlap {
    /// They count in each.
    #[default]
    Count,
    /// They count once.
    LeaveOut,
}

/// What orders are of which several files have lines that differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrdersAcross {
    /// One order, all of whose lines count.
    #[default]
    Add,
    /// One order, which is as the last file has it.
    LastFile,
    /// Orders of their own: each file begins its numbers anew.
    Apart,
}

impl FileNames {
    /// All of them.
    pub fn all(&self) -> &[FileName] {
        match self {
            Self::One(file) => std::slice::from_ref(file),
            Self::More(files) => files,
        }
    }

    /// Whether a file of a name is among them.
    pub fn has(&self, name: &str) -> bool {
        self.all().iter().any(|file| file.name() == name || fits(file.name(), name))
    }
}

impl FileName {
    /// Its name, or a pattern.
    pub fn name(&self) -> &str {
        match self {
            Self::Plain(name) => name,
            Self::Own(file) => &file.name,
        }
    }
}

/// Whether a file's name fits a pattern, compressed or not.
pub fn fits(pattern: &str, name: &str) -> bool {
    pattern.contains(ANY) && (matches(pattern, name) || matches(pattern, gzip::unpacked_name(name)))
}

/// Whether a text fits a pattern in which a star stands for any letters.
pub fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once(ANY) else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    ends.any(|at| matches(rest, &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, text, is) in [
            ("orders-*.csv", "orders-2024.csv", true),
            ("orders-*.csv", "orders-.csv", true),
            ("orders-*.csv", "orders-2024.csv.gz", false),
            ("*-*.csv", "a-b-c.csv", true),
            ("*", "", true),
            ("a*a", "a", false),
            ("größe*", "größen", true),
            ("orders.csv", "orders.csv", true),
            ("orders.csv", "orders-csv", false),
        ] {
            assert_eq!(matches(pattern, text), is, "{pattern} {text}");
        }
    }
}
