//! A supply as what an effect depends on.

use std::rc::Rc;

use crate::session::supply::Supply;

/// A supply, equal to itself alone.
#[derive(Clone)]
pub struct Held(pub Rc<Supply>);

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
