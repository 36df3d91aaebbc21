//! Asks widgets as the page does, with names looked up in the snapshot.

use anyhow::{Context, Result};
use engine::native::NativeEngine;
use engine::{Query, Row};
use facts::{Facts, Overlay, View};
use widgets::{Ask, Format, Locale, People, Person, Theme, Widget};

const PERSON: &str = "SELECT customer_id, first_name, last_name, email
  FROM customer_360 WHERE ord = ?1";

/// The customers whom a widget names.
///
/// # Errors
/// If one of them is nobody whom the snapshot or an event knows.
pub fn people(
    widget: &dyn Widget,
    facts: &Facts,
    view: &View,
    engine: &NativeEngine,
) -> Result<People> {
    let mut people = People::default();
    for customer in widget.people(facts, view) {
        people.insert(customer, person_of(engine, facts, customer)?);
    }
    Ok(people)
}

/// The customer behind a number, as events over the facts say, and the snapshot otherwise.
///
/// # Errors
/// If neither knows such a customer.
pub fn person_of(engine: &NativeEngine, facts: &Facts, customer: u32) -> Result<Person> {
    let Some(standing) = Overlay::of(facts).and_then(|overlay| overlay.customer(customer)) else {
        return published(engine, customer);
    };
    let known = if standing.is_new { None } else { Some(published(engine, customer)?) };
    Ok(touched::called(known, &standing))
}

fn published(engine: &NativeEngine, customer: u32) -> Result<Person> {
    let rows = engine.ask(Query::new(PERSON).bind(i64::from(customer)))?;
    let row = rows.first().with_context(|| format!("no customer number {customer}"))?;
    person(&row)
}

fn person(row: &Row<'_>) -> Result<Person> {
    let text = |column| -> Result<String> {
        Ok(row.get::<Option<&str>>(column)?.unwrap_or_default().to_owned())
    };
    Ok(Person {
        customer_id: text("customer_id")?,
        first_name: text("first_name")?,
        last_name: text("last_name")?,
        email: text("email")?,
    })
}

/// How the page writes numbers by default.
pub fn format_of(facts: &Facts) -> Format {
    Format::new(Locale::EN, facts.meta().currency.clone())
}

/// What a widget is asked, in its own chart kind.
pub fn ask<'a>(
    facts: &'a Facts,
    view: &'a View,
    format: &'a Format,
    people: &'a People,
) -> Ask<'a> {
    Ask { facts, view, format, theme: &Theme::LIGHT, people, kind: None }
}
