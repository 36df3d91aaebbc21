//! Exports of programs that are known by the names of their columns.

/// A program's export.
#[derive(Debug)]
pub struct Export {
    /// What it is called.
    pub name: &'static str,
    /// Columns that no other file has together, in small letters.
    needs: &'static [&'static str],
    /// The column of each field; the first that is there and has something in it.
    pub columns: &'static [(&'static str, &'static [&'static str])],
    /// What its amounts are, for people.
    pub says: &'static str,
    /// The only currency it can have.
    pub currency: Option<&'static str>,
    /// Whether amounts are whole numbers of the smallest unit where its dates are seconds.
    pub in_minor: bool,
}

/// All that are known; the first that fits is taken.
const ALL: [Export; 12] = [
    Export {
        name: "Shopify's export of orders",
        needs: &["name", "lineitem quantity", "lineitem name", "lineitem price"],
        columns: &[
            ("order_id", &["name"]),
            ("customer_id", &["email", "phone"]),
            ("transaction_date", &["created at", "paid at"]),
            ("product_id", &["lineitem sku"]),
            ("product_name", &["lineitem name"]),
            ("quantity", &["lineitem quantity"]),
            ("unit_price", &["lineitem price"]),
            ("currency", &["currency"]),
            ("email", &["email"]),
            ("name", &["billing name", "shipping name"]),
            ("country", &["billing country", "shipping country"]),
            ("city", &["billing city", "shipping city"]),
        ],
        says: "revenue is price times quantity of each line, before discounts, refunds and shipping; it \
               has tax in it where the shop's prices have",
        currency: None,
        in_minor: false,
    },
    Export {
        name: "WooCommerce's orders by the plugin Advanced Order Export",
        needs: &["order number", "order status", "order date", "item cost"],
        columns: &[
            ("order_id", &["order number"]),
            ("customer_id", &["email (billing)", "customer user id"]),
            ("transaction_date", &["order date"]),
            ("product_id", &["sku", "product id"]),
            ("product_name", &["item name", "product name", "name"]),
            ("category", &["category", "product categories"]),
            ("quantity", &["quantity (- refund)", "quantity"]),
            (
                "amount",
                &["order line total (- refund)", "order line total", "order line (w/o tax)"],
            ),
            ("unit_price", &["item cost"]),
            ("email", &["email (billing)"]),
            ("first_name", &["first name (billing)"]),
            ("last_name", &["last name (billing)"]),
            ("name", &["full name (billing)"]),
            ("country", &["country code (billing)", "country name (billing)"]),
            ("city", &["city (billing)"]),
        ],
        says: "the cost of an item is without tax, and before discounts and refunds of the whole order",
        currency: None,
        in_minor: false,
    },
    Export {
        name: "WooCommerce's orders by the extension Customer/Order Export",
        needs: &["order_number", "order_total", "item_name", "item_quantity", "item_total"],
        columns: &[
            ("order_id", &["order_number", "order_id"]),
            ("customer_id", &["billing_email", "customer_id"]),
            ("transaction_date", &["date", "order_date"]),
            ("product_id", &["item_sku", "item_product_id"]),
            ("product_name", &["item_name"]),
            ("quantity", &["item_quantity"]),
            ("amount", &["item_total"]),
            ("currency", &["order_currency"]),
            ("email", &["billing_email"]),
            ("first_name", &["billing_first_name"]),
            ("last_name", &["billing_last_name"]),
            ("country", &["billing_country"]),
            ("city", &["billing_city"]),
        ],
        says: "the total of an item is after discounts, without tax, and before refunds",
        currency: None,
        in_minor: false,
    },
    Export {
        name: "WooCommerce Analytics' list of orders",
        needs: &["order #", "status", "product(s)", "items sold"],
        columns: &[
            ("order_id", &["order #"]),
            ("customer_id", &["customer"]),
            ("transaction_date", &["date"]),
            ("quantity", &["items sold"]),
            ("amount", &["net sales", "n. revenue", "net revenue"]),
            ("name", &["customer"]),
        ],
        says: "a row is a whole order, after discounts and refunds and without tax and shipping; it names \
               its customers by name only, so that two of one name become one",
        currency: None,
        in_minor: false,
    },
    Export {
        name: "Magento's grid of orders",
        needs: &["purchase point", "purchase date", "bill-to name", "status"],
        columns: &[
            ("order_id", &["id"]),
            ("customer_id", &["customer email", "bill-to name"]),
            ("transaction_date", &["purchase date"]),
            ("amount", &["grand total (base)", "grand total (purchased)"]),
            ("email", &["customer email"]),
            ("name", &["customer name", "bill-to name"]),
        ],
        says: "a row is a whole order, with tax and shipping and before refunds; base amounts are in the \
               shop's own currency",
        currency: None,
        in_minor: false,
    },
    Export {
        name: "Amazon's report of all orders",
        needs: &["amazon-order-id", "purchase-date", "quantity", "item-price"],
        columns: &[
            ("order_id", &["amazon-order-id"]),
            ("customer_id", &["buyer-email"]),
            ("transaction_date", &["purchase-date"]),
            ("product_id", &["sku", "asin"]),
            ("product_name", &["product-name"]),
            ("quantity", &["quantity", "quantity-purchased"]),
            ("amount", &["item-price"]),
            ("currency", &["currency"]),
            ("email", &["buyer-email"]),
            ("name", &["buyer-name"]),
            ("country", &["ship-country"]),
            ("city", &["ship-city"]),
        ],
        says: "item-price is that of all pieces of a line, before promotions; Amazon tells no customers \
               in this report, so everybody is a guest unless there is a buyer-email",
        currency: None,
        in_minor: false,
    },
    Export {
        name: "Stripe's export of payments",
        needs: &["id", "amount", "amount refunded", "currency", "captured"],
        columns: STRIPE,
        says: "a row is a payment, with tax and before refunds and fees; failed payments are rows, too",
        currency: None,
        in_minor: false,
    },
    Export {
        name: "Stripe's charges as its interface for programs has them",
        needs: &["id", "created", "amount", "amount_refunded", "currency"],
        columns: STRIPE,
        says: "a row is a payment in cents or the like, with tax and before refunds and fees",
        currency: None,
        in_minor: true,
    },
    Export {
        name: "the order lines of Superstore",
        needs: &["order id", "order date", "customer id", "sub-category", "sales", "profit"],
        columns: &[
            ("transaction_id", &["row id"]),
            ("order_id", &["order id"]),
            ("customer_id", &["customer id"]),
            ("transaction_date", &["order date"]),
            ("product_id", &["product id"]),
            ("product_name", &["product name"]),
            ("category", &["category"]),
            ("quantity", &["quantity"]),
            ("amount", &["sales"]),
            ("name", &["customer name"]),
            ("country", &["country", "country/region"]),
            ("city", &["city"]),
        ],
        says: "sales are those of a line, after its discount",
        currency: Some("USD"),
        in_minor: false,
    },
    Export {
        name: "the invoice lines of Online Retail",
        needs: &["stockcode", "description", "quantity", "invoicedate"],
        columns: &[
            ("order_id", &["invoiceno", "invoice"]),
            ("customer_id", &["customerid", "customer id"]),
            ("transaction_date", &["invoicedate"]),
            ("product_id", &["stockcode"]),
            ("product_name", &["description"]),
            ("quantity", &["quantity"]),
            ("unit_price", &["unitprice", "price"]),
            ("country", &["country"]),
        ],
        says: "invoices that begin with C are returns, with a negative quantity",
        currency: Some("GBP"),
        in_minor: false,
    },
    Export {
        name: "eBay's orders report",
        needs: &["sales record number", "buyer username", "sale date", "sold for"],
        columns: &[
            ("order_id", &["order number", "sales record number"]),
            ("customer_id", &["buyer username", "buyer email"]),
            ("transaction_date", &["sale date"]),
            ("product_id", &["custom label", "item number"]),
            ("product_name", &["item title"]),
            ("quantity", &["quantity"]),
            ("amount", &["sold for"]),
            ("email", &["buyer email"]),
            ("name", &["buyer name"]),
            ("country", &["buyer country", "ship to country"]),
            ("city", &["buyer city", "ship to city"]),
        ],
        says: "what an item was sold for is without shipping and before refunds; an order of several items has a row \
               without a title above them, with their sum, which has to be left out of the file",
        currency: None,
        in_minor: false,
    },
    Export {
        name: "the orders of Instacart",
        needs: &["order_id", "user_id", "order_number", "order_dow", "days_since_prior_order"],
        columns: &[("order_id", &["order_id"]), ("customer_id", &["user_id"])],
        says: "it tells days of the week and days between orders, but no dates, and no amounts",
        currency: None,
        in_minor: false,
    },
];

/// The columns of Stripe's payments.
const STRIPE: &[(&str, &[&str])] = &[
    ("transaction_id", &["id"]),
    ("customer_id", &["customer id", "customer", "customer email"]),
    ("transaction_date", &["created date (utc)", "created (utc)", "created date", "created"]),
    ("amount", &["amount"]),
    ("currency", &["currency"]),
    ("email", &["customer email"]),
    ("name", &["card name"]),
    ("country", &["card address country"]),
    ("city", &["card address city"]),
];

/// The export that a header is of.
pub fn of(header: &[String]) -> Option<&'static Export> {
    let names: Vec<String> = header.iter().map(|name| name.to_lowercase()).collect();
    let has = |needed: &&str| names.iter().any(|name| name == needed);
    ALL.iter().find(|export| export.needs.iter().all(&has))
}

impl Export {
    /// The columns of a field, the best one first, as places in a header.
    pub fn places(&self, field: &str, header: &[String]) -> Vec<usize> {
        let named = self.columns.iter().find(|(known, _)| *known == field);
        let names = named.map(|(_, names)| *names).unwrap_or_default();
        let place = |name: &&str| header.iter().position(|known| known.to_lowercase() == *name);
        names.iter().filter_map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fields::{self, Table};

    #[test]
    fn exports_name_fields_that_there_are() {
        for export in &ALL {
            for (field, names) in export.columns {
                assert!(fields::of(Table::Purchases).contains(field), "{}: {field}", export.name);
                for name in *names {
                    assert_eq!(name.to_lowercase(), *name, "{}", export.name);
                }
            }
            let header: Vec<String> = export.needs.iter().map(ToString::to_string).collect();
            assert_eq!(of(&header).map(|found| found.name), Some(export.name));
        }
        assert!(of(&["order".to_owned(), "date".to_owned()]).is_none());
    }
}
