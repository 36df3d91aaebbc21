//! What the cards of a KPI are given.

use facts::KpiDef;
use yew::prelude::*;

/// Which KPI.
#[derive(PartialEq, Properties)]
pub struct DefProps {
    /// Its definition.
    pub def: &'static KpiDef,
}
