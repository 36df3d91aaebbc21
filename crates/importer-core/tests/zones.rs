//! The zones of the importer show what those of chrono-tz do.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use chrono::{DateTime, Offset, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use importer_core::zones::{Zone, names};

fn differ(name: &str, own: &Zone, other: Tz, instant: DateTime<Utc>) -> Option<String> {
    let theirs = other.offset_from_utc_datetime(&instant.naive_utc()).fix();
    (own.offset(&instant) != theirs).then(|| format!("{name} at {instant}: {theirs}"))
}

fn instants(from: i32, to: i32, step: usize) -> impl Iterator<Item = DateTime<Utc>> {
    let begin = |year: i32| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap().timestamp();
    (begin(from)..begin(to)).step_by(step).map(|at| DateTime::from_timestamp(at, 0).unwrap())
}

#[test]
fn there_are_the_same_zones() {
    let theirs: BTreeSet<&str> = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
    assert_eq!(names().into_iter().collect::<BTreeSet<_>>(), theirs);
    assert!(Zone::named("europe/berlin").is_none() && Zone::named("").is_none());
}

#[test]
fn all_show_the_same() {
    let hours = |hours: usize| hours * 3_600;
    for &other in &TZ_VARIANTS {
        let name = other.name();
        let own = Zone::named(name).unwrap();
        // Every three hours of the years that shops have, and twice a week of all others.
        let all = instants(2_000, 2_031, hours(3)).chain(instants(1_850, 2_110, hours(77)));
        assert_eq!(all.into_iter().find_map(|at| differ(name, &own, other, at)), None);
    }
}

#[test]
fn clocks_change_at_the_same_second() {
    for &other in &TZ_VARIANTS {
        let name = other.name();
        let own = Zone::named(name).unwrap();
        let days: Vec<DateTime<Utc>> = instants(1_960, 2_060, 24 * 3_600).collect();
        for pair in days.windows(2) {
            let (mut before, mut after) = (pair[0].timestamp(), pair[1].timestamp());
            let at = |instant: i64| DateTime::from_timestamp(instant, 0).unwrap();
            if own.offset(&at(before)) == own.offset(&at(after)) {
                continue;
            }
            let now = own.offset(&at(before));
            while after - before > 1 {
                let middle = before.midpoint(after);
                if own.offset(&at(middle)) == now { before = middle } else { after = middle }
            }
            assert_eq!(differ(name, &own, other, at(before)), None);
            assert_eq!(differ(name, &own, other, at(after)), None);
        }
    }
}

#[test]
fn days_are_cut_where_clocks_stand() {
    let berlin = Zone::named("Europe/Berlin").unwrap();
    let day = |text: &str| berlin.day(&DateTime::parse_from_rfc3339(text).unwrap()).to_string();
    assert_eq!(day("2024-03-30T22:59:59Z"), "2024-03-30");
    assert_eq!(day("2024-03-30T23:00:00Z"), "2024-03-31");
    assert_eq!(day("2024-03-31T21:59:59Z"), "2024-03-31");
    assert_eq!(day("2024-03-31T22:00:00Z"), "2024-04-01");
}
