//! Guesses how somebody's files can be read, and shows everything before anything is built.
//!
//! Plain code without files, threads or a clock: a `source::Source` hands over bytes and
//! rows, and has the importer try a mapping out. Nothing is read here by rules of its own: dates,
//! numbers, encodings and cells are those of the importer.

mod ask;
mod build;
mod by_hand;
mod choose;
mod column;
mod count;
mod currency;
mod dates;
mod dialect;
mod draft;
mod encoding;
mod exports;
pub mod found;
mod language;
mod levels;
mod look;
pub mod meanings;
mod missing;
mod money;
mod numbers;
pub mod pick;
mod report;
mod settle;
mod sheets;
mod show;
pub(crate) mod source;
mod tables;
mod text;
mod trial;
mod tried;
mod unused;
mod vocabulary;
mod words;

use anyhow::{Result, bail};

use self::build::Purchases;
use self::choose::Choosing;
use self::dates::Ways;
use self::found::{Guess, SheetFound};
use self::levels::Level;
use self::look::Look;
use self::money::Money;
pub use self::report::text;
pub use self::sheets::Sheets;
use self::source::{SheetKind, Source};
pub use self::text::argument;
pub use self::tried::{Tried, tried};
use self::vocabulary::Vocabulary;

/// What is said where there are no purchases in any file.
pub const NOTHING: &str = "nothing usable was found.";

/// A sheet that may be that of the purchases.
struct Candidate<'a> {
    choosing: Choosing<'a>,
    levels: Vec<Level>,
    money: Option<Money>,
}

impl Candidate<'_> {
    fn is_usable(&self) -> bool {
        self.money.is_some() && self.choosing.at("transaction_date").is_some()
    }

    /// Whether it has rows of several columns, which may be purchases to whoever knows it.
    fn is_table(&self) -> bool {
        let look = self.choosing.look;
        let named = look.columns.iter().filter(|column| column.can_be_named);
        !look.sample.is_empty() && named.count() > 1
    }

    /// How much of what purchases need was found.
    fn has(&self) -> usize {
        let has_date = self.choosing.at("transaction_date").is_some();
        usize::from(self.money.is_some()).saturating_add(has_date.into())
    }

    /// How well it fits.
    fn rank(&self, source: &dyn Source) -> (bool, usize) {
        let title = source.sheets().get(self.choosing.look.sheet).map(|sheet| sheet.title.as_str());
        let is_called = title.is_some_and(language::is_called_purchases);
        (is_called, self.choosing.picks.len())
    }
}

/// Guesses about everything that a source has.
///
/// # Errors
/// If no file has rows of several columns: says what each has, and what is missing. Where one has
/// them, but no purchases are found in it, the guess is what is known, and a template of a mapping.
pub fn guess(source: &dyn Source) -> Result<Guess> {
    let (ways, vocabulary) = (Ways::new(), Vocabulary::new());
    let looks: Vec<Result<Look>> =
        (0..source.sheets().len()).map(|sheet| look::at(source, sheet, &ways)).collect();
    let readable: Vec<&Look> = looks.iter().filter_map(|look| look.as_ref().ok()).collect();
    let mut candidates: Vec<Candidate<'_>> =
        readable.iter().map(|&look| candidate(look, &vocabulary)).collect();
    let best = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.is_usable())
        .max_by_key(|(at, candidate)| (candidate.rank(source), std::cmp::Reverse(*at)));
    let missing = if best.is_none() { nothing(source, &looks, &candidates) } else { Vec::new() };
    let table = candidates.iter().enumerate().filter(|(_, one)| one.is_table());
    let table = table.max_by_key(|(at, one)| (one.has(), one.rank(source), std::cmp::Reverse(*at)));
    let Some(chosen) = best.or(table).map(|(at, _)| at) else {
        bail!("{NOTHING}\n  {}", missing.join("\n  "))
    };
    let sheets = sheets(source, &looks, &candidates, chosen);
    let alike = alike(&candidates, chosen);
    let Candidate { choosing, levels, money } = candidates.swap_remove(chosen);
    let is_european = language::is_european(choosing.look);
    let usual = language::usual_order(choosing.look, is_european);
    let settled = settle::all(source, &choosing, money.as_ref(), &ways, usual)?;
    let currency = currency::of(&choosing, money.as_ref(), &settled, is_european);
    let found = Purchases { choosing, money, settled, currency, is_european, alike };
    if !missing.is_empty() {
        return Ok(by_hand::template(source, &found, sheets, missing));
    }
    let others: Vec<&Look> =
        readable.into_iter().filter(|look| look.sheet != found.choosing.look.sheet).collect();
    Ok(show::all(source, &found, &levels, &others, &vocabulary, sheets))
}

fn candidate<'a>(look: &'a Look, vocabulary: &'a Vocabulary) -> Candidate<'a> {
    let choosing = Choosing::of(look, vocabulary);
    let levels = levels::of(look, choosing.at("order_id"));
    let money = money::of(&choosing, &levels);
    Candidate { choosing, levels, money }
}

/// Why nothing can be used, file by file.
fn nothing(
    source: &dyn Source,
    looks: &[Result<Look>],
    candidates: &[Candidate<'_>],
) -> Vec<String> {
    let mut parts: Vec<String> = looks
        .iter()
        .filter_map(|look| look.as_ref().err())
        .map(|error| format!("{error:#}"))
        .collect();
    let tried = candidates.iter().filter(|candidate| !candidate.is_usable());
    parts.extend(tried.map(|one| missing::missing(&one.choosing, one.money.is_some())));
    let pairs: Vec<(&Choosing<'_>, bool)> =
        candidates.iter().map(|one| (&one.choosing, one.money.is_some())).collect();
    let is_sqlite = source.sheets().iter().any(|sheet| sheet.kind == SheetKind::Table);
    parts.extend(missing::joined(&pairs, is_sqlite));
    if parts.is_empty() {
        parts.push("there is no file or table to look at".to_owned());
    }
    parts
}

/// Sheets of purchases with the columns of the best one, as exports of several months have.
fn alike(candidates: &[Candidate<'_>], best: usize) -> Vec<usize> {
    let Some(known) = candidates.get(best).map(|one| one.choosing.look) else { return Vec::new() };
    let others = candidates.iter().map(|one| one.choosing.look);
    let is_alike = |look: &&Look| look.sheet != known.sheet && look.header == known.header;
    others.filter(is_alike).map(|look| look.sheet).collect()
}

/// What each sheet is, as far as it is known before the draft is tried out.
fn sheets(
    source: &dyn Source,
    looks: &[Result<Look>],
    candidates: &[Candidate<'_>],
    best: usize,
) -> Vec<SheetFound> {
    let chosen = candidates.get(best).map(|candidate| candidate.choosing.look.sheet);
    let is_usable =
        |at: usize| candidates.iter().any(|one| one.choosing.look.sheet == at && one.is_usable());
    let all = source.sheets().iter().zip(looks).enumerate();
    let one = |(at, (sheet, look)): (usize, (&source::Sheet, &Result<Look>))| {
        let (table, why) = match look {
            _ if Some(at) == chosen && is_usable(at) => {
                (Some("purchase_transactions"), "it has dates and amounts".to_owned())
            }
            _ if Some(at) == chosen => (None, "its columns can be named by hand".to_owned()),
            Err(error) => (None, format!("{error:#}")),
            Ok(_) if is_usable(at) => (
                None,
                "it has dates and amounts, too, but purchases are read from one file or table"
                    .to_owned(),
            ),
            Ok(_) => (None, "its name is that of no table".to_owned()),
        };
        SheetFound { name: sheet.name.clone(), table, why }
    };
    all.map(one).collect()
}
