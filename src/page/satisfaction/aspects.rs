//! Scores by the channel and by the reason of the contact, as far as the source told them.

use facts::{Answer, Aspect, Facts, Grouping, KpiId, Number, Part, Scope, Totals, Trend};
use snapshot::Meta;
use widgets::{Format, shown};
use words::say;
use yew::prelude::*;

use crate::ask::{use_ask, use_format};
use crate::session::store::use_store;
use crate::ui::{Absent, moved, number};

/// By what.
#[derive(PartialEq, Properties)]
pub struct ByAspectProps {
    /// The aspect.
    pub aspect: Aspect,
}

/// One value of an aspect with its scores, now and in the period compared with.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    now: Totals,
    before: Option<Totals>,
}

impl Row {
    fn mean(totals: &Totals) -> Option<Number> {
        Number::score(totals.score_sum(), totals.score_count())
    }

    fn trend(&self) -> Option<Trend> {
        Trend::between(Self::mean(&self.now), self.before.as_ref().and_then(Self::mean))
    }
}

/// The card of an aspect; nothing where the snapshot does not tell it.
#[component(ByAspect)]
pub fn by_aspect(props: &ByAspectProps) -> Html {
    let aspect = props.aspect;
    let (store, format) = (use_store(), use_format());
    let asked = use_ask(aspect, |data, view, aspect| {
        let of = |scope: &Scope| groups(&data.facts, scope, *aspect);
        let before = match view.compared(data.facts.meta()) {
            Some(scope) => of(&scope).map(Some),
            None => Answer::Ready(None),
        };
        let both = of(&view.scope).and_then(|now| before.map(|before| (now, before)));
        both.map(|(now, before)| rows(data.facts.meta(), *aspect, now, before))
    });
    let (Some(manifest), Some(format)) = (store.manifest(), format) else { return html! {} };
    if aspect.labels(&manifest.meta).is_empty() {
        return html! {};
    }
    let (id, heading, column) = match aspect {
        Aspect::Channel => ("by-channel", say!("By channel"), say!("Channel")),
        Aspect::Reason => ("by-reason", say!("By reason"), say!("Reason")),
    };
    let told = |rows: &Vec<Row>| {
        if rows.is_empty() {
            return html! {
                <Absent reason={say!("Nobody gave a score in this period and selection.")} />
            };
        }
        html! {
            <>
                <p class="detail__point">{ summary(rows, &format) }</p>
                { table(rows, &column, &heading, &format) }
            </>
        }
    };
    html! {
        <section
            class={classes!("card", "detail__aspect", asked.class())}
            data-widget={id}
            aria-labelledby={id}
            aria-busy={asked.busy()}
        >
            <div class="card__head"><h2 {id}>{ &heading }</h2></div>
            <div class="card__body card__body--text">{ asked.show(told) }</div>
            { asked.mark() }
        </section>
    }
}

/// The scores of each value, and last of those that do not tell theirs.
fn groups(facts: &Facts, scope: &Scope, aspect: Aspect) -> Answer<Vec<Totals>> {
    let whole = facts.totals(scope, &[Part::Feedback]);
    let groups = facts.groups(scope, Grouping::Of(aspect), &[Part::Feedback]);
    groups.and_then(|mut groups| {
        whole.map(|whole| {
            let mut silent = Totals { scores: whole.scores, ..Totals::default() };
            for group in &groups {
                silent.scores.iter_mut().zip(group.scores).for_each(|(left, told)| *left -= told);
            }
            groups.push(silent);
            groups
        })
    })
}

/// The values with scores in either period, those of most scores first.
fn rows(meta: &Meta, aspect: Aspect, now: Vec<Totals>, before: Option<Vec<Totals>>) -> Vec<Row> {
    let names = aspect.labels(meta).iter().map(|name| shown::label(name)).chain([say!("Not told")]);
    let row = |((at, now), name): ((usize, Totals), String)| Row {
        name,
        now,
        before: before.as_ref().and_then(|before| before.get(at).cloned()),
    };
    let mut rows: Vec<Row> = now.into_iter().enumerate().zip(names).map(row).collect();
    rows.retain(|row| {
        row.now.score_count() + row.before.as_ref().map_or(0, Totals::score_count) > 0
    });
    rows.sort_by_key(|row| std::cmp::Reverse(row.now.score_count()));
    rows
}

fn summary(rows: &[Row], format: &Format) -> String {
    let mean = |row: &&Row| Row::mean(&row.now).map_or(f64::NAN, |mean| mean.to_f64(0));
    let rated = || rows.iter().filter(|row| row.now.score_count() > 0);
    let best = rated().max_by(|one, other| mean(one).total_cmp(&mean(other)));
    let worst = rated().min_by(|one, other| mean(one).total_cmp(&mean(other)));
    let text = |row: &Row| Row::mean(&row.now).map_or("–".to_owned(), |mean| format.full(mean));
    match best.zip(worst) {
        Some((best, worst)) if best != worst => say!(
            "{best} is rated best with {high} of 5, {worst} lowest with {low}.",
            best = best.name,
            high = text(best),
            worst = worst.name,
            low = text(worst)
        ),
        Some((one, _)) => say!("{name}: {score} of 5.", name = one.name, score = text(one)),
        None => String::new(),
    }
}

fn table(rows: &[Row], column: &str, heading: &str, format: &Format) -> Html {
    let compared = rows.iter().any(|row| row.before.is_some());
    html! {
        <div class="table-scroll" tabindex="0" role="group" aria-label={heading.to_owned()}>
            <table class="table">
                <caption class="sr-only">{ heading }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ column }</th>
                        <th scope="col" class="number">{ say!("Responses") }</th>
                        <th scope="col" class="number">{ say!("Mean score") }</th>
                        if compared {
                            <th scope="col" class="number">{ say!("Change") }</th>
                        }
                    </tr>
                </thead>
                <tbody>{ for rows.iter().map(|row| line(row, compared, format)) }</tbody>
            </table>
        </div>
    }
}

fn line(row: &Row, compared: bool, format: &Format) -> Html {
    let (count, mean) = (row.now.score_count(), Row::mean(&row.now));
    // From the lowest score there is to the highest.
    let reach = mean.map_or(0.0, |mean| (mean.to_f64(0) - 1.0) / 4.0);
    let exact = mean.map(|mean| mean.exact(0));
    html! {
        <tr key={row.name.clone()}>
            <th scope="row">
                { &row.name }
                <meter class="share__bar" min="0" max="1" value={reach.to_string()} aria-hidden="true" />
            </th>
            <td class="number">{ number(&format.count(count), Some(&count.to_string())) }</td>
            <td class="number">
                { number(&mean.map_or("–".to_owned(), |mean| format.full(mean)), exact.as_deref()) }
            </td>
            if compared {
                <td class="number">{ change(row.trend(), mean, format) }</td>
            }
        </tr>
    }
}

fn change(trend: Option<Trend>, mean: Option<Number>, format: &Format) -> Html {
    let Some(trend) = trend else { return html! { "–" } };
    let exact = trend.exact().map(|exact| exact.to_string());
    let text = number(&format.trend(trend, mean), exact.as_deref());
    let good = KpiId::AvgSatisfaction.def().good.is(trend.way());
    html! { <span class={moved(good)}>{ text }</span> }
}
