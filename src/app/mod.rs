//! The app: the store and what lives as long as the page, around the router and its views.

mod editing;
mod ended;
mod following;
mod held;
mod living;
mod loading;
mod parts;
mod work;

use yew::prelude::*;
use yew_router::prelude::*;

use self::following::FollowingProps;
use self::loading::Loading;
use self::parts::FOLLOWING;
pub use self::work::serve_worker;
use crate::export::use_printing;
use crate::filter::Filtering;
use crate::host::page::Page;
use crate::host::{task, timing};
use crate::look::prefs::{PrefsProvider, use_prefs};
use crate::look::theme::{self, SystemTheme, ThemeChoice};
use crate::page::{self, FRESH, FreshPart};
use crate::session::early::Early;
use crate::session::edits::Ledger;
use crate::session::live::Live;
use crate::session::newer::{Newer, use_newer};
use crate::session::state::{Action, LoadProgress, Looks, State};
use crate::session::store::{Store, use_store};
use crate::shell::sidebar_starts_narrow;
use crate::sign_in::{LeadsTo, PARTS, SignInPart, SignInProvider, use_door, waiting};
use crate::ui::{Later, Route, focus};

/// What the page begins with.
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// What was read before the app was there.
    #[prop_or_default]
    pub early: Early,
}

/// The whole page.
///
/// Providers stand outside of the router: the store outlives every view.
#[component(App)]
pub fn app(props: &AppProps) -> Html {
    use_memo((), |()| parts::fill());
    html! { <PrefsProvider><Stored early={props.early.clone()} /></PrefsProvider> }
}

/// The store, which begins as the reader prefers.
#[component(Stored)]
fn stored(props: &AppProps) -> Html {
    let (prefs, _) = use_prefs();
    let state = use_reducer({
        let (theme, Early { setup, manifest, data }) = (prefs.theme, props.early.clone());
        move || {
            State::new(theme, SystemTheme::is_dark(), sidebar_starts_narrow())
                .begun(setup, manifest, data)
        }
    });
    let page = use_memo((), |()| Page::default());
    let store = Store::of(&state);
    use_theme(&store, prefs.theme);
    use_effect_with((), |()| timing::reached("hub:usable"));
    html! {
        <ContextProvider<Store> context={store}>
        <ContextProvider<LoadProgress> context={state.progress.clone()}>
        <ContextProvider<Looks> context={state.looks}>
        <ContextProvider<Newer> context={state.newer.clone()}>
        <ContextProvider<Live> context={state.live.clone()}>
        <ContextProvider<Ledger> context={state.edits.clone()}>
        <ContextProvider<Page> context={(*page).clone()}>
            <SignInProvider>
                <BrowserRouter><Filtering><Views /></Filtering></BrowserRouter>
            </SignInProvider>
        </ContextProvider<Page>>
        </ContextProvider<Ledger>>
        </ContextProvider<Live>>
        </ContextProvider<Newer>>
        </ContextProvider<Looks>>
        </ContextProvider<LoadProgress>>
        </ContextProvider<Store>>
    }
}

/// The view of the address, with what it needs being loaded.
#[component(Views)]
fn views() -> Html {
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    let door = use_door(&route);
    let wanted = use_store().wanted;
    let needs_data = route.needs_data() || wanted;
    use_printing();
    use_arrival(route.clone(), door.leads_to == LeadsTo::SignIn);
    let shown = match door.leads_to {
        LeadsTo::SignIn => html! {
            <Later
                part={PARTS.part(SignInPart::Page)}
                meanwhile={waiting()}
                arrived={|()| focus_heading()}
            />
        },
        LeadsTo::Waiting => waiting(),
        LeadsTo::View => html! {
            <>
                { page::view(route) }
                if door.has_ended {
                    <Later part={PARTS.part(SignInPart::Renewal)} />
                }
            </>
        },
    };
    let newer = use_newer();
    html! {
        <>
            <Loading {needs_data} lets_in={door.lets_in} />
            { shown }
            if door.lets_in {
                <Later part={FOLLOWING.part(FollowingProps { needs_data, lets_in: true })} />
            }
            if newer.coming.is_some() || newer.swaps > 0 {
                <Later part={FRESH.part(FreshPart::Told)} />
            }
        </>
    }
}

/// Makes the document follow the theme, the accent and the system.
#[hook]
fn use_theme(store: &Store, theme: ThemeChoice) {
    let dispatcher = store.dispatcher();
    use_effect_with(theme, move |&choice| {
        choice.apply();
        dispatcher.dispatch(Action::Theme(choice));
    });
    use_effect_with(store.setup.clone(), |setup| {
        theme::apply_accent(setup.as_ref().and_then(|setup| setup.config.brand.accent));
    });
    let dispatcher = store.dispatcher();
    use_effect_with((), move |()| {
        let watch = SystemTheme::watch(move |dark| dispatcher.dispatch(Action::SystemDark(dark)));
        move || drop(watch)
    });
}

/// On arrival in another view: names the window, goes to the top, and puts focus on the heading;
/// whoever comes back is brought to where he was.
#[hook]
fn use_arrival(route: Route, asks: bool) {
    let brand = use_store().setup.as_ref().map(|setup| setup.config.brand.name.clone());
    let first = use_mut_ref(|| true);
    use_effect_with((route.clone(), brand, asks), |(route, brand, asks)| {
        let brand = brand.as_deref().unwrap_or("Insights Hub");
        gloo::utils::document().set_title(&match route {
            _ if *asks => format!("{} · {brand}", words::say!("Sign in")),
            Route::Entry => brand.to_owned(),
            route => format!("{} · {brand}", route.title()),
        });
    });
    use_effect_with((route, asks), move |_| {
        // The browser itself takes care of the first view.
        let moved = !first.replace(false);
        if moved {
            arrive();
        }
        let back = (moved && focus::is_back()).then(|| task::start(work::bring_back()));
        move || drop(back)
    });
}

fn arrive() {
    gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
    focus_heading();
}

fn focus_heading() {
    let heading = gloo::utils::document().query_selector("h1").ok().flatten();
    if let Some(heading) = heading.and_then(html) {
        // A heading that cannot be focused leaves focus where it was.
        let _ = heading.focus();
    }
}

fn html(element: web_sys::Element) -> Option<web_sys::HtmlElement> {
    wasm_bindgen::JsCast::dyn_into(element).ok()
}
