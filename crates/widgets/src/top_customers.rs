//! The five customers in scope with the greatest lifetime value.

use facts::{Answer, Facts, Number, TopCustomer, View};
use words::say;

use crate::mark::Pick;
use crate::shown::isolated;
use crate::table::{Cell, Column, Table};
use crate::{Ask, ChartKind, Outcome, Widget};

/// How many customers are listed.
const COUNT: usize = 5;

/// The most valuable customers.
pub(crate) struct TopCustomers;

impl Widget for TopCustomers {
    fn id(&self) -> &'static str {
        "top_customers"
    }

    fn title(&self) -> &'static str {
        "Top 5 Customers by Lifetime Value"
    }

    fn definition(&self) -> &'static str {
        "Customers in scope with the greatest net amount of all time. Revenue in period counts \
         only the purchase lines in scope."
    }

    fn kinds(&self) -> &'static [ChartKind] {
        &[ChartKind::Table]
    }

    fn people(&self, facts: &Facts, view: &View) -> Vec<u32> {
        let top = facts.top(&view.scope, COUNT).ready().unwrap_or_default();
        top.iter().map(|row| row.customer).collect()
    }

    fn compute(&self, ask: &Ask) -> Outcome {
        let answer: Answer<Outcome> = ask.facts.top(&ask.view.scope, COUNT).map(|top| {
            if top.is_empty() {
                return Outcome::nobody_in_scope(ask);
            }
            match table(ask, &top) {
                Some(table) => {
                    let summary = summary(ask, &top);
                    Outcome::ready(None, table, summary, None)
                }
                None => Outcome::Loading("names of customers"),
            }
        });
        answer.into()
    }
}

fn table(ask: &Ask, top: &[TopCustomer]) -> Option<Table> {
    let mut columns = vec![Column::text(say!("Customer")), Column::text(say!("E-mail"))];
    let numbers = [say!("Lifetime value"), say!("Orders, all time"), say!("Revenue in period")];
    columns.extend(numbers.map(Column::number));
    let mut table = Table::new(say!("Top customers by lifetime value"), columns);
    for row in top {
        let person = ask.people.get(row.customer)?;
        table.rows.push(vec![
            Cell::text(person.name()),
            Cell::text(person.address()),
            Cell::money(ask.format, row.lifetime_value),
            Cell::count(ask.format, row.orders.into()),
            Cell::money(ask.format, row.revenue_in_scope),
        ]);
        table.picks.push(Some(Pick::Customer(row.customer)));
    }
    Some(table)
}

fn summary(ask: &Ask, top: &[TopCustomer]) -> String {
    let Some(first) = top.first() else { return String::new() };
    let name = ask.people.get(first.customer).map(crate::Person::name).unwrap_or_default();
    let value = ask.format.headline(Number::Money(first.lifetime_value));
    say!("{name} leads with a lifetime value of {value}.", name = isolated(&name), value = value)
}
