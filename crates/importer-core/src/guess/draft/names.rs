//! Settings as TOML has them.

use super::{PartDraft, WIDTH, list, quoted};
use crate::import::file_names::{OrdersAcross, Overlap};
use crate::import::kinds::Kinds;
use crate::import::mapping::{AmountOf, AmountUnit, FormatMapping, NegativeQuantity, OneOrMore};

/// The settings of a format that say something, as TOML has them.
pub fn settings(format: &FormatMapping) -> Vec<(&'static str, String)> {
    let text = |text: &Option<String>| text.as_deref().map(quoted);
    let sign = |sign: Option<char>| sign.map(|sign| quoted(&sign.to_string()));
    let dates = |dates: &OneOrMore| match dates.all() {
        [one] => quoted(one),
        more => list(more),
    };
    let unit = |unit: AmountUnit| match unit {
        AmountUnit::Major => quoted("major"),
        AmountUnit::Minor => quoted("minor"),
    };
    let all = [
        ("skip_rows", format.skip_rows.map(|rows| rows.to_string())),
        ("delimiter", sign(format.delimiter)),
        ("quote", sign(format.quote)),
        ("encoding", text(&format.encoding)),
        ("date", format.date.as_ref().map(dates)),
        ("decimal_comma", format.decimal_comma.map(|is| is.to_string())),
        ("thousands", text(&format.thousands)),
        ("currency_symbol", text(&format.currency_symbol)),
        ("amount_unit", format.amount_unit.map(unit)),
        ("nulls", format.nulls.as_ref().filter(|nulls| !nulls.is_empty()).map(|nulls| list(nulls))),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// What becomes of rows that several files have, as TOML has it.
pub fn overlap_name(overlap: Overlap) -> &'static str {
    match overlap {
        Overlap::Count => "\"count\"",
        Overlap::LeaveOut => "\"leave_out\"",
    }
}

/// What orders of several files are, as TOML has it.
pub fn across_name(across: OrdersAcross) -> &'static str {
    match across {
        OrdersAcross::Add => "\"add\"",
        OrdersAcross::LastFile => "\"last_file\"",
        OrdersAcross::Apart => "\"apart\"",
    }
}

/// What amounts are of, as TOML has it.
pub fn amount_of_name(of: AmountOf) -> &'static str {
    match of {
        AmountOf::Line => "\"line\"",
        AmountOf::Order => "\"order\"",
    }
}

/// What amounts above zero are beside quantities below it, as TOML has it.
pub fn minus_name(minus: NegativeQuantity) -> &'static str {
    match minus {
        NegativeQuantity::Sale => "\"sale\"",
        NegativeQuantity::Return => "\"return\"",
    }
}

/// Which rows count, and how, as TOML has it.
pub fn kinds_text(kinds: &Kinds) -> String {
    let lists =
        [("leave_out", &kinds.leave_out), ("returns", &kinds.returns), ("keep", &kinds.keep)];
    let lists = lists.into_iter().filter(|(_, words)| !words.is_empty());
    let lists: String = lists.map(|(key, words)| format!(", {key} = {}", list(words))).collect();
    format!("{{ column = {}{lists} }}", quoted(&kinds.column))
}

/// Files or tables as TOML has them: on one line if they fit, else one on each.
pub fn parts(parts: &[PartDraft]) -> String {
    let one = |part: &PartDraft| {
        let own = settings(&part.own);
        if own.is_empty() {
            return quoted(&part.name);
        }
        let own: Vec<String> =
            own.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{{ name = {}, {} }}", quoted(&part.name), own.join(", "))
    };
    let all: Vec<String> = parts.iter().map(one).collect();
    let line = format!("[{}]", all.join(", "));
    if line.chars().count() < WIDTH {
        return line;
    }
    format!("[\n  {},\n]", all.join(",\n  "))
}
