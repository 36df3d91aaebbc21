//! Whether a file is the one that a manifest describes.

use serde_json::{Map, Value as Json};
use snapshot::{FORMAT_VERSION, Meta};

use crate::error::EngineError;
use crate::{Engine, Query};

/// Makes sure that the file carries exactly this description.
///
/// # Errors
/// [`EngineError::Version`] or [`EngineError::OtherSnapshot`] where it differs.
pub async fn check_meta(engine: &dyn Engine, meta: &Meta) -> Result<(), EngineError> {
    let stored = stored_meta(engine).await?;
    let number = stored.get("format_version").and_then(Json::as_u64);
    match number.and_then(|version| u32::try_from(version).ok()) {
        Some(FORMAT_VERSION) => {}
        Some(found) => return Err(EngineError::Version { found, readable: FORMAT_VERSION }),
        None => return Err(EngineError::Damaged("table meta has no format_version".into())),
    }
    let damaged = |error: serde_json::Error| EngineError::Damaged(format!("table meta: {error}"));
    let Json::Object(expected) = serde_json::to_value(meta).map_err(damaged)? else {
        return Err(EngineError::Damaged("the manifest has no description".into()));
    };
    let id = |of: &Map<String, Json>| {
        of.get("snapshot_id").and_then(Json::as_str).unwrap_or("?").to_owned()
    };
    match expected.iter().find(|(field, value)| stored.get(*field) != Some(value)) {
        None => Ok(()),
        Some((field, _)) => Err(EngineError::OtherSnapshot {
            expected: id(&expected),
            found: id(&stored),
            field: field.clone(),
        }),
    }
}

async fn stored_meta(engine: &dyn Engine) -> Result<Map<String, Json>, EngineError> {
    let rows = engine.query(Query::new("SELECT key, value FROM meta")).await?;
    let mut stored = Map::new();
    for row in rows.iter() {
        let (key, value) = (row.get::<&str>("key")?, row.get::<&str>("value")?);
        let value = serde_json::from_str(value)
            .map_err(|error| EngineError::Damaged(format!("{key} in table meta: {error}")))?;
        stored.insert(key.to_owned(), value);
    }
    Ok(stored)
}
