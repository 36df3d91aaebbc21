//! How files would be read, before anything is made of them; everything of it can be changed.

mod answers;
mod build;
mod change;
mod files;
mod names;
mod rows;

use std::rc::Rc;

use words::{count, say};
use yew::prelude::*;

use self::answers::answers;
use self::build::build;
use self::change::Change;
use self::files::files;
use self::names::table_name;
use self::rows::{first_rows, totals};
use super::guess::{Guess, LeftOut};
use super::looked::Looked;
use super::mapping;
use super::work::Work;
use crate::session::importer::Why;
use crate::ui::{Icon, sentence};

/// Refused rows that are listed.
const LISTED: usize = 20;

/// What is looked at.
#[derive(PartialEq, Properties)]
pub struct ReviewProps {
    /// The files, and how they would be read.
    pub review: Rc<Looked>,
    /// The steps from here.
    pub work: Work,
}

/// The view of it.
#[component(Review)]
pub fn review(props: &ReviewProps) -> Html {
    let ReviewProps { review, work } = props;
    let guess = &*review.guess;
    let refused = review.refused.as_ref().or(match &review.tried {
        Some(Err(why)) => Some(why),
        _ => None,
    });
    let left_out = match &review.tried {
        Some(Ok(tried)) => &tried.left_out,
        Some(Err(_)) => &Vec::new(),
        None => &guess.left_out,
    };
    html! {
        <>
            <section class="card" aria-labelledby="own-as" data-own="review">
                <div class="card__head"><h2 id="own-as" dir="auto" tabindex="-1">{ &review.name }</h2></div>
                <div class="card__body card__body--text">
                    { kind(guess) }
                    { files(review) }
                    { for refused.map(refusal) }
                    { problems(guess, review.tried.is_none()) }
                    <div class="own__sums" aria-busy={review.pending.to_string()}>{ totals(review) }</div>
                    { doubts(review) }
                    <p class="quiet" role="status">{ told(review) }</p>
                    { build(review, left_out, work) }
                </div>
            </section>
            { answers(review, work) }
            { unused(review) }
            { outside(review, left_out) }
            { first_rows(review) }
            <Change review={review.clone()} work={work.clone()} />
        </>
    }
}

/// What is heard when the files were read anew.
fn told(review: &Looked) -> String {
    match &review.tried {
        _ if review.pending => say!("Reading the files anew"),
        Some(Ok(tried)) => say!(
            "Read anew: {revenue} {currency} in {n} orders",
            revenue = tried.totals.revenue,
            currency = tried.totals.currency,
            n = tried.totals.orders
        ),
        Some(Err(_)) => say!("The files cannot be read so"),
        None if review.guess.builds => {
            say!("The dashboard begins with the last 12 months of it; its period can be changed.")
        }
        None => String::new(),
    }
}

/// What may make the sums others than the shop's own: beside them, before anything is built.
fn doubts(review: &Looked) -> Html {
    let doubts = match &review.tried {
        Some(Ok(tried)) => &tried.doubts,
        Some(Err(_)) => return html! {},
        None => &review.guess.doubts,
    };
    html! {
        for doubt in doubts {
            <div class="notice" data-own="doubt">
                { Icon::Warning.html() }
                <p class="notice__text" dir="auto">{ sentence(doubt) }</p>
            </div>
        }
    }
}

/// What kind of files these are.
fn kind(guess: &Guess) -> Html {
    let sheet = |sheet: &super::guess::Sheet| {
        let why = match &sheet.table {
            Some(table) => say!(
                "{file}: read as {table} ({reason})",
                file = sheet.name,
                table = table_name(table),
                reason = &*sheet.why
            ),
            None => say!("{file}: not read ({reason})", file = sheet.name, reason = &*sheet.why),
        };
        html! { <li dir="auto">{ why }</li> }
    };
    html! {
        <>
            if let Some(export) = &guess.export {
                <p>
                    <strong>{ say!("It looks like {export}.", export = &**export) }</strong>
                    if let Some(says) = &guess.export_says { { " " }{ sentence(says) } }
                </p>
            }
            if guess.sheets.len() > 1 || guess.sheets.iter().any(|sheet| sheet.table.is_none()) {
                <ul class="own__list">{ for guess.sheets.iter().map(sheet) }</ul>
            }
        </>
    }
}

/// Why nothing can be built, with the rows that are the reason.
fn refusal(why: &Why) -> Html {
    let row = |row: &crate::session::importer::Row| {
        let place = match &row.column {
            Some(column) => say!(
                "{file}, line {line}, {column}",
                file = row.file,
                line = row.line,
                column = column
            ),
            None => say!("{file}, line {line}", file = row.file, line = row.line),
        };
        html! { <li><strong>{ place }</strong>{ ": " }{ &*row.reason }</li> }
    };
    html! {
        <div class="notice notice--error" role="alert" data-own="refused">
            { Icon::Warning.html() }
            <div class="notice__text">
                <p>{ sentence(&why.message) }</p>
                if !why.first.is_empty() {
                    <ul class="own__list">{ for why.first.iter().take(LISTED).map(row) }</ul>
                }
            </div>
        </div>
    }
}

fn problems(guess: &Guess, is_as_guessed: bool) -> Html {
    let all = guess.problems.iter().filter(|_| is_as_guessed);
    html! {
        for problem in all {
            <div class="notice notice--error" data-own="problem">
                { Icon::Warning.html() }
                <p class="notice__text">{ sentence(problem) }</p>
            </div>
        }
    }
}

/// What the files say, and the revenue leaves out of account.
fn unused(review: &Looked) -> Html {
    let guess = &*review.guess;
    // What was chosen since is used by now.
    let is_unused =
        |unused: &&super::guess::Unused| !mapping::reads(&review.mapping, &unused.column);
    let mut all: Vec<_> = guess.unused.iter().filter(is_unused).collect();
    if all.is_empty() {
        return html! {};
    }
    all.sort_by_key(|unused| !unused.changes);
    let item = |unused: &super::guess::Unused| {
        let icon = if unused.changes { Icon::Warning } else { Icon::Info };
        html! {
            <li class="own__said" data-own={if unused.changes { "changes" } else { "says" }}>
                { icon.small() }
                <div>
                    <strong dir="auto">{ &unused.column }</strong>
                    <span class="quiet">
                        { " " }
                        { count!(unused.rows as i64, "in 1 row", "in {n} rows", n = unused.rows) }
                    </span>
                    <p dir="auto">{ sentence(&unused.says) }</p>
                </div>
            </li>
        }
    };
    html! {
        <section class="card" aria-labelledby="own-unused">
            <div class="card__head">
                <h2 id="own-unused">{ say!("What the file says, and the revenue above does not use") }</h2>
            </div>
            <div class="card__body card__body--text">
                if !review.is_as_guessed() {
                    <p class="quiet">{ say!("As it was before your changes.") }</p>
                }
                <ul class="own__list own__list--plain">{ for all.into_iter().map(item) }</ul>
            </div>
        </section>
    }
}

/// Rows that do not count.
fn outside(review: &Looked, left_out: &[LeftOut]) -> Html {
    if left_out.is_empty() {
        return html! {};
    }
    let first = match &review.tried {
        Some(Ok(tried)) => tried.first_rejected.as_slice(),
        _ => &[],
    };
    let item = |left: &LeftOut| {
        html! {
            <li>
                <strong>{ count!(left.rows as i64, "1 row", "{n} rows", n = left.rows) }</strong>
                { ": " }
                { &*left.why }
            </li>
        }
    };
    html! {
        <section class="card" aria-labelledby="own-left" data-own="left-out">
            <div class="card__head"><h2 id="own-left">{ say!("What is left out") }</h2></div>
            <div class="card__body card__body--text">
                <ul class="own__list">{ for left_out.iter().map(item) }</ul>
                if !first.is_empty() {
                    <ul class="own__list quiet">{ for first.iter().map(|row| html! { <li dir="auto">{ &**row }</li> }) }</ul>
                }
            </div>
        </section>
    }
}
