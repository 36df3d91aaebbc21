//! What was spent: bars a month, and the categories.

use facts::{Bucket, BucketSize, DayRange, Number};
use widgets::{Format, shown};
use words::say;
use yew::prelude::*;

use super::record::History;
use super::since::Now;
use crate::ask::use_format;
use crate::filter::use_view;
use crate::host::shared::Shared;
use crate::session::store::use_store;
use crate::ui::{Absent, Skeleton, number};

/// Months drawn at most, the newest.
const MONTHS: usize = 36;

/// Size of the drawing, in its own units.
const HEIGHT: f64 = 100.0;
const STEP: f64 = 10.0;

/// Who.
#[derive(PartialEq, Properties)]
pub struct SpendProps {
    /// The customer.
    pub now: Shared<Now>,
}

/// The card of spending.
#[component(Spend)]
pub fn spend(props: &SpendProps) -> Html {
    let (store, format, view) = (use_store(), use_format(), use_view());
    let favourite = props.now.profile.as_ref().and_then(|profile| profile.favourite.as_deref());
    let content = match (&props.now.history, store.data(), format, view) {
        (Some(events), ..) if events.lines().next().is_none() => {
            html! { <Absent reason={say!("Nothing bought so far.")} /> }
        }
        (Some(events), Some(data), Some(format), Some(view)) => {
            let meta = data.facts.meta();
            let first = events.purchase_days().first().copied().unwrap_or(meta.as_of);
            let months = months(first, meta.as_of);
            html! {
                <>
                    { bars(events, &months, view.scope.range, &format) }
                    { categories(events, favourite, &format) }
                </>
            }
        }
        _ => html! { <Skeleton /> },
    };
    html! {
        <section class="card profile__spend" aria-labelledby="spend-title">
            <div class="card__head"><h2 id="spend-title">{ say!("Spending") }</h2></div>
            <div class="card__body card__body--text">{ content }</div>
        </section>
    }
}

fn months(first: snapshot::Day, last: snapshot::Day) -> Vec<Bucket> {
    let range = DayRange { from: first.month().first_day(), to: last.month().last_day() };
    let all = BucketSize::Month.buckets(range);
    let skip = all.len().saturating_sub(MONTHS);
    all.into_iter().skip(skip).collect()
}

/// A bar a month, those of the filter's period in the accent; the table below says the same.
fn bars(events: &History, months: &[Bucket], period: DayRange, format: &Format) -> Html {
    let sum = |bucket: &Bucket| -> i64 {
        let lines = events.lines().filter(|line| bucket.range.contains(line.day));
        lines.map(|line| line.amount).sum()
    };
    let sums: Vec<i64> = months.iter().map(sum).collect();
    let most = sums.iter().copied().max().unwrap_or(0).max(1) as f64;
    let bar = |(at, (bucket, &sum)): (usize, (&Bucket, &i64))| {
        let height = (sum.max(0) as f64 / most * HEIGHT).max(if sum == 0 { 0.5 } else { 1.5 });
        let within = period.contains(bucket.range.from) || period.contains(bucket.range.to);
        html! {
            <rect
                class={if within { "bars__bar bars__bar--now" } else { "bars__bar" }}
                x={(at as f64 * STEP + 1.0).to_string()}
                y={(HEIGHT - height).to_string()}
                width={(STEP - 2.0).to_string()}
                height={height.to_string()}
            >
                <title>{ format!("{}: {}", format.bucket(*bucket), format.money(sum)) }</title>
            </rect>
        }
    };
    let name = |bucket: Option<&Bucket>| bucket.map(|bucket| format.bucket(*bucket));
    let exponent = format.currency.exponent;
    let row = |(bucket, &sum): (&Bucket, &i64)| {
        let exact = Number::Money(sum).exact(exponent);
        html! {
            <tr>
                <th scope="row">{ format.bucket(*bucket) }</th>
                <td class="number">{ number(&format.money(sum), Some(&exact)) }</td>
            </tr>
        }
    };
    let label = say!("Spending a month");
    html! {
        <figure class="bars" aria-label={label.clone()}>
            <svg
                class="bars__drawing"
                viewBox={format!("0 0 {} {HEIGHT}", months.len() as f64 * STEP)}
                preserveAspectRatio="none"
                aria-hidden="true"
                focusable="false"
            >
                { for months.iter().zip(&sums).enumerate().map(bar) }
            </svg>
            <p class="bars__axis" aria-hidden="true">
                <span>{ for name(months.first()) }</span>
                <span class="bars__key">{ say!("in the period shown") }</span>
                <span>{ for name(months.last()) }</span>
            </p>
            <details class="more">
                <summary>{ say!("As a table") }</summary>
                <div class="table-scroll" tabindex="0" role="group" aria-label={label.clone()}>
                    <table class="table">
                        <caption class="sr-only">{ label }</caption>
                        <thead>
                            <tr>
                                <th scope="col">{ say!("Month") }</th>
                                <th scope="col" class="number">{ say!("Spent") }</th>
                            </tr>
                        </thead>
                        <tbody>{ for months.iter().zip(&sums).rev().map(row) }</tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
}

fn categories(events: &History, favourite: Option<&str>, format: &Format) -> Html {
    let sums = events.categories();
    let most = sums.first().map_or(1, |(_, sum)| *sum).max(1);
    let row = |(name, sum): &(String, i64)| {
        let is_favourite = favourite == Some(name.as_str());
        let exact = Number::Money(*sum).exact(format.currency.exponent);
        let name = if name.is_empty() { say!("No category") } else { shown::label(name) };
        html! {
            <li class="share">
                <span class="share__name" dir="auto">
                    { name }
                    if is_favourite { <span class="tag">{ say!("bought most often") }</span> }
                </span>
                <span class="number">{ number(&format.money(*sum), Some(&exact)) }</span>
                <meter class="share__bar" min="0" max={most.to_string()} value={(*sum).max(0).to_string()} aria-hidden="true" />
            </li>
        }
    };
    html! {
        <>
            <h3>{ say!("By category") }</h3>
            <ul class="shares">{ for sums.iter().map(row) }</ul>
        </>
    }
}
