//! Lines of any kind, written in any way: what is told is what was written, and what is built.

use proptest::prelude::*;
use snapshot::Day;

use crate::files::guess;

/// A line: order, customer, day, quantity, price in cents.
type Line = (u8, u8, u16, i8, u32);

/// How a file is written.
#[derive(Clone, Debug)]
struct Way {
    delimiter: char,
    decimal_comma: bool,
    date: &'static str,
    with_total: bool,
    marked: bool,
    crlf: bool,
}

/// Names of columns: of fields, and of none.
const NAMES: [&str; 8] =
    ["transaction_date", "amount", "unit_price", "quantity", "order_id", "customer_id", "day", "x"];

/// What may stand in them.
const CELLS: [&str; 8] = ["", "1", "10.50", "2024-05-01", "05/06/2024", "n/a", "ann", "-3"];

fn ways() -> impl Strategy<Value = Way> {
    let signs = prop_oneof![Just(';'), Just(','), Just('\t'), Just('|')];
    let dates =
        prop_oneof![Just("%Y-%m-%d"), Just("%d.%m.%Y"), Just("%b %d, %Y"), Just("%Y/%m/%d")];
    (signs, any::<bool>(), dates, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(delimiter, decimal_comma, date, with_total, marked, crlf)| Way {
            delimiter,
            decimal_comma,
            date,
            with_total,
            marked,
            crlf,
        },
    )
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line = (0_u8..20, 0_u8..8, 0_u16..700, prop_oneof![1_i8..9, -3_i8..0], 1_u32..99_999);
    prop::collection::vec(line, 1..40)
}

fn money(cents: i64, comma: bool) -> String {
    let text = snapshot::money::to_decimal(cents.into(), 2);
    if comma { text.replace('.', ",") } else { text }
}

fn day(number: u16) -> Day {
    "2023-01-01".parse::<Day>().unwrap().plus(number.into())
}

fn file(lines: &[Line], way: &Way) -> String {
    let mut rows = vec![
        vec!["order", "customer", "date", "quantity", "unit price", "line total", "currency"]
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<String>>(),
    ];
    for &(order, customer, at, quantity, price) in lines {
        let (year, month, number) = day(at).ymd();
        let date = chrono::NaiveDate::from_ymd_opt(year, month, number)
            .unwrap()
            .format(way.date)
            .to_string();
        let total = i64::from(price) * i64::from(quantity);
        rows.push(vec![
            format!("O{order}"),
            format!("C{customer}"),
            date,
            quantity.to_string(),
            money(price.into(), way.decimal_comma),
            money(total, way.decimal_comma),
            "EUR".to_owned(),
        ]);
    }
    let cell = |cell: &String| {
        if cell.contains(way.delimiter) { format!("\"{cell}\"") } else { cell.clone() }
    };
    let row = |row: &Vec<String>| {
        let kept = row.iter().enumerate().filter(|(at, _)| way.with_total || *at != 5);
        kept.map(|(_, text)| cell(text)).collect::<Vec<_>>().join(&way.delimiter.to_string())
    };
    let end = if way.crlf { "\r\n" } else { "\n" };
    let text = rows.iter().map(row).collect::<Vec<_>>().join(end);
    format!("{}{text}{end}", if way.marked { "\u{feff}" } else { "" })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn totals_are_those_of_the_lines_and_of_the_build(lines in lines(), way in ways()) {
        // The lines of an order are of one day: months later its number is another order's.
        let day_of = |order: u8| lines.iter().find(|line| line.0 == order).unwrap().2;
        let lines: Vec<Line> =
            lines.iter().map(|&(order, customer, _, quantity, price)| {
                (order, customer, day_of(order), quantity, price)
            }).collect();
        let text = file(&lines, &way);
        // This builds it, too, and compares.
        let found = guess(&text);
        let totals = found.totals.as_ref().unwrap();
        let total = |line: &Line| i64::from(line.4) * i64::from(line.3);
        let cents: i64 = lines.iter().map(total).sum();
        prop_assert_eq!(&totals.revenue, &money(cents, false), "{}", text);
        let mut orders: Vec<u8> = lines.iter().filter(|line| line.3 > 0).map(|line| line.0).collect();
        orders.sort_unstable();
        orders.dedup();
        prop_assert_eq!(totals.orders, orders.len() as u64);
        let mut customers: Vec<u8> = lines.iter().map(|line| line.1).collect();
        customers.sort_unstable();
        customers.dedup();
        prop_assert_eq!(totals.customers, customers.len() as u64);
        let first = lines.iter().map(|line| day(line.2)).min().map(|day| day.to_string());
        prop_assert_eq!(&totals.first_day, &first);
        prop_assert_eq!(totals.lines, lines.len() as u64);
        prop_assert_eq!(found.builds, !orders.is_empty());
    }

    #[test]
    fn any_text_is_guessed_about_or_refused(text in "(order|date|amount|[a-z0-9;,\"\n\t. €-]{0,12}){0,12}") {
        let _ = crate::files::Files::with("any.csv", text).guess(&["any.csv"]);
    }

    // What is told is what a build does, of a table that is left to be done by hand, too.
    #[test]
    fn any_table_is_read_or_left_to_be_done_by_hand(
        names in prop::collection::vec(prop::sample::select(&NAMES[..]), 2..6),
        rows in prop::collection::vec(prop::collection::vec(prop::sample::select(&CELLS[..]), 6), 1..6),
    ) {
        let rows = rows.iter().map(|row| row[..names.len()].join(","));
        let text = std::iter::once(names.join(",")).chain(rows).collect::<Vec<_>>().join("\n");
        let _ = crate::files::Files::with("any.csv", text).guess(&["any.csv"]);
    }
}
