//! The sums of what would be read, and its first rows.

use words::{key, say};
use yew::prelude::*;

use super::super::guess::{RowRead, Totals};
use super::super::looked::Looked;
use crate::ui::number;

/// Sums to hold against the shop's own report.
pub fn totals(review: &Looked) -> Html {
    let totals = match &review.tried {
        Some(Ok(tried)) => Some(&tried.totals),
        Some(Err(_)) => None,
        None => review.guess.totals.as_ref(),
    };
    let Some(totals) = totals else { return html! {} };
    let one = |label: String, shown: String, exact: String| {
        html! { <div><dt>{ label }</dt><dd>{ number(&shown, Some(&exact)) }</dd></div> }
    };
    let count = |label: &'static str, count: u64| {
        one(words::say(label), grouped(&count.to_string()), count.to_string())
    };
    let Totals { revenue, currency, returned, .. } = totals;
    let money = |amount: &String| format!("{} {currency}", grouped(amount));
    html! {
        <>
            <dl class="own__totals" data-own="totals">
                { one(say!("Revenue"), money(revenue), revenue.clone()) }
                { count(key!("Orders"), totals.orders) }
                { count(key!("Customers"), totals.customers) }
                { count(key!("Purchase lines"), totals.lines) }
                if totals.returns > 0 {
                    { one(say!("Returned"), money(returned), returned.clone()) }
                }
                if let Some((first, last)) = totals.first_day.as_ref().zip(totals.last_day.as_ref()) {
                    <div><dt>{ say!("Period") }</dt><dd class="own__period">{ format!("{first} – {last}") }</dd></div>
                }
            </dl>
            <p class="quiet">{ say!("Hold these against your shop's own report before you go on.") }</p>
        </>
    }
}

/// A decimal with spaces between its thousands, as no country writes it and everybody reads it.
pub fn grouped(decimal: &str) -> String {
    let (whole, rest) = decimal.find('.').map_or((decimal, ""), |at| decimal.split_at(at));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("\u{2212}", digits));
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    format!("{sign}{text}{rest}")
}

/// The first rows as they would be read.
pub fn first_rows(review: &Looked) -> Html {
    let rows = match &review.tried {
        Some(Ok(tried)) => &tried.rows,
        Some(Err(_)) => return html! {},
        None => &review.guess.rows,
    };
    if rows.is_empty() {
        return html! {};
    }
    let has = |cell: fn(&RowRead) -> Option<&String>| rows.iter().any(|row| cell(row).is_some());
    let (product, category, quantity) = (
        has(|row| row.product.as_ref()),
        has(|row| row.category.as_ref()),
        has(|row| row.quantity.as_ref()),
    );
    let text = |cell: Option<&String>| cell.cloned().unwrap_or_else(|| "–".to_owned());
    let row = |row: &RowRead| {
        html! {
            <tr>
                <td class="number">{ row.line }</td>
                <th scope="row" dir="auto">{ &row.order }</th>
                // What is to be checked first is in sight on a phone, too.
                <td class="own__day">{ &row.day }</td>
                <td class="number">{ &row.amount }</td>
                if quantity { <td class="number">{ text(row.quantity.as_ref()) }</td> }
                if product { <td dir="auto">{ text(row.product.as_ref()) }</td> }
                if category { <td dir="auto">{ text(row.category.as_ref()) }</td> }
                <td dir="auto">{ text(row.customer.as_ref()) }</td>
            </tr>
        }
    };
    let title = say!("The first rows as they would be read");
    html! {
        <section class="card" aria-labelledby="own-rows" data-own="rows">
            <div class="card__head"><h2 id="own-rows">{ &title }</h2></div>
            <div class="card__body card__body--text">
                <div class="table-scroll" tabindex="0" role="group" aria-labelledby="own-rows">
                    <table class="table">
                        <caption class="sr-only">{ title }</caption>
                        <thead>
                            <tr>
                                <th scope="col" class="number">{ say!("File line") }</th>
                                <th scope="col">{ say!("Order") }</th>
                                <th scope="col">{ say!("Day") }</th>
                                <th scope="col" class="number">{ say!("Amount") }</th>
                                if quantity { <th scope="col" class="number">{ say!("Quantity") }</th> }
                                if product { <th scope="col">{ say!("Product") }</th> }
                                if category { <th scope="col">{ say!("Category") }</th> }
                                <th scope="col">{ say!("Customer") }</th>
                            </tr>
                        </thead>
                        <tbody>{ for rows.iter().map(row) }</tbody>
                    </table>
                </div>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn thousands_are_told_apart() {
        let shown = ["0", "999", "1234", "-1234567.80", "12.345"].map(grouped);
        let space = "\u{202f}";
        let wanted =
            ["0", "999", &format!("1{space}234"), &format!("−1{space}234{space}567.80"), "12.345"];
        assert_eq!(shown, wanted);
    }
}
