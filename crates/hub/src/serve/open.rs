//! Whether everybody may read this site: live answers would go round a sign-in.

use std::path::Path;

use anyhow::{Context, Result, anyhow};

/// Demands a site whose `config.json` surely asks for no sign-in.
///
/// # Errors
/// Says what of it is not understood.
pub fn demand(site: &Path) -> Result<()> {
    let path = site.join("config.json");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("{}: is this a built site?", path.display()))?;
    door::demand_open(&text).map_err(|why| {
        anyhow!(
            "{}: {why}; only a page that everybody may read is served here, since answers for \
             programs would go round a sign-in (docs/edge.md has the way with one)",
            path.display()
        )
    })
}
