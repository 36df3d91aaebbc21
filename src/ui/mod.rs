//! Small parts of the screen that know no data: icons, numbers, sentences, lists of choices, the
//! views' addresses, and where the keyboard's focus is.

mod copy;
mod disclosure;
pub mod focus;
mod footer;
mod icon;
mod initials;
mod later;
mod number;
mod outside;
mod phrase;
mod route;
mod select;
mod states;

pub use copy::CopyDetails;
pub use disclosure::{Disclosure, use_disclosure, use_sheet};
pub use footer::{FooterLinks, footer};
pub use icon::Icon;
pub use initials::initials;
pub use later::{Far, Later, NotHere};
pub use number::{cell, moved, number, sentence_of};
pub use outside::focus as give_focus;
pub use phrase::phrase;
pub use route::Route;
pub use select::Select;
pub use states::{Absent, Failure, NotKept, Skeleton, sentence};
