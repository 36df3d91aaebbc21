//! One snapshot, and what lies over it.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use engine::EngineError;
use facts::Overlay;
use facts::live::Event;
use facts::overlay::{Edit, OverlayError, Pause};
use js_sys::Date;
use snapshot::Day;
use widgets::Person;

use crate::host::shared::Shared;
use crate::host::task::Pauses;
use crate::session::data::Data;
use crate::session::live::told::Place;
use crate::session::newer::Wait;
use crate::session::supply::Supply;

/// A snapshot with the events and edits over it, and those that are still to be laid.
#[derive(Clone)]
pub(super) struct Laid {
    place: Place,
    overlay: Overlay,
    events: Vec<Event>,
    edits: BTreeMap<String, Edit>,
    /// Keeps it from taking over.
    wait: Rc<Option<Wait>>,
}

impl Laid {
    /// A snapshot that has not been seen before; what lies over the one before is to lie over it,
    /// too, as far as it does not hold it.
    pub fn new(place: Place, before: Option<&Self>) -> Result<Self, OverlayError> {
        let meta = place.supply.meta().clone();
        let covered = meta.covers;
        let (overlay, mut events, edits) = match before {
            Some(before) if before.covered() <= covered => before.overlay.renewed(meta, covered)?,
            // An older one holds less: what was over the one before comes over it, and more.
            Some(before) => {
                let events = before.overlay.events().cloned().collect();
                (Overlay::new(meta, covered)?, events, before.edits.clone())
            }
            None => (Overlay::new(meta, covered)?, Vec::new(), BTreeMap::new()),
        };
        events.extend(before.iter().flat_map(|before| before.events.iter().cloned()));
        let wait = Rc::new(place.waits.as_ref().map(crate::session::newer::Waits::begin));
        Ok(Self { place, overlay, events, edits, wait })
    }

    pub fn is_of(&self, place: &Place) -> bool {
        Rc::ptr_eq(&self.place.supply, &place.supply)
    }

    /// The same, which may be the open one now.
    pub fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    pub fn id(&self) -> &str {
        &self.place.supply.meta().snapshot_id
    }

    /// The last event that the snapshot holds.
    pub fn covered(&self) -> u64 {
        self.overlay.covered()
    }

    pub fn waiting(&self) -> usize {
        self.events.len()
    }

    pub fn counted(&self) -> usize {
        self.overlay.events().count().saturating_sub(self.refused())
    }

    pub fn refused(&self) -> usize {
        self.overlay.refused().len()
    }

    pub fn refusal_of(&self, event: &Event) -> Option<String> {
        self.overlay.refused().get(&event.seq).map(ToString::to_string)
    }

    /// What the customer of an event is called.
    pub fn name_of(&self, event: &Event) -> Option<String> {
        let number = self.overlay.number_of(event.customer()?)?;
        let people = self.place.supply.people.borrow();
        people.get(number).map(Person::name)
    }

    /// Nothing lies over the snapshot any more.
    pub fn begin_anew(&mut self) {
        let (meta, covered) = (self.place.supply.meta().clone(), self.overlay.covered());
        if let Ok(overlay) = Overlay::new(meta, covered) {
            for number in self.overlay.touched() {
                self.place.supply.people.borrow_mut().forget(number);
            }
            self.overlay = overlay;
        }
        self.events.clear();
        self.place.supply.lay(None);
    }

    /// These are to be laid over it, too.
    pub fn expect(&mut self, came: &[Event], edits: &BTreeMap<String, Edit>) {
        let new = came.iter().filter(|event| !self.overlay.covers(event.seq));
        self.events.extend(new.cloned());
        self.edits.clone_from(edits);
    }

    pub fn has_work(&self) -> bool {
        !self.events.is_empty() || self.edits != *self.overlay.edits()
    }

    /// Nothing keeps it from taking over any more.
    pub fn settled(&mut self) {
        if !self.has_work() {
            self.wait = Rc::new(None);
        }
    }

    /// Lays all that is to be laid over the snapshot, whose rows are read first. What fails leaves
    /// everything as it was.
    pub async fn lay(&mut self) -> Result<(), EngineError> {
        let supply = self.place.supply.clone();
        let needs = self.overlay.needs(&self.events, &self.edits);
        let mut read = touched::read(&supply.engine, supply.meta(), &needs).await?;
        let pauses = Pauses::begun();
        let pause = || -> Pause<'_> { Box::pin(pauses.pause()) };
        let orders = self.overlay.next_orders(&self.events, &read.rows, &pause).await;
        read.rows.shared = touched::read_shared(&supply.engine, supply.meta(), &orders).await?;
        let today = today();
        let edits = (self.edits != *self.overlay.edits()).then(|| self.edits.clone());
        let events = self.events.clone();
        let next = self.overlay.next(events, edits, &read.rows, today, &pause);
        let next = next.await.map_err(|error| EngineError::Damaged(error.to_string()))?;
        pauses.pause().await;
        self.overlay = next;
        let came = std::mem::take(&mut self.events);
        name(&supply, read.people, &self.overlay, &came);
        supply.lay(Some(Arc::new(self.overlay.clone())));
        Ok(())
    }

    /// What is known of the snapshot now.
    pub fn data(&self) -> Shared<Data> {
        Shared::new(Data::of(self.place.supply.clone()))
    }
}

/// Learns what the customers are called whose rows were read, and who of those that events came of is
/// new or called otherwise.
fn name(supply: &Supply, read: Vec<(u32, Person)>, overlay: &Overlay, came: &[Event]) {
    let mut people = supply.people.borrow_mut();
    for (number, person) in read {
        people.insert(number, person);
    }
    let numbers = came.iter().filter_map(|event| overlay.number_of(event.customer()?));
    for customer in overlay.renamed_of(numbers) {
        let known = people.get(customer.number).cloned();
        people.insert(customer.number, touched::called(known, &customer));
    }
}

/// The reader's day.
fn today() -> Day {
    let now = Date::new_0();
    let minutes = now.get_time() / 60_000.0 - now.get_timezone_offset();
    Day((minutes / (24.0 * 60.0)).floor() as i32)
}
