//! About the data: where it came from, by which rules it was classified, what was fetched.

mod access;
mod notes;
mod rules;

use snapshot::{Day, Manifest, Meta};
use widgets::Format;
use words::{key, say};
use yew::prelude::*;

use self::access::Access;
use self::notes::notes;
use self::rules::Rules;
use super::card::card;
use super::notice::Notices;
use crate::look::Look;
use crate::session::data::Data;
use crate::session::store::use_store;
use crate::ui::{Skeleton, number};

/// The view.
#[component(AboutData)]
pub fn about_data() -> Html {
    let store = use_store();
    let manifest = store.manifest().map(|it| &**it);
    let source = manifest.map(|manifest| manifest.meta.source.clone());
    html! {
        <>
            <div class="page-head">
                <div>
                    <h1 tabindex="-1">{ say!("About the data") }</h1>
                    <p class="page-head__period">{ source.unwrap_or_default() }</p>
                </div>
            </div>
            <Notices />
            { for manifest.map(|manifest| cards(manifest, store.data().map(|it| &**it), store.own.is_some())) }
        </>
    }
}

fn cards(manifest: &Manifest, data: Option<&Data>, is_own: bool) -> Html {
    let meta = &manifest.meta;
    let format = Look::new(meta, false).format;
    html! {
        <div class="columns">
            { card("snapshot", say!("Snapshot"), origin(meta, is_own, &format)) }
            { card("rows", say!("Rows"), rows(meta, &format)) }
            if !meta.warnings.is_empty() {
                { card("import-notes", say!("Notes on the import"), notes(meta, &format)) }
            }
            { card("access", say!("Access"), html! { <Access /> }) }
            { card("fetched-by-this-page", say!("Fetched by this page"), fetched(manifest, data, is_own, &format)) }
            { card("classification-rules", say!("Classification rules"), html! { <Rules meta={meta.clone()} /> }) }
        </div>
    }
}

fn origin(meta: &Meta, is_own: bool, format: &Format) -> Html {
    let kind = if meta.demo {
        say!("Generated sample data; no person in it is real")
    } else {
        say!("Imported")
    };
    let period = format!("{} – {}", format.day(meta.first_day), format.day(meta.last_day));
    html! {
        <dl class="facts">
            <dt>{ say!("Source") }</dt><dd>{ &meta.source }</dd>
            <dt>{ say!("Kind") }</dt><dd>{ kind }</dd>
            <dt>{ say!("Period") }</dt><dd>{ period }</dd>
            <dt>{ say!("As of") }</dt><dd>{ format.day(meta.as_of) }</dd>
            // What is made of the same files is the same, so it does not say when that was.
            if !is_own {
                <dt>{ say!("Built") }</dt><dd>{ built(&meta.built_at, format) }</dd>
            }
            <dt>{ say!("Currency") }</dt><dd>{ &meta.currency.code }</dd>
            <dt>{ say!("Time zone") }</dt><dd>{ &meta.time_zone }</dd>
            <dt>{ say!("Snapshot id") }</dt><dd><code>{ &meta.snapshot_id }</code></dd>
            <dt>{ say!("Not in the source") }</dt><dd>{ absent(meta) }</dd>
        </dl>
    }
}

/// An instant of the form `2026-06-30T14:05:00Z` for people; another one as it is.
fn built(instant: &str, format: &Format) -> Html {
    let (day, time) = instant.split_once('T').unwrap_or((instant, ""));
    let text = match (day.parse::<Day>(), time.get(..5), time.ends_with('Z')) {
        (Ok(day), Some(minute), true) => format!("{}, {minute} UTC", format.day(day)),
        _ => instant.to_owned(),
    };
    html! { <time datetime={instant.to_owned()}>{ text }</time> }
}

fn absent(meta: &Meta) -> String {
    let features = meta.features;
    let parts = [
        (features.names, key!("names")),
        (features.units, key!("quantities")),
        (features.categories, key!("categories")),
        (features.feedback, key!("satisfaction scores")),
        (features.campaigns, key!("campaign contacts")),
        (features.visits, key!("website visits")),
    ];
    let missing: Vec<String> =
        parts.iter().filter(|part| !part.0).map(|part| words::say(part.1)).collect();
    if missing.is_empty() { say!("Nothing: every part is there") } else { missing.join(", ") }
}

fn fetched(manifest: &Manifest, data: Option<&Data>, is_own: bool, format: &Format) -> Html {
    let file = i64::try_from(manifest.file.bytes).unwrap_or(i64::MAX);
    let Some(data) = data else { return html! { <Skeleton /> } };
    let traffic = data.traffic();
    let bytes = i64::try_from(traffic.bytes).unwrap_or(i64::MAX);
    let requests = i64::try_from(traffic.requests).unwrap_or(i64::MAX);
    let share = traffic.bytes as f64 / manifest.file.bytes.max(1) as f64;
    let memory = i64::try_from(data.facts.memory_bytes()).unwrap_or(i64::MAX);
    html! {
        <>
            <p class="quiet">
                if is_own {
                    { say!("The page reads the snapshot in this tab, where it was made or opened; no host \
                       has it.") }
                } else {
                    { say!("The page reads only the parts of the snapshot that it needs, straight from \
                       static files, and computes everything here: no personal data leaves this tab.") }
                }
            </p>
            <dl class="facts">
                <dt>
                    { if is_own { say!("Snapshot in this tab") } else { say!("Snapshot on the server") } }
                </dt>
                <dd>{ size(file, format) }</dd>
                <dt>{ say!("Fetched so far") }</dt>
                <dd>
                    { size(bytes, format) }{ " (" }
                    { number(&format.percent(share), Some(&share.to_string())) }{ ")" }
                </dd>
                <dt>{ say!("Requests") }</dt><dd>{ count(requests, format) }</dd>
                <dt>{ say!("Ready after") }</dt><dd>{ milliseconds(data.milliseconds, format) }</dd>
                <dt>{ say!("In memory") }</dt><dd>{ size(memory, format) }</dd>
            </dl>
        </>
    }
}

fn rows(meta: &Meta, format: &Format) -> Html {
    let row = |(table, &rows): (&String, &u64)| {
        let cell = |rows: u64| count(i64::try_from(rows).unwrap_or(i64::MAX), format);
        let refused = meta.rejected.get(table).copied().unwrap_or(0);
        html! {
            <tr>
                <th scope="row"><code>{ table }</code></th>
                <td class="number">{ cell(rows) }</td>
                <td class="number">{ cell(refused) }</td>
            </tr>
        }
    };
    html! {
        <div class="table-scroll" tabindex="0" role="group" aria-label={say!("Rows of each table")}>
            <table class="table">
                <caption class="sr-only">{ say!("Rows of each table") }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ say!("Table") }</th>
                        <th scope="col" class="number">{ say!("Rows") }</th>
                        <th scope="col" class="number">{ say!("Rejected") }</th>
                    </tr>
                </thead>
                <tbody>{ for meta.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn count(count: i64, format: &Format) -> Html {
    number(&format.count(count), Some(&count.to_string()))
}

/// Bytes in the unit that reads best; the exact value is in bytes.
fn size(bytes: i64, format: &Format) -> Html {
    let value = bytes as f64;
    let text = match bytes {
        ..1_000 => say!("{n} bytes", n = bytes),
        1_000..1_000_000 => format!("{} KB", format.decimals(value / 1e3, 1)),
        _ => format!("{} MB", format.decimals(value / 1e6, 2)),
    };
    number(&text, Some(&bytes.to_string()))
}

fn milliseconds(milliseconds: f64, format: &Format) -> Html {
    let text = format!("{} ms", format.decimals(milliseconds, 0));
    number(&text, Some(&milliseconds.to_string()))
}
