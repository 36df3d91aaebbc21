//! The one table of what is loaded later: the functions at which the program is cut, and the places
//! of the lower floors where they are called from.
//!
//! The release build cuts the program here (feature `split`): what is only used behind one of these
//! functions comes in the file named with it. The first file is the shell, the filter and the key
//! figures. Without the feature everything is in one.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use yew::prelude::*;

use super::ended;
use super::following::{Following, FollowingProps};
use crate::board::{self, BoardPart};
use crate::cards::{self, CardPart};
use crate::edits::{self, EditsPart};
use crate::filter::{self, FilterPart};
use crate::host::shared::Shared;
use crate::live;
use crate::page::{self, FreshPart, Told};
use crate::search;
use crate::session::load::{self, Line, Wanted};
use crate::session::state::Setup;
use crate::session::supply::{self, Served};
use crate::sign_in::{self, SignInPart};
use crate::ui::{Far, NotHere, Route, focus};

/// Makes a function come in the file named first: its own name, its parameter, what it gives.
macro_rules! cut {
    ($file:ident, $name:ident($arg:ident: $given:ty) -> $made:ty { $($body:tt)* }) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($file, fallible)]
        #[allow(unsafe_code, reason = "the macro names functions for the linker")]
        pub fn $name($arg: $given) -> Result<$made, NotHere> {
            Ok({ $($body)* })
        }

        #[cfg(not(feature = "split"))]
        pub async fn $name($arg: $given) -> Result<$made, NotHere> {
            Ok({ $($body)* })
        }
    };
}

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotHere {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Work that goes on by itself.
type Work = LocalBoxFuture<'static, ()>;

/// What comes in the dashboard's file.
#[derive(Clone, PartialEq)]
pub enum Part {
    /// Something of the board.
    Board(BoardPart),
    /// Something of a key figure.
    Card(CardPart),
    /// Something of what the reader changes.
    Edits(EditsPart),
    /// Something of the filter.
    Filter(FilterPart),
    /// Whoever follows the data.
    Following(FollowingProps),
    /// Something about how fresh the data is.
    Fresh(FreshPart),
    /// How the live channel stands.
    Live,
    /// What the reader is told about the whole page.
    Notices,
    /// The search in the header.
    Search,
}

cut!(views, view(route: Route) -> Html { page::far(&route) });

cut!(own, own(_nothing: ()) -> Html { page::own_data() });

cut!(dashboard, part(part: Part) -> Html {
    ended::prepare();
    match part {
        Part::Board(part) => board::part(part),
        Part::Card(part) => cards::part(part),
        Part::Edits(part) => edits::part(part),
        Part::Filter(part) => filter::part(part),
        Part::Following(FollowingProps { needs_data, lets_in }) => {
            html! { <Following {needs_data} {lets_in} /> }
        }
        Part::Fresh(part) => page::fresh(part),
        Part::Live => live::part(),
        Part::Notices => html! { <Told /> },
        Part::Search => search::part(),
    }
});

cut!(dashboard, bring_back(_nothing: ()) -> Work { Box::pin(focus::bring_back()) });

cut!(sign_in, sign_in(part: SignInPart) -> Html { sign_in::part(part) });

cut!(dashboard, describe(asked: Box<(Line, Option<Shared<Setup>>)>) -> Work {
    Box::pin(load::describe(asked.0, asked.1))
});

cut!(dashboard, load(wanted: Box<Wanted>) -> Work { Box::pin(load::load(*wanted)) });

cut!(dashboard, serve_page(served: Rc<Served>) -> Work {
    Box::pin(async move {
        supply::serve(&served).await;
    })
});

cut!(dashboard, serve_worker(_nothing: ()) -> Work { Box::pin(crate::session::compute::serve()) });

/// Where the code of whoever follows the data is.
pub static FOLLOWING: Far<FollowingProps, Html> = Far::empty();

/// Puts the functions in the places from which they are called.
pub fn fill() {
    board::PARTS.fill(|of| Box::pin(part(Part::Board(of))));
    cards::PARTS.fill(|of| Box::pin(part(Part::Card(of))));
    edits::PARTS.fill(|of| Box::pin(part(Part::Edits(of))));
    filter::PARTS.fill(|of| Box::pin(part(Part::Filter(of))));
    filter::VIEWS.fill(|route| match route {
        Route::Own => Box::pin(own(())),
        route => Box::pin(view(route)),
    });
    FOLLOWING.fill(|of| Box::pin(part(Part::Following(of))));
    page::FRESH.fill(|of| Box::pin(part(Part::Fresh(of))));
    live::PARTS.fill(|()| Box::pin(part(Part::Live)));
    page::NOTICES.fill(|()| Box::pin(part(Part::Notices)));
    search::PARTS.fill(|()| Box::pin(part(Part::Search)));
    sign_in::PARTS.fill(|of| Box::pin(sign_in(of)));
}
