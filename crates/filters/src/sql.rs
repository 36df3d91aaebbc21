//! A question to the facts as SQL on the snapshot's own tables, for those who want to check.
//!
//! The page computes from columns; these statements give the same numbers, slowly.

use facts::recorded::Question;
use facts::{Aspect, BucketSize, DayRange, Dimension, Grouping, Part, Scope};
use snapshot::Meta;
use snapshot::meta::NO_CATEGORY;

use crate::labels;

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
        Part::Sales | Part::Audience if matches!(grouping, Grouping::Of(_)) => return None,
        Part::Sales => sales(scope, grouping, meta)?,
        Part::Audience => audience(scope, grouping, meta)?,
        Part::Voices => voices(scope, grouping, meta)?,
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
        "SELECT {name}SUM(amount) / {money} AS revenue, SUM(quantity){quantity} AS units, COUNT(*) AS lines,\n  \
         COUNT(DISTINCT CASE WHEN amount > 0 THEN order_id END) AS orders\n\
         FROM purchase_transactions\n\
         LEFT JOIN product_catalog USING (product_id)\n\
         LEFT JOIN customer_360 USING (customer_id)\n\
         WHERE {}{guests}{end}",
        lines(scope, meta),
        money = money(meta),
        quantity = quantity(meta),
    ))
}

fn audience(scope: &Scope, grouping: Grouping, meta: &Meta) -> Option<String> {
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
        "SELECT {name}COUNT(*) AS customers, SUM(total_lifetime_value) / {money} AS lifetime_value,\n  \
         COALESCE(SUM(first_purchase_date BETWEEN {range}), 0) AS new_customers\n\
         FROM customer_360\nWHERE {scope}{scored}{end}",
        money = money(meta),
        range = range(scope),
        scope = in_scope(scope, meta),
    ))
}

fn voices(scope: &Scope, grouping: Grouping, meta: &Meta) -> Option<String> {
    let aspect = match grouping {
        Grouping::Whole => None,
        Grouping::Of(Aspect::Channel) => Some("channel"),
        Grouping::Of(Aspect::Reason) => Some("reason"),
        Grouping::By(_) | Grouping::Over(_) | Grouping::Beside(..) => return None,
    };
    // Customers need no purchase in the period to speak; with categories chosen they do.
    let who = match (scope.categories.is_all(), scope.restricts_customers()) {
        (true, false) => String::new(),
        (true, true) => format!(
            "\n    AND customer_id IN (SELECT customer_id FROM customer_360 WHERE {})",
            attributes(scope, meta)
        ),
        (false, _) => format!(
            "\n    AND customer_id IN (SELECT customer_id FROM customer_360 WHERE {})",
            in_scope(scope, meta)
        ),
    };
    let range = range(scope);
    if let Some(aspect) = aspect {
        return Some(format!(
            "SELECT {aspect}, AVG(satisfaction_score) AS mean_score, COUNT(*) AS scores\n\
             FROM customer_service\n\
             WHERE satisfaction_score IS NOT NULL AND {aspect} IS NOT NULL\n  \
             AND interaction_date BETWEEN {range}{who}{}",
            grouped(aspect)
        ));
    }
    let feedback = |what: &str| {
        format!(
            "(SELECT {what} FROM customer_service\n    WHERE satisfaction_score IS NOT NULL AND interaction_date BETWEEN {range}{who})"
        )
    };
    let contacts = |what: &str| {
        format!(
            "(SELECT {what} FROM campaign_responses\n    WHERE contact_date BETWEEN {range}{who})"
        )
    };
    Some(format!(
        "SELECT\n  {} AS mean_score,\n  {} AS scores,\n  {} AS responses,\n  {} AS contacts",
        feedback("AVG(satisfaction_score)"),
        feedback("COUNT(*)"),
        contacts("COALESCE(SUM(responded), 0)"),
        contacts("COUNT(*)"),
    ))
}

fn retention(scope: &Scope, before: DayRange, meta: &Meta) -> String {
    let before = scope.over(before);
    let active = |scope: &Scope| {
        format!(
            "SELECT DISTINCT customer_id FROM purchase_transactions\n  \
             LEFT JOIN product_catalog USING (product_id)\n  \
             LEFT JOIN customer_360 USING (customer_id)\n  \
             WHERE customer_id IS NOT NULL AND {}",
            lines(scope, meta)
        )
    };
    format!(
        "WITH now AS (\n  {}\n), before AS (\n  {}\n)\n\
         SELECT COUNT(*) AS before, COALESCE(SUM(customer_id IN (SELECT customer_id FROM now)), 0) AS kept\n\
         FROM before",
        active(scope),
        active(&before)
    )
}

/// The condition on purchase lines.
fn lines(scope: &Scope, meta: &Meta) -> String {
    let mut parts = vec![format!("transaction_date BETWEEN {}", range(scope))];
    for dimension in [Dimension::Category, Dimension::Segment, Dimension::Churn, Dimension::Rfm] {
        parts.extend(chosen(scope, dimension, meta));
    }
    parts.join("\n  AND ")
}

/// The condition on customers: their attributes and, where needed, a purchase line in scope.
fn in_scope(scope: &Scope, meta: &Meta) -> String {
    let whole = scope.range.from <= meta.first_day && scope.range.to >= meta.last_day;
    let attributes = attributes(scope, meta);
    if whole && scope.categories.is_all() {
        return attributes;
    }
    let category = chosen(scope, Dimension::Category, meta);
    let category = category.map_or(String::new(), |category| format!(" AND {category}"));
    format!(
        "{attributes}\n  AND customer_id IN (\n    SELECT customer_id FROM purchase_transactions \
         LEFT JOIN product_catalog USING (product_id)\n    WHERE transaction_date BETWEEN {}{category}\n  )",
        range(scope)
    )
}

fn attributes(scope: &Scope, meta: &Meta) -> String {
    let dimensions = [Dimension::Segment, Dimension::Churn, Dimension::Rfm];
    let parts: Vec<String> =
        dimensions.into_iter().filter_map(|dimension| chosen(scope, dimension, meta)).collect();
    if parts.is_empty() { "TRUE".to_owned() } else { parts.join("\n  AND ") }
}

fn chosen(scope: &Scope, dimension: Dimension, meta: &Meta) -> Option<String> {
    let codes = scope.set(dimension).codes();
    let names = labels(meta, dimension);
    let names: Vec<&str> =
        codes.iter().filter_map(|&code| names.get(usize::from(code)).map(String::as_str)).collect();
    let (column, mut parts) = (column(dimension), Vec::new());
    // What has no category has the name on the page alone: the tables say nothing.
    let is_none = |name: &&str| dimension == Dimension::Category && *name == NO_CATEGORY;
    let texts: Vec<String> = names
        .iter()
        .filter(|name| !is_none(name))
        .map(|name| format!("'{}'", name.replace('\'', "''")))
        .collect();
    if !texts.is_empty() {
        parts.push(format!("{column} IN ({})", texts.join(", ")));
    }
    if names.iter().any(is_none) {
        parts.push(format!("{column} IS NULL"));
    }
    match parts.as_slice() {
        // Codes without a name are of nobody.
        [] => (!codes.is_empty()).then(|| "FALSE".to_owned()),
        [one] => Some(one.clone()),
        _ => Some(format!("({})", parts.join(" OR "))),
    }
}

fn column(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Segment => "customer_segment",
        Dimension::Churn => "churn_risk",
        Dimension::Rfm => "rfm_segment",
        Dimension::Category => "category",
    }
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

fn range(scope: &Scope) -> String {
    format!("'{}' AND '{}'", scope.range.from, scope.range.to)
}

/// What turns money units into whole units of the currency.
/// What quantities are divided by, where they have decimals.
fn quantity(meta: &Meta) -> String {
    let unit = 10_i64.pow(meta.quantity_exponent.into());
    if unit == 1 { String::new() } else { format!(" / {unit}.0") }
}

fn money(meta: &Meta) -> String {
    format!("{}.0", 10_i64.pow(meta.currency.exponent.into()))
}
