//! What stands in the way.

use crate::guess::build::Purchases;
use crate::guess::draft::{Draft, named};
use crate::guess::found::SheetFound;
use crate::guess::levels::Level;
use crate::guess::tables;
use crate::guess::text::count;
use crate::guess::trial::Trial;

/// Everything that stands in the way of a build, or of counting all that was given.
pub fn all(
    found: &Purchases<'_>,
    levels: &[Level],
    trial: Option<&Trial>,
    draft: &Draft,
    sheets: &[SheetFound],
    refusal: Option<String>,
) -> Vec<String> {
    let mut problems: Vec<String> = refusal.into_iter().collect();
    let looks = std::iter::once(found.choosing.look).chain(found.more.iter().copied());
    let encodings = looks.filter_map(|look| look.encoding.as_ref()?.problem.clone());
    problems.extend(encodings);
    if problems.is_empty() {
        problems.extend(found.settled.stop.clone());
    }
    let is_filled = draft.purchases().is_some_and(|table| table.fill_down);
    problems.extend(tables::first_only(&found.choosing, levels).0.filter(|_| !is_filled));
    if let Some(trial) = trial {
        let rejected = trial.rejected();
        if rejected > draft.reject_limit {
            let first: Vec<&str> =
                trial.imported.first_rejected.iter().map(String::as_str).take(3).collect();
            problems.push(format!(
                "{} cannot be read, such as {}",
                count(rejected, "row", "rows"),
                first.join("; ")
            ));
        }
        if trial.totals.lines == 0 {
            problems.push("no row can be read as a purchase".to_owned());
        } else if trial.totals.orders == 0 {
            problems.push(
                "no purchase has an amount above zero, so that there is no day from which recency counts: give one \
                 with as_of, if that is meant"
                    .to_owned(),
            );
        }
    }
    problems.extend(apart(sheets, found));
    problems
}

/// Files that seem to be more of the same, of which nothing counts.
fn apart(sheets: &[SheetFound], found: &Purchases<'_>) -> Vec<String> {
    let read = found.apart.iter().filter_map(|(at, why)| Some((sheets.get(*at)?, why)));
    let unread = read.filter(|(sheet, _)| sheet.table.is_none());
    let problem = |(sheet, why): (&SheetFound, &String)| {
        format!("nothing of {} counts above: {why}", named(&sheet.name))
    };
    unread.map(problem).collect()
}
