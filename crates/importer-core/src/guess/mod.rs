//! Guesses how somebody's files can be read, and shows everything before anything is built.
//!
//! Plain code without files, threads or a clock: a `source::Source` hands over bytes and
//! rows, and has the importer try a mapping out. Nothing is read here by rules of its own: dates,
//! numbers, encodings and cells are those of the importer.

mod ask;
mod build;
mod by_hand;
mod candidate;
mod carriage;
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
mod heads;
mod joins;
mod language;
mod levels;
mod look;
mod lost;
pub mod meanings;
mod missing;
mod money;
mod moved;
mod numbers;
pub mod pick;
mod report;
mod returns;
mod settle;
mod several;
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
use self::candidate::Candidate;
use self::choose::Choosing;
use self::dates::Ways;
use self::found::{Guess, SheetFound};
use self::joins::Joins;
use self::look::Look;
pub use self::report::text;
use self::several::Apart;
pub use self::sheets::Sheets;
use self::source::{SheetKind, Source};
pub use self::text::argument;
pub use self::tried::{Tried, tried};
use self::vocabulary::Vocabulary;
use crate::import::gzip;

/// What is said where there are no purchases in any file.
pub const NOTHING: &str = "nothing usable was found.";

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
    let (more, apart) = more(source, &candidates, chosen, best.is_some());
    let sheets = sheets(source, &looks, &candidates, chosen, (&more, &apart));
    let Candidate { choosing, levels, money } = candidates.swap_remove(chosen);
    let is_european = language::is_european(choosing.look);
    let usual = language::usual_order(choosing.look, is_european);
    let settled = settle::all(source, &choosing, &more, money.as_ref(), &ways, usual)?;
    let currency = currency::of(&choosing, money.as_ref(), &settled, is_european);
    let found = Purchases { choosing, money, settled, currency, is_european, more, apart };
    if !missing.is_empty() {
        return Ok(by_hand::template(source, &found, sheets, missing));
    }
    let is_purchases = |look: &&Look| {
        let mut read = found.more.iter().chain([&found.choosing.look]);
        read.any(|known| known.sheet == look.sheet)
    };
    let others: Vec<&Look> = readable.into_iter().filter(|look| !is_purchases(look)).collect();
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

/// Sheets that are read with the best one, and those that seem to be more of the same and are not.
fn more<'a>(
    source: &dyn Source,
    candidates: &[Candidate<'a>],
    best: usize,
    is_usable: bool,
) -> (Vec<&'a Look>, Vec<Apart>) {
    let (mut more, mut apart) = (Vec::new(), Vec::new());
    let Some(known) = candidates.get(best).filter(|_| is_usable) else { return (more, apart) };
    let others = candidates.iter().enumerate().filter(|(at, _)| *at != best);
    let mut names = vec![gzip::unpacked_name(&known.choosing.look.name)];
    for (_, other) in others {
        let name = gzip::unpacked_name(&other.choosing.look.name);
        if names.contains(&name) {
            let why =
                format!("by its name it is {} once more, compressed or not", draft::named(name));
            apart.push((other.choosing.look.sheet, why));
            continue;
        }
        match joins::joins(source, known, other) {
            Joins::Yes => {
                more.push(other.choosing.look);
                names.push(name);
            }
            Joins::Lacks(why) => apart.push((other.choosing.look.sheet, why)),
            Joins::No => {}
        }
    }
    (more, apart)
}

/// What each sheet is, as far as it is known before the draft is tried out.
fn sheets(
    source: &dyn Source,
    looks: &[Result<Look>],
    candidates: &[Candidate<'_>],
    best: usize,
    (more, apart): (&[&Look], &[Apart]),
) -> Vec<SheetFound> {
    let chosen = candidates.get(best).map(|candidate| candidate.choosing.look.sheet);
    let is_usable =
        |at: usize| candidates.iter().any(|one| one.choosing.look.sheet == at && one.is_usable());
    let like = || {
        let best = candidates.get(best).map(|one| draft::named(&one.choosing.look.name));
        format!("it has the columns of {}", best.unwrap_or_default())
    };
    let is_more = |at: usize| more.iter().any(|look| look.sheet == at);
    let why_apart = |at: usize| apart.iter().find(|(sheet, _)| *sheet == at);
    let all = source.sheets().iter().zip(looks).enumerate();
    let one = |(at, (sheet, look)): (usize, (&source::Sheet, &Result<Look>))| {
        let (table, why) = match look {
            _ if Some(at) == chosen && is_usable(at) => {
                (Some("purchase_transactions"), "it has dates and amounts".to_owned())
            }
            _ if Some(at) == chosen => (None, "its columns can be named by hand".to_owned()),
            _ if is_more(at) => (Some("purchase_transactions"), like()),
            Err(error) => (None, format!("{error:#}")),
            Ok(_) if let Some((_, why)) = why_apart(at) => (None, why.clone()),
            Ok(_) if is_usable(at) => {
                (None, "it has dates and amounts, too, but other columns".to_owned())
            }
            Ok(_) => (None, "it has no purchases in it, and its name says nothing of customers, products or the like".to_owned()),
        };
        SheetFound { name: sheet.name.clone(), table, why }
    };
    all.map(one).collect()
}
