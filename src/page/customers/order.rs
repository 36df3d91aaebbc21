//! Which list is asked for.

use facts::{MemberSort, MembersAsk, View};
use snapshot::Meta;

use crate::host::shared::Shared;
use crate::session::data::Data;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// What it is sorted by.
    pub sort: MemberSort,
    /// Greatest first.
    pub descending: bool,
}

impl Order {
    /// The question for a window of the list.
    pub fn ask(self, view: &View, meta: &Meta, offset: u32, limit: u32) -> MembersAsk {
        MembersAsk {
            scope: view.scope.clone(),
            compared: view.comparison(meta).ok().map(|comparison| comparison.compared),
            sort: self.sort,
            descending: self.descending,
            offset,
            limit,
        }
    }
}

/// What the list knows of the snapshot.
pub type Source = Shared<Data>;
