//! The answers that programs get, as files of a static site: `api/kpis.json` and its like.
//!
//! A host answers `/api/kpis` with `api/kpis.json` by a rule (`_redirects` and `docs/nginx.conf`
//! have it). What the snapshot has no data for has no file, and gets the host's 404.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail, ensure};
use api::{ENDPOINTS, Endpoint, Family, Page, Problem, Source, error_body, openapi};

use crate::open::Opened;

/// The description, by which a folder is known as ours.
const DESCRIPTION: &str = "openapi.json";

/// What a host shall answer under an address that has no file.
const NOT_FOUND: &str = "not-found.json";

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files with an answer.
    pub answers: usize,
    /// Bytes of all files.
    pub bytes: u64,
    /// Addresses without an answer, and why.
    pub absent: Vec<(String, String)>,
}

impl Written {
    fn file(&mut self, path: &Path, body: &str) -> Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, body).with_context(|| format!("cannot write {}", path.display()))?;
        self.bytes = self.bytes.saturating_add(body.len() as u64);
        Ok(())
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answers for programs, {} bytes", self.answers, self.bytes)?;
        self.absent.iter().try_for_each(|(path, why)| write!(f, "\n  {path}: {why}"))
    }
}

/// Writes all answers about a snapshot below `out`, for a site whose root is `base`.
///
/// They replace those of an earlier snapshot at once, as far as a file system can: each folder is
/// finished elsewhere and then renamed.
///
/// # Errors
/// If the snapshot is damaged, a folder there is not one of ours, or the disk refuses.
pub fn write(snapshot: &Opened, out: &Path, base: &str) -> Result<Written> {
    ensure!(
        base.starts_with('/') && base.ends_with('/'),
        "--base {base}: a path begins and ends with a slash, as /shop/"
    );
    let families = [Family::Dashboard, Family::Backend];
    families.iter().try_for_each(|&family| is_free(&folder(out, family)))?;
    is_for_everybody(out)?;
    let (facts, engine) = (snapshot.facts()?, snapshot.engine()?);
    let source = Source::of(&facts, &engine, base);
    fs::create_dir_all(out)?;
    let scratch = tempfile::tempdir_in(out)?;
    let mut written = Written::default();
    for endpoint in &ENDPOINTS {
        answer(endpoint, &source, scratch.path(), &mut written)?;
    }
    for family in families {
        let draft = folder(scratch.path(), family);
        let description = format!("{:#}\n", openapi::description(base, openapi::Host::Files));
        written.file(&draft.join(DESCRIPTION), &description)?;
        written.file(&draft.join(NOT_FOUND), &error_body("Resource not found"))?;
        let place = folder(out, family);
        if place.exists() {
            fs::remove_dir_all(&place)?;
        }
        fs::rename(&draft, &place).with_context(|| format!("cannot write {}", place.display()))?;
    }
    Ok(written)
}

/// Files that anybody can read would go round the sign-in of the page beside them.
fn is_for_everybody(out: &Path) -> Result<()> {
    let path = out.join("config.json");
    match fs::read_to_string(&path) {
        Ok(config) => door::demand_open(&config).map_err(|why| {
            anyhow!(
                "{}: {why}; answers for programs are written only beside a page that everybody may \
                 read",
                path.display()
            )
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// The folder of a family's files.
fn folder(root: &Path, family: Family) -> PathBuf {
    root.join(family.prefix().trim_start_matches('/'))
}

/// Nothing is replaced that this has not written.
fn is_free(folder: &Path) -> Result<()> {
    let empty = || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if folder.exists() && !folder.join(DESCRIPTION).is_file() && !empty() {
        bail!("{} holds something else: choose another --out, or empty it", folder.display());
    }
    Ok(())
}

fn answer(
    endpoint: &Endpoint,
    source: &Source<'_>,
    root: &Path,
    written: &mut Written,
) -> Result<()> {
    let folder = folder(root, endpoint.family);
    let name = if endpoint.name.is_empty() { "index" } else { endpoint.name };
    let last = endpoint.pages(source).map_err(|problem| damaged(endpoint, problem))?;
    for page in 1..=last.max(1) {
        let body = match endpoint.answer(source, Page(page)) {
            Ok(body) => body,
            Err(Problem::NotFound(why)) => {
                written.absent.push((endpoint.path(), why));
                return Ok(());
            }
            Err(problem) => return Err(damaged(endpoint, problem)),
        };
        if page == 1 {
            written.file(&folder.join(format!("{name}.json")), &body)?;
            written.answers = written.answers.saturating_add(1);
        }
        if endpoint.has_pages() {
            written.file(&folder.join(name).join(format!("{page}.json")), &body)?;
        }
    }
    Ok(())
}

fn damaged(endpoint: &Endpoint, problem: Problem) -> anyhow::Error {
    anyhow::Error::new(problem).context(endpoint.path())
}
