//! What is asked of the browser: addresses, scripts, tasks, storage, the window, Plotly.
//!
//! The ground floor: nothing here knows of data or of what is drawn.

pub mod again;
pub mod body;
pub mod brought;
pub mod by_browser;
pub mod calm;
pub mod faults;
pub mod held;
pub mod keeper;
pub mod media;
pub mod near;
pub mod offline;
pub mod page;
pub mod place;
pub mod plotly;
pub mod random;
pub mod ready;
pub mod save;
pub mod script;
pub mod shared;
pub mod signal;
pub mod stands;
pub mod storage;
pub mod task;
pub mod timing;
pub mod turns;
pub mod unsaved;
pub mod webgl;
