//! Answers that were given lately, up to a size.

use std::sync::{Arc, Mutex};

use lru::LruCache;
use sha2::{Digest, Sha256};

/// Bytes that are kept at most.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// An answer as it goes out.
pub struct Kept {
    /// Its status.
    pub status: u16,
    /// Its body.
    pub body: String,
    /// A name for exactly this body, and for the last event that it counts.
    pub etag: String,
}

impl Kept {
    /// An answer with its name; `seq` is the last event in it, where there is a live channel.
    pub fn of(status: u16, body: String, seq: Option<u64>) -> Self {
        let hash = Sha256::digest(body.as_bytes());
        let name: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let seq = seq.map(|seq| format!("-{seq}")).unwrap_or_default();
        Self { status, body, etag: format!("\"{name}{seq}\"") }
    }
}

/// The answers, by snapshot and question.
pub struct Cache(Mutex<Answers>);

struct Answers {
    kept: LruCache<String, Arc<Kept>>,
    bytes: usize,
}

impl Cache {
    /// An empty one.
    pub fn new() -> Self {
        Self(Mutex::new(Answers { kept: LruCache::unbounded(), bytes: 0 }))
    }

    /// The answer to a question.
    pub fn get(&self, key: &str) -> Option<Arc<Kept>> {
        self.0.lock().ok()?.kept.get(key).cloned()
    }

    /// Keeps an answer; the ones longest unused go.
    pub fn keep(&self, key: String, answer: &Arc<Kept>) {
        let Ok(mut answers) = self.0.lock() else { return };
        answers.bytes = answers.bytes.saturating_add(size(&key, answer));
        if let Some((old, replaced)) = answers.kept.push(key, answer.clone()) {
            answers.bytes = answers.bytes.saturating_sub(size(&old, &replaced));
        }
        while answers.bytes > MOST_BYTES {
            let Some((old, gone)) = answers.kept.pop_lru() else { break };
            answers.bytes = answers.bytes.saturating_sub(size(&old, &gone));
        }
    }
}

fn size(key: &str, answer: &Kept) -> usize {
    /// What an entry takes beside its texts.
    const ENTRY: usize = 200;
    key.len().saturating_add(answer.body.len()).saturating_add(ENTRY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_a_limit_and_the_latest_stay() {
        let cache = Cache::new();
        let large = || Arc::new(Kept::of(200, "x".repeat(MOST_BYTES / 4), None));
        for at in 0..10 {
            cache.keep(format!("{at}"), &large());
            cache.keep(format!("{at}"), &large());
        }
        let kept = (0..10).filter(|at| cache.get(&format!("{at}")).is_some()).collect::<Vec<_>>();
        assert_eq!(kept, [7, 8, 9]);
        assert!(cache.0.lock().unwrap().bytes <= MOST_BYTES);
    }
}
