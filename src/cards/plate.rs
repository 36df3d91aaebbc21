//! A figure on the page: the drawing, redrawn when it changes, and the way through its marks by pointer
//! and keyboard.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;
use widgets::{Figure, Mark, Place, Rendered};
use words::say;
use yew::prelude::*;

use super::picking::use_picking;
use super::walk::Walk;
use crate::host::media::use_narrow;
use crate::host::near::{until_seen, use_near};
use crate::host::page::use_page;
use crate::host::plotly::{Drawing, Plot, PlotError};
use crate::host::shared::Shared;
use crate::host::signal::Signal;
use crate::host::{again, task};
use crate::session::store::{use_looks, use_store};

/// Where the chart on the page can be reached, once there is one.
#[derive(Clone, Default)]
pub struct Slot(Rc<RefCell<Option<Rc<Plot>>>>);

impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Slot {
    /// The chart that stands now.
    pub fn get(&self) -> Option<Rc<Plot>> {
        self.0.borrow().clone()
    }

    fn set(&self, plot: Option<Rc<Plot>>) {
        drop(self.0.replace(plot));
    }
}

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
    pub figure: Shared<Figure>,
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

/// What is pointed out in a figure.
#[derive(Clone, Debug, Default, PartialEq)]
struct Pointed {
    /// The mark that the keyboard is at.
    pub current: Option<Place>,
    /// Marks that belong together; the others step back.
    pub path: Vec<Place>,
}

/// A figure and who waits for it.
#[derive(PartialEq, Properties)]
struct ChartProps {
    /// What is drawn.
    pub figure: Shared<Figure>,
    /// What is pointed out.
    #[prop_or_default]
    pub pointed: Pointed,
    /// Where others reach the chart.
    #[prop_or_default]
    pub slot: Slot,
    /// Told which mark was clicked.
    #[prop_or_default]
    pub picked: Callback<Place>,
    /// Told that it will be drawn when the reader comes near.
    #[prop_or_default]
    pub waits: Callback<()>,
    /// Told when a figure stands, or why it could not be drawn.
    pub drawn: Callback<Result<(), PlotError>>,
}

/// A drawn figure. What it says is told by the text and table beside it.
#[component(Chart)]
fn chart(props: &ChartProps) -> Html {
    let node = use_node_ref();
    let plot = (*use_memo((), |()| props.slot.clone())).clone();
    let standing = use_state(|| 0_u32);
    let late = use_state_eq(|| false);
    let picked = use_mut_ref(Callback::default);
    picked.replace(props.picked.clone());
    let failed = use_mut_ref(Callback::default);
    failed.replace(props.drawn.clone());
    let (store, page, near) = (use_store(), use_page(), use_near(&node));
    // A phone draws what its reader sees; paper is seen all at once.
    let signal = || Rc::new(Signal::default());
    let (all, paper) = (*use_memo((), |()| (signal(), signal()))).clone();
    let (narrow, printing) = (use_narrow(), use_looks().printing);
    all.set(!narrow || printing);
    paper.set(printing);
    let locale = store.setup.as_ref().map(|setup| setup.config.locale.clone());
    {
        let (node, plot, standing) = (node.clone(), plot.clone(), standing.clone());
        let late = late.setter();
        let (drawn, waits) = (props.drawn.clone(), props.waits.clone());
        use_effect_with(props.figure.clone(), move |figure| {
            let figure = figure.clone();
            let task = task::start(async move {
                if !all.get() && plot.get().is_none() && !near.get() {
                    waits.emit(());
                    until_seen(&all, &near, &node).await;
                }
                if !near.get() && !paper.get() && !page.calm.is() {
                    // While events keep coming, what nobody sees waits; who comes near sees that it did.
                    waits.emit(());
                    late.set(plot.get().is_some());
                    page.calm.comes_or([&near, &paper]).await;
                }
                let mut working = Some(page.busy.begin());
                if !paper.get() {
                    page.turns.take(near.clone()).await;
                }
                let Some(element) = node.cast::<Element>() else { return };
                let locale = locale.as_deref().unwrap_or("en");
                let drawing = Drawing { figure: &figure, locale };
                for failures in 1.. {
                    let known = plot.get();
                    let result = match known {
                        Some(known) => known.react(&drawing).await,
                        None => Plot::draw(element.clone(), &drawing).await.map(|mut first| {
                            let (picked, failed) = (picked.clone(), failed.clone());
                            first.on_pick(move |place| picked.borrow().emit(place));
                            first.on_fail(move |error| failed.borrow().emit(Err(error)));
                            plot.set(Some(Rc::new(first)));
                        }),
                    };
                    if result.is_ok() {
                        standing.set(*standing + 1);
                    }
                    // What has not come yet may come; a figure that is refused is refused again.
                    let may_come = matches!(result, Err(PlotError::Script(_)));
                    late.set(false);
                    drawn.emit(result);
                    working.take();
                    if !may_come {
                        return;
                    }
                    again::due(failures).await;
                }
            });
            move || drop(task)
        });
    }
    {
        let plot = plot.clone();
        let was_pointed = use_mut_ref(|| false);
        // A figure that was drawn anew has lost what was pointed out in it.
        use_effect_with((props.pointed.clone(), *standing), move |(pointed, _)| {
            let pointed = pointed.clone();
            let is_pointed = pointed != Pointed::default();
            let known = plot.get().filter(|_| was_pointed.replace(is_pointed) || is_pointed);
            let task = known.map(|plot| {
                task::start(async move { plot.mark(pointed.current, &pointed.path).await })
            });
            move || drop(task)
        });
    }
    use_effect_with((), move |()| move || plot.set(None));
    // Classes of this element are Plotly's as well.
    html! { <div class="figure__canvas" aria-busy={late.then_some("true")} ref={node} /> }
}
