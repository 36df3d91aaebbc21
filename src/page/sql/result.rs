//! What a query gave: rows a page at a time, a simple chart, the file.

use engine::Value;
use widgets::{Cell, Column, Format, Table};
use words::{count, say};
use yew::prelude::*;

use super::bounds::{LONGEST_CELL, MOST_COLUMNS};
use super::chart::QuickChart;
use super::console::Answer;
use super::plain::plain;
use crate::ask::use_format;
use crate::export::{file_name, not_saved, save_csv};
use crate::host::shared::Shared;
use crate::look::prefs::use_prefs;
use crate::session::store::use_store;
use crate::ui::{Icon, number};

/// Rows on one page.
const PAGE: usize = 100;

/// Longest text of a cell on the page; the file has all of it that was kept.
const LONGEST: usize = 300;

/// The answer and its question.
#[derive(PartialEq, Properties)]
pub struct ResultProps {
    /// What was asked.
    pub sql: AttrValue,
    /// What was answered.
    pub answer: Shared<Answer>,
}

/// The card of the answer.
#[component(QueryResult)]
pub fn query_result(props: &ResultProps) -> Html {
    let (store, format) = (use_store(), use_format());
    let (prefs, _) = use_prefs();
    let page = use_state(|| 0_usize);
    let charted = use_state(|| false);
    let failed = use_state(|| false);
    {
        let (page, charted) = (page.setter(), charted.setter());
        use_effect_with(props.answer.clone(), move |_| {
            page.set(0);
            charted.set(false);
        });
    }
    let (Some(format), Some(manifest)) = (format, store.manifest()) else { return html! {} };
    let answer = &props.answer;
    let (rows, of) = (&answer.rows, &answer.of.meta);
    let pages = rows.len().div_ceil(PAGE).max(1);
    let first = (*page).min(pages - 1) * PAGE;
    let last = (first + PAGE).min(rows.len());
    let numeric: Vec<bool> = (0..rows.columns.len()).map(|at| is_numeric(&rows.rows, at)).collect();
    let take = {
        let (answer, numeric, export) = (answer.clone(), numeric.clone(), prefs.export);
        let name = file_name("query", of);
        let header = vec![
            (say!("Query"), props.sql.split_whitespace().collect::<Vec<_>>().join(" ")),
            (say!("Snapshot"), of.snapshot_id.clone()),
        ];
        let failed = failed.setter();
        Callback::from(move |_: MouseEvent| {
            failed.set(save_csv(&name, &table(&answer, &numeric), &header, export).is_err());
        })
    };
    let turn = {
        let charted = charted.clone();
        Callback::from(move |_: MouseEvent| charted.set(!*charted))
    };
    let can_chart = super::chart::can_chart(rows, &numeric);
    let go = |by: isize| {
        let (page, now) = (page.clone(), *page);
        Callback::from(move |_: MouseEvent| {
            page.set(now.saturating_add_signed(by).min(pages - 1));
        })
    };
    // Not `disabled`: a button that is pressed to its end would lose the focus.
    let ends = |ends: bool| ends.then_some("true");
    html! {
        <section class="card sql__result" data-widget="sql_result" aria-labelledby="result-title">
            <div class="card__head">
                <div role="status"><h2 id="result-title">{ said(answer, &format) }</h2></div>
                <div class="card__tools">
                    if can_chart {
                        <button class="button" type="button" aria-pressed={charted.to_string()} onclick={turn}>
                            { Icon::Chart.small() }
                            { say!("Chart") }
                        </button>
                    }
                    <button class="button" type="button" onclick={take} aria-label={say!("Download the rows as CSV")}>
                        { Icon::Download.small() }
                        { "CSV" }
                    </button>
                </div>
            </div>
            <div class="card__body card__body--text">
                if *failed {
                    <p role="alert">{ not_saved() }</p>
                }
                if of.snapshot_id != manifest.meta.snapshot_id {
                    <p role="status">
                        { say!(
                            "Of the snapshot as of {day}, with which the query began; the next one asks the newest.",
                            day = format.day(of.as_of)
                        ) }
                    </p>
                }
                <p class="quiet">{ spent(answer, &format) }</p>
                { for left_out(answer, &format).into_iter().map(|said| html! { <p class="quiet">{ said }</p> }) }
                if *charted && can_chart {
                    <QuickChart answer={answer.clone()} />
                }
                <div class="table-scroll sql__rows" tabindex="0" role="group" aria-label={say!("Rows of the answer")}>
                    <table class="table" aria-rowcount={(rows.len() + 1).to_string()}>
                        <caption class="sr-only">{ say!("Rows of the answer") }</caption>
                        <thead>
                            <tr>
                                { for rows.columns.iter().zip(&numeric).map(|(name, &numeric)| html! {
                                    <th scope="col" class={numeric.then_some("number")}>{ shortened(name) }</th>
                                }) }
                            </tr>
                        </thead>
                        <tbody>
                            { for (first..last).zip(&rows.rows[first..last]).map(|(at, row)| html! {
                                <tr key={at} aria-rowindex={(at + 2).to_string()}>
                                    { for row.iter().zip(&numeric).map(|(value, &numeric)| html! {
                                        <td class={numeric.then_some("number")}>{ shown(value) }</td>
                                    }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
                if pages > 1 {
                    <nav class="sql__pages" aria-label={say!("Pages of the answer")}>
                        <button class="button" type="button" aria-disabled={ends(first == 0)} onclick={go(-1)}>{ say!("Previous") }</button>
                        <span>
                            { say!(
                                "Rows {first} to {last}",
                                first = format.count(first as i64 + 1),
                                last = format.count(last as i64)
                            ) }
                        </span>
                        <button class="button" type="button" aria-disabled={ends(last == rows.len())} onclick={go(1)}>{ say!("Next") }</button>
                    </nav>
                }
            </div>
        </section>
    }
}

fn said(answer: &Answer, format: &Format) -> String {
    let rows = answer.rows.len() as i64;
    count!(rows, "1 row", "{n} rows", n = format.count(rows))
}

/// What of the answer is not here, a sentence each.
fn left_out(answer: &Answer, format: &Format) -> Vec<String> {
    let count_of = |number: usize| format.count(i64::try_from(number).unwrap_or(i64::MAX));
    let mut said = Vec::new();
    if answer.left.rows {
        let most = count_of(answer.rows.len());
        said.push(say!(
            "Only the first {most} rows are read: narrow the query to see others.",
            most
        ));
    }
    if answer.left.columns {
        let most = format.count(i64::from(MOST_COLUMNS));
        said.push(say!("Only the first {most} columns are read: name those you need.", most));
    }
    let (cells, most) = (answer.left.cells, format.count(i64::from(LONGEST_CELL)));
    if cells > 0 {
        said.push(count!(
            cells,
            "1 cell is longer than {most} characters; the rest of it was left out.",
            "{n} cells are longer than {most} characters; the rest of them was left out.",
            n = count_of(cells),
            most = most
        ));
    }
    said
}

/// A text as far as it is drawn.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn spent(answer: &Answer, format: &Format) -> String {
    let bytes = answer.traffic.bytes as f64 / 1000.0;
    let requests = answer.traffic.requests as i64;
    say!(
        "{time} ms · {bytes} KB in {requests} requests",
        time = format.decimals(answer.milliseconds, 0),
        bytes = format.decimals(bytes, 0),
        requests = format.count(requests)
    )
}

fn is_numeric(rows: &[Vec<Value>], at: usize) -> bool {
    let mut values =
        rows.iter().filter_map(|row| row.get(at)).filter(|value| **value != Value::Null);
    let first = values.next();
    let number = |value: &Value| matches!(value, Value::Integer(_) | Value::Real(_));
    first.is_some_and(number) && values.all(number)
}

/// A value as it is, never as markup; numbers are not grouped, they are SQL's own.
fn shown(value: &Value) -> Html {
    match value {
        Value::Null => html! { <span class="quiet">{ "NULL" }</span> },
        Value::Integer(_) | Value::Real(_) => {
            let text = plain(value);
            number(&text, Some(&text))
        }
        Value::Text(text) => html! { <span dir="auto">{ shortened(text) }</span> },
        Value::Blob(bytes) => {
            html! { <span class="quiet">{ say!("{n} bytes", n = bytes.len()) }</span> }
        }
    }
}

fn table(answer: &Answer, numeric: &[bool]) -> Table {
    let columns = answer.rows.columns.iter().zip(numeric);
    let cell = |value: &Value| Cell {
        text: plain(value),
        exact: matches!(value, Value::Integer(_) | Value::Real(_)).then(|| plain(value)),
    };
    Table {
        columns: columns
            .map(|(title, &numeric)| Column { title: title.clone(), numeric })
            .collect(),
        rows: answer.rows.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        ..Table::default()
    }
}
