//! One source row out of one record, table by table.

use snapshot::money;

use super::reader::{Reader, Scale};
use super::record::Record;
use super::rejects::Reject;
use crate::rows::{Contact, Customer, Interaction, Product, Purchase, Visit};

/// A customer of a record; the id must be there.
pub fn customer(reader: &Reader, record: &Record) -> Result<Customer, Reject> {
    let customer_id = reader.required(record, "customer_id")?;
    described(reader, record, customer_id)
}

/// Everything a record says about the customer of an id.
pub fn described(
    reader: &Reader,
    record: &Record,
    customer_id: String,
) -> Result<Customer, Reject> {
    let mut first_name = reader.text(record, "first_name")?;
    let mut last_name = reader.text(record, "last_name")?;
    if first_name.is_none() && last_name.is_none() {
        (first_name, last_name) = split_name(reader.text(record, "name")?);
    }
    Ok(Customer {
        customer_id,
        first_name,
        last_name,
        email: reader.text(record, "email")?,
        country: reader.text(record, "country")?,
        city: reader.text(record, "city")?,
        registration_date: reader.day_or_none(record, "registration_date")?,
        segment: reader.label(record, "customer_segment")?,
        churn_risk: reader.label(record, "churn_risk")?,
    })
}

/// The last word of a name is the last name; a single word is a first name.
fn split_name(name: Option<String>) -> (Option<String>, Option<String>) {
    let Some(name) = name else { return (None, None) };
    match name.rsplit_once(char::is_whitespace) {
        Some((first, last)) => (Some(first.trim_end().to_owned()), Some(last.to_owned())),
        None => (Some(name), None),
    }
}

/// A product of a record.
pub fn product(reader: &Reader, record: &Record, exponent: u8) -> Result<Product, Reject> {
    Ok(Product {
        product_id: reader.required(record, "product_id")?,
        product_name: reader.text(record, "product_name")?,
        category: reader.label(record, "category")?,
        price: reader.money_or_none(record, "price", exponent)?,
    })
}

/// A purchase line of a record. Without ids the line's number stands for them; without an order
/// id every line is an order of its own.
pub fn purchase(reader: &Reader, record: &Record, scale: Scale) -> Result<Purchase, Reject> {
    let transaction_id = reader.id(record, "transaction_id")?;
    let order_id = if reader.has("order_id") {
        reader.required(record, "order_id")?
    } else {
        transaction_id.clone()
    };
    let quantity = reader.quantity(record, "quantity", scale.quantity)?;
    Ok(Purchase {
        transaction_id,
        order_id,
        customer_id: reader.customer(record)?,
        product_id: reader.text(record, "product_id")?,
        day: reader.day(record, "transaction_date")?,
        quantity,
        amount: amount(reader, record, quantity, scale)?,
    })
}

/// The amount of a record as it stands in its own column, whatever else may be wrong.
pub fn amount_alone(reader: &Reader, record: &Record, scale: Scale) -> Option<i64> {
    let amount = reader.money_or_none(record, "amount", scale.money).ok().flatten();
    // How it is written is told where it counts.
    reader.odd();
    amount
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "64 bits times 32 fit 128, and a unit is at least 1"
)]
fn amount(
    reader: &Reader,
    record: &Record,
    quantity: Option<i32>,
    scale: Scale,
) -> Result<i64, Reject> {
    if reader.has("amount") {
        return reader.money(record, "amount", scale.money);
    }
    let price = reader.money(record, "unit_price", scale.money)?;
    let quantity =
        quantity.ok_or_else(|| Reject::cell(&reader.column("quantity"), "empty, so no amount"))?;
    if price < 0 && quantity < 0 {
        return Err(Reject::row(
            "price and quantity are both negative, and two minuses would make a sale; a return \
             has one of them",
        ));
    }
    let product = i128::from(price) * i128::from(quantity);
    let unit = 10_i128.pow(scale.quantity.into());
    if product % unit != 0 {
        let product = money::to_decimal(product, scale.money + scale.quantity);
        let is = format!("is price times quantity, and has more than {} decimals", scale.money);
        let product = product.trim_end_matches('0');
        return Err(Reject::value(&reader.column("unit_price"), product, &is));
    }
    i64::try_from(product / unit).map_err(|_| Reject::row("price times quantity is too large"))
}

/// A service contact of a record.
pub fn interaction(reader: &Reader, record: &Record) -> Result<Interaction, Reject> {
    Ok(Interaction {
        interaction_id: reader.id(record, "interaction_id")?,
        customer_id: reader.customer(record)?,
        day: reader.day(record, "interaction_date")?,
        channel: reader.text(record, "channel")?,
        reason: reader.text(record, "reason")?,
        satisfaction_score: reader.score(record, "satisfaction_score")?,
    })
}

/// A campaign contact of a record.
pub fn contact(reader: &Reader, record: &Record) -> Result<Contact, Reject> {
    Ok(Contact {
        campaign_id: reader.required(record, "campaign_id")?,
        campaign_name: reader.text(record, "campaign_name")?,
        customer_id: reader.customer(record)?,
        day: reader.day(record, "contact_date")?,
        responded: reader.yes(record, "responded")?,
    })
}

/// A visit of a record.
pub fn visit(reader: &Reader, record: &Record) -> Result<Visit, Reject> {
    Ok(Visit {
        session_id: reader.id(record, "session_id")?,
        customer_id: reader.customer(record)?,
        day: reader.day(record, "visit_date")?,
        pages_viewed: reader.whole(record, "pages_viewed")?,
        duration_seconds: reader.whole(record, "duration_seconds")?,
        device: reader.text(record, "device")?,
    })
}
