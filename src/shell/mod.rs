//! What stands around every view: header, sidebar or drawer, footer, skip link.

mod footer;
mod header;
mod link;
mod settled;
mod sidebar;
mod theme_switch;

use words::say;
use yew::prelude::*;

pub use footer::footer;
pub use header::brand;
pub use link::GoTo;
pub use sidebar::starts_narrow as sidebar_starts_narrow;
pub use theme_switch::ThemeSwitch;

use crate::filter::{Chips, FilterBar, use_filters};
use crate::later::{Later, Part};
use crate::route::Route;
use crate::store::use_store;
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
    let main = use_node_ref();
    let skip = {
        let main = main.clone();
        // A fragment would be resolved against the base address and leave the view.
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            focus(&main);
        })
    };
    let (is_filtered, filters) = (props.route.is_filtered(), use_filters());
    let (store, settled) = (use_store(), use_settled());
    html! {
        <>
            <a class="skip" href="#main" onclick={skip}>{ say!("Skip to content") }</a>
            <div class="shell">
                <Header route={props.route.clone()} />
                <Sidebar route={props.route.clone()} />
                if is_filtered && settled {
                    <FilterBar />
                } else if is_filtered {
                    <section class="filters" />
                }
                <main id="main" class="main" ref={main} tabindex="-1">
                    if filters.has_notices() {
                        <Later part={Part::AddressNotices} />
                    }
                    if is_filtered && settled {
                        <Chips />
                    }
                    { props.children.clone() }
                </main>
                if settled {
                    { footer(&store) }
                }
            </div>
        </>
    }
}

fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        // An element that left the page cannot be focused, nor need it be.
        let _ = element.focus();
    }
}
