//! Who buys: invented people from many places, and the names that break careless pages.

use anyhow::{Context, Result};
use serde::Deserialize;
use snapshot::Day;
use snapshot::search::fold;

use super::dice::Dice;
use importer_core::rows::Customer;

/// Everybody there can be.
#[derive(Debug, Deserialize)]
pub struct People {
    #[serde(rename = "place")]
    places: Vec<Place>,
    /// People every demo has.
    #[serde(rename = "edge")]
    pub edges: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Place {
    country: String,
    weight: u64,
    cities: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
}

/// A name on which a careless page would break, or a history on which careless sums would.
#[derive(Debug, Deserialize)]
pub struct Edge {
    first: String,
    last: String,
    /// Purchase lines: number of the order, day, quantity, cents; none for an ordinary history.
    pub lines: Option<Vec<(u64, Day, i32, i64)>>,
    /// Days of service contacts and their scores, 0 for a score that was not given.
    #[serde(default)]
    pub scores: Vec<(Day, u8)>,
}

impl People {
    /// Reads the names.
    ///
    /// # Errors
    /// If they are not as expected.
    pub fn new() -> Result<Self> {
        toml::from_str(include_str!("people.toml")).context("people.toml")
    }

    /// The person with a number; the first ones have the hard names.
    pub fn person(&self, number: u64, dice: &mut Dice) -> Customer {
        let place = &self.places[dice.weighted(self.places.iter().map(|place| place.weight))];
        let (first, last) = match self.edges.get(number as usize) {
            Some(edge) => (&edge.first, &edge.last),
            None => (dice.pick(&place.first), dice.pick(&place.last)),
        };
        let named = !first.is_empty();
        Customer {
            customer_id: customer_id(number),
            first_name: named.then(|| first.clone()),
            last_name: named.then(|| last.clone()),
            email: named.then(|| email(first, last, number)),
            country: Some(place.country.clone()),
            city: Some(dice.pick(&place.cities).clone()),
            ..Customer::default()
        }
    }
}

/// The id of the customer with a number, from 0.
pub fn customer_id(number: u64) -> String {
    format!("C{:07}", number + 1)
}

/// An address that cannot belong to anybody: the name without accents, as far as it is ASCII, and
/// a number.
fn email(first: &str, last: &str, number: u64) -> String {
    let plain = |name: &str| -> String {
        fold(name).chars().filter(char::is_ascii_alphabetic).take(20).collect()
    };
    let (first, last) = (plain(first), plain(last));
    let dot = if first.is_empty() || last.is_empty() { "" } else { "." };
    let name = format!("{first}{dot}{last}");
    let name = if name.is_empty() { "customer" } else { &name };
    format!("{name}.{}@example.com", number + 1)
}

#[cfg(test)]
mod tests {
    use super::email;

    #[test]
    fn addresses_keep_every_latin_letter() {
        for (first, last, address) in [
            ("Łukasz", "Kowalczyk", "lukasz.kowalczyk.1@example.com"),
            ("Íñigo", "Ibáñez", "inigo.ibanez.1@example.com"),
            ("Şükrü", "Yılmaz", "sukru.yilmaz.1@example.com"),
            ("Käthe", "Weiß", "kathe.weiss.1@example.com"),
            ("アヤ", "佐藤", "customer.1@example.com"),
        ] {
            assert_eq!(email(first, last, 0), address);
        }
    }
}
