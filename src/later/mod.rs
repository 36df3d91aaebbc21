//! What comes after the first numbers, in files of its own.
//!
//! The release build cuts the program at the functions of [`files`] (feature `split`): what is only
//! used behind one of them is in another file, fetched when it is first needed. The first file is
//! the shell, the filter and the key figures. Without the feature everything is in one.

mod arriving;
mod files;
mod work;

use yew::prelude::*;

use crate::filter::Panel;
use crate::host::shared::Shared;
use crate::sign_in::SignInPart;
use crate::ui::Route;

pub use arriving::Later;
pub use work::{bring_back, describe, hand_on, load, serve_page, serve_worker};

/// Something to be drawn by code that may not be here yet.
#[derive(Clone, PartialEq)]
pub enum Part {
    /// A view other than the dashboard.
    View(Route),
    /// The dashboard's cards.
    Board,
    /// The buttons beside the dashboard's heading.
    Tools,
    /// On phones, the way from section to section.
    Sections,
    /// What stands behind a key figure.
    Breakdown(Shared<widgets::KpiCard>, Callback<()>),
    /// A key figure's sparkline, with its months and values.
    Spark(Shared<widgets::KpiCard>),
    /// The search in the header.
    Search,
    /// Something of the sign-in.
    SignIn(SignInPart),
    /// What a button of the filter bar opens.
    Panel(Panel),
    /// A link that is copied by hand, until it is closed.
    Link(AttrValue, Callback<()>),
    /// What changed, for those who listen.
    Spoken,
    /// What the reader is told about the whole page.
    Notices,
    /// What of the address could not be taken.
    AddressNotices,
}

/// Why a part cannot be shown: its file did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotHere;

/// Fetches what a view needs before it is gone to.
pub fn fetch_ahead(route: &Route) {
    if matches!(route, Route::Entry | Route::Dashboard | Route::Index | Route::NotFound) {
        return;
    }
    let part = Part::View(route.clone());
    wasm_bindgen_futures::spawn_local(async {
        // What does not come now is asked for again when it is needed.
        let _ = draw(part).await;
    });
}

/// Draws a part, at once if its file is here.
async fn draw(part: Part) -> Result<Html, NotHere> {
    match part {
        Part::View(_) => files::view(part).await,
        Part::SignIn(part) => files::sign_in(part).await,
        _ => files::card(part).await,
    }
}
