//! Which sheets are read as purchases together: exports of several periods, with the same columns.

use super::candidate::Candidate;
use super::draft::named;
use super::look::Look;
use super::money::Way;
use super::source::{SheetKind, Source};
use super::tables;

/// What speaks for or against a sheet beside the one of purchases.
pub enum Joins {
    /// It is read with it.
    Yes,
    /// It is something else.
    No,
    /// It seems to be more of the same, and cannot be read with it.
    Lacks(String),
}

/// The columns that purchases are read from.
fn needed(candidate: &Candidate<'_>) -> Vec<String> {
    let money = candidate.money.as_ref();
    let quantity = money.and_then(|money| money.quantity.as_ref()).map(|pick| pick.at);
    let amount = money.map(|money| match money.way {
        Way::Total(at) | Way::Product { price: at, .. } => at,
    });
    let picks = candidate.choosing.picks.iter().map(|pick| pick.at);
    let mut all: Vec<usize> = picks.chain(quantity).chain(amount).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|at| candidate.choosing.look.column(at).name.clone()).collect()
}

/// A field that another sheet has and this one has not.
fn says_more(best: &Candidate<'_>, other: &Candidate<'_>) -> Option<&'static str> {
    let has = |field: &str| best.choosing.at(field).is_some();
    let by_field = other.choosing.picks.iter().map(|pick| pick.field).find(|field| !has(field));
    let counts =
        |one: &Candidate<'_>| one.money.as_ref().is_some_and(|money| money.quantity.is_some());
    by_field.or_else(|| (counts(other) && !counts(best)).then_some("quantity"))
}

/// Whether another sheet is more of the same.
pub fn joins(source: &dyn Source, best: &Candidate<'_>, other: &Candidate<'_>) -> Joins {
    let (known, look) = (best.choosing.look, other.choosing.look);
    let sheet = |look: &Look| source.sheets().get(look.sheet);
    let (Some(of_known), Some(of_other)) = (sheet(known), sheet(look)) else { return Joins::No };
    if of_known.kind != of_other.kind || tables::called(&of_other.title).is_some() {
        return Joins::No;
    }
    let needed = needed(best);
    let is_there = |name: &&String| {
        look.columns.iter().any(|column| column.name == **name && column.can_be_named)
    };
    let lacking: Vec<String> =
        needed.iter().filter(|name| !is_there(name)).map(|name| named(name)).collect();
    // What has most of the columns is meant as more of the same.
    let is_like = lacking.len().saturating_mul(3) <= needed.len() && other.is_usable();
    if !lacking.is_empty() {
        let what = if lacking.len() == 1 { "column" } else { "columns" };
        let lacks =
            format!("it has no {what} {}, as {} has", lacking.join(", "), named(&known.name));
        return if is_like { Joins::Lacks(lacks) } else { Joins::No };
    }
    // Tables of one database that share some columns only are mostly different things.
    let is_same = |one: &Look, two: &Look| one.header.iter().all(|name| two.header.contains(name));
    if of_other.kind == SheetKind::Table && !(is_same(known, look) && is_same(look, known)) {
        return Joins::No;
    }
    // What says more of its lines may tell of the same sales once more, such as line by line.
    if !(is_same(known, look) && is_same(look, known)) {
        if !other.is_usable() {
            return Joins::No;
        }
        if let Some(more) = says_more(best, other) {
            return Joins::Lacks(format!(
                "it has a {more}, which {} has not: where it is more of the same, name both in the mapping",
                named(&known.name)
            ));
        }
    }
    if source.from(&[known.sheet, look.sheet]).is_none() {
        return Joins::Lacks(format!("it is not in the folder of {}", named(&known.name)));
    }
    Joins::Yes
}
