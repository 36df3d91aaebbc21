//! The settings that are shown, and what stands above them in a mapping.

use crate::guess::build::{self, Purchases};
use crate::guess::draft::{Draft, named, quoted, settings};
use crate::guess::found::{Question, Setting};
use crate::guess::pick::Confidence;
use crate::guess::settle::OrderFound;
use crate::guess::text::{argument, count};

/// The comments above a mapping: what it is of, how to build with it, and what is open.
pub fn heading(
    found: &Purchases<'_>,
    from: &str,
    questions: &[Question],
    problems: &[String],
) -> Vec<String> {
    let look = found.choosing.look;
    let more = match found.more.len() {
        0 => String::new(),
        more => format!(" and {} with the same columns", count(more as u64, "other", "others")),
    };
    let mut lines = vec![format!("Guessed from {}{more}.", named(&look.name))];
    if let Some(export) = look.export {
        lines.push(format!("It looks like {}: {}.", export.name, export.says));
    }
    lines.push("Every setting can be changed. To build with it:".to_owned());
    lines.push(format!(
        "    builder build --from {} --mapping THIS_FILE --out data/snapshot",
        argument(from)
    ));
    for problem in problems {
        lines.push(format!("PROBLEM: {}", problem.replace('\n', " ")));
    }
    for question in questions {
        lines.push(format!("TO DECIDE: {}", question.ask));
        for (at, choice) in question.choices.iter().enumerate() {
            let totals = choice.totals.as_ref().map(|totals| {
                let days =
                    totals.first_day.iter().chain(&totals.last_day).cloned().collect::<Vec<_>>();
                format!("; revenue {} {}, {}", totals.revenue, totals.currency, days.join(" to "))
            });
            let says = choice.says.as_ref().map(|says| format!("; {}", says.replace('\n', " ")));
            let mark = if at == 0 { " (as written below)" } else { "" };
            lines.push(format!(
                "  {}{mark}: {}{}{}",
                choice.value,
                choice.settings,
                totals.unwrap_or_default(),
                says.unwrap_or_default()
            ));
        }
    }
    lines
}

/// How the file is written, and the settings of its data.
pub fn all(found: &Purchases<'_>, draft: &Draft) -> Vec<Setting> {
    let look = found.choosing.look;
    let mut all = Vec::new();
    let mut push = |name, value: String, confidence, why: &str| {
        all.push(Setting { name, value, confidence, why: why.to_owned() });
    };
    if let Some(encoding) = &look.encoding {
        let confidence = if encoding.is_doubtful { Confidence::Likely } else { Confidence::Sure };
        push("encoding", encoding.name.clone(), confidence, encoding.why);
    }
    if let Some(dialect) = &look.dialect {
        let why = if dialect.is_said { "the first line says so" } else { "rows are even so" };
        push("delimiter", quoted(&dialect.delimiter.to_string()), Confidence::Sure, why);
        push(
            "header",
            format!("line {}", dialect.header_line),
            Confidence::Sure,
            "the first row that is as wide as the others, and named",
        );
    }
    let format = draft.purchases().map(|table| settings(&table.format)).unwrap_or_default();
    for (name, value) in
        format.into_iter().filter(|(name, _)| !["encoding", "delimiter"].contains(name))
    {
        let (confidence, why) = match name {
            "date" => match &found.settled.order {
                OrderFound::NoMatter => (Confidence::Sure, "all dates are written so".to_owned()),
                OrderFound::Only(_) => {
                    (Confidence::Sure, "some dates can only be read so".to_owned())
                }
                OrderFound::Either { .. } => {
                    (Confidence::Unsure, "every date fits both orders".to_owned())
                }
                OrderFound::Mixed { .. } => {
                    (Confidence::Unsure, "the column has two orders".to_owned())
                }
            },
            "decimal_comma" | "thousands" if found.settled.either.is_some() => {
                (Confidence::Unsure, "every number fits both".to_owned())
            }
            "skip_rows" => (Confidence::Sure, "lines above the header".to_owned()),
            "amount_unit" if look.export.is_some() => {
                (Confidence::Sure, "so in this export".to_owned())
            }
            "amount_unit" => (Confidence::Likely, "the name of the column says so".to_owned()),
            "quote" => (Confidence::Unsure, "quotes do not close as they should".to_owned()),
            _ => (Confidence::Sure, "it is written so".to_owned()),
        };
        push(name, value, confidence, &why);
    }
    let style = found.settled.style.filter(|style| !style.decimal_comma);
    if style.is_some() && found.settled.either.is_none() {
        push("decimal sign", "\".\"".to_owned(), Confidence::Sure, "all numbers can be read so");
    }
    push("currency", draft.currency.clone(), found.currency.confidence, &found.currency.why);
    let (zone, why) = build::time_zone(&found.settled);
    let confidence = match (found.settled.instants, found.settled.all_of_greenwich) {
        (false, _) => Confidence::Sure,
        (true, false) if !found.settled.zones.is_empty() => Confidence::Likely,
        _ => Confidence::Unsure,
    };
    push("time_zone", zone, confidence, &why);
    all
}
