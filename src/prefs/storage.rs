//! The browser's storage, which may be full or denied.

use web_sys::Storage;

/// The browser keeps nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// A text that was kept, if there is one and it may be read.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a text for the next visit.
///
/// # Errors
/// [`Refused`] where storage is full or denied.
pub fn write(key: &str, text: &str) -> Result<(), Refused> {
    storage().ok_or(Refused)?.set_item(key, text).map_err(|_| Refused)
}

/// Asking alone is an error where storage is denied.
fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
