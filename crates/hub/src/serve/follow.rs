//! Goes on to each newer snapshot of a folder.

use std::sync::Arc;
use std::time::Duration;

use super::current::{Current, opened, stamp};
use super::hub::Hub;
use super::log;

/// How often the folder is looked at.
const PACE: Duration = Duration::from_secs(2);

/// Takes each newer snapshot that comes to lie in the folder; what is open stays until then, and
/// where the newer one cannot be read.
pub async fn follow(current: Arc<Current>, hub: Arc<Hub>) {
    let mut refused = None;
    loop {
        tokio::time::sleep(PACE).await;
        hub.look_whether_open();
        let Ok(seen) = stamp(&current.folder) else { continue };
        if seen == current.now().stamp || Some(seen) == refused {
            continue;
        }
        let folder = current.folder.clone();
        match tokio::task::spawn_blocking(move || opened(&folder)).await {
            Ok(Ok(open)) => {
                log::note("snapshot_published", &open.facts.meta().snapshot_id);
                current.open.store(Arc::new(open));
                hub.published();
            }
            Ok(Err(error)) => {
                log::note("snapshot_refused", &format!("{error:#}"));
                refused = Some(seen);
            }
            Err(error) => log::note("snapshot_refused", &error.to_string()),
        }
    }
}
