//! What the dashboard knows: filters, measures, KPIs and classification rules.
//!
//! Plain arithmetic on plain data: no SQL, no JavaScript, no clock, no locale. The builder, the
//! page and the tests run the same code. Every number has its one definition here.

pub mod answer;
mod facts;
pub mod kpi;
mod lens;
pub mod number;
pub mod period;
mod points;
mod retention;
pub mod rules;
mod scan;
pub mod scope;
mod top;
mod totals;

pub use answer::Answer;
pub use facts::{Facts, FactsError};
pub use kpi::{KPIS, Kpi, KpiDef, KpiId, Trend};
pub use number::{Number, NumberKind};
pub use period::{Bucket, BucketSize, Compare, DayRange, View};
pub use points::{Point, Points, Stratum};
pub use retention::Retention;
pub use scope::{Dimension, Scope, Set};
pub use top::TopCustomer;
pub use totals::Totals;
