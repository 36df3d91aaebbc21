//! The rules that classified customers, in words, with the cuts they gave on this data.

use facts::Number;
use snapshot::Meta;
use snapshot::meta::{ChurnRule, RfmRule, SegmentRule};
use widgets::Format;
use yew::prelude::*;

use crate::card::number;
use crate::look::Look;

/// Whose rules.
#[derive(PartialEq, Properties)]
pub struct RulesProps {
    /// What the snapshot says of itself.
    pub meta: Meta,
}

/// Segments, churn risks and RFM cuts.
#[component(Rules)]
pub fn rules(props: &RulesProps) -> Html {
    let meta = &props.meta;
    let format = Look::new(meta, false).format;
    html! {
        <>
            <h3>{ "Customer segments" }</h3>
            { segments(meta, &format) }
            <h3>{ "Churn risk" }</h3>
            { churn(meta, &format) }
            <h3>{ "RFM scores" }</h3>
            { rfm(&meta.rules.rfm, &format) }
        </>
    }
}

fn segments(meta: &Meta, format: &Format) -> Html {
    let labels = &meta.labels.segments;
    let SegmentRule::TopShares { percent, cuts } = &meta.rules.segments else {
        return html! { <p>{ "As the source said." }</p> };
    };
    let row = |(at, label): (usize, &String)| {
        let share = match (at, percent.get(at)) {
            (0, Some(&top)) => html! { <>{ "the top " }{ percentage(top) }{ " of customers" }</> },
            (_, Some(&upto)) => html! { <>{ "down to the top " }{ percentage(upto) }</> },
            (_, None) => html! { "everybody else" },
        };
        let cut = cuts.get(at).map(|&cut| {
            html! { <>{ ": from " }{ amount(cut, format) }{ " on" }</> }
        });
        html! { <><dt>{ label }</dt><dd>{ share }{ for cut }</dd></> }
    };
    html! {
        <>
            <p class="quiet">{ "By lifetime value; ties go to the higher segment." }</p>
            <dl class="facts">{ for labels.iter().enumerate().map(row) }</dl>
        </>
    }
}

fn percentage(percent: u32) -> Html {
    number(&format!("{percent}%"), Some(&(f64::from(percent) / 100.0).to_string()))
}

fn churn(meta: &Meta, format: &Format) -> Html {
    let labels = &meta.labels.churn_risks;
    let ChurnRule::GapMultiples { percent, population_gap_doubled } = &meta.rules.churn else {
        return html! { <p>{ "As the source said." }</p> };
    };
    let row = |(at, label): (usize, &String)| {
        let limit = match percent.get(at) {
            Some(percent) => {
                let times = f64::from(*percent) / 100.0;
                html! {
                    <>
                        { "last purchase at most " }
                        { number(&format.decimals(times, 1), Some(&times.to_string())) }
                        { " times the usual gap ago" }
                    </>
                }
            }
            None => html! { "longer ago, or never bought" },
        };
        html! { <><dt>{ label }</dt><dd>{ limit }</dd></> }
    };
    let median = population_gap_doubled.map(|doubled| f64::from(doubled) / 2.0);
    html! {
        <>
            <p class="quiet">
                { "By the time since the last purchase, against the customer's own median gap \
                   between purchase days" }
                if let Some(days) = median {
                    { "; below two purchase days, against everybody's median of " }
                    { number(&format.decimals(days, 1), Some(&days.to_string())) }
                    { " days" }
                }
                { "." }
            </p>
            <dl class="facts">{ for labels.iter().enumerate().map(row) }</dl>
        </>
    }
}

fn rfm(rule: &RfmRule, format: &Format) -> Html {
    let customers = i64::try_from(rule.customers).unwrap_or(i64::MAX);
    let list = |cuts: [i64; 4], write: &dyn Fn(i64) -> Html| {
        let parts = cuts.into_iter().enumerate().map(|(at, cut)| {
            html! { <>{ if at > 0 { " · " } else { "" } }{ write(cut) }</> }
        });
        parts.collect::<Html>()
    };
    let plain = |value: i64| number(&format.count(value), Some(&value.to_string()));
    html! {
        <>
            <p class="quiet">
                { "Scores 1 to 5 by the cuts at 20, 40, 60 and 80% of the " }
                { plain(customers) }
                { " customers who have bought; recency counts backwards." }
            </p>
            <dl class="facts">
                <dt>{ "Recency (days)" }</dt><dd>{ list(rule.recency, &plain) }</dd>
                <dt>{ "Frequency (orders)" }</dt><dd>{ list(rule.frequency, &plain) }</dd>
                <dt>{ "Monetary" }</dt>
                <dd>{ list(rule.monetary, &|value| amount(value, format)) }</dd>
            </dl>
        </>
    }
}

fn amount(units: i64, format: &Format) -> Html {
    let exact = Number::Money(units).exact(format.currency.exponent);
    number(&format.money(units), Some(&exact))
}
