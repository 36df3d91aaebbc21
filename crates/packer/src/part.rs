//! One piece of others' work that is in the program.

use std::path::PathBuf;

use serde::Deserialize;

/// A package, as it tells about itself; also an entry of what `static/js/parts.mjs` writes.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Part {
    /// Its name where it is published.
    pub name: String,
    /// Its version there.
    pub version: String,
    /// Its licence as an SPDX expression, if it tells one.
    pub license: Option<String>,
    /// Who made it, if that is told.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Where its files lie; nowhere if it is not had as files.
    pub folder: Option<PathBuf>,
    /// What its sources say in comments about the rights of others.
    #[serde(default)]
    pub remarks: Vec<String>,
}

impl Part {
    /// Name and version, as people tell it.
    pub fn title(&self) -> String {
        format!("{} {}", self.name, self.version).trim_end().to_owned()
    }
}
