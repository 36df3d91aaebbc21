//! Sign-in with Google: who the reader is, by the edge function where one answers.
//!
//! A side room: nothing that computes or draws numbers knows of it. [`state`] says how it stands,
//! [`provider`] gives that to the page; all else comes in a file of its own where a sign-in is
//! configured ([`parts`]). [`flow`] moves it on, [`edge`] speaks with the edge function, [`google`] with Google's script;
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
mod mended;
mod mode;
mod page;
mod parts;
mod profile;
mod provider;
mod session;
mod state;
mod tabs;
mod trouble;
mod wanted;

pub use door::{LeadsTo, use_door, waiting};
pub use parts::{PARTS, SignInPart, part};
pub use provider::{SignInProvider, use_sign_in};
pub use state::Mode;
