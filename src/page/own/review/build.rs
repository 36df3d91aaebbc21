//! The way on from a review, and what stands in it.

use std::rc::Rc;

use words::{count, say};
use yew::prelude::*;

use super::super::guess::LeftOut;
use super::super::looked::Looked;
use super::super::mapping::{self, Setting};
use super::super::work::Work;
use crate::host::save;
use crate::ui::Icon;

/// Purchase lines that a browser's tab has room for; docs/benchmarks-importer.md has the measure.
const LINES_OF_A_TAB: u64 = 2_000_000;

/// The way on, the mapping as a file, and the way back.
pub fn build(review: &Rc<Looked>, left_out: &[LeftOut], work: &Work) -> Html {
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
    let builds = review.builds();
    html! {
        <>
            { hindrance(review, left_out, work).filter(|_| !builds && !review.pending).unwrap_or_default() }
            <div class="own__buttons">
                <button class="button button--primary" type="button" disabled={!builds && !review.pending || review.then_build} onclick={on}>
                    { Icon::Chart.small() }
                    { if review.then_build {
                        say!("Built as soon as the files are read")
                    } else {
                        say!("Build the dashboard")
                    } }
                </button>
                <button class="button" type="button" onclick={take}>
                    { Icon::Download.small() }
                    { say!("Download the mapping") }
                </button>
                <button class="button" type="button" onclick={anew}>{ say!("Other files") }</button>
            </div>
            if let Some(lines) = lines_of(review).filter(|&lines| lines > LINES_OF_A_TAB) {
                { too_long(lines, work) }
            }
            if builds { { open_questions(review) } }
        </>
    }
}

/// Rows because of which nothing is built.
fn refused_of(left_out: &[LeftOut]) -> u64 {
    left_out.iter().filter(|left| left.refused).map(|left| left.rows).sum()
}

/// The way to do without so many rows.
fn without(refused: u64, review: &Rc<Looked>, work: &Work) -> Html {
    let without = {
        let (work, review) = (work.clone(), review.clone());
        Callback::from(move |_: MouseEvent| {
            let set = Setting::named("reject_limit", &refused.to_string());
            work.try_with(&review, mapping::with(&review.mapping, &[set]));
        })
    };
    html! {
        <button class="button" type="button" onclick={without}>{ say!("Leave these rows out") }</button>
    }
}

/// Why nothing can be built, and what to do; nothing where that is said already.
fn hindrance(review: &Rc<Looked>, left_out: &[LeftOut], work: &Work) -> Option<Html> {
    let lines = lines_of(review)?;
    let refused = refused_of(left_out);
    // Which rows they are stands above already, as long as nothing was changed.
    let is_told = review.tried.is_none() && !review.guess.problems.is_empty();
    let (class, icon) =
        if is_told { ("notice", Icon::Info) } else { ("notice notice--error", Icon::Warning) };
    Some(html! {
        <div {class} data-own="hindrance">
            { icon.html() }
            <p class="notice__text">
                { if lines == 0 {
                    say!("So no row is read as a purchase: choose other columns below.")
                } else if is_told {
                    say!("Leave them out, or change how they are read.")
                } else {
                    count!(
                        refused as i64,
                        "1 row cannot be read: leave it out, or change how it is read.",
                        "{n} rows cannot be read: leave them out, or change how they are read.",
                        n = work.number(refused as i64)
                    )
                } }
            </p>
            if lines > 0 { { without(refused, review, work) } }
        </div>
    })
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

/// What rests on answers that were not given.
fn open_questions(review: &Looked) -> Html {
    let questions = review.guess.questions.iter();
    let open = questions.filter(|question| !review.answered.contains(&question.id)).count();
    if open == 0 {
        return html! {};
    }
    html! {
        <div class="notice" data-own="open-questions">
            { Icon::Info.html() }
            <p class="notice__text">
                { count!(
                    open as i64,
                    "These totals rest on an answer that only you can give: see the question below.",
                    "These totals rest on answers that only you can give: see the {n} questions below.",
                    n = open
                ) }
            </p>
        </div>
    }
}
