//! Building and serving the app with trunk.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::args::AppOptions;
use crate::edge;
use crate::importer::{self, Pains};
use crate::paths;
use crate::process::Run;
use crate::setup::{self, Env};
use crate::snapshot;
use crate::step::{both, note, step};

const FIRST_TIME: &str = "about 3 min the first time, 1 min after a change";

/// Builds the release app and serves it until stopped.
///
/// # Errors
/// When a part cannot be installed or built, or the port is taken.
pub fn run(options: &AppOptions, port: u16) -> Result<()> {
    check_port(port)?;
    // What cannot be had is said before anything long begins.
    setup::quick_parts()?;
    let (env, data) = both(setup::for_app, || snapshot::to_show(options.data.as_deref()))?;
    let importer = importer::build(&env, Pains::Few)?;
    println!("\n==> build the app and serve it ({FIRST_TIME})");
    note(&format!("the dashboard will be at http://127.0.0.1:{port}{}", options.base));
    note("it is rebuilt when a source file changes; Ctrl-C ends it");
    // A folder of its own, so that serving never replaces a dist/ made for a host.
    let serve = ["serve", "--port", &port.to_string()];
    let trunk = trunk(&serve, options, &env, &data, Path::new("target/served"))?;
    trunk.env("HUB_IMPORTER", importer).take_over()
}

/// Builds the release app into a folder, ready for a static host, and the edge function if asked.
///
/// # Errors
/// When a part cannot be installed or built.
pub fn build(options: &AppOptions, dist: &Path, with_edge: bool) -> Result<()> {
    let env = setup::for_app()?;
    let data = snapshot::to_show(options.data.as_deref())?;
    release(options, &env, &data, dist)?;
    if with_edge {
        edge::build(&env)?;
        // Deep links are the edge's to answer, and Cloudflare's Workers refuse the rule in there.
        std::fs::remove_file(dist.join("_redirects")).context("trunk has left no _redirects")?;
        note("edge/ is ready to be deployed with it: docs/edge.md says how");
    }
    note(&format!("{} is ready to be served under {}", dist.display(), options.base));
    Ok(())
}

/// Builds the program for hosts, with the page inside.
///
/// # Errors
/// When a part cannot be installed or built.
pub fn hub() -> Result<()> {
    let page = page(&setup::for_app()?)?;
    let program = snapshot::hub(Some(&page))?;
    note(&format!("{} is all that a host needs: docs/hub.md says how", program.display()));
    Ok(())
}

/// Builds the page that is put into the program for hosts, for any place and data; gives its folder.
///
/// # Errors
/// When a part cannot be built.
pub fn page(env: &Env) -> Result<PathBuf> {
    let data = snapshot::to_show(None)?;
    let page = paths::project()?.join("target/page");
    release(&AppOptions::open("/"), env, &data, &page)?;
    Ok(page)
}

/// Compiles and bundles the release app with everything already set up.
///
/// # Errors
/// When trunk fails.
pub fn release(options: &AppOptions, env: &Env, data: &Path, dist: &Path) -> Result<()> {
    let importer = importer::build(env, Pains::All)?;
    step("build the release app", FIRST_TIME, || {
        let trunk = trunk(&["build"], options, env, data, dist)?;
        trunk.env("HUB_IMPORTER", importer).env("HUB_PRECOMPRESS", "true").run()
    })
}

/// Makes a site for another place of a page that was built.
///
/// # Errors
/// When it is no page of this version, or the disk refuses.
pub fn elsewhere(base: &str, page: &Path, data: &Path, dist: &Path) -> Result<()> {
    step("make a site for another place of the same page", "10 s", || {
        if dist.exists() {
            std::fs::remove_dir_all(dist)?;
        }
        let site = snapshot::site()?;
        Run::new(&site, &["lay"]).arg(page).arg(dist).run()?;
        let answers = answers(&AppOptions::open(base), data)?;
        let finish = Run::new(&site, &["finish", "--packed"]).arg(dist).flag("--base", base);
        finish.flag("--snapshot", data).flag("--answers", answers).run()
    })
}

/// Lets no recorded event come to a page that was built: what is measured there stays as it is.
///
/// # Errors
/// When its configuration is not there, or has none.
pub fn at_rest(dist: &Path) -> Result<()> {
    let file = dist.join("config.json");
    let text = std::fs::read_to_string(&file)?;
    let quiet = text.replace(r#""live": "demo""#, r#""live": "off""#);
    anyhow::ensure!(quiet != text, "config.json has no live demo");
    Ok(std::fs::write(file, quiet)?)
}

fn trunk(verb: &[&str], options: &AppOptions, env: &Env, data: &Path, dist: &Path) -> Result<Run> {
    std::fs::create_dir_all(dist)?;
    let trunk = Run::new("trunk", verb)
        .arg("--release")
        .arg("--public-url")
        .arg(&options.base)
        .arg("--dist")
        .arg(dist);
    let sign_in = [("HUB_CLIENT_ID", &options.client_id), ("HUB_DOMAIN", &options.domain)];
    let sign_in = sign_in.map(|(name, value)| (name.to_owned(), value.clone().map(Into::into)));
    let trunk = trunk.envs(env).envs(&sign_in);
    let trunk = trunk.env("HUB_SITE", snapshot::site()?).env("HUB_DATA", data);
    let trunk = trunk.env("TRUNK_SKIP_VERSION_CHECK", "true");
    Ok(trunk.env("HUB_API", answers(options, data)?).env("HUB_SAMPLES", samples()?))
}

/// The folder of invented exports with which readers try their own data.
fn samples() -> Result<PathBuf> {
    let folder = paths::project()?.join("target/samples");
    for shape in ["shopify", "woocommerce", "plain"] {
        let demo = Run::new(snapshot::program()?, &["demo", "--as", shape]);
        demo.arg("--out").arg(&folder).run()?;
    }
    Ok(folder)
}

/// The folder of the answers for programs, written anew.
fn answers(options: &AppOptions, data: &Path) -> Result<PathBuf> {
    let folder = paths::project()?.join("target/answers");
    let api = Run::new(snapshot::program()?, &["api"]).arg(data).arg("--out").arg(&folder);
    api.arg("--base").arg(&options.base).run()?;
    Ok(folder)
}

/// # Errors
/// If somebody else listens on it.
pub fn check_port(port: u16) -> Result<()> {
    let address = ("127.0.0.1", port);
    std::net::TcpListener::bind(address)
        .map(drop)
        .with_context(|| format!("port {port} is taken: choose another one by --port"))
}
