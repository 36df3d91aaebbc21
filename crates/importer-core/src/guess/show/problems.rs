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
    let look = found.choosing.look;
    let mut problems: Vec<String> = refusal.into_iter().collect();
    let encoding = look.encoding.as_ref().and_then(|encoding| encoding.problem.clone());
    problems.extend(encoding);
    if problems.is_empty() {
        problems.extend(found.settled.stop.clone());
    }
    problems.extend(tables::first_only(&found.choosing, levels).0);
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
    problems.extend(not_together(sheets, found));
    problems
}

/// What to do with files of the same columns, of which one is read.
fn not_together(sheets: &[SheetFound], found: &Purchases<'_>) -> Option<String> {
    let unread = found.alike.iter().filter_map(|&at| sheets.get(at));
    let names: Vec<String> =
        unread.filter(|sheet| sheet.table.is_none()).map(|sheet| named(&sheet.name)).collect();
    let have = if names.len() == 1 { "has" } else { "have" };
    (!names.is_empty()).then(|| {
        format!(
            "{} {have} the same columns as {}, and nothing of it counts above: put all rows into one file or \
             table first. A header that is in it again does no harm",
            names.join(", "),
            named(&found.choosing.look.name)
        )
    })
}
