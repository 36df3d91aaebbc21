//! Compares the recorded first view with one that is recorded anew.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use facts::Source;
use serde_json::Value;
use snapshot::first_view::{Answers, FirstView, More};

use super::report::Check;
use crate::hash::sha256_of;
use crate::open::Opened;
use importer_core::first_view;

/// The record in the manifest and the file beside it; `source` is compared with plain SQL itself.
///
/// # Errors
/// If the record cannot be made anew, or its file cannot be read.
pub fn compare(snapshot: &Opened, folder: &Path, source: Arc<dyn Source>) -> Result<Check> {
    let mut check = Check::new("first view");
    let Some(found) = &snapshot.manifest.first_view else { return Ok(check.of("none recorded")) };
    let expected = first_view::record(source, &snapshot.manifest.meta, &snapshot.engine()?)?;
    let FirstView { snapshot_id, locale, period, headline, answers, .. } = &expected.view;
    check.same("snapshot id", &found.snapshot_id, snapshot_id);
    check.same("language", &found.locale, locale);
    check.same("period", &found.period, period);
    check.same("headline", &found.headline, headline);
    let mut compared = compare_answers(&mut check, &found.answers, answers);
    check.same("a file with more", &found.more.is_some(), &true);
    if let Some(file) = &found.more {
        let path = folder.join(&file.path);
        let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
        check.same("length of the file", &(bytes.len() as u64), &file.bytes);
        check.same("SHA-256 of the file", &sha256_of(&path)?, &file.sha256);
        let found: More = serde_json::from_slice(&bytes).context("the file with more")?;
        check.same("file as the page reads it", &file.read::<More>(&bytes).is_ok(), &true);
        compared += compare_answers(&mut check, &found.answers, &expected.more.answers);
        check.same("people", &found.people, &expected.more.people);
    }
    Ok(check.of(format!("{} KPIs in words, {compared} answers", headline.len())))
}

/// Compares answer by answer, so that a difference says what was asked; returns how many.
fn compare_answers(check: &mut Check, found: &Answers, expected: &Answers) -> usize {
    let list = |answers: &Answers| answers.read::<Vec<Value>>().unwrap_or_default();
    let (found, expected) = (list(found), list(expected));
    check.same("number of answers", &found.len(), &expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        // A reply may be long; whether it is the same is what matters.
        let question = expected.get(0).map(Value::to_string).unwrap_or_default();
        check.same(&question, &(found == expected), &true);
    }
    expected.len()
}
