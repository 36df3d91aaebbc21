//! Where on its host a site lives.

use anyhow::{Result, ensure};

/// The path of a site's root: `shop`, `/shop` and `/shop/` all mean `/shop/`.
///
/// # Errors
/// If it holds what a path of a page does not.
pub fn base(given: &str) -> Result<String> {
    let inner = given.trim_matches('/');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let is_name = |name: &str| !name.trim_matches('.').is_empty() && name.bytes().all(plain);
    ensure!(
        inner.is_empty() || inner.split('/').all(is_name),
        "--base {given}: a path such as /shop/, of letters, digits, - _ . and ~"
    );
    Ok(if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") })
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn a_path_has_both_slashes_and_plain_names() {
        for given in ["shop", "/shop", "shop/", "/shop/"] {
            assert_eq!(base(given).unwrap(), "/shop/");
        }
        assert_eq!(base("/").unwrap(), "/");
        assert_eq!(base("").unwrap(), "/");
        assert_eq!(base("a/b-2.x").unwrap(), "/a/b-2.x/");
        for given in ["/a b/", "/../", "a//b", "/a\"b/", "https://a.example/", "/a?b/", "/%2e/"] {
            assert!(base(given).is_err(), "{given}");
        }
    }
}
