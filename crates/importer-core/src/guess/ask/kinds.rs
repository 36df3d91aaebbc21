//! What rows count as that a column calls cancelled, or given back.

use super::Asking;
use crate::guess::draft::{kinds_text, named};
use crate::guess::found::{Choice, Question};
use crate::guess::text::{count, short};
use crate::import::kinds::{Kind, Kinds};
use snapshot::money::to_decimal;

impl Asking<'_> {
    pub(super) fn kinds(&self) -> Option<Question> {
        let now = self.draft.purchases()?.kinds.as_ref()?;
        let trial = self.trial?;
        let look = self.found.choosing.look;
        let mut watched = trial.count.watched.iter();
        let watched = watched.find(|known| look.column(known.at).name == now.column)?;
        let of = watched.values.iter().filter(|(says, _)| now.of(says) != Kind::Sale);
        let (mut rows, mut sum, mut says) = (0_u64, 0_i128, Vec::new());
        for (value, of) in of {
            rows = rows.saturating_add(of.rows);
            sum = sum.saturating_add(of.amount);
            says.push(short(value));
        }
        let currency = &trial.imported.currency;
        let ask = format!(
            "{} \"{}\" in {}, with {} {} in all. How do they count?",
            count(rows, "row says", "rows say"),
            says.join("\", \""),
            named(&now.column),
            to_decimal(sum, currency.exponent),
            currency.code
        );
        let all = Kinds { column: now.column.clone(), ..Kinds::default() };
        let as_returns = Kinds { returns: words(now), ..all.clone() };
        let without = if now.keep.is_empty() {
            Kinds { leave_out: words(now), ..all.clone() }
        } else {
            now.clone()
        };
        let mut choices: Vec<Choice> = vec![self.written(value(now), setting(now))];
        // What has no words of its own, as a day of cancelling, cannot be named one by one.
        for other in [without, as_returns, all] {
            let is_told = other.returns.is_empty() || now.keep.is_empty();
            if other != *now && is_told {
                choices.push(self.other(value(&other), setting(&other), |draft| {
                    if let Some(table) = draft.purchases_mut() {
                        table.kinds = Some(other.clone());
                    }
                }));
            }
        }
        Some(Question { id: "kinds", ask, choices })
    }
}

/// Everything that is said by rows that do not count as sales.
fn words(kinds: &Kinds) -> Vec<String> {
    kinds.leave_out.iter().chain(&kinds.returns).cloned().collect()
}

fn setting(kinds: &Kinds) -> String {
    format!("kinds = {}", kinds_text(kinds))
}

/// What such rows count as, in words.
fn value(kinds: &Kinds) -> &'static str {
    match (kinds.returns.is_empty(), kinds.leave_out.is_empty() && kinds.keep.is_empty()) {
        (true, true) => "as sales, like all others",
        (true, false) => "not at all: they are left out",
        (false, true) => "as given back: their amounts are taken off",
        (false, false) => "what was given back is taken off, and the others are left out",
    }
}
