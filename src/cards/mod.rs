//! Cards: a KPI or a widget with its figure, its table and its states.

mod breakdown;
mod card_menu;
mod chart;
mod content;
mod drawing;
mod eased;
mod kpi;
mod kpis;
mod live_spark;
mod menu;
mod parts;
mod people_table;
mod picking;
mod plate;
mod table;
mod tools;
mod walk;
mod widget;

pub use drawing::{Reports, use_drawing};
pub use kpi::versus;
pub use kpis::Kpis;
pub use parts::{CardPart, PARTS, part};
pub use picking::Picked;
pub use plate::Plate;
pub use table::DataTable;
pub use widget::{Grips, Moving, WidgetCard};
