//! Sign-in with Google: who the reader is, by the edge function where one answers.
//!
//! A side room: nothing that computes or draws numbers knows of it. [`state`] says how it stands,
//! [`flow`] moves it on, [`edge`] speaks with the edge function, [`google`] with Google's script;
//! tokens pass through memory and are never kept.

mod dialog;
mod door;
mod edge;
mod exposed;
mod flow;
mod google;
mod google_button;
mod handle;
mod identity;
mod leaving;
mod mode;
mod page;
mod profile;
mod session;
mod state;
mod tabs;
mod trouble;
mod wanted;

pub use dialog::RenewalDialog;
pub use door::{LeadsTo, use_door};
pub use exposed::ExposedNotice;
pub use flow::{SignInProvider, use_sign_in};
pub use page::{SignInPage, Waiting};
pub use profile::Profile;
pub use state::Mode;
