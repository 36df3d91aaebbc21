//! How this page writes numbers.

use widgets::Format;
use yew::prelude::*;

use crate::look::Look;
use crate::session::store::use_store;

/// How numbers are written; none until the snapshot has been described.
#[hook]
pub fn use_format() -> Option<Format> {
    let store = use_store();
    store.manifest().map(|manifest| Look::new(&manifest.meta, false).format)
}
