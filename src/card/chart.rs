//! A figure on the page: drawn, redrawn when it changes, removed with its card.

use std::rc::Rc;

use web_sys::Element;
use widgets::Figure;
use yew::prelude::*;

use crate::plotly::{Drawing, Plot, PlotError};
use crate::shared::Shared;
use crate::store::use_store;
use crate::task;

/// A figure and who waits for it.
#[derive(PartialEq, Properties)]
pub struct ChartProps {
    /// What is drawn.
    pub figure: Shared<Figure>,
    /// Classes of the element that gives the size.
    #[prop_or_default]
    pub classes: Classes,
    /// True for a picture that does not react to the pointer.
    #[prop_or_default]
    pub still: bool,
    /// Told when a figure stands, or why it could not be drawn.
    pub drawn: Callback<Result<(), PlotError>>,
}

/// A drawn figure. What it says is told by the text and table beside it.
#[component(Chart)]
pub fn chart(props: &ChartProps) -> Html {
    let node = use_node_ref();
    let plot = use_mut_ref(|| None::<Rc<Plot>>);
    let locale = use_store().setup.as_ref().map(|setup| setup.config.locale.clone());
    {
        let (node, plot) = (node.clone(), plot.clone());
        let (still, drawn) = (props.still, props.drawn.clone());
        use_effect_with(props.figure.clone(), move |figure| {
            let figure = figure.clone();
            let task = task::start(async move {
                let Some(element) = node.cast::<Element>() else { return };
                let locale = locale.as_deref().unwrap_or("en");
                let drawing = Drawing { figure: &figure, locale, still };
                let known = plot.borrow().clone();
                let result = match known {
                    Some(known) => known.react(&drawing).await,
                    None => Plot::draw(element, &drawing).await.map(|first| {
                        plot.replace(Some(Rc::new(first)));
                    }),
                };
                drawn.emit(result);
            });
            move || drop(task)
        });
    }
    use_effect_with((), move |()| move || drop(plot.take()));
    html! { <div class={classes!("figure__canvas", props.classes.clone())} ref={node} /> }
}
