//! Why something came to nothing, in words.

use engine::EngineError;
use words::say;

use crate::host::brought::Trouble;
use crate::session::importer::Ended;
use crate::session::own::NotOpened;

/// Why files could not be read from the disk.
pub fn trouble(trouble: Trouble) -> String {
    match trouble {
        Trouble::Lost => say!("A part of the page did not come; try again when you are online"),
        Trouble::TooMany => say!("There are too many files: bring those alone that are to be read"),
        Trouble::Damaged => say!("The archive is damaged, or cut off: make it anew"),
        Trouble::Compressed => {
            say!("The archive is packed in a way that browsers cannot read: unpack it first")
        }
        Trouble::Refused => {
            say!("The browser could not read the files: they may have been moved, or are in use")
        }
    }
}

/// Why files are no snapshot that can be opened.
pub fn not_opened(error: NotOpened) -> String {
    match error {
        NotOpened::NoManifest => say!("There is no manifest.json among the files"),
        NotOpened::Missing(path) => {
            say!("A file of the snapshot is missing: {file}", file = path)
        }
        NotOpened::OtherLength(path) => {
            say!(
                "A file of the snapshot is not as long as its manifest says, copy it anew: {file}",
                file = path
            )
        }
        NotOpened::Damaged(EngineError::Damaged(reason)) => {
            say!("The snapshot cannot be read: {reason}", reason = reason)
        }
        NotOpened::Damaged(error) => error.to_string(),
    }
}

/// Why the importer came to no end.
pub fn ended(ended: Ended) -> String {
    match ended {
        Ended::Refused(why) => why.message.to_string(),
        Ended::Broken(message) => say!(
            "The files could not be read here: {message}. The program for hosts, hub, reads files of any size",
            message = words::retell(&message)
        ),
    }
}
