//! Names of customers, fetched by the page for the few customers that a widget names.

use std::collections::HashMap;

use crate::shown::{is_visible, shown};

/// Who a customer is, as table `customer_360` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The customer's id in the source.
    pub customer_id: String,
    /// First name, empty if unknown.
    pub first_name: String,
    /// Last name, empty if unknown.
    pub last_name: String,
    /// E-mail address, empty if unknown.
    pub email: String,
}

impl Person {
    /// First and last name as they are shown, or the id where there is nothing to see of a name.
    pub fn name(&self) -> String {
        let name = format!("{} {}", self.first_name.trim(), self.last_name.trim());
        let name = name.trim();
        let seen = if is_visible(name) { name } else { &self.customer_id };
        shown(seen).into_owned()
    }

    /// The e-mail address as it is shown; empty where there is none to see.
    pub fn address(&self) -> String {
        if is_visible(&self.email) { shown(&self.email).into_owned() } else { String::new() }
    }

    /// One or two initials for an avatar.
    pub fn initials(&self) -> String {
        let first = |text: &str| text.chars().find(|c| c.is_alphanumeric());
        let letters: String = [&self.first_name, &self.last_name]
            .into_iter()
            .filter_map(|part| first(part))
            .collect();
        if letters.is_empty() {
            first(&self.customer_id).map(String::from).unwrap_or_default()
        } else {
            letters
        }
    }
}

/// Known customers by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People(HashMap<u32, Person>);

impl People {
    /// Adds or replaces a customer.
    pub fn insert(&mut self, customer: u32, person: Person) {
        self.0.insert(customer, person);
    }

    /// What was known of a customer is not known any more.
    pub fn forget(&mut self, customer: u32) {
        self.0.remove(&customer);
    }

    /// The person behind a number, if known so far.
    pub fn get(&self, customer: u32) -> Option<&Person> {
        self.0.get(&customer)
    }

    /// Those of the numbers that are not known yet.
    pub fn missing(&self, customers: &[u32]) -> Vec<u32> {
        customers.iter().copied().filter(|customer| !self.0.contains_key(customer)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_without_a_name_is_called_by_id() {
        let mut person = Person { customer_id: "C7".to_owned(), ..Person::default() };
        assert_eq!((person.name().as_str(), person.initials().as_str()), ("C7", "C"));
        person.first_name = "\u{200b}".to_owned();
        assert_eq!(person.name(), "C7", "a name of invisible characters is none");
        person.customer_id = "\u{2800}".to_owned();
        assert_eq!(person.name(), "U+2800", "something is always there to press");
        person.first_name.clear();
        person.last_name = "O'Neil".to_owned();
        assert_eq!((person.name().as_str(), person.initials().as_str()), ("O'Neil", "O"));
        person.first_name = "李".to_owned();
        assert_eq!(person.initials(), "李O");
    }
}
