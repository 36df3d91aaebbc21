//! A request's address taken apart, as the platform wrote it. Forwarded headers are never looked
//! at: anybody can send them.

/// Origin and path of an absolute address, without its query; none if it has no origin.
pub fn split(url: &str) -> Option<(&str, &str)> {
    let host = url.find("://")? + 3;
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let whole = url.get(..end)?;
    let path = whole.get(host..)?.find('/').map_or(end, |at| host + at);
    Some((&whole[..path], if path == end { "/" } else { &whole[path..] }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn origin_and_path() {
        let url = "https://a.example:8443/data/x?credential=secret#y";
        assert_eq!(split(url), Some(("https://a.example:8443", "/data/x")));
        assert_eq!(split("https://a.example"), Some(("https://a.example", "/")));
        assert_eq!(split("https://a.example?x=/y"), Some(("https://a.example", "/")));
        assert_eq!(split("/data/x"), None);
    }

    proptest! {
        #[test]
        fn no_address_panics(url in "(https?://)?\\PC*") {
            let _ = split(&url);
        }
    }
}
