//! What every file says of itself: title, filters, snapshot, definition.

use facts::View;
use snapshot::Meta;
use words::say;

use crate::filter::described;
use crate::look::Look;

/// Lines of a name and a text, in the order in which they stand in a file.
pub fn header(
    title: &str,
    definition: Option<&str>,
    view: &View,
    meta: &Meta,
) -> Vec<(String, String)> {
    let format = Look::new(meta, false).format;
    let mut lines = vec![(say!("Title"), title.to_owned())];
    lines.extend(described(view, meta));
    lines.push((say!("Data as of"), format.day(meta.as_of)));
    lines.push((say!("Snapshot"), meta.snapshot_id.clone()));
    if let Some(day) = meta.published {
        let since = say!(
            "Events and changes since the snapshot of {day} are counted",
            day = format.day(day)
        );
        lines.push((say!("Live"), since));
    }
    lines.push((say!("Source"), meta.source.clone()));
    lines.push((say!("Currency"), meta.currency.code.clone()));
    lines.extend(definition.map(|text| (say!("Definition"), text.to_owned())));
    lines
}

/// The name of a file without its ending: what it holds and the day the data is of.
pub fn file_name(id: &str, meta: &Meta) -> String {
    format!("{}-{}", id.replace('_', "-"), meta.as_of)
}
