//! What rows may refer to: ids of a table of its own, or what purchase lines say.

use crate::import::reader::Reader;
use crate::import::rejects::Reject;
use crate::import::{ids, oddities};
use crate::keys::KeySet;

/// What rows may refer to.
pub enum Known<M> {
    /// The ids of a table of its own.
    Listed(ListedIds),
    /// What purchase lines say, as there is no table.
    Met(M),
}

/// The ids of a table, as they are and without what gets lost on the way.
#[derive(Default)]
pub struct ListedIds {
    /// As they are.
    pub exact: KeySet,
    bare: KeySet,
}

impl<M: Default> Known<M> {
    /// Nothing yet; `listed` where there is a table.
    pub fn new(listed: bool) -> Self {
        if listed { Self::Listed(ListedIds::default()) } else { Self::Met(M::default()) }
    }
}

/// Takes a new id; true if it differs from another's by what gets lost on the way only.
///
/// # Errors
/// If the id was there before.
pub fn new_id<M>(
    known: &mut Known<M>,
    reader: &Reader,
    field: &str,
    id: &str,
) -> Result<bool, Reject> {
    let Known::Listed(ids) = known else { return Ok(false) };
    if !ids.exact.insert(id) {
        return Err(again(reader, field, id));
    }
    Ok(!ids.bare.insert(&ids::bare(id)))
}

/// Why an id is refused that may be there once only.
pub fn again(reader: &Reader, field: &str, id: &str) -> Reject {
    Reject::value(&reader.column(field), id, "was there before")
}

/// Why an id that is not in its table's list is refused.
pub fn unknown(reader: &Reader, field: &str, id: &str, list: &str, ids: &ListedIds) -> Reject {
    let other = oddities::other_apostrophe(id);
    let what = field.trim_end_matches("_id");
    let (reason, kind) = if ids.exact.contains(&other) {
        let differ = "the ids differ by a leading apostrophe only; take it off in one of the files";
        (
            format!("{what} '{id}' is not in {list}, but '{other}' is: {differ}"),
            format!("not in {list}: {differ}"),
        )
    } else if ids.bare.contains(&ids::bare(id)) {
        let differ = "the ids differ by leading zeros, a .0 at the end or capitals only; write them alike in both files";
        (
            format!("{what} '{id}' is not in {list}, but one like it is: {differ}"),
            format!("not in {list}: {differ}"),
        )
    } else {
        (format!("{what} '{id}' is not in {list}"), format!("{what} is not in {list}"))
    };
    Reject::cell(&reader.column(field), reason).of_kind(&kind)
}
