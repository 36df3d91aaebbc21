//! Which questions were asked, and which source answered each.

use std::sync::Arc;

use crate::recorded::{Question, Recorder};
use crate::source::{Origin, Source};

/// What was asked of facts since they were traced.
pub struct Trace(Vec<(Origin, Arc<Recorder>)>);

impl Trace {
    /// Listens to sources, which are asked in the same order.
    pub(crate) fn of(sources: &[Arc<dyn Source>]) -> Self {
        let listen =
            |source: &Arc<dyn Source>| (source.origin(), Arc::new(Recorder::new(source.clone())));
        Self(sources.iter().map(listen).collect())
    }

    pub(crate) fn sources(&self) -> Vec<Arc<dyn Source>> {
        self.0.iter().map(|(_, recorder)| recorder.clone() as Arc<dyn Source>).collect()
    }

    /// Each question that was answered, once, with what the answer is made of.
    pub fn heard(&self) -> Vec<(Origin, Question)> {
        let of = |(origin, recorder): &(Origin, Arc<Recorder>)| {
            let origin = *origin;
            recorder.heard().into_iter().map(move |(question, _)| (origin, question))
        };
        self.0.iter().flat_map(of).collect()
    }
}
