//! Which currency the amounts are of, and what tells so.

use super::choose::Choosing;
use super::language;
use super::look::Look;
use super::money::{Money, Way};
use super::numbers::codes_of;
use super::pick::Confidence;
use super::settle::Settled;
use super::text::count;
use crate::sorted;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// ISO 4217 code.
    pub code: String,
    /// The sign beside amounts that stands for it.
    pub symbol: Option<String>,
    /// How sure that is.
    pub confidence: Confidence,
    /// What speaks for it.
    pub why: String,
    /// Others that it may be, with rows that say so, where there are any.
    pub others: Vec<(String, Option<u64>)>,
}

/// Finds the currency; `is_european` tells what is more likely where nothing does.
pub fn of(
    choosing: &Choosing<'_>,
    money: Option<&Money>,
    settled: &Settled,
    is_european: bool,
) -> Found {
    let symbol = settled.symbols.first().map(|(sign, _)| sign.clone());
    let mut found = by_column(settled)
        .or_else(|| by_symbol(settled))
        .or_else(|| by_header(choosing, money))
        .or_else(|| by_export(choosing))
        .unwrap_or_else(|| by_nothing(choosing.look, is_european));
    // Of several signs the one that stands for the currency is the one to leave out.
    let own =
        settled.symbols.iter().find(|(sign, _)| codes_of(sign).contains(&found.code.as_str()));
    found.symbol = own.map(|(sign, _)| sign.clone()).or(symbol);
    found
}

/// Codes in the order of how many rows have them.
fn codes(values: &[(String, u64)]) -> Vec<(&'static str, u64)> {
    let mut all: Vec<(&'static str, u64)> = Vec::new();
    for (value, rows) in values {
        let Some(code) = codes_of(value).into_iter().next() else { continue };
        match all.iter_mut().find(|(known, _)| *known == code) {
            Some((_, sum)) => *sum = sum.saturating_add(*rows),
            None => all.push((code, *rows)),
        }
    }
    sorted::by_key(&mut all, |&(_, rows)| std::cmp::Reverse(rows));
    all
}

fn found(
    code: &str,
    confidence: Confidence,
    why: String,
    others: Vec<(String, Option<u64>)>,
) -> Found {
    Found { code: code.to_owned(), symbol: None, confidence, why, others }
}

fn by_column(settled: &Settled) -> Option<Found> {
    let codes = codes(&settled.currencies);
    let (&(code, rows), others) = codes.split_first()?;
    let why = format!("the column of currencies has it in {}", count(rows, "row", "rows"));
    if others.is_empty() {
        return Some(found(code, Confidence::Sure, why, Vec::new()));
    }
    let others = others.iter().map(|(code, rows)| ((*code).to_owned(), Some(*rows))).collect();
    Some(found(code, Confidence::Unsure, format!("{why}, and others in other rows"), others))
}

fn by_symbol(settled: &Settled) -> Option<Found> {
    let (sign, rows) = settled.symbols.first()?;
    let codes = codes_of(sign);
    let (code, others) = codes.split_first()?;
    let why = format!("amounts have the sign {sign} in {}", count(*rows, "row", "rows"));
    let mut others: Vec<(String, Option<u64>)> =
        others.iter().map(|code| ((*code).to_owned(), None)).collect();
    for (other, rows) in settled.symbols.iter().skip(1) {
        let code = codes_of(other).into_iter().next();
        others.extend(code.map(|code| (code.to_owned(), Some(*rows))));
    }
    let confidence = if others.is_empty() { Confidence::Sure } else { Confidence::Likely };
    Some(found(code, confidence, why, others))
}

fn by_header(choosing: &Choosing<'_>, money: Option<&Money>) -> Option<Found> {
    let at = money.map(|money| match money.way {
        Way::Total(at) | Way::Product { price: at, .. } => at,
    });
    let own = at.and_then(|at| choosing.look.column(at).words.code.clone());
    let any = || choosing.look.columns.iter().find_map(|column| column.words.code.clone());
    let (code, is_own) =
        own.map(|code| (code, true)).or_else(|| any().map(|code| (code, false)))?;
    let is_dollar = code == "USD" && choosing.look.header.iter().any(|name| name.contains('$'));
    let others = if is_dollar {
        vec![("CAD".to_owned(), None), ("AUD".to_owned(), None)]
    } else {
        Vec::new()
    };
    let confidence = if is_own && !is_dollar { Confidence::Sure } else { Confidence::Likely };
    Some(found(&code, confidence, "the name of a column says so".to_owned(), others))
}

fn by_export(choosing: &Choosing<'_>) -> Option<Found> {
    let code = choosing.look.export?.currency?;
    Some(found(
        code,
        Confidence::Likely,
        "the file does not say, but this data is in it".to_owned(),
        Vec::new(),
    ))
}

fn by_nothing(look: &Look, is_european: bool) -> Found {
    let usual = if is_european { ["EUR", "USD", "GBP"] } else { ["USD", "EUR", "GBP"] };
    // Names in Chinese letters alone may be Japanese, too.
    let own: &[&str] = match language::currency_of_letters(look) {
        Some("CNY") => &["JPY", "CNY"],
        Some("JPY") => &["JPY"],
        Some("KRW") => &["KRW"],
        Some("RUB") => &["RUB"],
        _ => &[],
    };
    let mut all = own.iter().copied().chain(usual).map(str::to_owned);
    let code = all.next().unwrap_or_default();
    found(
        &code,
        Confidence::Unsure,
        "nothing in the file says which currency it is".to_owned(),
        all.map(|code| (code, None)).collect(),
    )
}
