//! What this page's service worker tells of the host, and what it is told: `static/first-paint/keeper.js`.

use wasm_bindgen::prelude::*;
use yew::prelude::*;

/// What is left to JavaScript, which has the words for it: `hub` is the page's, workers have none.
#[wasm_bindgen(inline_js = r#"
const NAMES = ["hub-told", "online", "offline"];
export const host = () => (navigator.onLine && !globalThis.hub?.isLost ? 0 : 1) + (globalThis.hub?.isNewer ? 2 : 0);
export const follow = (told) => NAMES.forEach((name) => addEventListener(name, told));
export const unfollow = (told) => NAMES.forEach((name) => removeEventListener(name, told));
export const tell = (word) => navigator.serviceWorker?.controller?.postMessage(word);
export const opened = (id) => dispatchEvent(new CustomEvent("hub-opened", { detail: id }));
export const stand = (id) => {
  if (globalThis.hub) globalThis.hub.stands = id;
  tell({ stands: id });
};
export const note = (url, from, to) => globalThis.hub?.read?.push(to < 0 ? [url] : [url, from, to]);
"#)]
extern "C" {
    fn host() -> u32;
    fn follow(told: &Closure<dyn Fn()>);
    fn unfollow(told: &Closure<dyn Fn()>);

    /// Tells the worker a word, if one stands between this page and the host.
    pub fn tell(word: &str);

    /// Tells who keeps more that this page has opened the snapshot of an id.
    pub fn opened(id: &str);

    /// Tells the worker that this page stands on the snapshot of an id: nothing on screen is of another,
    /// and nothing of it is left to read.
    pub fn stand(id: &str);

    /// Notes which bytes of a file were read, none of which (`to` below 0) means all, where no worker
    /// sees it, which keeps them later.
    pub fn note(url: &str, from: f64, to: f64);
}

/// How the host stands, as far as is known without asking it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Host(u32);

impl Host {
    /// As of now.
    pub fn now() -> Self {
        Self(host())
    }

    /// True if it cannot be reached, so that what was kept stands in.
    pub fn is_lost(self) -> bool {
        self.0 & 1 != 0
    }

    /// True if it has another build of this page than the one that runs.
    pub fn is_newer(self) -> bool {
        self.0 & 2 != 0
    }
}

/// Whoever is told of every change, for as long as this lives.
pub struct Following(Closure<dyn Fn()>);

impl Following {
    /// Tells of every change from now on.
    #[must_use = "dropping it ends the listening"]
    pub fn of(told: Callback<Host>) -> Self {
        let told = Closure::<dyn Fn()>::new(move || told.emit(Host::now()));
        follow(&told);
        Self(told)
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        unfollow(&self.0);
    }
}

/// How the host stands, anew whenever something is told of it.
#[hook]
pub fn use_host() -> Host {
    let host = use_state_eq(Host::now);
    let set = host.setter();
    use_effect_with((), move |()| {
        // Between drawing and listening something may have been told.
        set.set(Host::now());
        let heard = Following::of(Callback::from(move |host| set.set(host)));
        move || drop(heard)
    });
    *host
}
