//! The snapshot that the address asks for: a link may keep one, while its files are there.

use engine::EngineError;
use snapshot::Manifest;

use crate::host::script;
use crate::host::shared::Shared;
use crate::session::engine_http::read_manifest;

/// Longest id of a snapshot that is looked for.
const LONGEST: usize = 64;

/// The id of the snapshot that the address on screen asks for, if it asks for one.
pub fn of_address() -> Option<String> {
    let search = gloo::utils::window().location().search().unwrap_or_default();
    filters::query::snapshot_of(&search)
}

/// Address of the manifest of one snapshot, beside the one that points at the newest; none for what
/// can be no id.
pub fn manifest_address(newest: &str, id: &str) -> Option<String> {
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let fits = plain && (1..=LONGEST).contains(&id.len());
    fits.then(|| script::resolve(&snapshot::manifest_name(id), newest)).flatten()
}

/// The manifest of one snapshot, wherever the newest one's points.
///
/// # Errors
/// If it is not there, or is none of this snapshot.
pub async fn read(newest: &str, id: &str) -> Result<Shared<Manifest>, EngineError> {
    let missing = || EngineError::NotFound { url: snapshot::manifest_name(id) };
    let address = manifest_address(newest, id).ok_or_else(missing)?;
    let manifest = read_manifest(&address).await?;
    if manifest.meta.snapshot_id != id {
        return Err(missing());
    }
    Ok(Shared::new(manifest))
}

/// True if an error says that a snapshot will not be there with another try, either.
pub fn is_gone(error: &EngineError) -> bool {
    // Some hosts send a page of theirs for a file that they do not have.
    !error.may_pass() || matches!(error, EngineError::Damaged(_))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_manifest_of_an_id_lies_beside_the_newest() {
        let newest = "https://shop.example/data/manifest.json?a=b";
        let address = manifest_address(newest, "0123abcdef");
        assert_eq!(address.as_deref(), Some("https://shop.example/data/manifest-0123abcdef.json"));
        for bad in ["", "../a", "a/b", "a.b", "a?b", "%2e", "ä", &"a".repeat(65)] {
            assert_eq!(manifest_address(newest, bad), None, "{bad}");
        }
    }
}
