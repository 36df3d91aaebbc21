//! The scores 1 to 5 with their shares, the mean and CSAT, against the period compared with.

use facts::{Answer, Compare, Number, Part, Totals, Trend};
use widgets::Format;
use words::{count, say};
use yew::prelude::*;

use crate::ask::{use_ask, use_format};
use crate::cards::versus;
use crate::filter::use_view;
use crate::ui::{Absent, Skeleton, number};

type Both = (Totals, Option<Totals>);

/// The card of scores.
#[component(Scores)]
pub fn scores() -> Html {
    let (view, format) = (use_view(), use_format());
    let compare = view.as_ref().map(|view| view.compare).unwrap_or_default();
    let asked = use_ask((), |data, view, ()| {
        let totals = |scope: &facts::Scope| data.facts.totals(scope, &[Part::Feedback]);
        let before = match view.compared(data.facts.meta()) {
            Some(scope) => totals(&scope).map(Some),
            None => Answer::Ready(None),
        };
        totals(&view.scope).and_then(|now| before.map(|before| (now, before)))
    });
    let told = |(now, before): &Both| match format {
        _ if now.score_count() == 0 => {
            html! { <Absent reason={say!("Nobody gave a score in this period and selection.")} /> }
        }
        Some(format) => figures(now, before.as_ref(), &format, compare),
        None => html! { <Skeleton /> },
    };
    html! {
        <section
            class={classes!("card", "detail__value", "detail__tall", asked.class())}
            data-widget="satisfaction_scores"
            aria-labelledby="scores-title"
            aria-busy={asked.busy()}
        >
            <div class="card__head"><h2 id="scores-title">{ say!("Scores") }</h2></div>
            <div class="card__body card__body--text">{ asked.show(told) }</div>
            { asked.mark() }
        </section>
    }
}

fn figures(now: &Totals, before: Option<&Totals>, format: &Format, compare: Compare) -> Html {
    let vs = versus(compare);
    let responses = now.score_count();
    let mean = |totals: &Totals| Number::score(totals.score_sum(), totals.score_count());
    let csat = |totals: &Totals| Number::rate(totals.satisfied(), totals.score_count());
    let figure = |term: String, of: &dyn Fn(&Totals) -> Option<Number>| {
        let value = of(now);
        let exact = value.map(|value| value.exact(0));
        let trend = Trend::between(value, before.and_then(of));
        let moved = trend.and_then(Trend::exact).map(|moved| moved.to_string());
        html! {
            <div class="figures__one">
                <dt>{ term }</dt>
                <dd>
                    { number(&value.map_or("–".to_owned(), |value| format.headline(value)), exact.as_deref()) }
                    if let Some(trend) = trend {
                        <span class="figures__below">
                            { number(&format.trend(trend, value), moved.as_deref()) }
                            { " " }{ vs.clone() }
                        </span>
                    }
                </dd>
            </div>
        }
    };
    let row = |(count, score): (i64, i64)| {
        let share = Number::rate(count, responses);
        let fraction = count as f64 / responses.max(1) as f64;
        let exact = share.map(|share| share.exact(0));
        html! {
            <tr>
                <th scope="row">
                    { say!("Score {score}", score = score) }
                    <meter class="share__bar" min="0" max="1" value={fraction.to_string()} aria-hidden="true" />
                </th>
                <td class="number">{ number(&format.count(count), Some(&count.to_string())) }</td>
                <td class="number">
                    { number(&share.map_or("–".to_owned(), |share| format.headline(share)), exact.as_deref()) }
                </td>
            </tr>
        }
    };
    let given = count!(responses, "1 response", "{n} responses", n = format.count(responses));
    html! {
        <>
            <dl class="figures figures--flat">
                { figure(say!("Mean score"), &mean) }
                { figure(say!("CSAT (4 and 5)"), &csat) }
                { figure(say!("Responses"), &|totals: &Totals| Some(Number::Count(totals.score_count()))) }
            </dl>
            <div class="table-scroll" tabindex="0" role="group" aria-label={given.clone()}>
                <table class="table">
                    <caption class="sr-only">{ given }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ say!("Score") }</th>
                            <th scope="col" class="number">{ say!("Responses") }</th>
                            <th scope="col" class="number">{ say!("Share of total") }</th>
                        </tr>
                    </thead>
                    <tbody>{ for now.scores.into_iter().zip(1_i64..).collect::<Vec<_>>().into_iter().rev().map(row) }</tbody>
                </table>
            </div>
        </>
    }
}
