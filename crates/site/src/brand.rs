//! A site's name, colours and links: settings laid over those of the page, and a picture beside them.

use std::fs;
use std::path::{Component, Path};

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::{Map, Value};

use crate::config::{CONFIG, Config};

/// Endings of pictures.
const PICTURES: [&str; 7] = ["svg", "png", "jpg", "jpeg", "webp", "gif", "ico"];

/// Lays a file of settings, in the form of `config.json`, over those of a page's folder; the picture
/// that it names as `brand.logo` comes from beside the file.
///
/// # Errors
/// If the file is no such settings, or its picture is not there.
pub fn lay(folder: &Path, file: Option<&Path>, title: Option<&str>) -> Result<()> {
    let mut root = Config::read(folder)?.root().clone();
    if let Some(file) = file {
        let named = || format!("--brand {}", file.display());
        let text = fs::read_to_string(file).with_context(named)?;
        if let Some(name) = door::twice(&text) {
            return Err(anyhow!("{name} stands there twice")).with_context(named);
        }
        let own = Config::of(text).with_context(named)?;
        if let Some(logo) = own.text_at("/brand/logo") {
            picture(logo, file, folder).with_context(named)?;
        }
        over(&mut root, own.root());
    }
    if let Some(title) = title {
        ensure!(!title.trim().is_empty(), "--title: a name, as in \"Acme Insights\"");
        let brand = root.entry("brand").or_insert_with(|| Map::new().into());
        let brand = brand.as_object_mut().context("brand: an object of settings is expected")?;
        brand.insert("name".to_owned(), title.into());
    }
    Ok(fs::write(folder.join(CONFIG), Config::with(root)?.text())?)
}

/// Settings over settings: groups are joined, all else is replaced.
fn over(root: &mut Map<String, Value>, own: &Map<String, Value>) {
    for (name, value) in own {
        match (root.get_mut(name), value) {
            (Some(Value::Object(below)), Value::Object(own)) => {
                below.extend(own.iter().map(|(name, value)| (name.clone(), value.clone())));
            }
            _ => drop(root.insert(name.clone(), value.clone())),
        }
    }
}

/// Copies a picture from beside the settings into the site, under the same path.
fn picture(logo: &str, settings: &Path, folder: &Path) -> Result<()> {
    if logo.starts_with("data:") {
        return Ok(());
    }
    let path = Path::new(logo);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ensure!(
        is_inside && PICTURES.contains(&ending),
        "brand.logo: {logo} is no path of a picture beside the page, as icons/acme.svg"
    );
    let source = settings.parent().unwrap_or(Path::new("")).join(path);
    let target = folder.join(path);
    if source.is_file() {
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::copy(&source, &target)?;
    } else if !target.is_file() {
        bail!("brand.logo: there is no {}", source.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_joined_and_the_picture_comes_along() {
        let scratch = tempfile::tempdir().unwrap();
        let (page, own) = (scratch.path().join("page"), scratch.path().join("own"));
        fs::create_dir_all(page.join("icons")).unwrap();
        fs::create_dir_all(own.join("icons")).unwrap();
        let built =
            r##"{"brand": {"name": "Hub", "accent": "#1677ff"}, "live": "demo", "links": {}}"##;
        fs::write(page.join(CONFIG), built).unwrap();
        fs::write(own.join("icons/acme.svg"), "<svg/>").unwrap();
        let brand = own.join("brand.json");
        fs::write(
            &brand,
            r#"{"brand": {"name": "Acme", "logo": "icons/acme.svg"}, "live": "off", "locale": "de"}"#,
        )
        .unwrap();
        lay(&page, Some(&brand), None).unwrap();
        let read = || -> Value {
            serde_json::from_str(&fs::read_to_string(page.join(CONFIG)).unwrap()).unwrap()
        };
        let wanted = serde_json::json!({
            "brand": { "name": "Acme", "logo": "icons/acme.svg", "accent": "#1677ff" },
            "live": "off", "links": {}, "locale": "de",
        });
        assert_eq!(read(), wanted);
        assert_eq!(fs::read(page.join("icons/acme.svg")).unwrap(), b"<svg/>");
        lay(&page, None, Some("Other")).unwrap();
        assert_eq!(read()["brand"]["name"], "Other");
        for (text, why) in [
            (r#"{"brand": {"logo": "../secret.svg"}}"#, "no path of a picture"),
            (r#"{"brand": {"logo": "/etc/passwd"}}"#, "no path of a picture"),
            (r#"{"brand": {"logo": "icons/other.svg"}}"#, "there is no"),
            (r#"{"locale": "de", "locale": "en"}"#, "twice"),
            ("[]", "not an object"),
        ] {
            fs::write(&brand, text).unwrap();
            let error = format!("{:#}", lay(&page, Some(&brand), None).unwrap_err());
            assert!(error.contains(why), "{text}: {error}");
        }
        assert!(lay(&page, None, Some(" ")).is_err());
    }
}
