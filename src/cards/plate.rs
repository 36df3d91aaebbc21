//! A figure with its frame: the drawing, and the way through its marks by pointer and keyboard.

use widgets::{Mark, Place, Rendered};
use words::say;
use yew::prelude::*;

use super::chart::{Chart, Pointed, Slot};
use super::picking::use_picking;
use super::walk::Walk;
use crate::host::plotly::PlotError;
use crate::host::shared::Shared;

/// What a frame holds.
#[derive(PartialEq, Properties)]
pub struct PlateProps {
    /// Beginning of the ids in the markup.
    pub id: &'static str,
    /// Its name.
    pub title: AttrValue,
    /// What is shown.
    pub rendered: Shared<Rendered>,
    /// The figure in it.
    pub figure: Shared<widgets::Figure>,
    /// Classes of the frame.
    #[prop_or_default]
    pub classes: Classes,
    /// True while the table stands in its place.
    #[prop_or_default]
    pub hidden: bool,
    /// Where others reach the chart.
    #[prop_or_default]
    pub slot: Slot,
    /// Told that the figure will be drawn when the reader comes near.
    #[prop_or_default]
    pub waits: Callback<()>,
    /// Told when the figure stands, or why it could not be drawn.
    pub drawn: Callback<Result<(), PlotError>>,
}

/// A figure that can be pointed at.
#[component(Plate)]
pub fn plate(props: &PlateProps) -> Html {
    let at = use_state(|| None::<usize>);
    let path_of = use_state(|| None::<usize>);
    let marks = use_memo(props.rendered.clone(), |rendered| Shared::new(rendered.marks.clone()));
    let marks = (*marks).clone();
    let pointed = Pointed {
        current: at.and_then(|at| marks.get(at)).map(|mark| mark.place),
        path: path_of
            .and_then(|at| marks.get(at))
            .map(|mark| mark.path.clone())
            .unwrap_or_default(),
    };
    let picked = use_picking();
    let pick = {
        let (marks, path_of) = (marks.clone(), path_of.clone());
        Callback::from(move |at: usize| match marks.get(at) {
            Some(Mark { pick: Some(pick), .. }) => picked.emit(*pick),
            Some(mark) if !mark.path.is_empty() => {
                path_of.set((*path_of != Some(at)).then_some(at))
            }
            _ => {}
        })
    };
    let clicked = {
        let (marks, pick) = (marks.clone(), pick.clone());
        Callback::from(move |place: Place| {
            marks
                .iter()
                .position(|mark| mark.place == place)
                .into_iter()
                .for_each(|at| pick.emit(at));
        })
    };
    let go = {
        let (at, path_of) = (at.clone(), path_of.clone());
        Callback::from(move |to: Option<usize>| {
            if to.is_none() && at.is_none() {
                path_of.set(None);
            }
            at.set(to);
        })
    };
    let leads = marks.iter().any(|mark| mark.pick.is_some() || !mark.path.is_empty());
    html! {
        <figure
            class={classes!("figure", leads.then_some("figure--leads"), props.classes.clone())}
            hidden={props.hidden}
            aria-label={props.rendered.summary.clone()}
        >
            <Chart
                figure={props.figure.clone()}
                {pointed}
                slot={props.slot.clone()}
                picked={clicked}
                waits={props.waits.clone()}
                drawn={props.drawn.clone()}
            />
            <Walk
                id={format!("{}-mark", props.id)}
                label={say!("{title}, mark by mark", title = props.title)}
                {marks}
                at={*at}
                {go}
                {pick}
            />
        </figure>
    }
}
