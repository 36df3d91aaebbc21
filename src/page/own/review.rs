//! How files would be read, before anything is made of them; everything of it can be changed.

mod answers;
mod change;
mod files;
mod rows;

use std::rc::Rc;

use words::{count, say};
use yew::prelude::*;

use self::answers::answers;
use self::change::Change;
use self::files::files;
use self::rows::{first_rows, totals};
use super::guess::{Guess, LeftOut};
use super::looked::Looked;
use super::mapping::{self, Setting};
use super::work::Work;
use crate::host::save;
use crate::session::importer::Why;
use crate::ui::{Icon, sentence};

/// Refused rows that are listed.
const LISTED: usize = 20;

/// Purchase lines that a browser's tab has room for; docs/benchmarks-importer.md has the measure.
const LINES_OF_A_TAB: u64 = 2_000_000;

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
                <div class="card__head"><h2 id="own-as" dir="auto">{ &review.name }</h2></div>
                <div class="card__body card__body--text">
                    { kind(guess) }
                    { files(review) }
                    { for refused.map(refusal) }
                    { problems(guess, review.tried.is_none()) }
                    <div class="own__sums" aria-busy={review.pending.to_string()}>{ totals(review) }</div>
                    <p class="quiet" role="status">{ told(review) }</p>
                    { build(review, work) }
                </div>
            </section>
            { answers(review, work) }
            { unused(review) }
            { outside(review, left_out, work) }
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
        None => {
            say!("The dashboard begins with the last 12 months of it; its period can be changed.")
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
                table = table,
                reason = sheet.why
            ),
            None => say!("{file}: not read ({reason})", file = sheet.name, reason = sheet.why),
        };
        html! { <li dir="auto">{ why }</li> }
    };
    html! {
        <>
            if let Some(export) = &guess.export {
                <p>
                    <strong>{ say!("It looks like {export}.", export = export) }</strong>
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
        html! { <li><strong>{ place }</strong>{ ": " }{ &row.reason }</li> }
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

/// Purchase lines that would be built.
fn lines_of(review: &Looked) -> Option<u64> {
    match &review.tried {
        None => review.guess.totals.as_ref().map(|totals| totals.lines),
        Some(tried) => tried.as_ref().ok().map(|tried| tried.totals.lines),
    }
}

/// Before memory runs out: what builds as much as that.
fn too_long(lines: u64, work: &Work) -> Html {
    html! {
        <div class="notice" data-own="too-long">
            { Icon::Warning.html() }
            <div class="notice__text">
                <p>
                    { say!(
                        "These are {lines} purchase lines, and a tab has room for about {room}: its \
                         memory may run out while they are built. With the mapping as a file, the \
                         program for hosts builds them all:",
                        lines = work.number(lines as i64),
                        room = work.number(LINES_OF_A_TAB as i64)
                    ) }
                </p>
                <p><code>{ "hub build --from FILES --mapping mapping.toml --out snapshot" }</code></p>
            </div>
        </div>
    }
}

/// The way on, the mapping as a file, and the way back.
fn build(review: &Rc<Looked>, work: &Work) -> Html {
    let on = {
        let (work, review) = (work.clone(), review.clone());
        Callback::from(move |_: MouseEvent| work.build(&review))
    };
    let take = {
        let review = review.clone();
        Callback::from(move |_: MouseEvent| {
            // Who has no room for so short a text has seen worse by now.
            let _ = save::save("mapping.toml", "application/toml", review.mapping.as_bytes());
        })
    };
    let anew = {
        let work = work.clone();
        Callback::from(move |_: MouseEvent| work.anew())
    };
    let builds = match &review.tried {
        None => review.guess.builds,
        Some(tried) => tried.as_ref().is_ok_and(|tried| tried.builds),
    };
    let too_many = lines_of(review).filter(|&lines| lines > LINES_OF_A_TAB);
    let is_open = builds && review.tried.is_none() && !review.guess.questions.is_empty();
    html! {
        <>
            <div class="own__buttons">
                <button class="button button--primary" type="button" disabled={!builds || review.pending} onclick={on}>
                    { Icon::Chart.small() }
                    { say!("Build the dashboard") }
                </button>
                <button class="button" type="button" onclick={take}>
                    { Icon::Download.small() }
                    { say!("Download the mapping") }
                </button>
                <button class="button" type="button" onclick={anew}>{ say!("Other files") }</button>
            </div>
            { for too_many.map(|lines| too_long(lines, work)) }
            if is_open {
                <div class="notice" data-own="open-questions">
                    { Icon::Info.html() }
                    <p class="notice__text">
                        { count!(
                            review.guess.questions.len() as i64,
                            "These totals rest on an answer that only you can give: see the question below.",
                            "These totals rest on answers that only you can give: see the {n} questions below.",
                            n = review.guess.questions.len()
                        ) }
                    </p>
                </div>
            }
        </>
    }
}

/// What the files say, and the revenue leaves out of account.
fn unused(review: &Looked) -> Html {
    let guess = &*review.guess;
    if guess.unused.is_empty() {
        return html! {};
    }
    let mut all: Vec<_> = guess.unused.iter().collect();
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

/// Rows that do not count; where they keep all from being built, the way to do without them.
fn outside(review: &Rc<Looked>, left_out: &[LeftOut], work: &Work) -> Html {
    if left_out.is_empty() {
        return html! {};
    }
    let refused: u64 = left_out.iter().filter(|left| left.refused).map(|left| left.rows).sum();
    let without = {
        let (work, review) = (work.clone(), review.clone());
        Callback::from(move |_: MouseEvent| {
            let set = Setting::named("reject_limit", &refused.to_string());
            work.try_with(&review, mapping::with(&review.mapping, &[set]));
        })
    };
    let first = match &review.tried {
        Some(Ok(tried)) => tried.first_rejected.as_slice(),
        _ => &[],
    };
    let item = |left: &LeftOut| {
        html! {
            <li>
                <strong>{ count!(left.rows as i64, "1 row", "{n} rows", n = left.rows) }</strong>
                { ": " }
                { &left.why }
            </li>
        }
    };
    html! {
        <section class="card" aria-labelledby="own-left" data-own="left-out">
            <div class="card__head"><h2 id="own-left">{ say!("What is left out") }</h2></div>
            <div class="card__body card__body--text">
                <ul class="own__list">{ for left_out.iter().map(item) }</ul>
                if !first.is_empty() {
                    <ul class="own__list quiet">{ for first.iter().map(|row| html! { <li dir="auto">{ row }</li> }) }</ul>
                }
                if refused > 0 {
                    <div class="own__buttons">
                        <button class="button" type="button" onclick={without}>
                            { say!("Leave these rows out") }
                        </button>
                    </div>
                }
            </div>
        </section>
    }
}
