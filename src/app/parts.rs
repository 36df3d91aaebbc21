//! The one table of what is loaded later: the functions at which the program is cut, and the places
//! of the lower floors where they are called from.
//!
//! The release build cuts the program here (feature `split`): what is only used behind one of these
//! functions comes in the file named with it. The first file is the shell, the filter and the key
//! figures. Without the feature everything is in one.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use yew::prelude::*;

use crate::board::{self, BoardPart};
use crate::cards::{self, CardPart};
use crate::filter::{self, FilterPart, LinkTo};
use crate::host::shared::Shared;
use crate::page::{self, Told};
use crate::search;
use crate::session::load::{self, Line, Wanted};
use crate::session::state::Setup;
use crate::session::supply::{self, Served};
use crate::sign_in::{self, SignInPart};
use crate::ui::{NotHere, Route, focus};

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
    /// Something of the filter.
    Filter(FilterPart),
    /// What the reader is told about the whole page.
    Notices,
    /// The search in the header.
    Search,
}

cut!(views, view(route: Route) -> Html { page::far(&route) });

cut!(dashboard, part(part: Part) -> Html {
    match part {
        Part::Board(part) => board::part(part),
        Part::Card(part) => cards::part(part),
        Part::Filter(part) => filter::part(part),
        Part::Notices => html! { <Told /> },
        Part::Search => search::part(),
    }
});

cut!(dashboard, bring_back(_nothing: ()) -> Work { Box::pin(focus::bring_back()) });

cut!(dashboard, hand_on(to: Box<LinkTo>) -> LocalBoxFuture<'static, filter::Shared> {
    Box::pin(filter::hand_on(*to))
});

cut!(sign_in, sign_in(part: SignInPart) -> Html { sign_in::part(part) });

cut!(dashboard, describe(asked: Box<(Line, Option<Shared<Setup>>)>) -> Work {
    Box::pin(load::describe(asked.0, asked.1))
});

cut!(dashboard, load(wanted: Box<Wanted>) -> Work { Box::pin(load::load(*wanted)) });

cut!(dashboard, serve_page(served: Rc<Served>) -> Work {
    Box::pin(async move { supply::serve(&served).await })
});

cut!(dashboard, serve_worker(_nothing: ()) -> Work { Box::pin(crate::session::compute::serve()) });

/// Puts the functions in the places from which they are called.
pub fn fill() {
    board::PARTS.fill(|of| Box::pin(part(Part::Board(of))));
    cards::PARTS.fill(|of| Box::pin(part(Part::Card(of))));
    filter::PARTS.fill(|of| Box::pin(part(Part::Filter(of))));
    filter::HAND_ON.fill(|to| Box::pin(async { Ok(hand_on(Box::new(to)).await?.await) }));
    filter::VIEWS.fill(|route| Box::pin(view(route)));
    page::NOTICES.fill(|()| Box::pin(part(Part::Notices)));
    search::PARTS.fill(|()| Box::pin(part(Part::Search)));
    sign_in::PARTS.fill(|of| Box::pin(sign_in(of)));
}
