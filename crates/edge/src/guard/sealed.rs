//! Sealed cookies: signing what goes out, verifying what comes in.

use super::platform::Platform;
use crate::ask::Ask;
use crate::cookie::{self, NONCE, SESSION};
use crate::nonce::Nonce;
use crate::session::Session;
use crate::settings::Settings;
use crate::{Refusal, seal};

/// The value of the cookie of that name for a payload.
pub async fn seal<P: Platform>(
    platform: &P,
    name: &str,
    payload: &[u8],
    settings: &Settings,
) -> Result<String, Refusal> {
    let key = settings.keys.signing();
    let message = seal::message(name, &key.id, payload);
    let code = platform.sign(key, message.as_bytes()).await?;
    Ok(seal::value(&key.id, payload, &code))
}

/// The session of a request, if it holds now and its account is still let in.
pub async fn session<P: Platform>(
    platform: &P,
    ask: &Ask<P::Request>,
    settings: &Settings,
) -> Result<Session, Refusal> {
    let cookies = ask.cookies();
    let value = cookie::read(&cookies, SESSION)?.ok_or(Refusal::NoSession)?;
    let payload = unseal(platform, SESSION, value, settings).await?;
    let session = Session::read(&payload, platform.now(), settings.limits)?;
    let identity = &session.identity;
    settings.allow.check(identity.hd.as_deref(), identity.email.as_deref())?;
    Ok(session)
}

/// The nonce of a request and its cookie's whole value.
pub async fn nonce<P: Platform>(
    platform: &P,
    cookies: &str,
    settings: &Settings,
) -> Result<(Nonce, String), Refusal> {
    let found = cookie::read(cookies, NONCE).map_err(|_| Refusal::NoNonce)?;
    let value = found.ok_or(Refusal::NoNonce)?;
    let payload = match unseal(platform, NONCE, value, settings).await {
        Err(Refusal::BadSession) => Err(Refusal::NoNonce),
        other => other,
    };
    Ok((Nonce::read(&payload?, platform.now())?, value.to_owned()))
}

/// Marks a nonce as used until it ends; false if it was already.
pub fn use_up<P: Platform>(platform: &P, digest: &str, until: u64) -> bool {
    let now = platform.now();
    platform.remembered(|memory| memory.used.remember(digest, until, now))
}

async fn unseal<P: Platform>(
    platform: &P,
    name: &str,
    value: &str,
    settings: &Settings,
) -> Result<Vec<u8>, Refusal> {
    let sealed = seal::open(name, value)?;
    let key = settings.keys.named(&sealed.key).ok_or(Refusal::BadSession)?;
    let genuine = platform.verify(key, &sealed.code, sealed.message.as_bytes()).await?;
    genuine.then_some(sealed.payload).ok_or(Refusal::BadSession)
}
