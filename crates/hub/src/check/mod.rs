//! `hub check`: asks a deployed site as a browser does, and names what is wrong with its host, with the
//! line that mends it.

mod app;
mod ask;
mod caching;
mod data;
mod elsewhere;
mod mend;
mod page;
mod ranges;
mod report;

use std::io::Write;

use anyhow::{Context, Result, ensure};
use clap::Args;
use site::Config;
use url::Url;

use ask::Client;
use mend::Mends;
use report::Report;

/// Whom to ask.
#[derive(Debug, Args)]
pub struct Options {
    /// Address of the site, as in https://example.com/shop/
    url: String,
    /// Tells everything as JSON.
    #[arg(long)]
    json: bool,
}

/// Looks at a site; true if nothing is wrong with it.
///
/// # Errors
/// If the address is none, or standard output is closed.
pub fn run(options: &Options) -> Result<bool> {
    let report = look(&root(&options.url)?);
    let text = if options.json {
        serde_json::to_string_pretty(&serde_json::json!({
            "sound": report.is_sound(), "url": report.url, "snapshot": report.snapshot,
            "asked": report.asked, "findings": report.findings,
        }))?
    } else {
        report.text()
    };
    writeln!(std::io::stdout(), "{text}").context("standard output is closed")?;
    Ok(report.is_sound())
}

/// The address of a site's root, which ends with a slash.
fn root(given: &str) -> Result<Url> {
    let expected = || format!("{given}: an address is expected, as in https://example.com/shop/");
    let mut url = Url::parse(given).with_context(expected)?;
    ensure!(matches!(url.scheme(), "https" | "http") && url.has_host(), expected());
    url.set_query(None);
    url.set_fragment(None);
    let path = url.path().trim_end_matches("index.html").trim_end_matches('/').to_owned();
    url.set_path(&format!("{path}/"));
    Ok(url)
}

/// Everything that is looked at, in the order in which a browser meets it.
fn look(url: &Url) -> Report {
    let client = Client::new();
    let mut report = Report { url: url.to_string(), ..Report::default() };
    if let Some(root) = page::look(&client, url, &mut report) {
        let mends = Mends { base: root.path() };
        let site = Site { client: &client, root: &root, mends: &mends };
        let config = app::config(&site, &mut report);
        app::look(&site, &mut report);
        if let Some(config) = config {
            data::look(&site, &config, &mut report);
            app::answers(&site, &config, &mut report);
        }
    }
    report.asked = client.asked();
    report
}

/// The site that is looked at.
struct Site<'a> {
    client: &'a Client,
    /// The address of its root.
    root: &'a Url,
    mends: &'a Mends<'a>,
}

impl Site<'_> {
    /// The address of a file of the site, or of whatever else the configuration names.
    fn at(&self, path: &str) -> Option<Url> {
        self.root.join(path).ok()
    }
}

/// Where the data is, by the configuration.
fn manifest_of(site: &Site<'_>, config: &Config) -> Option<Url> {
    site.at(config.snapshot())
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn a_site_is_named_by_its_root() {
        for given in
            ["https://a.example/x", "https://a.example/x/", "https://a.example/x/index.html?a=b#c"]
        {
            assert_eq!(root(given).unwrap().as_str(), "https://a.example/x/");
        }
        assert_eq!(root("http://127.0.0.1:8000").unwrap().as_str(), "http://127.0.0.1:8000/");
        for none in ["", "a.example", "ftp://a.example/", "file:///x", "https://"] {
            assert!(root(none).is_err(), "{none}");
        }
    }
}
