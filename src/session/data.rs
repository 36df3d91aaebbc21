//! The facts of a snapshot as the page holds them, with the engine that answers what is left.

use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use engine::{Engine, EngineError, Query, Rows, Traffic};
use facts::{Facts, Over, View};
use snapshot::Manifest;
use widgets::{Ask, People};

use crate::host::place;
use crate::look::Look;
use crate::session::names;
use crate::session::supply::Supply;

/// What is known of a snapshot so far.
pub struct Data {
    /// Everything that is computed comes from here.
    pub facts: Facts,
    /// From the first request to the facts, in milliseconds.
    pub milliseconds: f64,
    supply: Rc<Supply>,
}

impl Data {
    /// What a supply knows by now.
    pub fn of(supply: Rc<Supply>) -> Self {
        Self { facts: supply.facts(), milliseconds: supply.milliseconds.get(), supply }
    }

    /// What a supply knows by now, with what had happened at another moment.
    pub fn under(supply: Rc<Supply>, over: Option<Arc<dyn Over>>) -> Self {
        let facts = supply.facts_under(over);
        Self { facts, milliseconds: supply.milliseconds.get(), supply }
    }

    /// What a manifest alone says, if it has a record of the first view; `address` is the
    /// manifest's own, absolute.
    pub fn at_once(address: &str, manifest: &Manifest) -> Option<Self> {
        let supply = Supply::new(address, manifest, &place::scripts()).ok()?;
        supply.has_first_view().then(|| Self::of(Rc::new(supply)))
    }

    /// The same, but what its facts cannot answer is not fetched.
    #[must_use]
    pub fn from_cache(&self) -> Self {
        Self { facts: self.facts.silent(), supply: self.supply.clone(), ..*self }
    }

    /// The id of the snapshot that they are of.
    pub fn id(&self) -> &str {
        &self.facts.meta().snapshot_id
    }

    /// Where the facts come from.
    pub fn supply(&self) -> &Rc<Supply> {
        &self.supply
    }

    /// What was fetched so far.
    pub fn traffic(&self) -> Traffic {
        self.supply.traffic()
    }

    /// Asks the snapshot in SQL.
    ///
    /// # Errors
    /// Whatever the engine answers.
    pub async fn ask(&self, query: Query) -> Result<Rows, EngineError> {
        self.supply.engine.query(query).await
    }

    /// Looks at the customers whose names are known so far.
    pub fn with_people<T>(&self, look: impl FnOnce(&People) -> T) -> T {
        look(&self.supply.people.borrow())
    }

    /// Asks something of widgets: in the words and colours of this page, with the names it knows.
    pub fn asking<T>(&self, look: &Look, view: &View, ask: impl FnOnce(&Ask) -> T) -> T {
        let (facts, format, theme) = (&self.facts, &look.format, &look.theme);
        self.with_people(|people| ask(&Ask { facts, view, format, theme, people, kind: None }))
    }

    /// Fetches the names of customers that are not known yet.
    ///
    /// # Errors
    /// Whatever the engine answers.
    pub async fn know(&self, customers: &[u32]) -> Result<(), EngineError> {
        if self.with_people(|people| people.missing(customers)).is_empty() {
            return Ok(());
        }
        // The first view brings its names along.
        self.supply.first_view_settled().await;
        let mut missing = self.with_people(|people| people.missing(customers));
        // Who has come since is in no table; the name came with the event.
        let tables = &self.supply.meta().rows;
        let known = tables.get(snapshot::tables::CUSTOMER_360).copied().unwrap_or_default();
        missing.retain(|&customer| u64::from(customer) < known);
        names::look_up(&self.supply, &missing).await
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Data")
            .field("snapshot", &self.facts.meta().snapshot_id)
            .finish_non_exhaustive()
    }
}
