//! What the dashboard knows: filters, measures, KPIs and classification rules.
//!
//! Plain arithmetic on plain data: no SQL, no JavaScript, no clock, no locale. The builder, the
//! page and the tests run the same code. Every number has its one definition here.

// Numbers that wrap, lose their sign or are cut off are wrong numbers: a place that needs one of
// these says which bound makes it safe.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss
    )
)]

pub mod answer;
mod believed;
pub mod columns;
mod comparison;
pub mod cubes;
mod facts;
pub mod kpi;
pub mod kpi_parts;
pub mod live;
pub mod measure;
pub mod members;
mod narrow;
pub mod number;
pub mod overlay;
pub mod period;
pub mod recorded;
pub mod rules;
mod sample;
pub mod scope;
pub mod slices;
pub mod source;
mod trace;
mod view;

pub use answer::Answer;
pub use columns::{Columns, FactsError};
pub use comparison::{Comparison, Cut, NotCompared, Pair};
pub use cubes::{Cubes, Lacking, Need, plan};
pub use facts::{Facts, OnMissing, Over};
pub use kpi::{KPIS, Kpi, KpiDef, KpiId, Trend};
pub use kpi_parts::{Contribution, KpiPart};
pub use measure::{Aspect, Grouping, Part, Point, Points, Retention, Stratum, TopCustomer, Totals};
pub use members::{Member, MemberSort, Members, MembersAsk};
pub use number::{Number, NumberKind};
pub use overlay::Overlay;
pub use period::{Bucket, BucketSize, DayRange, edges};
pub use recorded::{Question, Recorded, Recorder, Reply};
pub use scope::{Dimension, Scope, Set};
pub use slices::Sliced;
pub use source::{Origin, Source};
pub use trace::Trace;
pub use view::{Compare, RangeKind, View};
