//! Events as they are told.

use std::sync::Arc;

/// An event as it is told.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its number.
    pub seq: u64,
    /// Its text.
    pub text: Arc<str>,
}

/// Events that were written, in their order.
#[derive(Debug, Default)]
pub struct Written(pub Vec<Told>);
