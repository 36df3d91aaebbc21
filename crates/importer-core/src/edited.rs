//! Segments that readers of the page have given customers.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

/// Segments by customer, with the line on which each stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited(BTreeMap<String, (String, u64)>);

impl Edited {
    /// Adds a line.
    ///
    /// # Errors
    /// If a cell is empty, or the customer has another segment already.
    pub fn add(&mut self, id: &str, segment: &str, line: u64) -> Result<()> {
        ensure!(
            !id.is_empty() && !segment.is_empty(),
            "line {line} of the segments: an empty cell"
        );
        let given = (segment.to_owned(), line);
        if let Some((other, before)) = self.0.insert(id.to_owned(), given) {
            ensure!(
                other == segment,
                "line {line} of the segments: {id} is {other} by line {before}"
            );
        }
        Ok(())
    }

    /// True if nobody was given another segment.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives the customers of these ids, which are in order, their segments.
    ///
    /// # Errors
    /// If there is no such customer, or no such segment.
    pub fn apply(&self, ids: &[String], labels: &[String], codes: &mut [u8]) -> Result<()> {
        for (id, (segment, line)) in &self.0 {
            let found = |id: &str| ids.binary_search_by(|known| known.as_str().cmp(id)).ok();
            // A text that a spreadsheet would compute has a sign before it that keeps it from that.
            let plain = || id.strip_prefix('\'').and_then(found);
            let Some(at) = found(id).or_else(plain) else {
                bail!("line {line} of the segments: there is no customer {id}");
            };
            let code = labels.iter().position(|label| label == segment);
            let code = code.and_then(|code| u8::try_from(code).ok()).with_context(|| {
                let known = labels.join(", ");
                format!("line {line} of the segments: there is no segment {segment}, only {known}")
            })?;
            if let Some(place) = codes.get_mut(at) {
                *place = code;
            }
        }
        Ok(())
    }
}
