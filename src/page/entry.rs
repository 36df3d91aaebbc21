//! The entry page: what this is, whose data it shows and who can see it, and the way in.

use snapshot::Meta;
use words::{key, say};
use yew::prelude::*;

use super::fresh::{FRESH, FreshPart};
use super::notice::Notices;
use crate::filter::GoTo;
use crate::look::Look;
use crate::look::ThemeSwitch;
use crate::session::store::use_store;
use crate::shell::brand;
use crate::ui::{Icon, Later, Route, footer, number};

/// The entry page.
#[component(Entry)]
pub fn entry() -> Html {
    let store = use_store();
    let name = store.setup.as_ref().map(|setup| setup.config.brand.name.clone());
    let meta = store.manifest().map(|manifest| &manifest.meta);
    html! {
        <div class="entry">
            <header class="entry__head">{ brand(&store) }<ThemeSwitch name="theme" /></header>
            <main class="entry__main">
                <div>
                    <h1 tabindex="-1">{ name.unwrap_or_else(|| "\u{a0}".to_owned()) }</h1>
                    <p class="entry__lead">
                        { say!("Data-driven decisions through comprehensive customer analytics: revenue, \
                           orders, satisfaction and campaigns, segments and churn, computed in your \
                           browser.") }
                    </p>
                    <div class="entry__ways">
                        <GoTo to={Route::Dashboard} classes="button button--primary entry__open">
                            { say!("Open the dashboard") }
                            { Icon::Arrow.small() }
                        </GoTo>
                        <GoTo to={Route::Own} classes="button entry__open">
                            { Icon::Upload.small() }
                            { say!("Try it with your own data") }
                        </GoTo>
                    </div>
                    { honest(meta, store.own.is_some()) }
                </div>
                <div>
                    <Notices />
                    { for meta.map(snapshot) }
                </div>
            </main>
            { footer(store.footer_links()) }
        </div>
    }
}

/// What kind of data this is, and that nothing keeps anyone from seeing it.
fn honest(meta: Option<&Meta>, is_own: bool) -> Html {
    let Some(meta) = meta else { return html! {} };
    let (title, text) = if is_own {
        (
            say!("Your own data, open in this tab alone"),
            say!("Nobody else can see it, and nothing of it is kept when the tab is closed."),
        )
    } else if meta.demo {
        (
            say!("Sample data, no sign-in"),
            say!(
                "Every customer, order and score here was generated; none is real. Anyone with \
                  the link can see this page."
            ),
        )
    } else {
        (
            say!("Data from {source}, no sign-in", source = meta.source),
            say!("Anyone with the link can see this page and the data behind it."),
        )
    };
    html! {
        <div class="entry__honest">
            { Icon::Info.html() }
            <p><strong>{ title }</strong>{ text }</p>
        </div>
    }
}

/// What the snapshot holds.
fn snapshot(meta: &Meta) -> Html {
    let format = Look::new(meta, false).format;
    let rows = |table: &str| meta.rows.get(table).copied();
    let count = |label: String, rows: Option<u64>| {
        let rows = rows.and_then(|rows| i64::try_from(rows).ok())?;
        let shown = number(&format.count(rows), Some(&rows.to_string()));
        Some(html! { <div><dt>{ label }</dt><dd>{ shown }</dd></div> })
    };
    let text = |label: String, text: String| {
        html! { <div><dt>{ label }</dt><dd class="entry__small">{ text }</dd></div> }
    };
    html! {
        <section class="entry__card" aria-labelledby="inside">
            <h2 id="inside">{ say!("In this snapshot") }</h2>
            <p class="quiet">{ &meta.source }</p>
            if !meta.demo {
                <p class="quiet"><Later part={FRESH.part(FreshPart::Age)} /></p>
            }
            <dl class="entry__facts">
                { for count(say!("Customers"), rows("customer_360")) }
                { for count(say!("Purchase lines"), rows("purchase_transactions")) }
                { text(say!("First day"), format.day(meta.first_day)) }
                { text(say!("Data as of"), format.day(meta.as_of)) }
            </dl>
            <ul class="entry__inside">{ for contents(meta).into_iter().map(content) }</ul>
        </section>
    }
}

/// What can be seen inside, as far as the source had it.
fn contents(meta: &Meta) -> Vec<(Icon, &'static str)> {
    let features = meta.features;
    let known = [
        (true, Icon::Chart, key!("Revenue and orders")),
        (true, Icon::People, key!("Segments and churn")),
        (features.categories, Icon::Tag, key!("Product categories")),
        (features.feedback, Icon::Smile, key!("Satisfaction")),
        (features.campaigns, Icon::Campaign, key!("Campaign response")),
        (true, Icon::Flow, key!("Data flow")),
    ];
    known.into_iter().filter(|entry| entry.0).map(|(_, icon, name)| (icon, name)).collect()
}

fn content((icon, name): (Icon, &'static str)) -> Html {
    html! { <li>{ icon.html() }<span>{ words::say(name) }</span></li> }
}
