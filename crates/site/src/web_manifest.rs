//! What makes the page an app that can be installed: `app.webmanifest`.

use anyhow::Result;
use serde::Serialize;

use crate::config::Config;

/// The file's name.
pub const WEB_MANIFEST: &str = "app.webmanifest";

/// Colours of the light page: as in static/css/tokens.css and index.html.
const BAR: &str = "#ffffff";
const GROUND: &str = "#f4f6f9";

/// Letters of a name that have room below an icon.
const SHORT: usize = 12;

/// Icons of static/icons, which a host may replace: name, sizes, type, purpose.
const ICONS: [(&str, &str, &str, &str); 4] = [
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
    ("logo.svg", "any", "image/svg+xml", "any"),
];

#[derive(Serialize)]
struct WebManifest<'a> {
    id: &'a str,
    name: &'a str,
    short_name: &'a str,
    description: &'a str,
    start_url: String,
    scope: &'a str,
    display: &'a str,
    background_color: &'a str,
    theme_color: &'a str,
    icons: Vec<Icon>,
    shortcuts: [Shortcut; 2],
}

#[derive(Serialize)]
struct Icon {
    src: String,
    sizes: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
}

#[derive(Serialize)]
struct Shortcut {
    name: &'static str,
    url: String,
}

/// The file's text for a page under `base`, with the name that the configuration has at that time.
///
/// # Errors
/// Never, as all of it can be written.
pub fn web_manifest(base: &str, config: &Config) -> Result<String> {
    let name = config.text_at("/brand/name").unwrap_or("E-Commerce Insights Hub");
    let icon = |(name, sizes, kind, purpose): (&str, _, _, _)| Icon {
        src: format!("{base}icons/{name}"),
        sizes,
        kind,
        purpose,
    };
    let shortcut = |name, path| Shortcut { name, url: format!("{base}{path}") };
    let manifest = WebManifest {
        id: base,
        name,
        short_name: if name.chars().count() > SHORT { "Insights" } else { name },
        description: "Customer analytics in the browser, from a read-only snapshot.",
        start_url: format!("{base}dashboard"),
        scope: base,
        display: "standalone",
        background_color: GROUND,
        theme_color: BAR,
        icons: ICONS.map(icon).into(),
        shortcuts: [shortcut("Customers", "customers"), shortcut("SQL", "sql")],
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&manifest)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_lies_below_the_base() {
        let config = Config::of(r#"{"brand": {"name": "Acme"}}"#.to_owned()).unwrap();
        let text = web_manifest("/shop/", &config).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&value["id"], &value["scope"]), (&"/shop/".into(), &"/shop/".into()));
        assert_eq!(value["start_url"], "/shop/dashboard");
        assert_eq!((&value["name"], &value["short_name"]), (&"Acme".into(), &"Acme".into()));
        assert_eq!(value["icons"][3]["src"], "/shop/icons/logo.svg");
        assert_eq!(value["shortcuts"][1]["url"], "/shop/sql");
        let long = web_manifest("/", &Config::of("{}".to_owned()).unwrap()).unwrap();
        assert!(long.contains("\"short_name\": \"Insights\""), "{long}");
    }
}
