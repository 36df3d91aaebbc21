//! The course of a KPI as a figure, with its table below.

use widgets::kpi_detail::kpi_series;
use widgets::{Ask, Figure, Outcome, Rendered};
use words::say;
use yew::prelude::*;

use super::DefProps;
use crate::cards::{DataTable, Plate};
use crate::filter::use_view;
use crate::host::page::use_page;
use crate::host::ready::Working;
use crate::host::shared::Shared;
use crate::look::Look;
use crate::session::store::{use_looks, use_store};
use crate::ui::{Absent, Skeleton};

#[derive(Clone, PartialEq)]
enum Known {
    Nothing,
    Absent(String),
    Drawn(Shared<Rendered>, Shared<Figure>),
}

/// The card of the course.
#[component(Course)]
pub fn course(props: &DefProps) -> Html {
    let (store, view, page) = (use_store(), use_view(), use_page());
    let kept = use_mut_ref(|| Known::Nothing);
    let working = use_mut_ref(|| None::<Working>);
    let def = props.def;
    let dark = use_looks().is_dark();
    let known = use_memo((store.data().cloned(), view, dark), |(data, view, dark)| {
        let Some((data, view)) = data.as_ref().zip(view.as_ref()) else {
            return kept.borrow().clone();
        };
        let look = Look::new(data.facts.meta(), *dark);
        let outcome = data.with_people(|people| {
            let ask = Ask {
                facts: &data.facts,
                view,
                format: &look.format,
                theme: &look.theme,
                people,
                kind: None,
            };
            kpi_series(&ask, def)
        });
        let now = match outcome {
            Outcome::Ready(rendered) => match rendered.figure.clone() {
                Some(figure) => Known::Drawn(Shared::new(*rendered), Shared::new(figure)),
                None => Known::Nothing,
            },
            Outcome::Absent(reason) => Known::Absent(reason),
            Outcome::Loading(_) => return kept.borrow().clone(),
        };
        kept.replace(now.clone());
        now
    });
    {
        let working = working.clone();
        use_effect_with((*known).clone(), move |known| {
            let drawing = matches!(known, Known::Drawn(..));
            working.replace(drawing.then(|| page.busy.begin()));
        });
    }
    let drawn = Callback::from(move |_| drop(working.take()));
    html! {
        <section class="card detail__course" data-widget="kpi_course" aria-labelledby="course-title">
            <div class="card__head"><h2 id="course-title">{ say!("Over time") }</h2></div>
            <div class="card__body">
                { match &*known {
                    Known::Nothing => html! { <Skeleton /> },
                    Known::Absent(reason) => html! { <Absent reason={reason.clone()} /> },
                    Known::Drawn(rendered, figure) => html! {
                        <>
                            <Plate id={def.key} title={def.label} rendered={rendered.clone()} figure={figure.clone()} {drawn} />
                            { for rendered.note.iter().map(|note| html! { <p class="quiet">{ note }</p> }) }
                            <details class="more">
                                <summary>{ say!("As a table") }</summary>
                                <DataTable table={rendered.table.clone()} />
                            </details>
                        </>
                    },
                } }
            </div>
        </section>
    }
}
