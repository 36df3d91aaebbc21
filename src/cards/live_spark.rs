//! A KPI card's sparkline, drawn so that it tells its months and values.

use widgets::KpiCard;
use widgets::live_spark::live_spark;
use yew::prelude::*;

use super::plate::Plate;
use crate::host::page::use_page;
use crate::host::ready::Working;
use crate::host::shared::Shared;
use crate::look::Look;
use crate::session::store::{use_looks, use_store};

/// Whose course.
#[derive(PartialEq, Properties)]
pub struct LiveSparkProps {
    /// The card.
    pub card: Shared<KpiCard>,
}

/// The sparkline.
#[component(LiveSpark)]
pub fn live_spark_of(props: &LiveSparkProps) -> Html {
    let (store, page, dark) = (use_store(), use_page(), use_looks().is_dark());
    let working = use_mut_ref(|| None::<Working>);
    let made = use_memo((props.card.clone(), dark), |(card, dark)| {
        let manifest = store.manifest()?;
        let rendered = live_spark(&Look::new(&manifest.meta, *dark).theme, card)?;
        let figure = rendered.figure.clone()?;
        Some((Shared::new(rendered), Shared::new(figure)))
    });
    {
        let working = working.clone();
        use_effect_with(made.clone(), move |made| {
            working.replace(made.is_some().then(|| page.busy.begin()));
        });
    }
    // A drawing that does not come leaves the line that is there.
    let drawn = Callback::from(move |_| drop(working.take()));
    let Some((rendered, figure)) = (*made).clone() else { return html! {} };
    html! { <Plate id={props.card.id} title={words::say(props.card.label)} {rendered} {figure} {drawn} /> }
}
