//! The course of a KPI as a figure, with its table below.

use facts::Answer;
use widgets::kpi_detail::kpi_series;
use widgets::{Figure, Outcome, Rendered};
use words::say;
use yew::prelude::*;

use super::def_props::DefProps;
use crate::ask::use_ask;
use crate::cards::{DataTable, Plate, Reports, use_drawing};
use crate::host::shared::Shared;
use crate::look::Look;
use crate::session::store::use_looks;
use crate::ui::{Absent, Skeleton};

/// What is told of it.
#[derive(Clone, PartialEq)]
enum Told {
    Absent(String),
    Drawn(Shared<Rendered>, Shared<Figure>),
}

/// The card of the course.
#[component(Course)]
pub fn course(props: &DefProps) -> Html {
    let dark = use_looks().is_dark();
    let def = props.def;
    let asked = use_ask((def.key, dark), |data, view, (_, dark)| {
        let look = Look::new(data.facts.meta(), *dark);
        match data.asking(&look, view, |ask| kpi_series(ask, def)) {
            Outcome::Loading(why) => Answer::Loading(why),
            told => Answer::Ready(told),
        }
    });
    let told = use_memo(asked.kept.clone(), |kept| {
        Some(match &**kept.as_ref()? {
            Outcome::Ready(rendered) => {
                let figure = rendered.figure.clone()?;
                Told::Drawn(Shared::new((**rendered).clone()), Shared::new(figure))
            }
            Outcome::Absent(reason) => Told::Absent(reason.clone()),
            Outcome::Loading(_) => return None,
        })
    });
    let figure = match &*told {
        Some(Told::Drawn(_, figure)) => Some(figure),
        _ => None,
    };
    let Reports { drawn, waits } = use_drawing(figure);
    let content = |_: &Outcome| match &*told {
        None => html! { <Skeleton /> },
        Some(Told::Absent(reason)) => html! { <Absent reason={reason.clone()} /> },
        Some(Told::Drawn(rendered, figure)) => html! {
            <>
                <Plate id={def.key} title={def.label} rendered={rendered.clone()} figure={figure.clone()} {drawn} {waits} />
                { for rendered.note.iter().map(|note| html! { <p class="quiet">{ note }</p> }) }
                <details class="more">
                    <summary>{ say!("As a table") }</summary>
                    <DataTable table={rendered.table.clone()} />
                </details>
            </>
        },
    };
    html! {
        <section
            class={classes!("card", "detail__course", asked.class())}
            data-widget="kpi_course"
            aria-labelledby="course-title"
            aria-busy={asked.busy()}
        >
            <div class="card__head"><h2 id="course-title">{ say!("Over time") }</h2></div>
            <div class="card__body">{ asked.show(content) }</div>
            { asked.mark() }
        </section>
    }
}
