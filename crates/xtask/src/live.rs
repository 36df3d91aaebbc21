//! The built dashboard with a live channel: recorded events of the demo, and edits.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::args::AppOptions;
use crate::step::note;
use crate::{app, setup, snapshot};

/// Where the built page goes, which is no folder for a host.
const SITE: &str = "target/served-live";

/// Where the channel is kept from one run to the next.
const JOURNAL: &str = "target/live.sqlite";

/// Builds the release app and serves it with a live channel until stopped.
///
/// # Errors
/// When a part cannot be installed or built, or the port is taken.
pub fn run(options: &AppOptions, port: u16) -> Result<()> {
    app::check_port(port)?;
    let env = setup::for_app()?;
    let data = snapshot::to_show(options.data.as_deref())?;
    let hub = snapshot::hub(None)?;
    let site = Path::new(SITE);
    app::release(options, &env, &data, site)?;
    let config = site.join("config.json");
    let text = fs::read_to_string(&config).with_context(|| config.display().to_string())?;
    fs::write(&config, with_channel(&text)?)?;
    note(&format!("the dashboard will be at http://127.0.0.1:{port}{}", options.base));
    note(&format!("events and edits are kept in {JOURNAL}: remove it to begin anew"));
    let serve = ["serve", "--live", "demo", "--journal", JOURNAL, "--base", &options.base];
    crate::process::Run::new(hub, &serve)
        .flag("--site", site)
        .flag("--port", port.to_string())
        .take_over()
}

/// A configuration with the channel and the edits of the host itself.
fn with_channel(config: &str) -> Result<String> {
    let has = |name: &str| config.contains(&format!("\"{name}\""));
    ensure!(
        !has("live") && !has("edits"),
        "static/config.json names a channel of its own; `cargo xtask build` makes the page for it"
    );
    let settings = config.trim_end().strip_suffix('}').context("config.json is no object")?;
    let comma = if settings.trim() == "{" { "" } else { "," };
    Ok(format!("{}{comma}\n  \"live\": \"live\",\n  \"edits\": \"api\"\n}}\n", settings.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::with_channel;

    #[test]
    fn all_else_stays_as_it_is_configured() {
        let channel = "\n  \"live\": \"live\",\n  \"edits\": \"api\"\n}\n";
        assert_eq!(with_channel("{}\n").unwrap(), format!("{{{channel}"));
        let some = with_channel("{\n  \"links\": {}\n}\n").unwrap();
        assert_eq!(some, format!("{{\n  \"links\": {{}},{channel}"));
        for other in ["[]", r#"{"live": "off"}"#] {
            assert!(with_channel(other).is_err(), "{other}");
        }
    }
}
