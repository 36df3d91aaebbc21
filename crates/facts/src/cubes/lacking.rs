//! What is to be read next for several questions at once: pure planning, for whoever reads.

use std::collections::BTreeSet;

use snapshot::cubes::Layer;

use super::{Cubes, Need};
use crate::recorded::Question;

/// What must be read before questions have an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// These layers; then the questions are to be asked again.
    Layers(BTreeSet<Layer>),
    /// Only columns can answer these; none where nothing is lacking.
    Columns(Vec<Question>),
}

impl Cubes {
    /// The layers that questions wait for, the urgent ones alone if there are any; without any,
    /// the questions that only columns can answer.
    pub fn lacking(&self, questions: &[Question]) -> Lacking {
        let (mut layers, mut left) = (BTreeSet::new(), Vec::new());
        for question in questions {
            match self.need(question) {
                Need::Nothing => {}
                Need::Layers(missing) => {
                    let both = &layers | &missing;
                    // What there is no room for now is looked at again after these were read.
                    if layers.is_empty() || self.has_room_for(&both) {
                        layers = both;
                    }
                }
                Need::Columns => left.push(question.clone()),
            }
        }
        if layers.is_empty() {
            return Lacking::Columns(left);
        }
        // What serves most questions is read before what else is wanted.
        let urgent: BTreeSet<Layer> =
            layers.iter().copied().filter(|layer| layer.is_urgent()).collect();
        Lacking::Layers(if urgent.is_empty() { layers } else { urgent })
    }
}
