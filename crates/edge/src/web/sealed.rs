//! Sealed cookies: signing what goes out, verifying what comes in.

use std::cell::RefCell;

use super::ask::Ask;
use super::{crypto, now};
use crate::cookie::{self, NONCE, SESSION};
use crate::nonce::Nonce;
use crate::session::Session;
use crate::settings::Settings;
use crate::used::UsedNonces;
use crate::{Refusal, seal};

thread_local! {
    static USED: RefCell<UsedNonces> = RefCell::default();
}

/// The value of the cookie of that name for a payload.
pub async fn seal(name: &str, payload: &[u8], settings: &Settings) -> Result<String, Refusal> {
    let key = settings.keys.signing();
    let message = seal::message(name, &key.id, payload);
    let code = crypto::sign(key, message.as_bytes()).await?;
    Ok(seal::value(&key.id, payload, &code))
}

/// The session of a request, if it holds now and its account is still let in.
pub async fn session(ask: &Ask, settings: &Settings) -> Result<Session, Refusal> {
    let cookies = ask.cookies();
    let value = cookie::read(&cookies, SESSION)?.ok_or(Refusal::NoSession)?;
    let payload = unseal(SESSION, value, settings).await?;
    let session = Session::read(&payload, now(), settings.limits)?;
    let identity = &session.identity;
    settings.allow.check(identity.hd.as_deref(), identity.email.as_deref())?;
    Ok(session)
}

/// The nonce of a request and its cookie's whole value.
pub async fn nonce(cookies: &str, settings: &Settings) -> Result<(Nonce, String), Refusal> {
    let found = cookie::read(cookies, NONCE).map_err(|_| Refusal::NoNonce)?;
    let value = found.ok_or(Refusal::NoNonce)?;
    let payload = match unseal(NONCE, value, settings).await {
        Err(Refusal::BadSession) => Err(Refusal::NoNonce),
        other => other,
    };
    Ok((Nonce::read(&payload?, now())?, value.to_owned()))
}

/// Marks a nonce as used until it ends; false if it was already.
pub fn use_up(digest: &str, until: u64) -> bool {
    USED.with_borrow_mut(|used| used.remember(digest, until, now()))
}

async fn unseal(name: &str, value: &str, settings: &Settings) -> Result<Vec<u8>, Refusal> {
    let sealed = seal::open(name, value)?;
    let key = settings.keys.named(&sealed.key).ok_or(Refusal::BadSession)?;
    let genuine = crypto::verify(key, &sealed.code, sealed.message.as_bytes()).await?;
    genuine.then_some(sealed.payload).ok_or(Refusal::BadSession)
}
