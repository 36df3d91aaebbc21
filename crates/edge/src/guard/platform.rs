//! What the guard asks of the platform it runs on: cryptography, a clock, the network, memory.

use crate::Refusal;
use crate::ask::Headers;
use crate::jwks::RsaKey;
use crate::key_cache::KeyCache;
use crate::keys::SessionKey;
use crate::log::Entry;
use crate::token::Token;
use crate::used::UsedNonces;

/// What is remembered between requests, for as long as an instance runs.
#[derive(Debug, Default)]
pub struct Memory {
    /// Google's keys.
    pub keys: KeyCache,
    /// The nonces that have signed somebody in.
    pub used: UsedNonces,
}

/// Keys as they were published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The answer's body.
    pub text: Vec<u8>,
    /// Its `Cache-Control`.
    pub cache_control: Option<String>,
}

/// What a guard runs on.
pub trait Platform {
    /// Its form of a request.
    type Request: Headers;

    /// Milliseconds since 1970.
    fn now_ms(&self) -> u64;

    /// Fills bytes with fresh randomness.
    ///
    /// # Errors
    /// [`Refusal::Internal`] if there is none.
    fn random(&self, bytes: &mut [u8]) -> Result<(), Refusal>;

    /// The SHA-256 of some bytes.
    fn sha256(&self, bytes: &[u8]) -> impl Future<Output = Result<Vec<u8>, Refusal>>;

    /// The HMAC-SHA256 of a message.
    fn sign(
        &self,
        key: &SessionKey,
        message: &[u8],
    ) -> impl Future<Output = Result<Vec<u8>, Refusal>>;

    /// True if a code is the HMAC-SHA256 of a message; compared in constant time.
    fn verify(
        &self,
        key: &SessionKey,
        code: &[u8],
        message: &[u8],
    ) -> impl Future<Output = Result<bool, Refusal>>;

    /// True if a token was signed by that key with RS256; a key with which nothing can be computed
    /// has signed nothing.
    fn verify_rs256(
        &self,
        key: &RsaKey,
        token: &Token,
    ) -> impl Future<Output = Result<bool, Refusal>>;

    /// The body of a request, of so many bytes at most.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`] and [`Refusal::BadBody`]; the future's.
    fn body(
        &self,
        request: &Self::Request,
        most: usize,
    ) -> impl Future<Output = Result<Vec<u8>, Refusal>>;

    /// What is published at an address: the body of an answer 200, read up to
    /// [`crate::jwks::LONGEST`], within [`crate::key_cache::FETCH_MS`], no redirect followed. None
    /// if it cannot be had so.
    fn published(&self, url: &str) -> impl Future<Output = Option<Published>>;

    /// Waits for some milliseconds.
    fn sleep(&self, milliseconds: u32) -> impl Future<Output = ()>;

    /// Looks into what is remembered.
    fn remembered<T>(&self, look: impl FnOnce(&mut Memory) -> T) -> T;

    /// Writes a line of the log.
    fn log(&self, entry: &Entry<'_>);

    /// Seconds since 1970.
    fn now(&self) -> u64 {
        self.now_ms() / 1_000
    }
}
