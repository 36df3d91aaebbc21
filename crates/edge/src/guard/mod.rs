//! The guard over any platform: who is let in, and what becomes of a request.

mod auth;
mod google;
pub mod platform;
mod sealed;

use crate::ask::Ask;
use crate::reply::Reply;
use crate::route::{Route, Site, route};
use crate::session::Session;
use crate::settings::Settings;
use crate::{Refusal, origin};
use platform::Platform;

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is answered so.
    Reply(Reply),
    /// What it asks for may be handed out, by this route.
    File(Route),
}

/// Judges a request for a site. Without settings only the page itself is given, so that it can say
/// what is missing.
///
/// # Errors
/// Why it is refused.
pub async fn decide<P: Platform>(
    platform: &P,
    ask: &Ask<P::Request>,
    site: Site<'_>,
    settings: Option<&Settings>,
) -> Result<Decision, Refusal> {
    let route = route(&ask.path, site)?;
    let Some(settings) = settings else { return unconfigured(route, &ask.method) };
    if let Err(allowed) = route.takes(&ask.method) {
        return Ok(Decision::Reply(Reply::wrong_method(allowed)));
    }
    let reply = match route {
        Route::Nonce => auth::nonce(platform, ask, settings).await?,
        Route::SignIn => auth::sign_in(platform, ask, settings).await?,
        Route::Validate => auth::validate(platform, ask, settings).await?,
        Route::LogOut => auth::log_out(platform, ask, settings)?,
        Route::Guarded => {
            sealed::session(platform, ask, settings).await?;
            return Ok(Decision::File(route));
        }
        Route::Public | Route::Page => return Ok(Decision::File(route)),
    };
    Ok(Decision::Reply(reply))
}

fn unconfigured(route: Route, method: &str) -> Result<Decision, Refusal> {
    match route {
        Route::Public | Route::Page if route.takes(method).is_ok() => Ok(Decision::File(route)),
        _ => Err(Refusal::NotConfigured),
    }
}

/// The session of a request that changes data, which the page itself alone may send.
///
/// # Errors
/// [`Refusal::ForeignOrigin`] or [`Refusal::NotJson`]; else those of a session that does not hold.
pub async fn editor<P: Platform>(
    platform: &P,
    ask: &Ask<P::Request>,
    settings: &Settings,
) -> Result<Session, Refusal> {
    ask.from(|headers| origin::check_json(headers, ask.own_origin(settings)))?;
    sealed::session(platform, ask, settings).await
}

/// The session of a request for a line that stays open, which any site could have a browser ask for.
///
/// # Errors
/// Those of a session that does not hold; [`Refusal::ForeignOrigin`] if the request does not come from
/// the page itself.
pub async fn listener<P: Platform>(
    platform: &P,
    ask: &Ask<P::Request>,
    settings: &Settings,
) -> Result<Session, Refusal> {
    let session = sealed::session(platform, ask, settings).await?;
    ask.from(|headers| origin::check_page(headers, ask.own_origin(settings)))?;
    Ok(session)
}
