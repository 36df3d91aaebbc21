//! A KPI by each value of a dimension, and the values that moved it most.

use facts::{Contribution, Dimension, KpiDef, KpiPart, Number, Set};
use snapshot::Meta;
use widgets::{Format, Pick};
use words::say;
use yew::prelude::*;

use super::def_props::DefProps;
use crate::ask::{Asked, use_ask, use_format};
use crate::cards::Picked;
use crate::filter::{classes_note, dimension_name, use_view, value_name};
use crate::session::store::use_store;
use crate::ui::{moved, number};

/// Movers shown at most.
const MOVERS: usize = 8;

/// Which KPI by what.
#[derive(PartialEq, Properties)]
pub struct ByProps {
    /// The KPI.
    pub def: &'static KpiDef,
    /// The dimension.
    pub dimension: Dimension,
    /// True if two cards stand beside this one.
    #[prop_or_default]
    pub tall: bool,
}

/// The parts of a KPI.
#[hook]
fn use_parts(def: &'static KpiDef, dimension: Dimension) -> Asked<Vec<KpiPart>> {
    use_ask((def.key, dimension), |data, view, _| data.facts.kpi_parts(def, view, dimension))
}

/// The card of a dimension.
#[component(By)]
pub fn by(props: &ByProps) -> Html {
    let ByProps { def, dimension, tall } = *props;
    let (store, view, format) = (use_store(), use_view(), use_format());
    let asked = use_parts(def, dimension);
    let (Some(manifest), Some(view), Some(format)) = (store.manifest(), view, format) else {
        return html! {};
    };
    let meta = &manifest.meta;
    if filters::labels(meta, dimension).is_empty()
        || (dimension == Dimension::Category && !meta.features.categories)
    {
        return html! {};
    }
    let title = dimension_name(dimension);
    let id = format!("by-{}", filters::query::name(dimension));
    let told = |parts: &Vec<KpiPart>| {
        html! {
            <>
                { table(def, parts, dimension, view.scope.set(dimension), meta, &format) }
                if dimension != Dimension::Category {
                    <p class="quiet">{ classes_note(meta) }</p>
                }
            </>
        }
    };
    let has_parts = def.id.has_parts(dimension);
    let content = if has_parts {
        asked.show(told)
    } else {
        html! {
            <p class="quiet">{ say!("Feedback and campaign contacts belong to customers, not to categories.") }</p>
        }
    };
    html! {
        <section
            class={classes!("card", "detail__by", tall.then_some("detail__tall"), asked.class())}
            data-widget={id.clone()}
            aria-labelledby={id.clone()}
            aria-busy={asked.busy().filter(|_| has_parts)}
        >
            <div class="card__head"><h2 {id}>{ say!("By {dimension}", dimension = title) }</h2></div>
            <div class="card__body card__body--text">{ content }</div>
            { asked.mark() }
        </section>
    }
}

/// The values, greatest first, with a bar each; pressing a name filters by it.
fn table(
    def: &KpiDef,
    parts: &[KpiPart],
    dimension: Dimension,
    chosen: &Set,
    meta: &Meta,
    format: &Format,
) -> Html {
    let title = dimension_name(dimension);
    let size = |part: &KpiPart| part.value.map_or(f64::NEG_INFINITY, |value| value.to_f64(0));
    let mut parts: Vec<&KpiPart> = parts.iter().collect();
    if dimension == Dimension::Category {
        parts.sort_by(|one, other| size(other).total_cmp(&size(one)));
    }
    // Scores begin at 1 and end at 5, wherever the highest lies; all else begins at nothing.
    let is_score = parts.iter().any(|part| matches!(part.value, Some(Number::Score { .. })));
    let (least, most) = match is_score {
        true => (1.0, 5.0),
        false => (0.0, parts.iter().map(|part| size(part)).fold(0.0, f64::max)),
    };
    let compared = parts.iter().any(|part| part.previous.is_some());
    let exponent = format.currency.exponent;
    let cell = |value: Option<Number>| {
        let exact = value.map(|value| value.exact(exponent));
        number(&value.map_or("–".to_owned(), |value| format.full(value)), exact.as_deref())
    };
    let row = |part: &&KpiPart| {
        let on = !chosen.is_all() && chosen.allows(part.code);
        let share = (size(part).max(least) - least) / (most - least).max(f64::MIN_POSITIVE);
        let share = share.min(1.0);
        html! {
            <tr key={part.code} class={on.then_some("is-chosen")}>
                <th scope="row">
                    <Picked pick={Some(Pick::Code(dimension, part.code))}>
                        <bdi>{ value_name(meta, dimension, part.code) }</bdi>
                    </Picked>
                    <meter class="share__bar" min="0" max="1" value={share.to_string()} aria-hidden="true" />
                </th>
                <td class="number">{ cell(part.value) }</td>
                if compared {
                    <td class="number">{ cell(part.previous) }</td>
                    <td class="number">{ change(def, part, format) }</td>
                }
            </tr>
        }
    };
    html! {
        <div class="table-scroll" tabindex="0" role="group" aria-label={title.clone()}>
            <table class="table">
                <caption class="sr-only">{ &title }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ &title }</th>
                        <th scope="col" class="number">{ say!("Value") }</th>
                        if compared {
                            <th scope="col" class="number">{ say!("Before") }</th>
                            <th scope="col" class="number">{ say!("Change") }</th>
                        }
                    </tr>
                </thead>
                <tbody>{ for parts.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn change(def: &KpiDef, part: &KpiPart, format: &Format) -> Html {
    let Some(trend) = part.trend else { return html! { "–" } };
    let exact = trend.exact().map(|exact| exact.to_string());
    let text = number(&format.trend(trend, part.value), exact.as_deref());
    html! { <span class={moved(def.good.is(trend.way()))}>{ text }</span> }
}

/// The categories that changed most against the period compared with. The classes of customers are
/// those of the as-of day: they follow from what was bought, and cannot be its cause.
#[component(Movers)]
pub fn movers(props: &DefProps) -> Html {
    const BY: Dimension = Dimension::Category;
    let def = props.def;
    let (store, view, format) = (use_store(), use_view(), use_format());
    let asked = use_parts(def, BY);
    let (Some(manifest), Some(view), Some(format)) = (store.manifest(), view, format) else {
        return html! {};
    };
    let meta = &manifest.meta;
    if view.comparison(meta).is_err() || !filters::has(meta, BY) {
        return html! {};
    }
    // A dimension that is filtered shows all its values, so its parts are not those of the whole.
    let whole = view.scope.set(BY).is_all() && def.id.has_parts(BY);
    let mut most_moved: Vec<(u16, Contribution)> = asked
        .kept
        .iter()
        .flat_map(|parts| parts.iter())
        .filter(|_| whole)
        .filter_map(|part| Some((part.code, part.contribution?)))
        .filter(|(_, contribution)| contribution.amount() != 0.0)
        .collect();
    most_moved.sort_by(|one, other| other.1.amount().abs().total_cmp(&one.1.amount().abs()));
    most_moved.truncate(MOVERS);
    let most = most_moved.first().map_or(1.0, |(_, contribution)| contribution.amount().abs());
    let row = |&(code, contribution): &(u16, Contribution)| {
        let (text, exact) = written(contribution, def, &format);
        let share = (contribution.amount().abs() / most).min(1.0);
        html! {
            <li class="share">
                <span class="share__name">
                    <Picked pick={Some(Pick::Code(BY, code))}>
                        { value_name(meta, BY, code) }
                    </Picked>
                    <span class="quiet">{ dimension_name(BY) }</span>
                </span>
                <span class={classes!("number", moved(def.good.is(contribution.amount().total_cmp(&0.0))))}>
                    { number(&text, Some(&exact)) }
                </span>
                <meter class="share__bar" min="0" max="1" value={share.to_string()} aria-hidden="true" />
            </li>
        }
    };
    let told = |_: &Vec<KpiPart>| {
        if most_moved.is_empty() {
            return html! {
                <p class="quiet">{ say!("Its change cannot be split into parts that add up.") }</p>
            };
        }
        html! {
            <>
                <ul class="shares">{ for most_moved.iter().map(row) }</ul>
                <p class="quiet">
                    { say!("Part of the change against the period compared with. The parts of all categories add up to the whole change.") }
                </p>
            </>
        }
    };
    html! {
        <section
            class={classes!("card", "detail__movers", asked.class())}
            data-widget="kpi_movers"
            aria-labelledby="movers-title"
            aria-busy={asked.busy()}
        >
            <div class="card__head"><h2 id="movers-title">{ say!("What moved it most") }</h2></div>
            <div class="card__body card__body--text">{ asked.show(told) }</div>
            { asked.mark() }
        </section>
    }
}

fn written(contribution: Contribution, def: &KpiDef, format: &Format) -> (String, String) {
    let exponent = format.currency.exponent;
    let sign = if contribution.amount() > 0.0 { "+" } else { "" };
    match contribution {
        Contribution::Sum(number) => {
            (format!("{sign}{}", format.full(number)), number.exact(exponent))
        }
        Contribution::Points(points) if def.kind == facts::NumberKind::Money => {
            let units = points / 10_f64.powi(i32::from(exponent));
            (format!("{sign}{}", format.money(points.round() as i64)), units.to_string())
        }
        Contribution::Points(points) => {
            let of = match def.kind {
                facts::NumberKind::Rate => Number::rate(0, 1),
                _ => Number::score(0, 1),
            };
            (format.trend(facts::Trend::Points(points), of), points.to_string())
        }
    }
}
