//! A KPI card's sparkline, drawn so that it tells its months and values.

use widgets::KpiCard;
use widgets::live_spark::live_spark;
use yew::prelude::*;

use super::drawing::{Reports, use_drawing};
use super::plate::Plate;
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
    let (store, dark) = (use_store(), use_looks().is_dark());
    let made = use_memo((props.card.clone(), dark), |(card, dark)| {
        let manifest = store.manifest()?;
        let rendered = live_spark(&Look::new(&manifest.meta, *dark).theme, card)?;
        let figure = rendered.figure.clone()?;
        Some((Shared::new(rendered), Shared::new(figure)))
    });
    // A drawing that does not come leaves the line that is there.
    let Reports { drawn, waits } = use_drawing((*made).as_ref());
    let Some((rendered, figure)) = (*made).clone() else { return html! {} };
    html! { <Plate id={props.card.id} title={words::say(props.card.label)} {rendered} {figure} {drawn} {waits} /> }
}
