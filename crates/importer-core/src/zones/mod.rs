//! Time zones: what clocks show beside those of Greenwich, and from when on.
//!
//! All zones lie in one block of bytes, `zones.bin`, which `examples/zones.rs` writes: a third of what
//! they take as tables of a program, and a quarter once compressed. How it is laid out stands in [`layout`].

pub mod layout;

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, FixedOffset, NaiveDate, Offset, TimeZone, Utc};

use self::layout::Rules;

const BYTES: &[u8] = include_bytes!("zones.bin");

/// A time zone.
#[derive(Clone, Debug)]
pub struct Zone(Arc<Rules>);

impl Zone {
    /// The zone of an IANA name.
    pub fn named(name: &str) -> Option<Self> {
        layout::rules(BYTES, name).map(|rules| Self(Arc::new(rules)))
    }

    /// Greenwich.
    pub fn utc() -> Self {
        static UTC: OnceLock<Zone> = OnceLock::new();
        UTC.get_or_init(|| Self(Arc::new(Rules::default()))).clone()
    }

    /// What its clocks are ahead of Greenwich's at an instant.
    pub fn offset<T: TimeZone>(&self, instant: &DateTime<T>) -> FixedOffset {
        let seconds = self.0.offset(instant.timestamp());
        FixedOffset::east_opt(seconds).unwrap_or_else(|| Utc.fix())
    }

    /// The day that it is there at an instant.
    pub fn day<T: TimeZone>(&self, instant: &DateTime<T>) -> NaiveDate {
        instant.with_timezone(&self.offset(instant)).date_naive()
    }
}

/// The names of all zones.
pub fn names() -> Vec<&'static str> {
    layout::names(BYTES)
}
