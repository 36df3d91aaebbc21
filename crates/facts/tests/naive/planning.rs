//! Planning names exactly what evaluation reads: nothing is missing then, and nothing is in vain.

use std::collections::BTreeSet;

use facts::{Cubes, DayRange, MemberSort, MembersAsk, Need, Question, Scope, plan};
use proptest::prelude::*;
use snapshot::cubes::{Cube, CubeData, CubeId, Layer, Place};

use super::shop::{Shop, shops};
use super::{Part, SIZES, WINDOWS, groupings, most_valuable, scopes};

/// A question of every kind.
fn questions(scope: &Scope) -> Vec<Question> {
    let of = || scope.clone();
    let groups = groupings().flat_map(|grouping| {
        Part::ALL.map(|part| Question::Groups { scope: of(), grouping, part })
    });
    let days = scope.range.days_before();
    let apart = DayRange { from: days.from, to: days.to.plus(-1) };
    let kept = [days, apart].map(|before| Question::Retention { scope: of(), before });
    let steps = SIZES.map(|size| Question::RetentionOverTime { scope: of(), size, beside: None });
    let lists = [
        Question::Top { scope: of(), count: 4 },
        Question::Points { scope: of(), most: usize::MAX },
    ];
    let members = WINDOWS.into_iter().flat_map(|(offset, limit)| {
        let ask = most_valuable(scope, offset, limit);
        let other = MembersAsk { sort: MemberSort::Revenue, ..ask.clone() };
        [ask, other].map(Question::Members)
    });
    groups.chain(kept).chain(steps).chain(lists).chain(members).collect()
}

/// Cubes with some layers of all.
fn with(shop: &Shop, all: &CubeData, layers: &BTreeSet<Layer>) -> Cubes {
    let places = all.0.iter().filter(|(place, _)| layers.contains(&place.layer()));
    let data = CubeData(places.map(|(place, cube)| (*place, cube.clone())).collect());
    Cubes::new(shop.meta.clone(), data).unwrap()
}

/// A headcount of a much larger shop, of which a pool would not hold everybody.
fn crowd(all: &mut CubeData) {
    if let Some(Cube::Dense(columns)) = all.0.get_mut(&Place::of(CubeId::Headcount)) {
        columns[0].iter_mut().for_each(|customers| *customers *= 5_000);
    }
}

fn headcount(all: &CubeData) -> &[i64] {
    match &all.0[&Place::of(CubeId::Headcount)] {
        Cube::Dense(columns) => &columns[0],
        _ => &[],
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_planned_is_what_is_read(
        shop in shops(),
        scopes in proptest::collection::vec(scopes(), 3),
        crowded in any::<bool>(),
    ) {
        let mut all = shop.columns().cubes();
        if crowded {
            crowd(&mut all);
        }
        let whole = Cubes::new(shop.meta.clone(), all.clone()).unwrap();
        for question in scopes.iter().flat_map(questions) {
            let answer = question.ask(&whole);
            let Some(layers) = plan::layers(&shop.meta, Some(headcount(&all)), &question) else {
                prop_assert_eq!(answer, None, "not planned: {:?}", question);
                prop_assert_eq!(whole.need(&question), Need::Columns);
                continue;
            };
            let planned = with(&shop, &all, &layers);
            prop_assert_eq!(&question.ask(&planned), &answer, "of {:?}: {:?}", layers, question);
            // With everything there, only lists of customers may be too short.
            let list = matches!(
                question,
                Question::Top { .. } | Question::Points { .. } | Question::Members(_)
            );
            prop_assert!(answer.is_some() || list, "no answer: {:?}", question);
            let need = if answer.is_some() { Need::Nothing } else { Need::Columns };
            prop_assert_eq!(planned.need(&question), need);
            for layer in &layers {
                let mut fewer = layers.clone();
                fewer.remove(layer);
                let fewer = with(&shop, &all, &fewer);
                prop_assert_eq!(question.ask(&fewer), None, "{} is in vain: {:?}", layer, question);
                prop_assert!(matches!(fewer.need(&question), Need::Layers(_)));
            }
        }
        // Layer by layer from nothing, as a page reads them: points need the headcount first.
        for question in scopes.iter().flat_map(questions) {
            let mut read = BTreeSet::new();
            while let Need::Layers(layers) = with(&shop, &all, &read).need(&question) {
                prop_assert!(layers.is_disjoint(&read), "read twice: {:?}", question);
                read.extend(layers);
            }
            let known = plan::layers(&shop.meta, Some(headcount(&all)), &question);
            let least = || match question {
                Question::Points { .. } => [Place::of(CubeId::Headcount).layer()].into(),
                _ => BTreeSet::new(),
            };
            prop_assert_eq!(read, known.unwrap_or_else(least), "{:?}", question);
        }
    }
}
