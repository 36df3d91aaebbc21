//! Mounts the page, as soon as what it shows first is known.

use insights_hub::session::compute;
use insights_hub::{App, AppProps, Early};

fn main() {
    insights_hub::host::faults::tell_ends();
    if compute::is_worker() {
        return wasm_bindgen_futures::spawn_local(insights_hub::serve_worker());
    }
    wasm_bindgen_futures::spawn_local(async {
        let early = Early::read().await;
        insights_hub::follow_history();
        yew::Renderer::<App>::with_props(AppProps { early }).render();
    });
}
