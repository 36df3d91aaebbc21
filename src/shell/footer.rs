//! The footer: copyright, documentation, support.

use words::say;
use yew::prelude::*;

use crate::host::place;
use crate::store::Store;

/// The footer.
pub fn footer(store: &Store) -> Html {
    let Some(setup) = &store.setup else { return html! { <footer class="footer" /> } };
    let (brand, links) = (&setup.config.brand, &setup.config.links);
    html! {
        <footer class="footer">
            <p>{ "© " }{ &brand.name }</p>
            <nav class="footer__links" aria-label={say!("Footer")}>
                <a href={place::absolute(&links.documentation)}>{ say!("Documentation") }</a>
                <a href={place::absolute(&links.support)}>{ say!("Support") }</a>
            </nav>
        </footer>
    }
}
