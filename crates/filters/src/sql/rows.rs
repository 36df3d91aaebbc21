//! Rows in scope, as parts of statements.

use facts::{DayRange, Dimension, Scope};
use snapshot::Meta;
use snapshot::meta::NO_CATEGORY;

use crate::labels;

/// Scores that were given in scope.
pub(super) fn scores(scope: &Scope, meta: &Meta) -> String {
    let (range, who) = (range(scope), who(scope, meta));
    format!(
        "customer_service\nWHERE satisfaction_score IS NOT NULL\n  AND interaction_date BETWEEN {range}{who}"
    )
}

/// Contacts of campaigns in scope.
pub(super) fn contacts(scope: &Scope, meta: &Meta) -> String {
    format!("campaign_responses\nWHERE contact_date BETWEEN {}{}", range(scope), who(scope, meta))
}

/// The condition on those who say something.
fn who(scope: &Scope, meta: &Meta) -> String {
    // Customers need no purchase in the period to speak; with categories chosen they do.
    match (scope.categories.is_all(), scope.restricts_customers()) {
        (true, false) => String::new(),
        (true, true) => format!(
            "\n    AND customer_id IN (SELECT customer_id FROM customer_360 WHERE {})",
            attributes(scope, meta)
        ),
        (false, _) => format!(
            "\n    AND customer_id IN (SELECT customer_id FROM customer_360 WHERE {})",
            in_scope(scope, meta)
        ),
    }
}

/// Who bought in scope, and who bought in the same scope before.
pub(super) fn both(scope: &Scope, before: DayRange, meta: &Meta) -> String {
    let active = |scope: &Scope| {
        let lines = lines(scope, meta);
        format!("SELECT DISTINCT customer_id FROM {lines}\n  AND customer_id IS NOT NULL")
    };
    format!("now AS (\n  {}\n), before AS (\n  {}\n)", active(scope), active(&scope.over(before)))
}

/// Purchase lines in scope.
pub(super) fn lines(scope: &Scope, meta: &Meta) -> String {
    let mut parts = vec![format!("transaction_date BETWEEN {}", range(scope))];
    for dimension in [Dimension::Category, Dimension::Segment, Dimension::Churn, Dimension::Rfm] {
        parts.extend(chosen(scope, dimension, meta));
    }
    format!(
        "purchase_transactions\n\
         LEFT JOIN product_catalog USING (product_id)\n\
         LEFT JOIN customer_360 USING (customer_id)\n\
         WHERE {}",
        parts.join("\n  AND ")
    )
}

/// The condition on customers: their attributes and, where needed, a purchase line in scope.
pub(super) fn in_scope(scope: &Scope, meta: &Meta) -> String {
    let attributes = attributes(scope, meta);
    if scope.takes_everybody(meta) {
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

pub(super) fn column(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Segment => "customer_segment",
        Dimension::Churn => "churn_risk",
        Dimension::Rfm => "rfm_segment",
        Dimension::Category => "category",
    }
}

pub(super) fn range(scope: &Scope) -> String {
    format!("'{}' AND '{}'", scope.range.from, scope.range.to)
}

/// What quantities are divided by, where they have decimals.
pub(super) fn quantity(meta: &Meta) -> String {
    let unit = 10_i64.pow(meta.quantity_exponent.into());
    if unit == 1 { String::new() } else { format!(" / {unit}.0") }
}

/// What turns money units into whole units of the currency.
pub(super) fn money(meta: &Meta) -> String {
    format!("{}.0", 10_i64.pow(meta.currency.exponent.into()))
}
