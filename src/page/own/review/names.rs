//! What fields, settings and tables are called: words where the importer has names for programs.

use words::say;

/// What a field is called; one of the tables beside purchases as the mapping has it.
pub fn field_name(field: &str) -> String {
    match field {
        "order_id" => say!("Order"),
        "transaction_id" => say!("Line of the order"),
        "customer_id" => say!("Customer"),
        "transaction_date" => say!("Day"),
        "amount" => say!("Amount"),
        "unit_price" => say!("Unit price"),
        "quantity" => say!("Quantity"),
        "product_id" => say!("Product number"),
        "product_name" => say!("Product"),
        "category" => say!("Category"),
        "currency" => say!("Currency"),
        "name" => say!("Name"),
        "first_name" => say!("First name"),
        "last_name" => say!("Last name"),
        "email" => say!("E-mail"),
        "country" => say!("Country"),
        "city" => say!("City"),
        other => other.replace('_', " "),
    }
}

/// What a table is called.
pub fn table_name(table: &str) -> String {
    match table {
        "purchase_transactions" => say!("purchases"),
        "customer_info" => say!("customers"),
        "product_catalog" => say!("products"),
        "customer_service" => say!("service contacts"),
        "campaign_responses" => say!("campaigns"),
        "website_behavior" => say!("visits to the shop's pages"),
        other => other.to_owned(),
    }
}

/// What a setting is called.
pub fn setting_name(name: &str) -> String {
    match name {
        "encoding" => say!("Encoding"),
        "delimiter" => say!("Delimiter"),
        "header" => say!("Header"),
        "skip_rows" => say!("Lines above the header"),
        "quote" => say!("Quotation mark"),
        "date" => say!("Date format"),
        "decimal sign" => say!("Decimal sign"),
        "decimal_comma" => say!("Decimal comma"),
        "thousands" => say!("Thousands separator"),
        "currency" => say!("Currency"),
        "currency_symbol" => say!("Sign of the currency"),
        "amount_unit" => say!("Unit of the amounts"),
        "nulls" => say!("Words for nothing"),
        "time_zone" => say!("Time zone"),
        other => other.replace('_', " "),
    }
}

/// What a setting is, as people write it.
pub fn setting_value(name: &str, value: &str) -> String {
    match (name, value) {
        ("date", _) => day_written(&value.replace(['"', '[', ']'], "")),
        (_, "true") => say!("yes"),
        (_, "false") => say!("no"),
        (_, "\"\\t\"") => say!("tab"),
        ("amount_unit", "\"minor\"") => say!("the smallest, as cents"),
        ("amount_unit", _) => say!("whole"),
        _ => words::retell(value),
    }
}

/// A format of dates in the letters that spreadsheets have for it.
fn day_written(format: &str) -> String {
    let letters = [
        ("%Y", say!("YYYY")),
        ("%y", say!("YY")),
        ("%m", "MM".to_owned()),
        ("%d", say!("DD")),
        ("%a", "ddd".to_owned()),
        ("%b", "MMM".to_owned()),
        ("%B", "MMMM".to_owned()),
        ("%H", "hh".to_owned()),
        ("%I", "hh".to_owned()),
        ("%M", "mm".to_owned()),
        ("%S", "ss".to_owned()),
        ("%.f", ".000".to_owned()),
        ("%p", "AM/PM".to_owned()),
        ("%z", "+00:00".to_owned()),
        ("%#z", "+00:00".to_owned()),
        ("%s", say!("seconds since 1970")),
    ];
    letters.iter().fold(format.to_owned(), |text, (sign, letters)| text.replace(sign, letters))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn settings_are_told_in_words() {
        assert_eq!(setting_value("date", "\"%d.%m.%Y\""), "DD.MM.YYYY");
        let two = setting_value("date", "[\"%m/%d/%Y\", \"%Y-%m-%dT%H:%M:%S%.f%#z\"]");
        assert_eq!(two, "MM/DD/YYYY, YYYY-MM-DDThh:mm:ss.000+00:00");
        assert_eq!(setting_value("decimal_comma", "true"), "yes");
        assert_eq!(setting_value("delimiter", "\"\\t\""), "tab");
        assert_eq!(setting_value("delimiter", "\";\""), "\";\"");
        assert_eq!(setting_value("header", "line 3"), "line 3");
    }
}
