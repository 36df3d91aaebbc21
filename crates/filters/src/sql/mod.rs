//! A question to the facts as SQL on the snapshot's own tables, for those who want to check.
//!
//! The page computes from columns; these statements give the same numbers, slowly.

mod kpi;
mod rows;

use facts::kpi::Term;
use facts::recorded::Question;
use facts::{Aspect, BucketSize, DayRange, Dimension, Grouping, Part, Scope};
use snapshot::Meta;

use self::kpi::sum;
use self::rows::{both, column, contacts, in_scope, lines, money, scores};

pub use self::kpi::kpi;

/// The statement that answers a question; none where no single short one does.
pub fn statement(question: &Question, meta: &Meta) -> Option<String> {
    match question {
        Question::Groups { scope, grouping, part } => groups(scope, *grouping, *part, meta),
        Question::Retention { scope, before } => Some(retention(scope, *before, meta)),
        Question::Top { scope, count } => Some(format!(
            "SELECT customer_id, total_lifetime_value / {money} AS lifetime_value, total_orders\n\
             FROM customer_360\nWHERE {}\nORDER BY total_lifetime_value DESC, ord\nLIMIT {count}",
            in_scope(scope, meta),
            money = money(meta),
        )),
        Question::Points { scope, .. } => Some(format!(
            "SELECT rfm_segment, COUNT(*) AS customers, SUM(total_lifetime_value) / {} AS lifetime_value\n\
             FROM customer_360\nWHERE rfm_segment IS NOT NULL AND {}\nGROUP BY rfm_segment",
            money(meta),
            in_scope(scope, meta),
        )),
        Question::RetentionOverTime { .. } | Question::Members(_) => None,
    }
}

fn groups(scope: &Scope, grouping: Grouping, part: Part, meta: &Meta) -> Option<String> {
    Some(match part {
        // Feedback's own attributes say nothing of purchases and customers.
        Part::Sales | Part::Customers if matches!(grouping, Grouping::Of(_)) => return None,
        Part::Sales => sales(scope, grouping, meta)?,
        Part::Customers => customers(scope, grouping, meta)?,
        Part::Feedback => feedback(scope, grouping, meta)?,
    })
}

fn sales(scope: &Scope, grouping: Grouping, meta: &Meta) -> Option<String> {
    let (name, end) = match grouping {
        Grouping::Whole | Grouping::Of(_) => (None, String::new()),
        Grouping::By(Dimension::Category) => (Some("category".to_owned()), grouped("category")),
        Grouping::By(dimension) => (Some(column(dimension).to_owned()), grouped(column(dimension))),
        // Days are moved to those that they are compared with.
        Grouping::Beside(..) => return None,
        Grouping::Over(size) => {
            let bucket = bucket(size, "transaction_date");
            (Some(format!("{bucket} AS period")), grouped("period"))
        }
    };
    let name = name.map_or(String::new(), |name| format!("{name}, "));
    // Only guests have no row in customer_360, and no customer's attribute to group by.
    let guests = match grouping {
        Grouping::By(dimension) if dimension != Dimension::Category => {
            format!("\n  AND {} IS NOT NULL", column(dimension))
        }
        _ => String::new(),
    };
    Some(format!(
        "SELECT {name}{} AS revenue, {} AS units, COUNT(*) AS lines,\n  \
         {} AS orders\n\
         FROM {}{guests}{end}",
        sum(Term::Revenue, scope, meta),
        sum(Term::Units, scope, meta),
        sum(Term::Orders, scope, meta),
        lines(scope, meta),
    ))
}

fn customers(scope: &Scope, grouping: Grouping, meta: &Meta) -> Option<String> {
    let (name, end) = match grouping {
        Grouping::Whole => (String::new(), String::new()),
        Grouping::By(Dimension::Category)
        | Grouping::Over(_)
        | Grouping::Beside(..)
        | Grouping::Of(_) => return None,
        Grouping::By(dimension) => (format!("{}, ", column(dimension)), grouped(column(dimension))),
    };
    // Who never bought is in no RFM segment.
    let scored = match grouping {
        Grouping::By(Dimension::Rfm) => "\n  AND rfm_segment IS NOT NULL",
        _ => "",
    };
    Some(format!(
        "SELECT {name}{} AS customers, {} AS lifetime_value,\n  \
         {} AS new_customers\n\
         FROM customer_360\nWHERE {}{scored}{end}",
        sum(Term::Customers, scope, meta),
        sum(Term::LifetimeValue, scope, meta),
        sum(Term::NewCustomers, scope, meta),
        in_scope(scope, meta),
    ))
}

fn feedback(scope: &Scope, grouping: Grouping, meta: &Meta) -> Option<String> {
    let aspect = match grouping {
        Grouping::Whole => None,
        Grouping::Of(Aspect::Channel) => Some("channel"),
        Grouping::Of(Aspect::Reason) => Some("reason"),
        Grouping::By(_) | Grouping::Over(_) | Grouping::Beside(..) => return None,
    };
    if let Some(aspect) = aspect {
        return Some(format!(
            "SELECT {aspect}, AVG(satisfaction_score) AS mean_score, {} AS scores\n\
             FROM {}\n  AND {aspect} IS NOT NULL{}",
            sum(Term::ScoreCount, scope, meta),
            scores(scope, meta),
            grouped(aspect)
        ));
    }
    let (scores, contacts) = (scores(scope, meta), contacts(scope, meta));
    let of = |what: &str, rows: &str| format!("(SELECT {what} FROM {rows})");
    Some(format!(
        "SELECT\n  {} AS mean_score,\n  {} AS scores,\n  {} AS responses,\n  {} AS contacts",
        of("AVG(satisfaction_score)", &scores),
        of(&sum(Term::ScoreCount, scope, meta), &scores),
        of(&sum(Term::Responses, scope, meta), &contacts),
        of(&sum(Term::Contacts, scope, meta), &contacts),
    ))
}

fn retention(scope: &Scope, before: DayRange, meta: &Meta) -> String {
    format!(
        "WITH {}\nSELECT {} AS before, {} AS kept\nFROM before",
        both(scope, before, meta),
        sum(Term::Before, scope, meta),
        sum(Term::Kept, scope, meta)
    )
}

fn bucket(size: BucketSize, day: &str) -> String {
    match size {
        BucketSize::Day => day.to_owned(),
        BucketSize::Week => format!("date({day}, 'weekday 0', '-6 days')"),
        BucketSize::Month => format!("strftime('%Y-%m', {day})"),
    }
}

fn grouped(column: &str) -> String {
    format!("\nGROUP BY {column}")
}
