//! A mapping as guessed, which can be changed, and its text as a mapping file.

mod names;

use crate::import::fields::Table;
use crate::import::file_names::{OrdersAcross, Overlap};
use crate::import::kinds::Kinds;
use crate::import::mapping::{AmountOf, FormatMapping, NegativeQuantity};

pub use self::names::{
    across_name, amount_of_name, kinds_text, minus_name, overlap_name, parts, settings,
};
use super::pick::Confidence;
use super::text::{short, whole};
use crate::import::places::Places;

/// A column that stands for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The field.
    pub field: &'static str,
    /// Name of the column; empty where a column of the field's name is not to be read.
    pub column: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// What speaks for it.
    pub why: String,
}

/// The section of a table.
#[derive(Clone, Debug)]
pub struct TableDraft {
    /// Which table.
    pub table: Table,
    /// Number of the sheet that has its rows.
    pub sheet: usize,
    /// Name of the file in a folder of several.
    pub file: Option<String>,
    /// Name of the table in a SQLite file.
    pub from_table: Option<String>,
    /// All files, or tables, of its rows, where there are several.
    pub parts: Vec<PartDraft>,
    /// Where the columns that were looked at stand in the first of these, if elsewhere.
    pub places: Option<Places>,
    /// What becomes of rows that several of them have.
    pub overlap: Option<Overlap>,
    /// What orders of several files are, where that may be doubted.
    pub orders_across: Option<OrdersAcross>,
    /// Files of what was given back.
    pub returns: Vec<String>,
    /// What its amounts are of, where that may be doubted.
    pub amount_of: Option<AmountOf>,
    /// What amounts above zero are beside quantities below it, where there are any.
    pub negative_quantity: Option<NegativeQuantity>,
    /// Whether lines are filled by those above them of their order.
    pub fill_down: bool,
    /// Columns whose amounts are taken off, where there are any that may be.
    pub less: Option<Vec<String>>,
    /// Which rows count, and how, by what a column calls them.
    pub kinds: Option<Kinds>,
    /// How it is written.
    pub format: FormatMapping,
    /// The columns of its fields.
    pub columns: Vec<Named>,
    /// Customer ids that mean nobody.
    pub guests: Vec<String>,
}

/// A file or table of several that are read together.
#[derive(Clone, Debug)]
pub struct PartDraft {
    /// Number of the sheet.
    pub sheet: usize,
    /// Name of the file or table.
    pub name: String,
    /// How it is cut into cells, where that is its own way.
    pub own: FormatMapping,
}

/// A setting's comment: its name, and what is said of it.
pub type Remark = (&'static str, String);

/// A mapping as guessed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Lines above everything, as comments.
    pub heading: Vec<String>,
    /// Name of the data.
    pub source: String,
    /// IANA zone in which instants are cut to days.
    pub time_zone: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Rows that may be refused.
    pub reject_limit: u64,
    /// The tables that there are, purchases first.
    pub tables: Vec<TableDraft>,
    /// What is said of settings.
    pub remarks: Vec<Remark>,
}

impl TableDraft {
    /// The column of a field, if it has one.
    pub fn column(&self, field: &str) -> Option<&Named> {
        self.columns.iter().find(|named| named.field == field && !named.column.is_empty())
    }
}

impl Draft {
    /// The section of purchases.
    pub fn purchases(&self) -> Option<&TableDraft> {
        self.tables.iter().find(|table| table.table == Table::Purchases)
    }

    /// The section of purchases, to be changed.
    pub fn purchases_mut(&mut self) -> Option<&mut TableDraft> {
        self.tables.iter_mut().find(|table| table.table == Table::Purchases)
    }

    /// The sheets that are read.
    pub fn sheets(&self) -> Vec<usize> {
        let of = |table: &TableDraft| match &table.parts[..] {
            [] => vec![table.sheet],
            parts => parts.iter().map(|part| part.sheet).collect(),
        };
        self.tables.iter().flat_map(of).collect()
    }

    /// Notes what is said of a setting, in the place of what was said before.
    pub fn remark(&mut self, setting: &'static str, words: impl Into<String>) {
        self.remarks.retain(|(known, _)| *known != setting);
        self.remarks.push((setting, words.into()));
    }

    /// The text of the mapping file.
    pub fn toml(&self) -> String {
        let mut out = Writer { text: String::new(), remarks: &self.remarks };
        for line in &self.heading {
            out.comment(line);
        }
        out.blank();
        out.line("source", &quoted(&self.source));
        out.line("time_zone", &quoted(&self.time_zone));
        if self.reject_limit > 0 {
            out.line("reject_limit", &self.reject_limit.to_string());
        } else {
            out.remarked("reject_limit");
        }
        out.section("currency");
        out.line("code", &quoted(&self.currency));
        let is_alone = self.tables.len() == 1;
        for table in &self.tables {
            if is_alone && !settings(&table.format).is_empty() {
                out.section("format");
                out.format(&table.format);
            }
            let name = table.table.name();
            out.section(name);
            if !table.parts.is_empty() {
                let key = if table.from_table.is_some() { "table" } else { "file" };
                out.line(key, &parts(&table.parts));
            } else if let Some(file) = &table.file {
                out.line("file", &quoted(file));
            } else if let Some(from) = table.from_table.as_ref().filter(|from| *from != name) {
                out.line("table", &quoted(from));
            }
            if let Some(overlap) = table.overlap {
                out.line("overlap", overlap_name(overlap));
            }
            if let Some(across) = table.orders_across {
                out.line("orders_across", across_name(across));
            }
            if !table.returns.is_empty() {
                out.line("returns", &list(&table.returns));
            }
            if let Some(of) = table.amount_of {
                out.line("amount_of", amount_of_name(of));
            }
            if let Some(minus) = table.negative_quantity {
                out.line("negative_quantity", minus_name(minus));
            }
            if table.fill_down {
                out.line("fill_down", "true");
            }
            if let Some(less) = &table.less {
                out.line("less", &list(less));
            }
            if let Some(kinds) = &table.kinds {
                out.line("kinds", &kinds_text(kinds));
            }
            if !table.guests.is_empty() {
                out.line("guests", &list(&table.guests));
            }
            if !is_alone && !settings(&table.format).is_empty() {
                out.section(&format!("{name}.format"));
                out.format(&table.format);
            }
            out.section(&format!("{name}.columns"));
            for named in &table.columns {
                let why = if named.column.is_empty() {
                    named.why.clone()
                } else {
                    format!("{}: {}", named.confidence.word(), named.why)
                };
                out.comment(&why);
                out.line(named.field, &quoted(&named.column));
            }
        }
        out.text
    }
}

/// Puts a file together, line by line.
struct Writer<'a> {
    text: String,
    remarks: &'a [Remark],
}

impl Writer<'_> {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn comment(&mut self, words: &str) {
        // What cannot stand in a comment is made visible, and a long line is broken.
        for line in wrapped(words) {
            self.text.push_str(format!("# {line}").trim_end());
            self.text.push('\n');
        }
    }

    fn section(&mut self, name: &str) {
        self.text.push_str(&format!("\n[{name}]\n"));
    }

    fn remarked(&mut self, setting: &str) {
        let remarks = self.remarks;
        for (_, words) in remarks.iter().filter(|(known, _)| *known == setting) {
            self.comment(words);
        }
    }

    fn line(&mut self, key: &str, value: &str) {
        self.remarked(key);
        self.text.push_str(&format!("{key} = {value}\n"));
    }

    fn format(&mut self, format: &FormatMapping) {
        for (key, value) in settings(format) {
            self.line(key, &value);
        }
    }
}

/// A text as TOML has it, on one line.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            character if character.is_control() => {
                out.push_str(&format!("\\u{:04X}", u32::from(character)));
            }
            character => out.push(character),
        }
    }
    out.push('"');
    out
}

/// Some texts as TOML has them.
pub fn list(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", quoted.join(", "))
}

/// Characters of a line of comments.
const WIDTH: usize = 96;

/// A line in several, each as far to the right as it.
fn wrapped(words: &str) -> Vec<String> {
    let words = whole(words);
    let inner = words.trim_start_matches(' ');
    let indent = " ".repeat(words.len().saturating_sub(inner.len()));
    // A command stands on one line, to be copied.
    if indent.len() > 2 {
        return vec![words];
    }
    let mut lines = vec![indent.clone()];
    for word in inner.split(' ') {
        let room = lines.last().map_or(0, |line| line.chars().count());
        if room > indent.len() && room.saturating_add(word.chars().count()) >= WIDTH {
            lines.push(indent.clone());
        }
        if let Some(line) = lines.last_mut() {
            if line.len() > indent.len() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A name in a comment or message.
pub fn named(name: &str) -> String {
    format!("\"{}\"", short(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(serde::Deserialize)]
    struct One {
        key: String,
    }

    proptest! {
        #[test]
        fn any_text_comes_back_from_toml(text in any::<String>(), comment in any::<String>()) {
            let remarks = [("key", comment)];
            let mut out = Writer { text: String::new(), remarks: &remarks };
            out.line("key", &quoted(&text));
            let one: One = toml::from_str(&out.text).unwrap();
            prop_assert_eq!(one.key, text);
        }
    }
}
