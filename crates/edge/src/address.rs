//! A request's address taken apart, as the platform wrote it. Forwarded headers are never looked
//! at: anybody can send them.

/// An address whose host is written as hosts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// Scheme, name and port, in lower case.
    pub origin: String,
    /// Its path, from the slash to the query.
    pub path: &'a str,
}

impl Address<'_> {
    /// True if the request came over TLS.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// Takes an absolute address apart, without its query; none if its host is oddly written.
///
/// The runtimes write into the address whatever a request says of its host. What looks like a
/// name to one reader and like a path to another is no host.
pub fn read(url: &str) -> Option<Address<'_>> {
    let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| is_web(scheme))?;
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let path = &path[..path.find(['?', '#']).unwrap_or(path.len())];
    is_authority(authority).then(|| Address {
        origin: format!("{scheme}://{}", authority.to_ascii_lowercase()),
        path: if path.is_empty() { "/" } else { path },
    })
}

/// True for a host as requests name it: a name or an address in numbers, and a port.
pub fn is_authority(text: &str) -> bool {
    let host = name(text);
    let port = text[host.len()..].strip_prefix(':');
    let named = match host.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']').is_some_and(is_ipv6),
        None => is_name(host),
    };
    named && port.is_none_or(is_port)
}

/// The name, or the address in numbers, of a host with or without a port.
pub fn name(authority: &str) -> &str {
    let end = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    authority[end..].split_once(':').map_or(authority, |(name, _)| &authority[..end + name.len()])
}

/// True for an address over TLS, and for plain http on this machine alone; both without a user.
pub fn is_private(url: &str) -> bool {
    let Some(Address { origin, .. }) = read(url) else { return false };
    let host =
        origin.strip_prefix("http://").map(|host| host.split_once(':').unwrap_or((host, "")));
    host.is_none_or(|(name, _)| matches!(name, "127.0.0.1" | "localhost"))
}

fn is_web(scheme: &str) -> bool {
    matches!(scheme, "http" | "https")
}

fn is_name(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let label = |label: &str| !label.is_empty() && label.bytes().all(letter);
    // A name may end with the dot of the root.
    text.strip_suffix('.').unwrap_or(text).split('.').all(label)
}

fn is_ipv6(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_hexdigit() || b == b':' || b == b'.';
    text.contains(':') && text.bytes().all(letter)
}

fn is_port(text: &str) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    plain && text.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(url: &str) -> Option<(String, &str)> {
        read(url).map(|address| (address.origin, address.path))
    }

    #[test]
    fn origin_and_path() {
        let url = "https://A.example:8443/data/x?credential=secret#y";
        assert_eq!(split(url), Some(("https://a.example:8443".to_owned(), "/data/x")));
        let root = Some(("https://a.example".to_owned(), "/"));
        for url in ["https://a.example", "https://a.example?x=/y", "https://a.example#/y"] {
            assert_eq!(split(url), root, "{url}");
        }
        assert_eq!(split("http://[::1]:80/x"), Some(("http://[::1]:80".to_owned(), "/x")));
        for url in ["/data/x", "ftp://a/", "file:///data/x", "http:/a/", "http:///data/x"] {
            assert_eq!(split(url), None, "{url}");
        }
    }

    #[test]
    fn hosts_that_could_be_read_in_two_ways_are_none() {
        for host in
            ["a", "a.example.", "A-1.b:1", "127.0.0.1:65535", "[::1]", "[::ffff:1.2.3.4]:80"]
        {
            assert!(is_authority(host), "{host}");
        }
        for host in [
            "",
            ".",
            "..",
            ".a",
            "a..b",
            "a b",
            "a\\data",
            "a:80\\data",
            "[::1]\\data",
            "a%5cb",
            "u@a",
            "u:p@a",
            "a_b",
            "é",
            "a,b",
            "a;b",
            "a\t",
            "[",
            "]",
            "[]",
            "[a]",
            "[::1",
            "::1]",
            "[::1]x",
            "x[::1]",
            "[::1]]",
            "[fe80::1%25eth0]",
            "a:",
            ":80",
            "a:0",
            "a:080",
            "a:65536",
            "a:99999",
            "a:+1",
            "a:b",
            "a:1:1",
            "::1",
        ] {
            assert!(!is_authority(host), "{host}");
        }
    }

    #[test]
    fn only_this_machine_is_private_without_tls() {
        for url in ["https://keys.example/x", "http://127.0.0.1:8080/x", "http://localhost/x"] {
            assert!(is_private(url), "{url}");
        }
        for url in [
            "http://keys.example/",
            "http://localhost.evil.example/",
            "http://127.0.0.1:x@evil.example/",
            "http://127.0.0.1:80@evil.example/",
            "http://127.0.0.1\\@evil.example/",
            "https://u:p@keys.example/",
            "https://",
            "HTTPS//",
        ] {
            assert!(!is_private(url), "{url}");
        }
    }

    proptest! {
        #[test]
        fn no_address_panics(url in "(https?://)?\\PC*") {
            let _ = read(&url);
            let _ = is_authority(&url);
        }

        /// What is taken for a host holds nothing that ends or moves a host for any reader.
        #[test]
        fn a_host_is_nothing_but_a_host(host in "[a-cA-C0-9.:\\[\\]\\\\/@?#% _,-]{0,12}") {
            if is_authority(&host) {
                let plain = |c: char| c.is_ascii_alphanumeric() || ".:[]-".contains(c);
                prop_assert!(host.chars().all(plain));
                let address = format!("http://{host}/x");
                prop_assert_eq!(read(&address).unwrap().path, "/x");
            }
        }
    }
}
