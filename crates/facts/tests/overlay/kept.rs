//! What an overlay holds: events once each, numbers that stay, and what it refuses by name.

use std::collections::BTreeMap;
use std::sync::Arc;

use facts::live::{Event, read};
use facts::overlay::{CustomerRows, OverlayError, PurchaseRow, Refusal, Rows};
use facts::{Facts, Overlay, Part, Recorded, Scope, edges};
use snapshot::{Day, Meta};

use crate::edit;
use crate::shop::Shop;

/// A snapshot with one customer, C00, who bought for 5.00 once.
fn meta() -> Arc<Meta> {
    let mut meta = Meta::clone(&Shop::empty().meta);
    meta.rows.insert("customer_360".to_owned(), 1);
    Arc::new(meta)
}

fn rows(meta: &Meta, ids: impl IntoIterator<Item = String>) -> Rows {
    let line = PurchaseRow {
        line: 1,
        order: "O1".to_owned(),
        day: meta.last_day,
        category: 0,
        amount: 500,
        quantity: 1,
    };
    let known = CustomerRows { rfm_segment: Some(0), lines: vec![line], ..CustomerRows::default() };
    let customers = ids.into_iter().map(|id| {
        let found = (id == "C00").then(|| known.clone());
        (id, found)
    });
    let snapshot_id = meta.snapshot_id.clone();
    Rows { snapshot_id, customers: customers.collect(), shared: Vec::new() }
}

fn frame(text: &str) -> Vec<Event> {
    let frame = read(text).unwrap();
    assert_eq!(frame.bad, []);
    frame.events
}

fn placed(seq: u64, id: &str, customer: &str, amount: &str) -> String {
    format!(
        r#"{{"type":"order_placed","seq":{seq},"id":"{id}","at":"2024-05-04T09:00:00+02:00",
            "customer_id":"{customer}","order_id":"N{seq}","lines":[{{"category":"Tea","amount":{amount}}}]}}"#
    )
}

fn today() -> Day {
    "2024-05-04".parse().unwrap()
}

fn take(overlay: &Overlay, events: Vec<Event>) -> Overlay {
    let rows = rows(overlay.published(), overlay.needs(&events, &BTreeMap::new()));
    overlay.with(events, &rows, today()).unwrap()
}

/// Revenue of all time, over a snapshot that has sold for 5.00.
fn revenue(overlay: &Overlay) -> i64 {
    let published = overlay.published();
    let all = Scope::of_range(edges(published));
    let whole = facts::Totals { revenue: 500, lines: 1, orders: 1, ..Default::default() };
    let question =
        facts::Question::Groups { scope: all, grouping: facts::Grouping::Whole, part: Part::Sales };
    let record = Recorded::new([(question, facts::Reply::Groups(vec![whole]))]);
    let below = Facts::of(published.clone()).with(Arc::new(record));
    let facts = below.under(Arc::new(overlay.clone()));
    let scope = Scope::of_range(edges(facts.meta()));
    facts.totals(&scope, &[Part::Sales]).ready().unwrap().revenue
}

#[test]
fn what_comes_twice_counts_once_and_the_first_overlay_stays_as_it_was() {
    let empty = Overlay::new(meta(), 7).unwrap();
    assert_eq!(revenue(&empty), 500);
    let one = take(&empty, frame(&placed(8, "a", "C00", "1.25")));
    assert_eq!((revenue(&empty), revenue(&one)), (500, 625));
    assert!(one.covers(3) && one.covers(8) && !one.covers(9) && !empty.covers(8));
    let again = frame(&placed(8, "a", "C00", "1.25"));
    let renamed = frame(&placed(9, "a", "C00", "1.25"));
    let held = frame(&placed(7, "z", "C00", "1.25"));
    let twice = take(&take(&take(&one, again), renamed), held);
    assert_eq!(revenue(&twice), 625);
    assert!(twice.covers(9));
    assert_eq!(twice.meta().as_of.to_string(), "2024-05-04");
}

#[test]
fn a_newer_snapshot_takes_events_out_exactly_once() {
    let events = [placed(1, "a", "C00", "1"), placed(2, "b", "C00", "2")].join(",");
    let two = take(&Overlay::new(meta(), 0).unwrap(), frame(&format!("[{events}]")));
    assert_eq!(revenue(&two), 800);
    let newer = Meta { snapshot_id: "newer".to_owned(), ..Meta::clone(&meta()) };
    let (empty, left, edits) = two.renewed(Arc::new(newer), 1).unwrap();
    assert_eq!(left.iter().map(|event| event.seq).collect::<Vec<_>>(), [2]);
    assert!(edits.is_empty() && empty.covers(1) && !empty.covers(2));
    let one = take(&empty, left);
    assert_eq!(revenue(&one), 700);
    // What the snapshot holds comes once more, under another number.
    assert_eq!(revenue(&take(&one, frame(&placed(3, "a", "C00", "1")))), 700);
    let other = rows(&meta(), ["C00".to_owned()]);
    let error = one.with(Vec::new(), &other, today()).unwrap_err();
    assert!(matches!(error, OverlayError::OtherSnapshot { .. }), "{error}");
}

#[test]
fn new_customers_keep_their_numbers_and_codes_whoever_comes_later() {
    let new = |seq: u64, id: &str, segment: &str| {
        frame(&format!(
            r#"{{"type":"new_customer","seq":{seq},"at":"2024-05-04T09:00:00Z","customer_id":"{id}",
                "first_name":"Ada","segment":"{segment}"}}"#
        ))
    };
    let one = take(&Overlay::new(meta(), 0).unwrap(), new(5, "N5", "Gold"));
    assert_eq!(one.number_of("N5"), Some(1));
    let two = take(&one, new(3, "N3", "Silver"));
    assert_eq!((two.number_of("N5"), two.number_of("N3")), (Some(1), Some(2)));
    assert_eq!(two.meta().labels.segments, ["High", "Low", "Gold", "Silver"]);
    let known: Vec<_> = two.new_customers().map(|one| (one.number, one.id, one.segment)).collect();
    assert_eq!(known, [(1, "N5", 2), (2, "N3", 3)]);
    assert_eq!(two.customer(1).unwrap().profile.first_name.as_deref(), Some("Ada"));
    assert_eq!(two.meta().rows["customer_360"], 3);
}

#[test]
fn an_edit_is_there_until_it_is_withdrawn() {
    let empty = Overlay::new(meta(), 0).unwrap();
    let edits = BTreeMap::from([("C00".to_owned(), edit("Low")), ("C9".to_owned(), edit("Low"))]);
    let rows = rows(empty.published(), empty.needs(&[], &edits));
    let edited = empty.edited(edits, &rows, today()).unwrap();
    assert_eq!(edited.customer(0).unwrap().segment, 1);
    let refused: Vec<_> = edited.refused_edits().keys().collect();
    assert_eq!(refused, ["C9"]);
    // What would be without it is known all the same.
    assert_eq!(edited.unedited_segment("C00"), Some("High"));
    assert_eq!(edited.unedited_segment("C9"), None);
    let changed = |seq: u64, segment: &str| {
        frame(&format!(
            r#"{{"type":"customer_changed","seq":{seq},"at":"2024-05-04T09:00:00Z",
                "customer_id":"C00"{segment}}}"#
        ))
    };
    let told = take(&edited, changed(1, r#","segment":"Best""#));
    assert_eq!(told.unedited_segment("C00"), Some("Best"));
    assert_eq!(told.customer(0).unwrap().segment, 1, "the edit has the last word");
    let told = take(&told, changed(2, r#","first_name":"Ada""#));
    assert_eq!(told.unedited_segment("C00"), Some("Best"));
    let withdrawn = edited.edited(BTreeMap::new(), &Rows::default(), today()).unwrap();
    assert_eq!(withdrawn.customer(0).unwrap().segment, 0);
}

#[test]
fn what_cannot_count_is_refused_by_name_and_the_rest_counts() {
    let order = |seq: u64, date: &str, customer: &str, amount: &str| {
        format!(
            r#"{{"type":"order_returned","seq":{seq},"at":"{date}T09:00:00Z","customer_id":"{customer}",
                "order_id":"O1","lines":[{{"category":"Tea","amount":"{amount}"}}]}}"#
        )
    };
    let events = [
        order(1, "2024-05-04", "C00", "1"),
        order(2, "2024-01-14", "C00", "1"),
        order(3, "2024-05-06", "C00", "1"),
        order(4, "2024-05-04", "C77", "1"),
        order(5, "2024-05-04", "C00", "1.005"),
        order(6, "2024-05-04", "C00", "-1"),
        order(7, "2024-05-04", "C00", "99999999999999999999"),
        order(8, "2024-05-04", "C00", "9000000000000000"),
        order(9, "2024-05-05", "C00", "1"),
    ];
    let events = frame(&format!("[{}]", events.join(",")));
    let empty = Overlay::new(meta(), 0).unwrap();
    let overlay = take(&empty, events.clone());
    assert_eq!(revenue(&overlay), 300);
    let refused: Vec<String> = overlay.refused().values().map(Refusal::to_string).collect();
    assert_eq!(
        refused,
        [
            "2024-01-14 is before the data, which begins on 2024-01-15",
            "2024-05-06 is after tomorrow",
            "customer C77 is not known",
            "'1.005' has more than 2 decimals",
            "-1 was sent back, which must not be below zero",
            "'99999999999999999999' is too large",
            "amounts that no sum can hold",
        ]
    );
    // Without the rows of its customer, nothing counts.
    let unread = empty.with(events, &Rows::default(), today()).unwrap();
    assert_eq!((unread.refused().len(), revenue(&unread)), (9, 500));
    assert_eq!(unread.refused()[&1], Refusal::NotRead("C00".to_owned()));
}

#[test]
fn a_flood_of_new_names_and_events_ends_somewhere() {
    let named = |seq: u64| {
        format!(
            r#"{{"type":"order_placed","seq":{seq},"at":"2024-05-04T09:00:00Z","order_id":"G{seq}",
                "lines":[{{"category":"New {seq}","amount":1}}]}}"#
        )
    };
    let all: Vec<String> = (1..=1_200).map(named).collect();
    let overlay = take(&Overlay::new(meta(), 0).unwrap(), frame(&format!("[{}]", all.join(","))));
    assert_eq!(overlay.meta().labels.categories.len(), 1_003);
    assert_eq!(overlay.refused().len(), 200);
    assert_eq!(revenue(&overlay), 500 + 1_000 * 100);
    let event = &frame(&named(1))[0];
    let flood = (2..200_000).map(|seq| Event { seq, id: None, ..event.clone() });
    let error = overlay.with(flood, &Rows::default(), today()).unwrap_err();
    assert_eq!(error, OverlayError::TooManyEvents);
}
