//! A site for a static host: the built page, a snapshot, a place on the host and a configuration, put
//! together.
//!
//! What is built once for all sites is the page ([`page::Page`]): programs, scripts, styles. What is
//! of one site alone is made here, by the build of the project and by `hub site` alike: the snapshot's
//! files, the page's marks (place, configuration, security policy), the service worker's list, the
//! answers for programs and the files that hosts read. [`finish`] makes it in a folder that holds the
//! page; [`make`] makes a whole site and puts it in the place of an older one.

mod answers;
pub mod brand;
mod config;
mod data;
mod finish;
mod headers;
pub mod html;
mod make;
pub mod page;
mod parts;
pub mod place;
pub mod policy;
mod press;
mod swap;
mod web_manifest;
mod worker;

pub use config::Config;
pub use data::{MANIFEST, files};
pub use finish::{Parts, ask_for_sign_in, finish, fit};
pub use make::{Site, make};
pub use worker::{AppFile, WORKER, listed};
