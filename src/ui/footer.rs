//! The footer: copyright, documentation, support.

use words::say;
use yew::prelude::*;

use crate::host::place;

/// Whose page it is, and where it leads.
pub struct FooterLinks<'a> {
    /// Who holds the rights.
    pub name: &'a str,
    /// Where the documentation is.
    pub documentation: &'a str,
    /// Where help is to be had.
    pub support: &'a str,
}

/// The footer; without a word as long as nobody knows whose page it is.
pub fn footer(links: Option<FooterLinks<'_>>) -> Html {
    let Some(links) = links else { return html! { <footer class="footer" /> } };
    html! {
        <footer class="footer">
            <p>{ "© " }{ links.name }</p>
            <nav class="footer__links" aria-label={say!("Footer")}>
                <a href={place::absolute(links.documentation)}>{ say!("Documentation") }</a>
                <a href={place::absolute(links.support)}>{ say!("Support") }</a>
            </nav>
        </footer>
    }
}
