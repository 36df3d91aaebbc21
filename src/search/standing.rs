//! How a search stands.

use yew::AttrValue;

use super::found::{Found, Hit};

/// How a search stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Standing {
    /// Nothing to search for.
    #[default]
    Idle,
    /// Under way; what was found before is still shown.
    Searching(Vec<Hit>),
    /// Found, or nothing found.
    Found(Found),
    /// Failed, and why.
    Failed(AttrValue),
}

impl Standing {
    /// Whoever was found so far.
    pub fn hits(&self) -> &[Hit] {
        match self {
            Self::Searching(hits) => hits,
            Self::Found(found) => &found.suggestions,
            Self::Idle | Self::Failed(_) => &[],
        }
    }
}
