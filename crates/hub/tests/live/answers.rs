//! Answers for programs count what has happened since the snapshot.

use std::path::Path;

use rusqlite::{Connection, params};
use serde_json::Value;

use crate::hub::{Hub, Site};
use crate::shop::{covering, events, snapshot};

/// Orders of the snapshot, and all.
const BEGUN: u32 = 180;
const ALL: u32 = 240;

/// Whom an event puts into another segment.
const CHANGED: u32 = 4;

fn site(orders: u32, changed: Option<u32>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("index.html", "<p>the page");
    write("config.json", "{}");
    snapshot(&folder.path().join("data"), orders, changed);
    folder
}

/// Writes events into a journal that nobody has open.
fn told(journal: &Path, events: &[Value]) {
    let mut file = Connection::open(journal).unwrap();
    let write = file.transaction().unwrap();
    let last: u64 =
        write.query_row("SELECT coalesce(max(seq), 0) FROM events", [], |row| row.get(0)).unwrap();
    for (seq, event) in (last + 1..).zip(events) {
        let mut event = event.clone();
        event["seq"] = seq.into();
        let row = params![seq, event.to_string()];
        write.execute("INSERT INTO events VALUES (?, ?)", row).unwrap();
    }
    write.commit().unwrap();
}

const ADDRESSES: [&str; 13] = [
    "/api/kpis",
    "/api/customer_segments",
    "/api/churn_risk",
    "/api/monthly_revenue",
    "/api/top_customers?limit=20",
    "/api/product_category_performance",
    "/api/customer_satisfaction",
    "/api/rfm_segmentation",
    "/backend/kpis",
    "/backend/top_customers",
    "/backend/monthly_revenue",
    "/backend/product_category_performance",
    "/backend/customer_satisfaction",
];

const FILTERS: [&str; 6] = [
    "",
    "segment=Gold",
    "churn=Restless&compare=year",
    "category=Tea&category=Books",
    "from=2025-06-01&to=2025-12-15",
    "segment=Silver&from=2025-10-01&to=2025-12-31&compare=none",
];

fn with(address: &str, filter: &str) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    if filter.is_empty() { address.to_owned() } else { format!("{address}{sign}{filter}") }
}

/// An answer; rows of which some are alike in what they are sorted by come in the order of their ids.
fn answer(site: &Site, address: &str) -> Value {
    let answer = site.get(address);
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    let mut value = answer.json();
    if let Some(rows) = value.get_mut("rfmData").and_then(Value::as_array_mut) {
        rows.sort_by_key(ToString::to_string);
    }
    value
}

#[test]
fn every_answer_is_that_of_a_snapshot_with_the_same_rows() {
    let all = Site::with(site(ALL, Some(CHANGED)), "/");
    let hub = Hub::over(site(BEGUN, None), tempfile::tempdir().unwrap(), &["--live"]);
    let before = answer(&hub.site, "/api/kpis");
    let Hub { site, folder } = hub;
    let site = site.killed();
    let events = events(BEGUN..ALL, CHANGED);
    // A part first, and then the rest over it.
    let journal = folder.path().join("live.sqlite");
    told(&journal, &events[..40]);
    let hub = Hub::over(site, folder, &["--live"]);
    let some = answer(&hub.site, "/api/kpis");
    assert_ne!(some, before);
    let Hub { site, folder } = hub;
    let site = site.killed();
    told(&journal, &events[40..]);
    let hub = Hub::over(site, folder, &["--live"]);
    for address in ADDRESSES {
        for filter in FILTERS {
            let address = with(address, filter);
            assert_eq!(answer(&hub.site, &address), answer(&all, &address), "{address}");
        }
    }
    let kpis = answer(&hub.site, "/api/kpis");
    assert!(kpis != before && kpis != some);
}

#[test]
fn an_edit_counts_at_once_and_names_the_answer_anew() {
    let hub = Hub::over(site(BEGUN, None), tempfile::tempdir().unwrap(), &["--live"]);
    let address = "/api/kpis?segment=Gold";
    let before = hub.site.get(address);
    let again = hub.site.ask("GET", address, &[("if-none-match", before.header("etag"))]);
    assert_eq!(again.status, 304);
    let seq = hub.edited("c4", "k1", "Gold");
    let after = hub.site.ask("GET", address, &[("if-none-match", before.header("etag"))]);
    assert_eq!(after.status, 200);
    assert_ne!(after.body, before.body);
    assert!(after.header("etag").ends_with(&format!("-{seq}\"")), "{}", after.header("etag"));
    // What no event touches is the same under a new name.
    let (all, same) = ("/api/monthly_revenue", hub.site.get("/api/monthly_revenue"));
    let seq = hub.edited("c4", "k2", "Silver");
    let later = hub.site.get(all);
    assert_eq!(later.body, same.body);
    assert!(later.header("etag").ends_with(&format!("-{seq}\"")));
    assert_eq!(hub.site.get(address).body, before.body, "it is as it was");
    let changed = Site::with(self::site(BEGUN, Some(CHANGED)), "/");
    assert_eq!(after.json(), changed.get(address).json());
}

#[test]
fn a_newer_snapshot_takes_over_what_it_holds() {
    let hub = Hub::over(site(BEGUN, None), tempfile::tempdir().unwrap(), &["--live"]);
    hub.edited("c4", "k1", "Gold");
    hub.edited("c1", "k2", "Gold");
    let address = "/api/customer_segments";
    let both = hub.site.get(address).json();
    // It holds the first of two edits.
    let next = tempfile::tempdir().unwrap();
    covering(next.path(), BEGUN, Some(CHANGED), 1);
    for entry in std::fs::read_dir(next.path()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "manifest.json" {
            std::fs::copy(entry.path(), hub.site.data().join(entry.file_name())).unwrap();
        }
    }
    std::fs::copy(next.path().join("manifest.json"), hub.site.data().join("manifest.json"))
        .unwrap();
    let id = |site: &Site| site.get("/healthz").json()["snapshot"].clone();
    let old = id(&hub.site);
    crate::hub::until("the newer snapshot is served", || id(&hub.site) != old);
    assert_eq!(hub.site.get(address).json(), both);
}

#[test]
fn where_events_are_gone_no_number_is_told() {
    let hub = Hub::over(site(BEGUN, None), tempfile::tempdir().unwrap(), &["--live"]);
    let Hub { site, folder } = hub;
    let site = site.killed();
    let journal = folder.path().join("live.sqlite");
    told(&journal, &events(BEGUN..ALL, CHANGED));
    Connection::open(&journal).unwrap().execute("DELETE FROM events WHERE seq < 3", []).unwrap();
    let hub = Hub::over(site, folder, &["--live"]);
    let answer = hub.site.get("/api/kpis");
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.json()["error"].as_str().unwrap().contains("newer snapshot"), "{}", answer.body);
}
