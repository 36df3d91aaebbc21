//! The functions at which the program is cut: what only they use comes in files of their own.

use std::rc::Rc;

use futures::future::LocalBoxFuture;
use yew::prelude::*;

use super::{NotHere, Part};
use crate::board::{Board, CustomizeButton, SectionBar};
use crate::card::{Breakdown, LiveSpark};
use crate::export::PrintButton;
use crate::filter::{self, AddressNotices, ByHand, LinkTo, Spoken};
use crate::host::shared::Shared;
use crate::page::{self, Told};
use crate::search::Search;
use crate::session::load::{self, Line, Wanted};
use crate::session::state::Setup;
use crate::session::supply::{self, Served};
use crate::sign_in::{self, SignInPart};
use crate::ui::focus::{self, FocusGuard};

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

cut!(views, view(part: Part) -> Html {
    match part {
        Part::View(route) => page::far(&route),
        _ => html! {},
    }
});

cut!(dashboard, card(part: Part) -> Html {
    match part {
        Part::Board => html! { <Board /> },
        Part::Tools => html! { <><CustomizeButton /><PrintButton /></> },
        Part::Sections => html! { <SectionBar /> },
        Part::Breakdown(card, close) => html! { <Breakdown {card} {close} /> },
        Part::Spark(card) => html! { <LiveSpark {card} /> },
        Part::Search => html! { <><Search /><FocusGuard /></> },
        Part::Panel(panel) => filter::panel(panel),
        Part::Link(link, close) => html! { <ByHand {link} {close} /> },
        Part::Notices => html! { <Told /> },
        Part::Spoken => html! { <Spoken /> },
        Part::AddressNotices => html! { <AddressNotices /> },
        Part::View(_) | Part::SignIn(_) => html! {},
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
