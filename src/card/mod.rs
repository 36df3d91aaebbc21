//! Cards: a KPI or a widget with its figure, its table and its states.

mod breakdown;
mod card_menu;
mod chart;
mod content;
mod eased;
mod kpi;
mod kpis;
mod live_spark;
mod menu;
mod number;
mod people_table;
mod picking;
mod plate;
mod states;
mod table;
mod tools;
mod walk;
mod widget;

pub use breakdown::Breakdown;
pub use kpi::versus;
pub use kpis::Kpis;
pub use live_spark::LiveSpark;
pub use number::number;
pub use people_table::initials;
pub use picking::Picked;
pub use plate::Plate;
pub use states::{Absent, Failure, Skeleton, sentence};
pub use table::DataTable;
pub use widget::{Moving, WidgetCard};
