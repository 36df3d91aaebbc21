//! The rows of whom events and edits are about, as a snapshot has them, and what those people are
//! called: the page and the server of live answers lay events over a snapshot by these.

// Numbers that wrap, lose their sign or are cut off are wrong numbers.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss
    )
)]

use std::collections::{BTreeMap, BTreeSet};

use engine::{Engine, EngineError, Query, Row, Rows as Answer, questions};
use facts::overlay::{
    Codes, ContactRow, CustomerRows, Orders, PurchaseRow, Rows, ScoreRow, SharedLine, SharedWith,
    Standing,
};
use snapshot::{Day, Meta};
use widgets::Person;

/// What was read: rows, and what the customers are called.
#[derive(Default)]
pub struct Read {
    /// The rows.
    pub rows: Rows,
    /// By number, who they are.
    pub people: Vec<(u32, Person)>,
}

/// Reads all rows of customers, by their ids.
///
/// # Errors
/// Whatever the engine answers; [`EngineError::Damaged`] if a row does not fit the snapshot.
pub async fn read(
    engine: &impl Engine,
    meta: &Meta,
    ids: &BTreeSet<String>,
) -> Result<Read, EngineError> {
    let mut read = Read::default();
    read.rows.snapshot_id.clone_from(&meta.snapshot_id);
    if ids.is_empty() {
        return Ok(read);
    }
    let codes = Codes::of(meta);
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    for some in ids.chunks(questions::TOGETHER) {
        let ask = async |sql: &str| engine.query(naming(sql, some)).await;
        let mut known = BTreeMap::new();
        for row in ask(questions::CUSTOMERS_OF).await?.iter() {
            let (id, rows, person) = customer(&row, &codes)?;
            read.people.push((rows.number, person));
            known.insert(id, rows);
        }
        if !known.is_empty() {
            lines(&ask(questions::LINES_OF).await?, &codes, &mut known)?;
            if meta.features.feedback {
                scores(&ask(questions::SCORES_OF).await?, &codes, &mut known)?;
            }
            if meta.features.campaigns {
                contacts(&ask(questions::CONTACTS_OF).await?, &mut known)?;
            }
        }
        // Whom nobody knows is known to be so.
        let all = some.iter().map(|id| ((*id).to_owned(), known.remove(*id)));
        read.rows.customers.extend(all);
    }
    Ok(read)
}

/// Reads the lines of orders that others have a part in.
///
/// # Errors
/// As [`read`].
pub async fn read_shared(
    engine: &impl Engine,
    meta: &Meta,
    orders: &Orders,
) -> Result<Vec<SharedLine>, EngineError> {
    let codes = Codes::of(meta);
    let mut shared = Vec::new();
    for (sql, orders) in
        [(questions::SHARED_LINES, &orders.read), (questions::LINES_OF_ORDERS, &orders.placed)]
    {
        let orders: Vec<&str> = orders.iter().map(String::as_str).collect();
        for some in orders.chunks(questions::TOGETHER) {
            for row in engine.query(naming(sql, some)).await?.iter() {
                let of = match row.get::<Option<u32>>("ord")? {
                    Some(number) => Some(SharedWith {
                        number,
                        segment: code(&row, "customer_segment", |name| codes.segment(name))?,
                        churn: code(&row, "churn_risk", |name| codes.churn(name))?,
                        rfm_segment: rfm(&row, &codes)?,
                    }),
                    None => None,
                };
                shared.push(SharedLine { of, row: line(&row, &codes)? });
            }
        }
    }
    Ok(shared)
}

/// Who a touched customer is, with what events say; `known` is who that is by the snapshot.
pub fn called(known: Option<Person>, customer: &Standing<'_>) -> Person {
    let (mut person, profile) = (known.unwrap_or_default(), &customer.profile);
    customer.id.clone_into(&mut person.customer_id);
    for (known, said) in [
        (&mut person.first_name, &profile.first_name),
        (&mut person.last_name, &profile.last_name),
        (&mut person.email, &profile.email),
    ] {
        if let Some(said) = said {
            said.clone_into(known);
        }
    }
    person
}

/// A question about some names, of which it always has as many.
fn naming(sql: &str, names: &[&str]) -> Query {
    let query = names.iter().fold(Query::new(sql), |query, name| query.bind(*name));
    let left = questions::TOGETHER.saturating_sub(names.len());
    (0..left).fold(query, |query, _| query.bind(""))
}

fn customer(row: &Row<'_>, codes: &Codes) -> Result<(String, CustomerRows, Person), EngineError> {
    let text = |column| -> Result<String, EngineError> {
        Ok(row.get::<Option<&str>>(column)?.unwrap_or_default().to_owned())
    };
    let rows = CustomerRows {
        number: row.get("ord")?,
        segment: code(row, "customer_segment", |name| codes.segment(name))?,
        churn: code(row, "churn_risk", |name| codes.churn(name))?,
        rfm_segment: rfm(row, codes)?,
        ..CustomerRows::default()
    };
    let person = Person {
        customer_id: text("customer_id")?,
        first_name: text("first_name")?,
        last_name: text("last_name")?,
        email: text("email")?,
    };
    Ok((person.customer_id.clone(), rows, person))
}

type Known = BTreeMap<String, CustomerRows>;

fn whose<'a>(row: &Row<'_>, known: &'a mut Known) -> Result<&'a mut CustomerRows, EngineError> {
    let id: &str = row.get("customer_id")?;
    known.get_mut(id).ok_or_else(|| EngineError::Damaged(format!("a row of nobody, {id}")))
}

fn lines(rows: &Answer, codes: &Codes, known: &mut Known) -> Result<(), EngineError> {
    for row in rows.iter() {
        whose(&row, known)?.lines.push(line(&row, codes)?);
    }
    Ok(())
}

fn line(row: &Row<'_>, codes: &Codes) -> Result<PurchaseRow, EngineError> {
    let category = codes.category(row.get("category")?);
    Ok(PurchaseRow {
        line: row.get("line")?,
        order: row.get::<&str>("order_id")?.to_owned(),
        day: day(row, "transaction_date")?,
        category: category.ok_or_else(|| unnamed("category"))?,
        amount: row.get("amount")?,
        quantity: row.get::<Option<i32>>("quantity")?.unwrap_or_default(),
    })
}

fn scores(rows: &Answer, codes: &Codes, known: &mut Known) -> Result<(), EngineError> {
    for row in rows.iter() {
        let score = ScoreRow {
            day: day(&row, "interaction_date")?,
            score: row.get("satisfaction_score")?,
            channel: codes.channel(row.get("channel")?),
            reason: codes.reason(row.get("reason")?),
        };
        whose(&row, known)?.scores.push(score);
    }
    Ok(())
}

fn contacts(rows: &Answer, known: &mut Known) -> Result<(), EngineError> {
    for row in rows.iter() {
        let contact = ContactRow {
            day: day(&row, "contact_date")?,
            campaign: row.get::<&str>("campaign_id")?.to_owned(),
            responded: row.get::<i64>("responded")? != 0,
        };
        whose(&row, known)?.contacts.push(contact);
    }
    Ok(())
}

fn code(
    row: &Row<'_>,
    column: &'static str,
    find: impl Fn(&str) -> Option<u8>,
) -> Result<u8, EngineError> {
    find(row.get(column)?).ok_or_else(|| unnamed(column))
}

fn rfm(row: &Row<'_>, codes: &Codes) -> Result<Option<u8>, EngineError> {
    let name = row.get::<Option<&str>>("rfm_segment")?;
    name.map(|name| codes.rfm_segment(name).ok_or_else(|| unnamed("rfm_segment"))).transpose()
}

fn day(row: &Row<'_>, column: &str) -> Result<Day, EngineError> {
    let text: &str = row.get(column)?;
    text.parse().map_err(|error| EngineError::Damaged(format!("{column}: {error}")))
}

fn unnamed(column: &str) -> EngineError {
    EngineError::Damaged(format!("a {column} that the description does not name"))
}
