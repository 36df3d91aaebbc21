//! The footer: copyright, documentation, support.

use yew::prelude::*;

use crate::place;
use crate::store::use_store;

/// The footer.
#[component(Footer)]
pub fn footer() -> Html {
    let store = use_store();
    let Some(setup) = &store.setup else { return html! { <footer class="footer" /> } };
    let (brand, links) = (&setup.config.brand, &setup.config.links);
    html! {
        <footer class="footer">
            <p>{ "© " }{ &brand.name }</p>
            <nav class="footer__links" aria-label="Footer">
                <a href={place::absolute(&links.documentation)}>{ "Documentation" }</a>
                <a href={place::absolute(&links.support)}>{ "Support" }</a>
            </nav>
        </footer>
    }
}
