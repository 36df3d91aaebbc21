//! One snapshot as a whole: what it is, and what is known of it.

use snapshot::Manifest;

use crate::host::shared::Shared;
use crate::session::data::Data;

/// One open snapshot: what it is, and what is known of it.
#[derive(Clone)]
pub struct OpenSnapshot {
    /// Its description, with its id and its labels.
    pub manifest: Shared<Manifest>,
    /// Its facts, with their sources and the names of people; kept while a later load runs or fails.
    pub data: Option<Shared<Data>>,
    /// True if nothing is left to read of it.
    pub whole: bool,
}

impl OpenSnapshot {
    /// A snapshot of which only the description is known.
    pub fn described(manifest: Shared<Manifest>) -> Self {
        Self { manifest, data: None, whole: false }
    }

    /// Its id: the hash of what is in it.
    pub fn id(&self) -> &str {
        &self.manifest.meta.snapshot_id
    }

    /// The same with these facts; nothing if they are another snapshot's. What has happened since
    /// may have moved the last day and brought names: then the description has them, too.
    pub fn with(&self, data: Shared<Data>) -> Option<Self> {
        if data.id() != self.id() {
            return None;
        }
        let (known, now) = (&self.manifest.meta, data.facts.meta());
        let same = (known.as_of, known.last_day) == (now.as_of, now.last_day)
            && known.labels == now.labels;
        let manifest = match same {
            true => self.manifest.clone(),
            false => Shared::new(Manifest { meta: now.clone(), ..(*self.manifest).clone() }),
        };
        Some(Self { manifest, data: Some(data), whole: self.whole })
    }
}
