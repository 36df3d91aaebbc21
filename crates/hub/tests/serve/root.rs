//! The site's own root, which is the page's, and greets programs.

use serde_json::json;

use crate::site::{Site, built};

const PAGE: &str = "<p>the page";

#[test]
fn who_asks_the_root_for_json_is_greeted_and_everybody_else_gets_the_page() {
    for base in ["/", "/shop/"] {
        let site = Site::with(built(), base);
        for accept in ["application/json", "Application/JSON;q=0.9", "application/json, */*"] {
            let answer = site.ask("GET", "/", &[("Accept", accept)]);
            assert_eq!(answer.status, 200, "{accept}");
            assert_eq!(answer.json(), json!({ "message": "Welcome to the CDP Dashboard API" }));
            assert!(answer.header("content-type").starts_with("application/json"), "{accept}");
            let named = answer.header("etag").to_owned();
            let again = site.ask("GET", "/", &[("Accept", accept), ("If-None-Match", &named)]);
            assert_eq!(again.status, 304, "{accept}");
        }
        for accept in ["*/*", "text/html, application/json", "", "text/html;q=0.1,application/json"]
        {
            let answer = site.ask("GET", "/", &[("Accept", accept)]);
            assert_eq!((answer.status, answer.body.as_str()), (200, PAGE), "{accept}");
        }
        assert_eq!(site.get("/").body, PAGE, "nobody has said what to get");
        let head = site.ask("HEAD", "/", &[("Accept", "application/json")]);
        assert_eq!((head.status, head.body.as_str()), (200, ""));
        // A cache in between must not give one what the other was given.
        for accept in ["application/json", "text/html"] {
            let (_, head) =
                site.plain(&format!("GET {base}"), &[("Host", "localhost"), ("Accept", accept)]);
            let head = head.to_ascii_lowercase();
            assert!(head.lines().any(|line| line.trim_end() == "vary: accept"), "{head}");
        }
    }
}

#[test]
fn a_folder_with_a_page_of_its_own_is_found_without_the_slash() {
    let folder = built();
    std::fs::create_dir(folder.path().join("docs")).unwrap();
    std::fs::write(folder.path().join("docs/index.html"), "<p>the answers").unwrap();
    let site = Site::with(folder, "/shop/");
    let (status, head) = site.plain("GET /shop/docs?a=b", &[("Host", "localhost")]);
    assert_eq!(status, 308, "{head}");
    assert!(head.to_ascii_lowercase().contains("location: /shop/docs/\r\n"), "{head}");
    assert_eq!(site.get("/docs/").body, "<p>the answers");
    assert_eq!(site.get("/data").body, PAGE, "a folder without a page is a view's address");
}
