//! A KPI as one statement, from the terms of its formula.

use facts::kpi::{Formula, Term};
use facts::{KpiDef, Scope, View};
use snapshot::Meta;

use super::rows::{both, contacts, in_scope, lines, money, quantity, range, scores};

/// The statement that gives a KPI under a view; none where the data does not tell it.
pub fn kpi(def: &KpiDef, view: &View, meta: &Meta) -> Option<String> {
    let scope = view.scope.over(view.shown(meta));
    let value = match def.formula {
        Formula::Sum(term) => sum(term, &scope, meta),
        Formula::Ratio(part, whole) => {
            format!("1.0 * {} / {}", sum(part, &scope, meta), sum(whole, &scope, meta))
        }
    };
    let select = format!("SELECT {value} AS {}\nFROM", def.key);
    // Both terms of a ratio count the same rows.
    Some(match def.formula.terms().next()? {
        Term::Revenue | Term::Units | Term::Orders => format!("{select} {}", lines(&scope, meta)),
        Term::ScoreSum | Term::ScoreCount => format!("{select} {}", scores(&scope, meta)),
        Term::Contacts | Term::Responses => format!("{select} {}", contacts(&scope, meta)),
        Term::Customers | Term::LifetimeValue | Term::NewCustomers => {
            format!("{select} customer_360\nWHERE {}", in_scope(&scope, meta))
        }
        Term::OrderingCustomers | Term::RepeatCustomers => format!(
            "{select} (\nSELECT customer_id, {} AS orders\nFROM {}\n  \
             AND customer_id IS NOT NULL AND amount > 0\nGROUP BY customer_id\n)",
            sum(Term::Orders, &scope, meta),
            lines(&scope, meta)
        ),
        Term::Kept | Term::Before => {
            let before = facts::kpi::before(scope.range, view.kind, meta)?;
            format!("WITH {}\n{select} before", both(&scope, before, meta))
        }
    })
}

/// A term as a sum over its rows, in whole units.
pub(super) fn sum(term: Term, scope: &Scope, meta: &Meta) -> String {
    match term {
        Term::Revenue => format!("COALESCE(SUM(amount), 0) / {}", money(meta)),
        Term::Units => format!("COALESCE(SUM(quantity), 0){}", quantity(meta)),
        Term::Orders => "COUNT(DISTINCT CASE WHEN amount > 0 THEN order_id END)".to_owned(),
        Term::ScoreSum => "SUM(satisfaction_score)".to_owned(),
        Term::LifetimeValue => {
            format!("COALESCE(SUM(total_lifetime_value), 0) / {}", money(meta))
        }
        Term::NewCustomers => {
            format!("COALESCE(SUM(first_purchase_date BETWEEN {}), 0)", range(scope))
        }
        Term::Responses => "COALESCE(SUM(responded), 0)".to_owned(),
        Term::RepeatCustomers => "COALESCE(SUM(orders >= 2), 0)".to_owned(),
        Term::Kept => "COALESCE(SUM(customer_id IN (SELECT customer_id FROM now)), 0)".to_owned(),
        Term::ScoreCount
        | Term::Contacts
        | Term::Customers
        | Term::OrderingCustomers
        | Term::Before => "COUNT(*)".to_owned(),
    }
}
