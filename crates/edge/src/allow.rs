//! Who may see the dashboard: lists of Workspace domains and of e-mail addresses.

use crate::Refusal;

/// The lists, in lower case. An account passes if either list names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowLists {
    /// Google Workspace domains, as in the token's `hd`.
    pub domains: Vec<String>,
    /// E-mail addresses, compared with the token's `email` where Google has verified it.
    pub emails: Vec<String>,
    /// Any Google account at all; only ever set on purpose.
    pub anyone: bool,
}

impl AllowLists {
    /// Splits a comma-separated list, in lower case.
    pub fn list(text: &str) -> Vec<String> {
        split(&text.to_ascii_lowercase()).collect()
    }

    /// True if nobody could pass.
    pub fn is_empty(&self) -> bool {
        !self.anyone && self.domains.is_empty() && self.emails.is_empty()
    }

    /// Lets an account pass by its domain or its verified e-mail address.
    ///
    /// The domain of an e-mail address is no proof of a Workspace account: only `hd` is.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] if no list names it.
    pub fn check(&self, domain: Option<&str>, email: Option<&str>) -> Result<(), Refusal> {
        let named = |list: &[String], value: Option<&str>| {
            value.is_some_and(|value| list.contains(&value.to_ascii_lowercase()))
        };
        let passes = self.anyone || named(&self.domains, domain) || named(&self.emails, email);
        passes.then_some(()).ok_or(Refusal::NotAllowed)
    }
}

/// True for a domain as accounts have them: labels with dots between them, nothing before or behind.
pub fn is_domain(text: &str) -> bool {
    let label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    text.contains('.') && text.split('.').all(label)
}

/// True for an e-mail address as it stands in a token: no name, no brackets.
pub fn is_email(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\"'<>()[]{}:;*\\".contains(c);
    text.rsplit_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && !name.contains(odd) && !name.contains('@') && is_domain(domain)
    })
}

/// The entries of a comma-separated list.
pub fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(',').map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> AllowLists {
        AllowLists {
            domains: AllowLists::list("Example.com, example.org,"),
            emails: AllowLists::list("ann@elsewhere.net"),
            anyone: false,
        }
    }

    #[test]
    fn either_list_lets_pass() {
        assert_eq!(lists().check(Some("EXAMPLE.com"), None), Ok(()));
        assert_eq!(lists().check(None, Some("Ann@Elsewhere.net")), Ok(()));
        assert_eq!(AllowLists { anyone: true, ..lists() }.check(None, None), Ok(()));
    }

    #[test]
    fn entries_are_written_as_tokens_write_them() {
        for domain in ["example.com", "a-b.example.co.uk", "bücher.example"] {
            assert!(is_domain(domain), "{domain}");
        }
        for wrong in [
            "@example.com",
            "*.example.com",
            ".example.com",
            "example.com.",
            "https://example.com",
            "a.com;b.com",
            "a.com b.com",
            "[\"a.com\"]",
            "example",
            "{}",
        ] {
            assert!(!is_domain(wrong), "{wrong}");
            assert!(!is_email(&format!("ann@{wrong}")), "{wrong}");
        }
        for email in ["ann@example.com", "a.b+c@example.com", "o_x@bücher.example"] {
            assert!(is_email(email), "{email}");
        }
        for wrong in ["ann", "@a.com", "a@b@c.com", "<a@b.com>", "Ann a@b.com", "*@b.com"] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_address_at_a_listed_domain_is_not_of_that_domain() {
        assert_eq!(lists().check(None, Some("eve@example.com")), Err(Refusal::NotAllowed));
        assert_eq!(lists().check(Some("sub.example.com"), None), Err(Refusal::NotAllowed));
        assert_eq!(lists().check(Some(""), Some("")), Err(Refusal::NotAllowed));
        assert!(AllowLists::default().is_empty() && !lists().is_empty());
    }
}
