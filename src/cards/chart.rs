//! A figure on the page: drawn, redrawn when it changes, removed with its card.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::select;
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use web_sys::Element;
use widgets::{Figure, Place};
use yew::prelude::*;

use crate::host::media::use_narrow;
use crate::host::near::use_near;
use crate::host::page::use_page;
use crate::host::plotly::{Drawing, Plot, PlotError};
use crate::host::shared::Shared;
use crate::host::signal::Signal;
use crate::host::task;
use crate::session::store::{use_looks, use_store};

/// The first milliseconds of a page, in which a phone draws nothing but what is on the screen.
const SETTLING_MS: f64 = 4_000.0;

/// What is pointed out in a figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pointed {
    /// The mark that the keyboard is at.
    pub current: Option<Place>,
    /// Marks that belong together; the others step back.
    pub path: Vec<Place>,
}

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

/// Waits until the element is near, or everything is wanted.
async fn until_seen(all: &Signal, near: &Signal, node: &NodeRef) {
    let seen = pin!(async {
        loop {
            near.raised().await;
            let rest = settling();
            if rest == 0 || is_on_screen(node) {
                return;
            }
            // Until the page has settled only what comes on the screen is drawn.
            select(TimeoutFuture::new(rest), pin!(scrolled())).await;
        }
    });
    select(pin!(all.raised()), seen).await;
}

/// Milliseconds until the page has settled.
fn settling() -> u32 {
    let clock = gloo::utils::window().performance();
    clock.map_or(0, |clock| (SETTLING_MS - clock.now()).max(0.0).ceil() as u32)
}

/// Waits until the reader moves the page.
async fn scrolled() {
    let (moved, moves) = oneshot::channel();
    let _listening = EventListener::once(&gloo::utils::window(), "scroll", |_| {
        // Whoever waits for something else as well may have gone on.
        let _ = moved.send(());
    });
    let _ = moves.await;
}

fn is_on_screen(node: &NodeRef) -> bool {
    let height = gloo::utils::window().inner_height().ok().and_then(|height| height.as_f64());
    let (Some(element), Some(height)) = (node.cast::<Element>(), height) else { return true };
    let place = element.get_bounding_client_rect();
    place.top() < height && place.bottom() > 0.0
}

/// A drawn figure. What it says is told by the text and table beside it.
#[component(Chart)]
pub fn chart(props: &ChartProps) -> Html {
    let node = use_node_ref();
    let plot = (*use_memo((), |()| props.slot.clone())).clone();
    let standing = use_state(|| 0_u32);
    let picked = use_mut_ref(Callback::default);
    picked.replace(props.picked.clone());
    let (store, page, near) = (use_store(), use_page(), use_near(&node));
    // A phone draws what its reader sees; paper is seen all at once.
    let all = (*use_memo((), |()| Rc::new(Signal::default()))).clone();
    let (narrow, printing) = (use_narrow(), use_looks().printing);
    all.set(!narrow || printing || props.still);
    let locale = store.setup.as_ref().map(|setup| setup.config.locale.clone());
    {
        let (node, plot, standing) = (node.clone(), plot.clone(), standing.clone());
        let (still, drawn, waits) = (props.still, props.drawn.clone(), props.waits.clone());
        use_effect_with(props.figure.clone(), move |figure| {
            let figure = figure.clone();
            let task = task::start(async move {
                if !all.get() && plot.get().is_none() && !near.get() {
                    waits.emit(());
                    until_seen(&all, &near, &node).await;
                }
                let _working = page.busy.begin();
                let Some(element) = node.cast::<Element>() else { return };
                let locale = locale.as_deref().unwrap_or("en");
                let drawing = Drawing { figure: &figure, locale, still };
                let known = plot.get();
                let result = match known {
                    Some(known) => known.react(&drawing).await,
                    None => Plot::draw(element, &drawing).await.map(|mut first| {
                        if !still {
                            first.on_pick(move |place| picked.borrow().emit(place));
                        }
                        plot.set(Some(Rc::new(first)));
                    }),
                };
                if result.is_ok() && !still {
                    standing.set(*standing + 1);
                }
                drawn.emit(result);
            });
            move || drop(task)
        });
    }
    {
        let plot = plot.clone();
        // A figure that was drawn anew has lost what was pointed out in it.
        use_effect_with((props.pointed.clone(), *standing), move |(pointed, drawn)| {
            let pointed = pointed.clone();
            let idle = *drawn < 2 && pointed == Pointed::default();
            let known = plot.get().filter(|_| !idle);
            let task = known.map(|plot| {
                task::start(async move { plot.mark(pointed.current, &pointed.path).await })
            });
            move || drop(task)
        });
    }
    use_effect_with((), move |()| move || plot.set(None));
    html! { <div class={classes!("figure__canvas", props.classes.clone())} ref={node} /> }
}
