//! Times the measures of a snapshot's dashboard under filters, from cubes and from columns:
//! `cargo run --profile native -p builder --example scan -- FOLDER`.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use builder::open;
use facts::{BucketSize, Cubes, Dimension, Facts, Grouping, KPIS, Part, Scope, Set, Source, View};

/// Times a question is asked; the median is told.
const TIMES: usize = 9;

type Ask = fn(&Facts, &Scope) -> bool;

/// What a dashboard asks under a filter.
const ASKED: [(&str, Ask); 7] = [
    ("totals", |facts, scope| facts.totals(scope, &Part::ALL).ready().is_some()),
    ("by segment", |facts, scope| by(facts, scope, Dimension::Segment)),
    ("by category", |facts, scope| by(facts, scope, Dimension::Category)),
    ("over months", |facts, scope| {
        facts.groups(scope, Grouping::Over(BucketSize::Month), &Part::ALL).ready().is_some()
    }),
    ("retention", |facts, scope| facts.retention(scope).ready().is_some()),
    ("top", |facts, scope| facts.top(scope, 5).ready().is_some()),
    ("points", |facts, scope| facts.points(scope, 3000).ready().is_some()),
];

fn by(facts: &Facts, scope: &Scope, dimension: Dimension) -> bool {
    facts.groups(scope, Grouping::By(dimension), &Part::ALL).ready().is_some()
}

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).context("which folder?")?);
    let mut out = std::io::stdout();
    let opened = open::open(&folder)?;
    let meta = Arc::new(opened.manifest.meta.clone());
    let begun = Instant::now();
    let columns = Arc::new(open::checked(&meta, opened.columns()?)?);
    writeln!(out, "columns read and checked in {:.0} ms", ms(begun))?;
    let begun = Instant::now();
    let cubes = Arc::new(Cubes::new(meta.clone(), opened.cubes()?)?);
    writeln!(out, "cubes read in {:.0} ms", ms(begun))?;
    let view = View::default_for(&meta);
    let filters = [
        ("default view", view.scope.clone()),
        ("one segment", view.scope.with(Dimension::Segment, Set::of([0]))),
        ("one category", view.scope.with(Dimension::Category, Set::of([1]))),
        ("two categories", view.scope.with(Dimension::Category, Set::of([1, 2]))),
        ("one RFM segment, all time", View::whole(&meta).scope.with(Dimension::Rfm, Set::of([0]))),
        (
            "odd days",
            view.scope.over(facts::DayRange {
                from: view.scope.range.from.plus(9),
                to: view.scope.range.to.plus(-70),
            }),
        ),
    ];
    for (name, scope) in filters {
        writeln!(out, "\n{name}")?;
        for (source, of) in
            [("cubes", cubes.clone() as Arc<dyn Source>), ("columns", columns.clone())]
        {
            let mut sum = 0.0;
            for (what, ask) in ASKED {
                let mut times = Vec::new();
                for turn in 0..TIMES {
                    // Columns keep their last answers: another scope each time.
                    let scope = scope.over(facts::DayRange {
                        from: scope.range.from,
                        to: scope.range.to.plus(if source == "columns" { turn as i32 } else { 0 }),
                    });
                    let facts = Facts::of(meta.clone()).with(of.clone());
                    let begun = Instant::now();
                    if !ask(&facts, &scope) {
                        break;
                    }
                    times.push(ms(begun));
                }
                times.sort_by(f64::total_cmp);
                match times.get(times.len() / 2) {
                    Some(median) => {
                        sum += median;
                        writeln!(out, "  {source:8} {what:12} {median:8.2} ms")?;
                    }
                    None => writeln!(out, "  {source:8} {what:12}        -")?,
                }
            }
            writeln!(out, "  {source:8} {:12} {sum:8.2} ms", "all")?;
        }
    }
    writeln!(out, "\n{} KPIs are known", KPIS.len())?;
    Ok(())
}

fn ms(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1e3
}
