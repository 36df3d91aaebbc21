//! A snapshot under an overlay against columns of the rows as they are after all events: figure by
//! figure, whatever source answers below.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod drawn;
mod events;
mod kept;
mod model;
mod questions;
#[path = "../naive/shop.rs"]
#[allow(dead_code, reason = "the reference that counts row by row needs more of it")]
mod shop;

use std::collections::BTreeMap;
use std::sync::Arc;

use facts::overlay::Edit;
use facts::{Columns, Cubes, Facts, Overlay, Recorded, Recorder, Source};
use proptest::prelude::*;
use snapshot::Meta;
use snapshot::cubes::{CubeData, NamedPack, Shape};

use events::{Story, stories};
use model::Model;
use questions::{Asked, ask, asked};

/// All cubes of a shop, as they come back from their packs.
fn cubes(meta: &Arc<Meta>, columns: &Columns) -> Cubes {
    let mut read = CubeData::default();
    for (place, cube) in columns.cubes().0 {
        for NamedPack { name, block, pack } in cube.packs(place).unwrap() {
            read.take(Shape::of(meta), name, block, &pack).unwrap();
        }
    }
    Cubes::new(meta.clone(), read).unwrap()
}

fn facts(meta: &Arc<Meta>, source: impl Source + 'static) -> Facts {
    Facts::of(meta.clone()).with(Arc::new(source))
}

/// The overlay of a story, events coming in batches that repeat each other.
fn overlay(story: &Story) -> Overlay {
    let mut overlay = Overlay::new(story.shop.meta.clone(), 0).unwrap();
    for batch in &story.batches {
        let rows = story.rows(&overlay, batch, &BTreeMap::new());
        overlay = overlay.with(batch.clone(), &rows, story.today).unwrap();
    }
    let rows = story.rows(&overlay, &[], &story.edits);
    overlay.edited(story.edits.clone(), &rows, story.today).unwrap()
}

/// Compares every answer that facts under the overlay have; gives how many those are.
fn compare(facts: &Facts, truth: &Facts, asked: &[Asked]) -> Result<usize, TestCaseError> {
    let mut answers = 0;
    for asked in asked {
        let expected = ask(truth, asked).unwrap();
        if let Some(found) = ask(facts, asked) {
            prop_assert_eq!(found, expected, "{:?}", asked);
            answers += 1;
        }
    }
    Ok(answers)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_snapshot_under_events_answers_as_one_of_the_rows_after_them(
        story in stories(),
        scopes in proptest::collection::vec(questions::picks(), 3),
    ) {
        let columns = story.shop.columns();
        let published = story.shop.meta.clone();
        let overlay = overlay(&story);
        let model = Model::of(&story);
        prop_assert_eq!(
            overlay.refused().keys().copied().collect::<Vec<_>>(),
            model.refused.clone(),
            "{:?}", overlay.refused()
        );
        prop_assert_eq!(overlay.meta().as_of, model.last_day.max(published.as_of));
        let labels = &overlay.meta().labels;
        prop_assert!(labels.categories.starts_with(&published.labels.categories));
        prop_assert!(labels.segments.starts_with(&published.labels.segments));
        let truth = facts(overlay.meta(), model.shop(&overlay).columns());
        let over = Arc::new(overlay.clone());
        let below = cubes(&published, &columns);
        let questions: Vec<Asked> =
            scopes.iter().flat_map(|pick| asked(pick, &published, overlay.meta())).collect();

        let recorder = Arc::new(Recorder::new(Arc::new(columns)));
        let by_columns = Facts::of(published.clone()).with(recorder.clone()).under(over.clone());
        prop_assert_eq!(compare(&by_columns, &truth, &questions)?, questions.len());

        // What was heard below is a record that answers the same, alone.
        let record = Recorded::new(recorder.heard());
        let by_record = facts(&published, record).under(over.clone());
        prop_assert_eq!(compare(&by_record, &truth, &questions)?, questions.len());

        let by_cubes = facts(&published, below).under(over);
        let answers = compare(&by_cubes, &truth, &questions)?;
        // Lists, several categories, RFM segments over odd days are left to the columns.
        prop_assert!(answers * 4 >= questions.len(), "{} of {}", answers, questions.len());
    }

    #[test]
    fn order_and_batches_of_events_make_no_difference(
        story in stories(),
        pick in questions::picks(),
    ) {
        let backwards = story.backwards();
        let (one, other) = (overlay(&story), overlay(&backwards));
        // Numbers and codes follow the order of coming, and so does what has them.
        let model = Model::of(&story);
        let [truth, of_other] = [&one, &other].map(|overlay| {
            facts(overlay.meta(), model.shop(overlay).columns())
        });
        for (overlay, truth) in [(one, truth), (other, of_other)] {
            let published = &story.shop.meta;
            let questions = asked(&pick, published, overlay.meta());
            let facts = facts(published, story.shop.columns()).under(Arc::new(overlay));
            prop_assert_eq!(compare(&facts, &truth, &questions)?, questions.len());
        }
    }
}

/// The edits of a story that a page would have made.
fn edit(segment: &str) -> Edit {
    Edit { segment: segment.to_owned() }
}
