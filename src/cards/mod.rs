//! Cards: a KPI or a widget with its figure, its table and its states.

mod away;
mod breakdown;
mod card_menu;
mod changed;
mod content;
mod drawing;
mod eased;
mod kpi;
mod kpis;
mod live_spark;
mod menu;
mod moving;
mod parts;
mod people_table;
mod picking;
mod plate;
mod said;
mod table;
mod tools;
mod walk;
mod widget;

pub use drawing::{Reports, use_drawing};
pub use kpi::{change, versus};
pub use kpis::Kpis;
pub use moving::{Grips, Moving};
pub use parts::{CardPart, PARTS, part};
pub use picking::Picked;
pub use plate::Plate;
pub use table::DataTable;
pub use widget::WidgetCard;
