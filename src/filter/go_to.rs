//! A link to a view, followed without loading the page again; the filter comes along.

use yew::prelude::*;
use yew_router::prelude::*;

use super::history::go;
use super::parts::VIEWS;
use super::provider::use_filters;
use crate::ui::Route;

/// Where a link leads and what it shows.
#[derive(PartialEq, Properties)]
pub struct GoToProps {
    /// The view.
    pub to: Route,
    /// Classes of the link.
    #[prop_or_default]
    pub classes: Classes,
    /// True if this view is the one on screen.
    #[prop_or_default]
    pub current: bool,
    /// A name where the content has none, shown as a hint too.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// True if the keyboard reaches it another way.
    #[prop_or_default]
    pub skipped: bool,
    /// Told when the link was followed.
    #[prop_or_default]
    pub followed: Callback<()>,
    /// Its content.
    pub children: Html,
}

/// A link to a view.
#[component(GoTo)]
pub fn go_to(props: &GoToProps) -> Html {
    let (navigator, href) = (use_navigator(), use_href(&props.to));
    let onclick = {
        let (to, followed) = (props.to.clone(), props.followed.clone());
        Callback::from(move |event: MouseEvent| {
            // New tabs and windows are the browser's business.
            if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
                return;
            }
            if let Some(navigator) = &navigator {
                event.prevent_default();
                go(navigator, &to);
            }
            followed.emit(());
        })
    };
    // Who points at a link will follow it: what the view needs comes a moment earlier.
    let ahead = {
        let to = props.to.clone();
        Callback::from(move |()| fetch_ahead(&to))
    };
    html! {
        <a
            class={props.classes.clone()}
            {href}
            {onclick}
            onpointerenter={ahead.reform(|_: PointerEvent| ())}
            onfocus={ahead.reform(|_: FocusEvent| ())}
            title={props.hint.clone()}
            tabindex={props.skipped.then_some("-1")}
            aria-current={props.current.then_some("page")}
        >
            { props.children.clone() }
        </a>
    }
}

/// Fetches what a view needs before it is gone to.
fn fetch_ahead(route: &Route) {
    if matches!(route, Route::Entry | Route::Dashboard | Route::Index | Route::NotFound) {
        return;
    }
    let route = route.clone();
    wasm_bindgen_futures::spawn_local(async {
        // What does not come now is asked for again when it is needed.
        let _ = VIEWS.call(route).await;
    });
}

/// The address of a view with the filter that is on screen.
#[hook]
pub fn use_href(to: &Route) -> String {
    let (navigator, filters) = (use_navigator(), use_filters());
    let base = navigator.as_ref().and_then(|navigator| navigator.basename().map(str::to_owned));
    let path = format!("{}{}", base.unwrap_or_default(), to.to_path());
    match filters.query() {
        "" => path,
        query => format!("{path}?{query}"),
    }
}
