//! The guard of a site that asks for a sign-in: the edge function's own code, on this machine.

mod ask;
mod crypto;
mod files;
mod platform;
mod respond;

use anyhow::{Result, bail};
use edge::Refusal;
use edge::address;
use edge::route::Site;
use edge::settings::{Problem, Settings};

pub use ask::{Asked, read};
pub use files::file;
pub use platform::Machine;
pub use respond::{guarded, reply, unkept};

/// Folders of which nothing is public: those of the edge, and the figures that are computed here.
const GUARDED: [&str; 3] = ["data", "api", "backend"];

/// The variable that names the path of the site, which an option does here.
const BASE: &str = "BASE_PATH";

/// Who is let in, and how; closed to everybody where a setting is missing or wrong.
pub struct Guard {
    settings: Result<Settings, Vec<Problem>>,
    base: String,
    /// Clock, network and memory.
    pub machine: Machine,
}

impl Guard {
    /// The guard of a site below a path, by variables of the environment.
    pub fn of(base: &str, variable: impl Fn(&str) -> Option<String>) -> Self {
        let said = variable(BASE).map(|said| said.trim().to_owned());
        let other = said.is_some_and(|said| !said.is_empty() && said != base);
        let settings = Settings::read(|name| match name {
            BASE => Some(base.to_owned()),
            name => variable(name),
        });
        let problem = Problem { name: BASE, expected: "the path of --base, or nothing" };
        let settings = match settings {
            Ok(_) if other => Err(vec![problem]),
            Err(mut problems) if other => {
                problems.push(problem);
                Err(problems)
            }
            settings => settings,
        };
        Self { settings, base: base.to_owned(), machine: Machine::new() }
    }

    /// The settings.
    ///
    /// # Errors
    /// [`Refusal::NotConfigured`] if one is missing or wrong.
    pub fn settings(&self) -> Result<&Settings, Refusal> {
        self.settings.as_ref().map_err(|_| Refusal::NotConfigured)
    }

    /// How the site is laid out.
    pub fn site(&self) -> Site<'_> {
        let public = self.settings.as_ref().map_or(&[][..], |settings| &settings.public);
        Site { base: &self.base, public, guarded: &GUARDED }
    }

    /// True if browsers see the site over TLS, by the origin that is set.
    pub fn is_secure(&self) -> bool {
        self.origin().is_some_and(|origin| origin.starts_with("https://"))
    }

    /// The name under which browsers see the site, if its origin is set.
    pub fn public_name(&self) -> Option<String> {
        let (_, authority) = self.origin()?.split_once("://")?;
        Some(address::name(authority).to_owned())
    }

    /// True if tokens of an application count.
    pub fn takes(&self, client: &str) -> bool {
        self.settings.as_ref().is_ok_and(|settings| settings.clients.iter().any(|id| id == client))
    }

    /// Demands settings that are whole.
    ///
    /// # Errors
    /// Names every variable that is missing or wrong; never what it holds.
    pub fn demand(&self) -> Result<()> {
        let Err(problems) = &self.settings else { return Ok(()) };
        let lines: String = problems.iter().map(|problem| format!("\n  {problem}")).collect();
        bail!(
            "what may ask for a sign-in is served to those alone who sign in, for which these \
             variables of the environment have to be set (docs/edge.md):{lines}"
        )
    }

    fn origin(&self) -> Option<&str> {
        self.settings.as_ref().ok()?.origin.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use edge::route::Route;

    const KEYS: &str = "k1:3qk0s9uC1b2Vx7mHhYJfLwZ8aQpTnRgKcE5oUyIvD4M";

    fn guard(base: &str, more: &[(&str, &str)]) -> Guard {
        let whole = [
            ("GOOGLE_CLIENT_ID", "1-a.apps.x"),
            ("SESSION_KEYS", KEYS),
            ("ALLOW_ANY_ACCOUNT", "yes"),
        ];
        Guard::of(base, |name| {
            let mut all = more.iter().chain(&whole);
            all.find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn what_is_missing_is_named_and_no_secret_is_told() {
        let wrong = guard("/shop/", &[("SESSION_KEYS", "k1:c2VjcmV0"), ("BASE_PATH", "/")]);
        let said = wrong.demand().unwrap_err().to_string();
        assert!(said.contains("SESSION_KEYS") && said.contains("BASE_PATH"), "{said}");
        assert!(!said.contains("c2VjcmV0"), "{said}");
        assert_eq!(wrong.settings().err(), Some(Refusal::NotConfigured));
        assert!(guard("/shop/", &[("BASE_PATH", " /shop/ ")]).demand().is_ok());
        assert!(guard("/data/", &[]).demand().is_err(), "a page among the data");
    }

    #[test]
    fn the_origin_that_is_set_says_how_browsers_see_it() {
        let plain = guard("/", &[]);
        assert_eq!((plain.public_name(), plain.is_secure()), (None, false));
        let proxied = guard("/", &[("PUBLIC_ORIGIN", "https://dash.example:8443")]);
        assert_eq!(proxied.public_name().as_deref(), Some("dash.example"));
        assert!(proxied.is_secure() && proxied.takes("1-a.apps.x") && !proxied.takes("2"));
    }

    #[test]
    fn figures_are_guarded_too() {
        let guard = guard("/", &[]);
        for path in ["/backend/kpis", "/BACKEND/kpis", "/data/x", "/api/kpis"] {
            assert_eq!(edge::route::route(path, guard.site()), Ok(Route::Guarded), "{path}");
        }
        assert!(edge::route::GUARDED.iter().all(|folder| GUARDED.contains(folder)));
    }
}
