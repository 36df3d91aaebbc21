//! `hub site`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::page::{Made, said};
use crate::site::{Site, hub};

fn names(folder: &Path, inside: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder.join(inside)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.extend(names(folder, &format!("{name}/")));
        } else {
            found.insert(name);
        }
    }
    found
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn a_site_has_all_that_is_its_own_and_nothing_else() {
    let made = Made::new();
    // What a builder or a host may have left beside a snapshot.
    for name in
        ["rejects.csv", "live.sqlite", "manifest-zz.json", "snapshot-0000000000000000.sqlite"]
    {
        fs::write(made.snapshot.join(name), "private").unwrap();
    }
    let out = made.made("dist", &["--base", "shop/hub"]);
    let names = names(&out, "");
    for name in [
        "index.html",
        "index.html.br",
        "404.html",
        "service-worker.js",
        "app.webmanifest",
        "config.json",
        "_headers",
        "_redirects",
        ".nojekyll",
        "data/manifest.json",
        "api/kpis.json",
        "backend/openapi.json",
        "docs/index.html",
    ] {
        assert!(names.contains(name), "{name}: {names:?}");
    }
    let private = |name: &&String| {
        name.ends_with(".map") || name.contains("secret") || name.contains("notes")
    };
    assert_eq!(names.iter().find(private), None);
    let manifest: Value = serde_json::from_str(&read(&out, "data/manifest.json")).unwrap();
    let id = manifest["meta"]["snapshot_id"].as_str().unwrap();
    let published: BTreeSet<String> = [
        "manifest.json",
        &format!("manifest-{id}.json"),
        manifest["file"]["publishing"]["path"].as_str().unwrap(),
        manifest["file"]["places"]["path"].as_str().unwrap(),
        manifest["first_view"]["more"]["path"].as_str().unwrap(),
        manifest["events"]["path"].as_str().unwrap(),
    ]
    .map(|name| format!("data/{name}"))
    .into();
    let data: BTreeSet<String> =
        names.iter().filter(|name| name.starts_with("data/")).cloned().collect();
    assert_eq!(data, published);
    let page = read(&out, "index.html");
    assert!(page.contains("<base href=\"/shop/hub/\""), "{page}");
    assert!(page.contains("href=\"/shop/hub/favicon-"), "{page}");
    assert!(page.contains("name=\"hub-keeps\" content=\"/shop/hub/\""), "{page}");
    assert!(page.contains("name=\"hub-snapshot\" content=\"data/manifest.json\""), "{page}");
    assert!(page.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-"), "{page}");
    assert_eq!(page, read(&out, "404.html"));
    assert!(read(&out, "_headers").starts_with("/shop/hub/*\n"));
    assert!(read(&out, "_redirects").ends_with("/shop/hub/* /shop/hub/index.html 200\n"));
    let worker = read(&out, "service-worker.js");
    assert!(worker.contains("\"icons/logo.svg\"") && !worker.contains(".map\""), "{worker}");
    let api: Value = serde_json::from_str(&read(&out, "api/openapi.json")).unwrap();
    assert!(api["servers"][0]["url"].as_str().unwrap().starts_with("/shop/hub"), "{api}");
}

#[test]
fn a_made_site_is_a_page_for_other_places_and_brands() {
    let made = Made::new();
    let first = made.made("first", &["--base", "/one/"]);
    let brand = made.at("acme.json");
    fs::write(&brand, r##"{"brand": {"accent": "#c2410c", "logo": "acme.svg"}, "locale": "de"}"##)
        .unwrap();
    fs::write(made.at("acme.svg"), "<svg/>").unwrap();
    let second = made.at("second");
    let output = hub(&["site", "--title", "Acme <Insights>", "--snapshot"])
        .arg(&made.snapshot)
        .arg("--page")
        .arg(&first)
        .arg("--brand")
        .arg(&brand)
        .arg("--out")
        .arg(&second)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let page = read(&second, "index.html");
    assert!(!page.contains("/one/") && page.contains("<base href=\"/\""), "{page}");
    assert!(page.contains("name=\"hub-locale\" content=\"de\""), "{page}");
    assert!(
        page.contains("<title>Acme &lt;Insights></title>")
            || page.contains("<title>Acme &lt;Insights&gt;</title>"),
        "{page}"
    );
    let config: Value = serde_json::from_str(&read(&second, "config.json")).unwrap();
    assert_eq!(config["brand"]["name"], "Acme <Insights>");
    assert_eq!(read(&second, "acme.svg"), "<svg/>");
    // The same page again is the same site, to the last byte.
    let third = made.at("third");
    let again = hub(&["site", "--base", "/one/", "--snapshot"])
        .arg(&made.snapshot)
        .arg("--page")
        .arg(&first)
        .arg("--out")
        .arg(&third)
        .output()
        .unwrap();
    assert!(again.status.success(), "{}", said(&again));
    assert_eq!(names(&first, ""), names(&third, ""));
    for name in names(&first, "") {
        assert_eq!(
            fs::read(first.join(&name)).unwrap(),
            fs::read(third.join(&name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn an_old_site_stays_until_the_new_one_is_whole() {
    let made = Made::new();
    let out = made.made("dist", &[]);
    let before = read(&out, "_headers");
    // A snapshot that is not whole.
    let manifest: Value = serde_json::from_str(&read(&made.snapshot, "manifest.json")).unwrap();
    let file = made.snapshot.join(manifest["file"]["places"]["path"].as_str().unwrap());
    let text = fs::read(&file).unwrap();
    fs::write(&file, &text[1..]).unwrap();
    let output = made.site(&out, &["--base", "/new/"]);
    assert!(!output.status.success(), "{}", said(&output));
    assert_eq!(read(&out, "_headers"), before);
    let beside = |scratch: &Path| -> Vec<_> {
        let entries = fs::read_dir(scratch).unwrap().map(|entry| entry.unwrap().file_name());
        entries.filter(|name| name.to_string_lossy().starts_with(".build-")).collect()
    };
    assert!(beside(made.scratch.path()).is_empty(), "nothing half done is left");
    fs::write(&file, &text).unwrap();
    made.made("dist", &["--base", "/new/"]);
    assert!(read(&out, "_headers").starts_with("/new/*"));
    assert!(beside(made.scratch.path()).is_empty());
}

#[test]
fn nobody_elses_folder_is_replaced() {
    let made = Made::new();
    let other = made.at("photos");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("index.html"), "<title>Mine</title>").unwrap();
    let inside = made.snapshot.join("dist");
    let page = made.page.clone();
    for (out, why) in [
        (&other, "no site of this program"),
        (&inside, "one lies in the other"),
        (&made.snapshot, "one lies in the other"),
        (&made.scratch.path().to_owned(), "one lies in the other"),
        (&page, "one lies in the other"),
    ] {
        let output = made.site(out, &[]);
        assert!(!output.status.success(), "{}", out.display());
        assert!(said(&output).contains(why), "{}: {}", out.display(), said(&output));
    }
    assert!(other.join("index.html").exists() && !inside.exists());
    for (more, why) in [
        (&["--base", "/a b/"][..], "--base"),
        (&["--title", ""], "--title"),
        (&["--brand", "no-such-file.json"], "--brand no-such-file.json"),
    ] {
        let output = made.site(&made.at("dist"), more);
        assert!(!output.status.success() && said(&output).contains(why), "{}", said(&output));
        assert!(!made.at("dist").exists());
    }
}

#[test]
fn a_program_without_the_page_says_so() {
    let made = Made::new();
    let mut command = hub(&["site", "--snapshot"]);
    let output = command.arg(&made.snapshot).arg("--out").arg(made.at("dist")).output().unwrap();
    // One that was built with the page has nothing to say.
    if !output.status.success() {
        assert!(said(&output).contains("--page DIR"), "{}", said(&output));
    }
}

#[test]
fn with_a_sign_in_nothing_goes_round_it() {
    let made = Made::new();
    let brand = made.at("closed.json");
    fs::write(&brand, r#"{"signIn": {"clientId": "1-a.apps.googleusercontent.com"}}"#).unwrap();
    let out = made.made("dist", &["--brand", brand.to_str().unwrap()]);
    for open in ["api", "backend", "docs"] {
        assert!(!out.join(open).exists(), "{open}");
    }
    let page = read(&out, "index.html");
    for mark in ["hub-snapshot", "hub-keeps"] {
        assert!(page.contains(&format!("name=\"{mark}\" content=\"\"")), "{mark}: {page}");
    }
    assert!(page.contains("frame-src https://accounts.google.com/gsi/"), "{page}");
}

#[test]
fn a_made_site_is_served() {
    let made = Made::new();
    let folder = tempfile::tempdir().unwrap();
    let output = made.site(folder.path(), &["--base", "/shop/"]);
    assert!(output.status.success(), "{}", said(&output));
    let site = Site::with(folder, "/shop/");
    assert_eq!(site.get("/dashboard").status, 200);
    assert_eq!(site.get("/api/kpis").status, 200);
    assert_eq!(site.get("/config.json").header("cache-control"), "no-cache");
    assert_eq!(site.get("/app.webmanifest").header("content-type"), "application/manifest+json");
    let packed = site.ask("GET", "/index.html", &[("accept-encoding", "br")]);
    assert_eq!(packed.header("content-encoding"), "br");
}
