//! The work of drawing a figure: it begins where the figure comes to stand in the markup, and ends
//! when somebody tells that it was drawn.

use yew::prelude::*;

use crate::host::page::use_page;
use crate::host::plotly::PlotError;
use crate::host::ready::Working;

/// Where whoever draws a figure reports.
pub struct Reports {
    /// It stands, or could not be drawn.
    pub drawn: Callback<Result<(), PlotError>>,
    /// It will be drawn when the reader comes near.
    pub waits: Callback<()>,
}

/// Tells who draws a figure where to report; the page is not ready until then.
///
/// `figure` is what is to be drawn, nothing while there is nothing. The work begins while this is
/// rendered, before the figure's own component is: an effect would come after it, and might begin
/// what has ended already.
#[hook]
pub fn use_drawing<T: Clone + PartialEq + 'static>(figure: Option<&T>) -> Reports {
    let page = use_page();
    let working = use_mut_ref(|| None::<Working>);
    let begun = use_mut_ref(|| None::<T>);
    if begun.borrow().as_ref() != figure {
        // The new work begins before the old one ends, so that the page is not ready in between.
        let next = figure.map(|_| page.busy.begin());
        drop(working.replace(next));
        begun.replace(figure.cloned());
    }
    let (drawn, waits) = (working.clone(), working);
    Reports {
        drawn: Callback::from(move |_| drop(drawn.take())),
        waits: Callback::from(move |()| drop(waits.take())),
    }
}
