//! What changed customers are called.

use std::rc::Rc;

use facts::Overlay;
use widgets::Person;
use widgets::shown::shown;
use yew::prelude::*;

use crate::session::live::use_live;
use crate::session::store::use_store;

/// What a customer of an id is called, as far as it is known; else the id.
#[hook]
pub fn use_names() -> Rc<dyn Fn(&str) -> String> {
    let data = use_store().data().cloned();
    // Names come with the rows that are laid over the data.
    let _ = use_live().turns;
    Rc::new(move |id| {
        let number = data.as_ref().and_then(|data| Overlay::of(&data.facts)?.number_of(id));
        let name = data.as_ref().zip(number).and_then(|(data, number)| {
            data.with_people(|people| people.get(number).map(Person::name))
        });
        name.unwrap_or_else(|| shown(id).into_owned())
    })
}
