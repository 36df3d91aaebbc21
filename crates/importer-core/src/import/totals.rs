//! Rows among purchases that have the sums of others: by what they are called, and by their amounts.

use super::reader::Reader;
use super::record::Record;

/// Words for a sum of rows.
const SUMS: [&str; 34] = [
    "total",
    "totals",
    "subtotal",
    "subtotals",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtbetrag",
    "zwischensumme",
    "endsumme",
    "teilsumme",
    "somme",
    "totaux",
    "totale",
    "totali",
    "subtotale",
    "somma",
    "totaal",
    "subtotaal",
    "eindtotaal",
    "totales",
    "suma",
    "razem",
    "totalt",
    "summa",
    "delsumma",
    "yhteensä",
    "celkem",
    "toplam",
    "összesen",
    "итог",
    "итого",
    "всего",
];

/// The same in languages that set no blanks between words.
const SUMS_WITHOUT_BLANKS: &str = "合計|小計|総計|总计|合计|小计|합계|총계|소계";

/// What else may stand in the name of a sum: what it is of, and months.
const BESIDE: &str = "grand|general|général|overall|sub|sous|of|for|the|all|der|des|für|im|pour|du|\
    de|del|di|per|van|voor|за|q1|q2|q3|q4|quarter|quartal|trimestre|week|woche|kw|month|monat|mois|\
    mes|mese|maand|year|jahr|année|año|anno|jaar|\
    jan|january|januar|janvier|januari|gennaio|enero|feb|february|februar|février|fevrier|\
    febbraio|febrero|februari|mar|march|märz|maerz|mars|marzo|maart|apr|april|avril|aprile|abril|\
    may|mai|maggio|mayo|mei|jun|june|juni|juin|giugno|junio|jul|july|juli|juillet|luglio|julio|\
    aug|august|août|aout|agosto|augustus|sep|sept|september|septembre|settembre|septiembre|\
    oct|okt|october|oktober|octobre|ottobre|octubre|nov|november|novembre|noviembre|\
    dec|dez|december|dezember|décembre|decembre|dicembre|diciembre";

/// Bytes of the longest name of a sum.
const LONGEST: usize = 48;

/// Rows from which on a sum of them is hardly one more amount by chance.
const FEW: u64 = 3;

/// The same where nothing else says that it is a sum.
const MANY: u64 = 5;

/// Sums that are remembered, of which a later one may be the sum since.
const REMEMBERED: usize = 400;

/// Whether something is called a sum, and nothing else: "Total", "Subtotal January", "Gesamt 2024",
/// not "Total Wine".
pub fn is_called(name: &str) -> bool {
    if name.len() > LONGEST {
        return false;
    }
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // Of nearly all names this is all that is looked at.
    let is_name = words().any(is_sum) && words().all(|word| is_sum(word) || is_beside(word));
    is_name || is_called_without_blanks(name)
}

fn is_sum(word: &str) -> bool {
    is_one_of(SUMS.into_iter(), word)
}

fn is_called_without_blanks(name: &str) -> bool {
    let name = name.trim_end_matches([':', '：']).trim();
    let is_beside = |c: char| c.is_numeric() || "年月日度分 ".contains(c);
    !name.is_ascii()
        && SUMS_WITHOUT_BLANKS.split('|').any(|sum| {
            let rest = name.strip_suffix(sum).or_else(|| name.strip_prefix(sum));
            rest.is_some_and(|rest| rest.chars().all(is_beside))
        })
}

/// Whether a word may stand beside one for a sum: a number is that of a year or month.
fn is_beside(word: &str) -> bool {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return matches!(word.parse(), Ok(1..=12 | 1_990..=2_099));
    }
    is_one_of(BESIDE.split('|'), word)
}

fn is_one_of(mut words: impl Iterator<Item = &'static str>, word: &str) -> bool {
    let small = if word.is_ascii() { None } else { Some(word.to_lowercase()) };
    let word = small.as_deref().unwrap_or(word);
    words.any(|known| known.eq_ignore_ascii_case(word))
}

/// The rows of a file so far, of which a later one may have the sum.
#[derive(Default)]
pub struct TotalsLook {
    all: Sum,
    /// Up to each row of totals.
    before: Vec<Sum>,
    /// Rows that name nobody and nothing.
    nameless: u64,
    /// The line of such a row that has the sum of all before it, as long as no other row follows.
    last: Option<u64>,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    /// Of what counts, and as it counts.
    amount: i128,
    /// Of all amounts as they stand in the file.
    written: i128,
    rows: u64,
}

impl TotalsLook {
    /// Whether a row surely has the sum of others: it is called so, or names nobody and nothing as
    /// the only one, and its amount is that sum. `amount` reads it.
    pub fn is_total(
        &self,
        reader: &Reader,
        record: &Record,
        is_called: bool,
        amount: impl FnOnce() -> Option<i64>,
    ) -> bool {
        let is_nameless = self.nameless == 0 && is_nameless(reader, record);
        if !is_called && !is_nameless || !reader.has("amount") {
            return false;
        }
        let Some(amount) = amount().filter(|&amount| amount != 0) else { return false };
        let rows = self.rows_of(amount);
        if is_called {
            let is_nobodys = reader.has("customer_id") && reader.is_empty(record, "customer_id");
            return rows >= FEW || rows > 0 && is_nobodys;
        }
        rows >= MANY && rows == self.all.rows
    }

    /// How many rows have an amount as their sum: all, or those since a row of totals.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of 64 bits fit 128")]
    fn rows_of(&self, amount: i64) -> u64 {
        let (all, none) = (self.all, Sum::default());
        let since = self.before.iter().chain([&none]).filter_map(|before| {
            let sums = [all.amount - before.amount, all.written - before.written];
            sums.contains(&amount.into()).then_some(all.rows - before.rows)
        });
        since.max().unwrap_or(0)
    }

    /// Takes a row of totals, after which other sums may begin.
    pub fn end_sum(&mut self) {
        if self.before.len() < REMEMBERED {
            self.before.push(self.all);
        }
    }

    /// Takes a row: its amount as it counts, and as it stands in the file.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of 64 bits fit 128, and rows are few")]
    pub fn take(&mut self, reader: &Reader, record: &Record, amount: i64, written: i64) {
        let is_nameless = is_nameless(reader, record);
        let is_sum = is_nameless && self.all.rows >= FEW && self.rows_of(amount) == self.all.rows;
        self.last = (is_sum && amount != 0).then_some(record.line);
        self.nameless += u64::from(is_nameless);
        self.all = Sum {
            amount: self.all.amount + i128::from(amount),
            written: self.all.written + i128::from(written),
            rows: self.all.rows + 1,
        };
    }

    /// The line of a last row that names nobody and nothing, and has the sum of all before it.
    pub fn last_is_sum(&self) -> Option<u64> {
        self.last
    }
}

/// What calls a row a sum.
pub fn called<'a>(reader: &'a Reader, record: &'a Record) -> Option<&'a str> {
    let mut fields =
        ["transaction_id", "order_id", "customer_id", "product_id", "product_name", "category"]
            .into_iter();
    fields.find_map(|field| reader.raw(record, field).filter(|name| is_called(name)))
}

/// Whether a row names neither who bought nor what, though there are columns for it.
fn is_nameless(reader: &Reader, record: &Record) -> bool {
    let is_empty = |field: &&str| reader.is_empty(record, field);
    let names: &[&str] = &["customer_id", "product_id", "product_name"];
    let has = |fields: &[&str]| fields.iter().any(|field| reader.has(field));
    let fields = if has(names) { names } else { &["order_id"] };
    has(fields) && fields.iter().all(is_empty)
}

#[cfg(test)]
mod tests {
    use super::is_called;

    #[test]
    fn sums_are_called_so_and_nothing_else() {
        for name in [
            "Total",
            "TOTAL:",
            "Totals",
            "Grand Total",
            "Sub-total",
            "Subtotal January",
            "January subtotal",
            "Total 2024",
            "Total 01/2024",
            "Total Q1 2024",
            "Sum of May",
            "Gesamt",
            "Gesamtsumme:",
            "Summe März",
            "Zwischensumme",
            "Total général",
            "Somme",
            "Sous-total mars",
            "Totale",
            "Totaal 2024",
            "Suma",
            "Totalt",
            "合計",
            "1月小計",
            "2024年 合計：",
            "Итого",
            "Всего за 2024",
        ] {
            assert!(is_called(name), "{name}");
        }
        for name in [
            "Total Wine",
            "Total Care",
            "Total 90",
            "TotalEnergies",
            "Sum 41",
            "Summer",
            "Totally",
            "Total War 2024",
            "Kim Sum Lee",
            "2024",
            "May",
            "",
            ":",
            "C-2024",
            "Summa Cum Laude",
            "合計機",
            "Grand",
            "Sub",
        ] {
            assert!(!is_called(name), "{name}");
        }
    }
}
