//! The rules that classified customers, in words, with the cuts they gave on this data.

use facts::Number;
use snapshot::Meta;
use snapshot::meta::{ChurnRule, RfmRule, SegmentRule};
use widgets::Format;
use words::{key, say};
use yew::prelude::*;

use crate::look::Look;
use crate::ui::{number, phrase};

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
            <h3>{ say!("Customer segments") }</h3>
            { segments(meta, &format) }
            <h3>{ say!("Churn risk") }</h3>
            { churn(meta, &format) }
            <h3>{ say!("RFM scores") }</h3>
            { rfm(&meta.rules.rfm, &format) }
        </>
    }
}

fn segments(meta: &Meta, format: &Format) -> Html {
    let labels = &meta.labels.segments;
    let SegmentRule::TopShares { percent, cuts } = &meta.rules.segments else {
        return html! { <p>{ say!("As the source said.") }</p> };
    };
    let row = |(at, label): (usize, &String)| {
        let share = match (at, percent.get(at)) {
            (0, Some(&top)) => {
                phrase(key!("the top {share} of customers"), &[("share", percentage(top))])
            }
            (_, Some(&upto)) => {
                phrase(key!("down to the top {share}"), &[("share", percentage(upto))])
            }
            (_, None) => html! { say!("everybody else") },
        };
        let cut = cuts
            .get(at)
            .map(|&cut| phrase(key!(": from {amount} on"), &[("amount", amount(cut, format))]));
        html! { <><dt>{ words::say(label) }</dt><dd>{ share }{ for cut }</dd></> }
    };
    html! {
        <>
            <p class="quiet">{ say!("By lifetime value; ties go to the higher segment.") }</p>
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
        return html! { <p>{ say!("As the source said.") }</p> };
    };
    if !meta.knows_churn() {
        return html! { <p>{ say!("Nobody has ever come back, so there is no rhythm to measure against.") }</p> };
    }
    let row = |(at, label): (usize, &String)| {
        let limit = match percent.get(at) {
            Some(percent) => {
                let times = f64::from(*percent) / 100.0;
                let times = number(&format.decimals(times, 1), Some(&times.to_string()));
                phrase(
                    key!("last purchase at most {times} times the usual gap ago"),
                    &[("times", times)],
                )
            }
            None => html! { say!("longer ago, or never bought") },
        };
        html! { <><dt>{ words::say(label) }</dt><dd>{ limit }</dd></> }
    };
    let median = population_gap_doubled.map(|doubled| f64::from(doubled) / 2.0);
    html! {
        <>
            <p class="quiet">
                { match median {
                    Some(days) => phrase(
                        key!("By the time since the last purchase, against the customer's own \
                              median gap between purchase days; below two purchase days, against \
                              everybody's median of {days} days."),
                        &[("days", number(&format.decimals(days, 1), Some(&days.to_string())))],
                    ),
                    None => html! {
                        { say!("By the time since the last purchase, against the customer's own \
                                median gap between purchase days.") }
                    },
                } }
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
                { phrase(
                    key!("Scores 1 to 5 by the cuts at 20, 40, 60 and 80% of the {customers} \
                          customers who have bought; recency counts backwards."),
                    &[("customers", plain(customers))],
                ) }
            </p>
            <dl class="facts">
                <dt>{ say!("Recency (days)") }</dt><dd>{ list(rule.recency, &plain) }</dd>
                <dt>{ say!("Frequency (orders)") }</dt><dd>{ list(rule.frequency, &plain) }</dd>
                <dt>{ say!("Monetary") }</dt>
                <dd>{ list(rule.monetary, &|value| amount(value, format)) }</dd>
            </dl>
        </>
    }
}

fn amount(units: i64, format: &Format) -> Html {
    let exact = Number::Money(units).exact(format.currency.exponent);
    number(&format.money(units), Some(&exact))
}
