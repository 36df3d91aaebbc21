//! What stands around every view: header, sidebar or drawer, footer, skip link.

mod header;
mod settled;
mod sidebar;

use words::say;
use yew::prelude::*;

pub use header::brand;
pub use sidebar::starts_narrow as sidebar_starts_narrow;

use crate::edits::{self, EditsPart};
use crate::filter::{Chips, FilterBar, FilterPart, PARTS, use_filters};
use crate::session::newer::use_newer;
use crate::session::store::use_store;
use crate::ui::{Later, Route, focus, footer};
use header::Header;
use settled::use_settled;
use sidebar::Sidebar;

/// What a shell holds.
#[derive(PartialEq, Properties)]
pub struct ShellProps {
    /// The view inside.
    pub route: Route,
    /// Its content.
    pub children: Html,
}

/// Header, sidebar, content and footer.
#[component(Shell)]
pub fn shell(props: &ShellProps) -> Html {
    // A fragment would be resolved against the base address and leave the view.
    let skip = |to: &'static str| {
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            focus::give_to(to);
        })
    };
    let (is_filtered, filters) = (props.route.is_filtered(), use_filters());
    let (store, newer, settled) = (use_store(), use_newer(), use_settled());
    html! {
        <>
            <a class="skip" href="#main" onclick={skip("#main")}>{ say!("Skip to content") }</a>
            if is_filtered {
                <a class="skip" href="#filters" onclick={skip(".filters__bar :is(button, select)")}>
                    { say!("Skip to filters") }
                </a>
            }
            <div class="shell">
                <Header route={props.route.clone()} />
                <Sidebar route={props.route.clone()} />
                if is_filtered && settled {
                    <FilterBar />
                } else if is_filtered {
                    <section id="filters" class="filters" />
                }
                <main id="main" class="main" tabindex="-1">
                    if filters.has_notices() || newer.offered.is_some() {
                        <Later part={PARTS.part(FilterPart::AddressNotices)} />
                    }
                    if is_filtered && settled {
                        <Chips />
                    }
                    { props.children.clone() }
                    if settled {
                        <Later part={edits::PARTS.part(EditsPart::Told)} />
                    }
                </main>
                if settled {
                    { footer(store.footer_links()) }
                }
            </div>
        </>
    }
}
