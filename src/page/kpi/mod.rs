//! One KPI: its value and course, what each value of a dimension has, and what moved it.

mod course;
mod def_props;
mod parts;

use facts::{Dimension, KpiId};
use widgets::KpiCard;
use widgets::kpi_cards::kpi_card;
use words::say;
use yew::prelude::*;

pub use self::course::Course;
use self::def_props::DefProps;
pub use self::parts::By;
use self::parts::Movers;
use super::dashboard::Period;
use super::not_found::NotFound;
use super::notice::Notices;
use crate::ask::use_ask;
use crate::cards::change;
use crate::filter::GoTo;
use crate::look::Look;
use crate::session::store::{use_looks, use_store};
use crate::ui::{Icon, Route, number};

/// Which one.
#[derive(PartialEq, Properties)]
pub struct KpiProps {
    /// Its key in the address.
    pub id: String,
}

/// The view.
#[component(Kpi)]
pub fn kpi(props: &KpiProps) -> Html {
    let store = use_store();
    let Some(id) = KpiId::from_key(&props.id) else { return html! { <NotFound /> } };
    let def = id.def();
    let absent =
        store.manifest().is_some_and(|manifest| !facts::kpi::counted_in(&manifest.meta, id));
    html! {
        <>
            <p class="back">
                <GoTo to={Route::Dashboard} classes="back__link">
                    { Icon::Back.small() }
                    { say!("Dashboard") }
                </GoTo>
            </p>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ words::say(def.label) }</h1>
                    <Period />
                </div>
            </div>
            <Notices />
            if absent {
                <div class="state">
                    <p class="state__text">{ say!("This snapshot does not hold what this figure counts.") }</p>
                </div>
            } else {
                <div class="detail">
                    <Value {def} />
                    <Course {def} />
                    <Movers {def} />
                    { for DIMENSIONS.into_iter().map(|dimension| html! { <By {def} {dimension} /> }) }
                </div>
            }
        </>
    }
}

/// The dimensions, in the order of the page.
pub const DIMENSIONS: [Dimension; 4] =
    [Dimension::Segment, Dimension::Churn, Dimension::Category, Dimension::Rfm];

/// The value, what it was, and how it moved.
#[component(Value)]
fn value(props: &DefProps) -> Html {
    let dark = use_looks().is_dark();
    let asked = use_ask((props.def.key, dark), |data, view, (_, dark)| {
        let look = Look::new(data.facts.meta(), *dark);
        data.asking(&look, view, |ask| kpi_card(ask, props.def))
    });
    let figure = |card: &KpiCard| {
        html! {
            <>
                <p class="detail__figure">{ number(&card.full, card.exact.as_deref()) }</p>
                { moved(card) }
            </>
        }
    };
    html! {
        <section
            class={classes!("card", "detail__value", asked.class())}
            data-kpi={props.def.key}
            aria-label={say!("Value")}
            aria-busy={asked.busy()}
        >
            <div class="card__body card__body--text">
                { asked.show(figure) }
                <p class="quiet">{ words::say(props.def.definition) }</p>
            </div>
            { asked.mark() }
        </section>
    }
}

fn moved(card: &KpiCard) -> Html {
    let Some(trend) = &card.trend else {
        return html! { <p class="quiet">{ say!("Nothing to compare with") }</p> };
    };
    html! {
        <p class="detail__moved">
            { change(trend) }
            <span class="quiet">
                { say!("from") }{ " " }
                { number(&card.previous.text, card.previous.exact.as_deref()) }
            </span>
        </p>
    }
}
