//! The four endpoints: begin a sign-in, take the token, renew the session, end it.

use super::platform::Platform;
use super::{google, sealed};
use crate::ask::Ask;
use crate::cookie::{self, NONCE, SESSION, SameSite};
use crate::log::Entry;
use crate::nonce::{self, Nonce};
use crate::origin::{self, Body};
use crate::reply::Reply;
use crate::session::Session;
use crate::settings::Settings;
use crate::sign_in::{self, Expected};
use crate::token::Token;
use crate::{Refusal, base64url};

/// Sets the nonce cookie and tells the page its digest.
pub async fn nonce<P: Platform>(
    platform: &P,
    ask: &Ask<P::Request>,
    settings: &Settings,
) -> Result<Reply, Refusal> {
    ask.from(origin::check_own_site)?;
    let random = random::<P, { nonce::RANDOM_BYTES }>(platform)?;
    let value =
        sealed::seal(platform, NONCE, &Nonce::begin(random, platform.now()).write(), settings)
            .await?;
    let digest = digest_of(platform, &value).await?;
    // Google's form comes from another site, and must bring this cookie along.
    let cookie = cookie::set(NONCE, &value, nonce::SECONDS, SameSite::None);
    Ok(Reply::nonce(&digest).cookie(&cookie))
}

/// Takes Google's token, from the page or from Google's form, and begins a session.
pub async fn sign_in<P: Platform>(
    platform: &P,
    ask: &Ask<P::Request>,
    settings: &Settings,
) -> Result<Reply, Refusal> {
    let body = ask.from(|headers| origin::check_sign_in(headers, ask.own_origin(settings)))?;
    let outcome = begin(platform, ask, settings, body).await;
    match (outcome, body) {
        (Ok(begun), _) => {
            let entry = Entry::about("signed_in", &ask.method, &ask.path);
            platform.log(&Entry { sub: Some(&begun.session.identity.sub), ..entry });
            let reply = match body {
                Body::Json => Reply::session(&begun.session, settings.limits),
                Body::GoogleForm => Reply::to_page(&settings.base, None),
            };
            Ok(reply.cookie(&begun.cookie).cookie(&cookie::clear(NONCE)))
        }
        (Err(refusal), Body::Json) => Err(refusal),
        (Err(refusal), Body::GoogleForm) => {
            platform.log(&Entry::refused(&ask.method, &ask.path, refusal));
            Ok(Reply::to_page(&settings.base, Some(refusal)))
        }
    }
}

/// Renews a session and tells the page whose it is.
pub async fn validate<P: Platform>(
    platform: &P,
    ask: &Ask<P::Request>,
    settings: &Settings,
) -> Result<Reply, Refusal> {
    ask.from(|headers| origin::check_json(headers, ask.own_origin(settings)))?;
    let session =
        sealed::session(platform, ask, settings).await?.renewed(platform.now(), settings.limits);
    let cookie = session_cookie(platform, &session, settings).await?;
    Ok(Reply::session(&session, settings.limits).cookie(&cookie))
}

/// Ends a session, whether there is one or not.
pub fn log_out<P: Platform>(
    platform: &P,
    ask: &Ask<P::Request>,
    settings: &Settings,
) -> Result<Reply, Refusal> {
    ask.from(|headers| origin::check_json(headers, ask.own_origin(settings)))?;
    platform.log(&Entry::about("signed_out", &ask.method, &ask.path));
    Ok(Reply::signed_out().cookie(&cookie::clear(SESSION)).cookie(&cookie::clear(NONCE)))
}

struct Begun {
    session: Session,
    cookie: String,
}

/// Every check of a sign-in, the cheap ones first.
async fn begin<P: Platform>(
    platform: &P,
    ask: &Ask<P::Request>,
    settings: &Settings,
    body: Body,
) -> Result<Begun, Refusal> {
    let text = platform.body(&ask.request, sign_in::LONGEST_BODY).await?;
    let cookies = ask.cookies();
    let credential = match body {
        Body::Json => sign_in::from_json(&text)?,
        Body::GoogleForm => {
            let sent = cookie::read(&cookies, cookie::GOOGLE_FORM);
            sign_in::from_form(&text, sent.map_err(|_| Refusal::FormTokenMismatch)?)?
        }
    };
    let token = Token::read(&credential)?;
    let (nonce, value) = sealed::nonce(platform, &cookies, settings).await?;
    let key = google::key(platform, &token.key, &settings.jwks_url).await?;
    if !platform.verify_rs256(&key, &token).await? {
        return Err(Refusal::BadSignature);
    }
    let digest = digest_of(platform, &value).await?;
    let (clients, allow) = (settings.clients.as_slice(), &settings.allow);
    let expected = Expected { clients, allow, nonce: &digest, now: platform.now() };
    let identity = sign_in::check(token.claims()?, &expected)?;
    if !sealed::use_up(platform, &digest, nonce.exp) {
        return Err(Refusal::TokenUsed);
    }
    let sid = random::<P, 16>(platform)?;
    let session = Session::begin(sid, identity, platform.now(), settings.limits);
    let cookie = session_cookie(platform, &session, settings).await?;
    Ok(Begun { session, cookie })
}

async fn session_cookie<P: Platform>(
    platform: &P,
    session: &Session,
    settings: &Settings,
) -> Result<String, Refusal> {
    let value = sealed::seal(platform, SESSION, &session.write(), settings).await?;
    let seconds = session.seconds_left(platform.now()).saturating_add(cookie::KEPT_AFTER_END);
    Ok(cookie::set(SESSION, &value, seconds, SameSite::Lax))
}

async fn digest_of<P: Platform>(platform: &P, value: &str) -> Result<String, Refusal> {
    Ok(base64url::encode(&platform.sha256(value.as_bytes()).await?))
}

/// Random bytes as text.
fn random<P: Platform, const BYTES: usize>(platform: &P) -> Result<String, Refusal> {
    let mut bytes = [0; BYTES];
    platform.random(&mut bytes)?;
    Ok(base64url::encode(&bytes))
}
