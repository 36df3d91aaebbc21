//! The sidebar: the menu with icons and labels, folded to icons on request.

use words::say;
use yew::prelude::*;

use super::settled::use_settled;
use crate::filter::GoTo;
use crate::host::storage;
use crate::session::state::Action;
use crate::session::store::{use_looks, use_store};
use crate::ui::{Icon, Route};

const KEY: &str = "insights-hub.sidebar-narrow";

/// Which view the menu marks, and who is told when one is chosen.
#[derive(PartialEq, Properties)]
pub struct MenuProps {
    /// The view on screen.
    pub route: Route,
    /// Told when a view was chosen.
    #[prop_or_default]
    pub followed: Callback<()>,
    /// True if labels are hidden, so that hints must name the icons.
    #[prop_or_default]
    pub narrow: bool,
}

/// The views as a list of links.
#[component(Menu)]
pub fn menu(props: &MenuProps) -> Html {
    let here = props.route.menu();
    let store = use_store();
    let meta = store.manifest().map(|manifest| &manifest.meta);
    // A view that somebody is at stays in the menu, with its reason.
    let there = |route: &&Route| **route == here || meta.is_none_or(|meta| route.is_in(meta));
    let item = |route: &Route| {
        let hint = props.narrow.then(|| AttrValue::from(words::say(route.label())));
        html! {
            <li key={route.label()}>
                <GoTo
                    to={route.clone()}
                    classes="nav__link"
                    current={*route == here}
                    {hint}
                    followed={props.followed.clone()}
                >
                    { route.icon().html() }
                    <span class="nav__label">{ words::say(route.label()) }</span>
                </GoTo>
            </li>
        }
    };
    html! { <ul class="nav">{ for Route::MENU.iter().filter(there).map(item) }</ul> }
}

/// The sidebar beside the content.
#[component(Sidebar)]
pub fn sidebar(props: &MenuProps) -> Html {
    let store = use_store();
    let narrow = use_looks().sidebar_narrow;
    let fold = {
        let store = store.clone();
        Callback::from(move |_| {
            // Storage may be denied; the choice then lasts as long as the page.
            let _ = storage::write(KEY, if narrow { "false" } else { "true" });
            store.dispatch(Action::Sidebar(!narrow));
        })
    };
    let label = if narrow { say!("Expand menu") } else { say!("Collapse menu") };
    let classes = classes!("sidebar", narrow.then_some("sidebar--narrow"));
    if !use_settled() {
        return html! { <aside class={classes} /> };
    }
    html! {
        <aside class={classes}>
            <nav aria-label={say!("Main")}><Menu route={props.route.clone()} {narrow} /></nav>
            <button
                class="sidebar__fold"
                type="button"
                aria-expanded={(!narrow).to_string()}
                title={narrow.then(|| label.clone())}
                onclick={fold}
            >
                { Icon::Fold.html() }
                <span class="nav__label">{ label }</span>
            </button>
        </aside>
    }
}

/// Folded if the reader left it so, else where the window is narrow.
pub fn starts_narrow() -> bool {
    let width = gloo::utils::window().inner_width().ok().and_then(|width| width.as_f64());
    match storage::read(KEY).as_deref() {
        Some("true") => true,
        Some("false") => false,
        _ => width.is_some_and(|width| width < 1200.0),
    }
}
