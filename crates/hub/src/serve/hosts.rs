//! By which names this site may be asked for.
//!
//! What listens on this machine alone is still asked by every page that its reader opens, once a
//! stranger's name leads to this machine: so only its own names are taken there.

use std::net::IpAddr;

use axum::http::uri::Authority;

/// The names.
pub struct Hosts {
    /// True if any name will do: others than this machine reach it, and a proxy may call it anything.
    any: bool,
    named: Vec<String>,
}

impl Hosts {
    /// Those of an address to listen on, and of further names.
    pub fn of(address: IpAddr, more: &[String]) -> Self {
        let named = more.iter().map(|name| name.to_ascii_lowercase()).collect::<Vec<_>>();
        Self { any: !address.is_loopback() && named.is_empty(), named }
    }

    /// The same and one more, if there is one; where any name will do, any other still does.
    #[must_use]
    pub fn and(mut self, name: Option<String>) -> Self {
        self.named.extend(name);
        self
    }

    /// Whether a `Host` header names this site.
    pub fn take(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        let name = authority.host().trim_matches(['[', ']']).to_ascii_lowercase();
        let own = name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        self.any || own || self.named.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_names_do_not_lead_here() {
        let own = Hosts::of("127.0.0.1".parse().unwrap(), &["Shop.example".to_owned()]);
        for host in ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:80", "shop.example:443"] {
            assert!(own.take(host), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "", "a b", "evil@x:y"] {
            assert!(!own.take(host), "{host}");
        }
        let wide = Hosts::of("0.0.0.0".parse().unwrap(), &[]);
        assert!(wide.take("anything.example"));
        let named = Hosts::of("0.0.0.0".parse().unwrap(), &["shop.example".to_owned()]);
        assert!(named.take("shop.example") && !named.take("anything.example"));
        let public = || Some("public.example".to_owned());
        let wide = Hosts::of("0.0.0.0".parse().unwrap(), &[]).and(public());
        assert!(wide.take("public.example") && wide.take("anything.example"));
        let own = Hosts::of("127.0.0.1".parse().unwrap(), &[]).and(public());
        assert!(own.take("public.example:443") && !own.take("anything.example"));
    }
}
