//! Times every kind of question about a snapshot, from its columns and from its cubes:
//! `cargo run --profile native -p builder --example scan -- FOLDER`.
//!
//! Questions are asked in the order of a page that shows all: the first about a filter finds the
//! lines in scope, and later ones share them. Each turn has another last day, so that none knows
//! the turn before.

use std::fs;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use builder::open;
use facts::{
    Aspect, BucketSize, Cubes, DayRange, Dimension, Grouping, MemberSort, MembersAsk, Part,
    Question, Scope, Set, Source, View,
};

/// Turns of a filter; the median of each question is told.
const TURNS: i32 = 7;

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).context("which folder?")?);
    let mut out = stdout();
    let opened = open::open(&folder)?;
    let meta = Arc::new(opened.manifest.meta.clone());
    let begun = Instant::now();
    let columns = opened.columns()?;
    writeln!(out, "columns read in {:.0} ms", ms(begun))?;
    let begun = Instant::now();
    let columns = open::checked(&meta, columns)?;
    writeln!(out, "put together in {:.0} ms, {}", ms(begun), peak())?;
    let begun = Instant::now();
    let cubes = Cubes::new(meta.clone(), opened.cubes()?)?;
    writeln!(out, "cubes read in {:.0} ms", ms(begun))?;
    for (name, scope) in filters(&View::default_for(&meta).scope) {
        writeln!(out, "\n{name:42} {:>11} {:>11}", "columns", "cubes")?;
        let mut sum = 0.0;
        let times = [&columns as &dyn Source, &cubes].map(|source| medians(source, &scope));
        let names = questions(&scope).into_iter().map(|(name, _)| name);
        for (at, name) in names.enumerate() {
            let [columns, cubes] = [0, 1].map(|source| times[source][at]);
            sum += columns.unwrap_or_default();
            writeln!(out, "  {name:40} {} {}", told(columns), told(cubes))?;
        }
        writeln!(out, "  {:40} {}", "all", told(Some(sum)))?;
    }
    writeln!(out, "\n{}", peak())?;
    Ok(())
}

/// Filters, most of which cubes cannot answer in full.
fn filters(usual: &Scope) -> Vec<(&'static str, Scope)> {
    let last = usual.range.to;
    let recent = |days: i32| DayRange { from: last.plus(1 - days), to: last };
    let two = usual.with(Dimension::Category, Set::of([0, 1]));
    let champions = usual.with(Dimension::Rfm, Set::of([0]));
    vec![
        ("default view", usual.clone()),
        ("odd year", usual.over(DayRange { from: usual.range.from.plus(9), to: last.plus(-10) })),
        ("two categories", two.clone()),
        ("two categories, 90 days", two.over(recent(90))),
        ("two categories, one segment", two.with(Dimension::Segment, Set::of([0]))),
        ("one category, odd 400 days", {
            usual.with(Dimension::Category, Set::of([1])).over(recent(400))
        }),
        ("one RFM segment, 90 days", champions.over(recent(90))),
        ("two RFM segments, odd 200 days", {
            champions.with(Dimension::Rfm, Set::of([0, 1])).over(recent(200))
        }),
    ]
}

fn questions(scope: &Scope) -> Vec<(String, Question)> {
    let mut asked = Vec::new();
    let of = || scope.clone();
    let dimensions = [Dimension::Segment, Dimension::Churn, Dimension::Rfm, Dimension::Category];
    let groupings = [Grouping::Whole]
        .into_iter()
        .chain(dimensions.map(Grouping::By))
        .chain([BucketSize::Month, BucketSize::Day].map(Grouping::Over));
    for grouping in groupings {
        for part in Part::ALL {
            let question = Question::Groups { scope: of(), grouping, part };
            asked.push((format!("{part:?} {grouping:?}"), question));
        }
    }
    for aspect in Aspect::ALL {
        let grouping = Grouping::Of(aspect);
        let question = Question::Groups { scope: of(), grouping, part: Part::Feedback };
        asked.push((format!("{grouping:?}"), question));
    }
    asked.push((
        "Retention".to_owned(),
        Question::Retention { scope: of(), before: scope.range.days_before() },
    ));
    for size in [BucketSize::Month, BucketSize::Day] {
        let question = Question::RetentionOverTime { scope: of(), size, beside: None };
        asked.push((format!("Retention Over({size:?})"), question));
    }
    asked.push(("Top".to_owned(), Question::Top { scope: of(), count: 10 }));
    asked.push(("Points".to_owned(), Question::Points { scope: of(), most: 3_000 }));
    for sort in [MemberSort::LifetimeValue, MemberSort::Change, MemberSort::Satisfaction] {
        let compared = Some(scope.range.days_before());
        let window =
            MembersAsk { scope: of(), compared, sort, descending: true, offset: 0, limit: 100 };
        asked.push((format!("Members by {sort:?}"), Question::Members(window)));
    }
    asked
}

/// The median time of each question, in milliseconds; none where the source cannot answer.
fn medians(source: &dyn Source, scope: &Scope) -> Vec<Option<f64>> {
    let mut times = vec![Vec::new(); questions(scope).len()];
    for turn in 0..TURNS {
        let DayRange { from, to } = scope.range;
        // Cubes have no memory that would have to be led astray, but may know whole months alone.
        let earlier = if source.origin() == facts::Origin::Columns { turn } else { 0 };
        let scope = scope.over(DayRange { from, to: to.plus(-earlier) });
        for ((_, question), times) in questions(&scope).iter().zip(&mut times) {
            let begun = Instant::now();
            if question.ask(source).is_some() {
                times.push(ms(begun));
            }
        }
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied()
    };
    times.into_iter().map(median).collect()
}

fn told(time: Option<f64>) -> String {
    time.map_or_else(|| format!("{:>11}", "-"), |time| format!("{time:8.2} ms"))
}

fn ms(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}

/// The most memory that this process held, where the system tells.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    format!("{} of memory at most", peak.map_or("an unknown amount", str::trim))
}
