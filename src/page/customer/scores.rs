//! Why the customer is classified so: each score with the cuts it lies between, and churn risk
//! with the customer's own rhythm.

use facts::rules::rank::median_doubled;
use snapshot::Meta;
use snapshot::meta::ChurnRule;
use widgets::{Format, shown};
use words::{count, say};
use yew::prelude::*;

use super::record::{History, Profile};
use super::since::Now;
use crate::ask::use_format;
use crate::host::shared::Shared;
use crate::session::store::use_store;
use crate::ui::{Skeleton, number};

/// Who.
#[derive(PartialEq, Properties)]
pub struct ScoresProps {
    /// The customer.
    pub now: Shared<Now>,
}

/// The card of scores.
#[component(Scores)]
pub fn scores(props: &ScoresProps) -> Html {
    let (store, format) = (use_store(), use_format());
    let (Some(profile), Some(format), Some(data)) = (&props.now.profile, format, store.data())
    else {
        return html! {};
    };
    let meta = data.facts.meta();
    let scored = profile.scored.as_deref().unwrap_or(profile);
    html! {
        <section class="card profile__scores" aria-labelledby="scores-title">
            <div class="card__head"><h2 id="scores-title">{ say!("Why it is classified so") }</h2></div>
            <div class="card__body card__body--text">
                { rfm(scored, meta, &format) }
                if let Some(note) = note(&props.now) { <p class="quiet">{ note }</p> }
                <h3>{ say!("Churn risk: {risk}", risk = shown::label(&profile.churn)) }</h3>
                if let Some(events) = &props.now.history {
                    { churn(profile, events, meta, &format) }
                } else {
                    <Skeleton />
                }
            </div>
        </section>
    }
}

/// Whose word the classes are.
fn note(now: &Now) -> Option<String> {
    match (now.is_new, now.is_touched) {
        (true, _) => Some(say!(
            "Not in the snapshot yet: judged by its rules and cuts, by what has happened since."
        )),
        (false, true) => Some(say!(
            "Segment, risk and RFM scores are the snapshot's, unless somebody has changed them: what has happened since counts in the next one."
        )),
        (false, false) => None,
    }
}

fn rfm(profile: &Profile, meta: &Meta, format: &Format) -> Html {
    let Some([recency, frequency, monetary]) = profile.scores else {
        return html! { <p>{ say!("Never bought, so there are no RFM scores.") }</p> };
    };
    let rule = &meta.rules.rfm;
    let days = profile.recency_days.unwrap_or_default();
    let bought = count!(days, "Bought 1 day ago", "Bought {n} days ago", n = format.count(days));
    let orders = count!(profile.orders, "1 order", "{n} orders", n = format.count(profile.orders));
    let plain = |value: i64| format.count(value);
    let money = |value: i64| format.money(value);
    let name = profile.rfm_segment.as_deref().map(shown::label).unwrap_or_default();
    html! {
        <>
            <h3>{ say!("RFM segment: {segment}", segment = name) }</h3>
            <ul class="scores">
                { score(say!("Recency"), recency, bought, within(recency, &rule.recency, &plain)) }
                { score(say!("Frequency"), frequency, orders, above(frequency, &rule.frequency, &plain)) }
                { score(say!("Monetary"), monetary, format.money(profile.lifetime_value), above(monetary, &rule.monetary, &money)) }
            </ul>
        </>
    }
}

fn score(title: String, score: i64, fact: String, reason: String) -> Html {
    let step = |at: i64| html! { <span class={(at <= score).then_some("scale__on")} /> };
    html! {
        <li class="score">
            <span class="score__title">{ title }</span>
            <span class="score__value">{ number(&score.to_string(), Some(&score.to_string())) }</span>
            <span class="scale" aria-hidden="true">{ for (1..=5).map(step) }</span>
            <span class="score__reason"><strong>{ fact }</strong>{ ": " }{ reason }</span>
        </li>
    }
}

/// Recency counts backwards: few days are a high score.
fn within(score: i64, cuts: &[i64; 4], write: &dyn Fn(i64) -> String) -> String {
    let cut = |at: i64| cuts.get(usize::try_from(at).unwrap_or(0)).copied().unwrap_or_default();
    match score {
        5 => say!("the most recent fifth of buyers bought within {cut} days", cut = write(cut(0))),
        1 => say!("four fifths of buyers bought within {cut} days", cut = write(cut(3))),
        _ => say!(
            "more than {low} days, at most {high}: less recent than {share}% of buyers",
            low = write(cut(4 - score)),
            high = write(cut(5 - score)),
            share = (5 - score) * 20
        ),
    }
}

fn above(score: i64, cuts: &[i64; 4], write: &dyn Fn(i64) -> String) -> String {
    let cut = |at: i64| cuts.get(usize::try_from(at).unwrap_or(0)).copied().unwrap_or_default();
    match score {
        1 => say!("at most {cut}, as the lowest fifth of buyers", cut = write(cut(0))),
        _ => say!(
            "more than {cut}, which {share}% of buyers do not exceed",
            cut = write(cut(score - 2)),
            share = (score - 1) * 20
        ),
    }
}

fn churn(profile: &Profile, events: &History, meta: &Meta, format: &Format) -> Html {
    let ChurnRule::GapMultiples { percent, population_gap_doubled } = &meta.rules.churn else {
        return html! { <p>{ say!("The source said so; it gave no rule.") }</p> };
    };
    if !meta.knows_churn() {
        return html! { <p>{ say!("Nobody has ever come back, so there is no rhythm to measure against.") }</p> };
    }
    let Some(silence) = profile.recency_days else {
        return html! { <p>{ say!("Never bought, which is the highest risk.") }</p> };
    };
    let days = events.purchase_days();
    let mut gaps: Vec<u32> = days.windows(2).map(|two| two[1].0.abs_diff(two[0].0)).collect();
    let own = median_doubled(&mut gaps).filter(|_| !events.cut);
    let Some(gap) = own.or(*population_gap_doubled) else {
        return html! { <p>{ say!("Nobody has ever come back, so there is no rhythm to measure against.") }</p> };
    };
    let usual = f64::from(gap) / 2.0;
    let usual_text = format.decimals(usual, usize::from(gap % 2 == 1));
    let rhythm = if own.is_some() {
        say!(
            "usually buys every {days} days (the median of the customer's own gaps)",
            days = usual_text
        )
    } else {
        say!(
            "bought on one day only, so everybody's median gap of {days} days counts",
            days = usual_text
        )
    };
    let times = silence as f64 / usual.max(0.5);
    let limit = |(at, percent): (usize, &u32)| {
        let label = meta.labels.churn_risks.get(at).map(|label| shown::label(label));
        say!(
            "{risk} up to {times}",
            risk = label.unwrap_or_default(),
            times = format.decimals(f64::from(*percent) / 100.0, 1)
        )
    };
    let limits: Vec<String> = percent.iter().enumerate().map(limit).collect();
    html! {
        <>
            <p>
                <strong>{ count!(silence, "Silent for 1 day", "Silent for {n} days", n = format.count(silence)) }</strong>
                { "; " }{ rhythm }{ "." }
            </p>
            <p>
                { say!("That is") }{ " " }
                <strong>{ number(&format.decimals(times, 1), Some(&times.to_string())) }{ "×" }</strong>
                { " " }{ say!("the usual gap") }
                { format!(" ({}).", limits.join(", ")) }
            </p>
        </>
    }
}
