//! Customers who have come, or are called otherwise, since the snapshot was made: found by the same
//! beginnings as its own.

use facts::Overlay;
use facts::overlay::Standing as Customer;
use snapshot::search::terms;
use widgets::Person;

use super::found::{Found, Hit};

/// What a search of the snapshot has found, with those whom events call something. `person` is who a
/// customer of a number is by now.
pub fn with_new(
    found: Found,
    text: &str,
    overlay: Option<&Overlay>,
    person: impl Fn(u32) -> Option<Person>,
) -> Found {
    let Some(overlay) = overlay else { return found };
    let called: Vec<Customer<'_>> = overlay.renamed().collect();
    if called.is_empty() {
        return found;
    }
    let hits = called.iter().filter_map(|customer| {
        let person = person(customer.number)?;
        Some((customer.lifetime_value, hit(customer.number, &person, text)?))
    });
    let mut hits: Vec<(i64, Hit)> = hits.collect();
    hits.sort_by_key(|(value, hit)| (-value, hit.customer));
    let is_called = |hit: &Hit| called.iter().any(|customer| customer.number == hit.customer);
    merged(found, hits.into_iter().map(|(_, hit)| hit).collect(), is_called)
}

/// The suggestions without those who are called otherwise, and then those.
fn merged(found: Found, hits: Vec<Hit>, is_called: impl Fn(&Hit) -> bool) -> Found {
    let Found { mut suggestions, total } = found;
    let before = suggestions.len();
    suggestions.retain(|hit| !is_called(hit));
    let gone = before - suggestions.len();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let total = total.map(|total| total - count(gone) + count(hits.len()));
    suggestions.extend(hits);
    Found { suggestions, total }
}

/// The suggestion of a customer whom a text finds.
fn hit(customer: u32, person: &Person, text: &str) -> Option<Hit> {
    let Person { customer_id, first_name, last_name, email } = person;
    let found = terms(customer_id, email, first_name, last_name);
    let term = found.into_iter().find(|term| term.starts_with(text))?;
    Some(Hit { term, customer, label: person.name(), id: customer_id.clone() })
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn person(first: &str, last: &str) -> Person {
        Person {
            customer_id: "N1".to_owned(),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            email: String::new(),
        }
    }

    #[wasm_bindgen_test]
    fn whoever_is_called_otherwise_is_found_by_the_new_name_alone() {
        let old = Hit { term: "ada".into(), customer: 3, label: "Ada".into(), id: "N1".into() };
        let other = Hit { customer: 4, ..old.clone() };
        let found = Found { suggestions: vec![old.clone(), other.clone()], total: Some(2) };
        let gone = merged(found.clone(), Vec::new(), |hit| hit.customer == 3);
        assert_eq!((gone.suggestions, gone.total), (vec![other], Some(1)));
        let new = hit(3, &person("Zoë", "O’Neil"), "oneil z").unwrap();
        assert_eq!((new.term.as_str(), new.label.as_str()), ("oneil zoe", "Zoë O’Neil"));
        let both = merged(found, vec![new], |hit| hit.customer == 3);
        assert_eq!((both.suggestions.len(), both.total), (2, Some(2)));
        assert_eq!(hit(3, &person("Zoë", "O’Neil"), "ada"), None);
    }
}
