//! Some rows answer what all of them answer, or nothing.

use std::sync::Arc;

use facts::slices::{sums, wanted};
use facts::{
    Aspect, BucketSize, Columns, DayRange, Dimension, Grouping, MemberSort, MembersAsk, Part,
    Question, Recorded, Scope, Set, Sliced, Source, View,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use snapshot::cubes::NamedPack;
use snapshot::slices::{Grid, PACK_AMOUNTS, PACK_LINES, Slices, Wanted, write};
use snapshot::{EncodedPack, PackError};

use super::shop::{DAYS, Shop, shops};
use super::{cubes, groupings, most_valuable, scopes};

/// All slices of a shop, as they come back from their packs.
struct Packed {
    grid: Grid,
    customers: usize,
    packs: Vec<NamedPack>,
}

impl Packed {
    fn of(shop: &Shop) -> Self {
        let (customers, purchases, feedback, contacts) = shop.parts();
        let (grid, mut packs) = (Grid::of(&shop.meta).unwrap(), Vec::new());
        let keep = |pack| {
            packs.push(pack);
            Ok::<_, PackError>(())
        };
        write(grid, &customers, &purchases, Some(&feedback), Some(&contacts), keep).unwrap();
        Self { grid, customers: customers.len(), packs }
    }

    fn read(&self, wanted: &Wanted) -> Result<Slices, PackError> {
        let mut read = Slices::default();
        let some = self.packs.iter().filter(|pack| wanted.has(pack.name, pack.block));
        assert_eq!(some.clone().count(), wanted.count(self.customers));
        for NamedPack { name, block, pack } in some {
            read.take(self.grid, self.customers, name, *block, pack)?;
        }
        read.close(self.customers)?;
        Ok(read)
    }

    fn source(&self, shop: &Shop, wanted: Wanted, sums: Arc<dyn Source>) -> Sliced {
        Sliced::new(shop.meta.clone(), self.read(&wanted).unwrap(), wanted, sums).unwrap()
    }
}

/// Everything that is asked of a scope.
fn questions(scope: &Scope, shop: &Shop) -> Vec<Question> {
    let mut questions = Vec::new();
    for grouping in groupings() {
        questions.extend(Part::ALL.map(|part| {
            let scope = scope.clone();
            Question::Groups { scope, grouping, part }
        }));
    }
    let before = scope.range.days_before();
    questions.push(Question::Retention { scope: scope.clone(), before });
    for size in [BucketSize::Day, BucketSize::Week, BucketSize::Month] {
        questions.push(Question::RetentionOverTime { scope: scope.clone(), size, beside: None });
        if let Ok(comparison) = View::of(scope.clone()).comparison(&shop.meta) {
            let (scope, beside) = (scope.over(comparison.compared), Some(comparison));
            let grouping = Grouping::Beside(size, comparison);
            questions.extend(Part::ALL.map(|part| {
                let scope = scope.clone();
                Question::Groups { scope, grouping, part }
            }));
            questions.push(Question::RetentionOverTime { scope, size, beside });
        }
    }
    questions.push(Question::Top { scope: scope.clone(), count: 4 });
    questions.push(Question::Points { scope: scope.clone(), most: 5 });
    let sorts = [MemberSort::Change, MemberSort::Satisfaction, MemberSort::LastPurchase];
    let ask = most_valuable(scope, 0, 30);
    questions.extend(sorts.map(|sort| Question::Members(MembersAsk { sort, ..ask.clone() })));
    questions.push(Question::Members(MembersAsk { compared: None, ..ask }));
    questions
}

/// Asks a source everything: it says what all rows say, or nothing. Gives how much it knew.
fn compare(
    source: &dyn Source,
    columns: &Columns,
    all: &[Question],
) -> Result<usize, TestCaseError> {
    let mut known = 0;
    for question in all {
        if let Some(reply) = question.ask(source) {
            known += 1;
            prop_assert_eq!(Some(reply), question.ask(columns), "{:?}", question);
        }
    }
    Ok(known)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_for_one_question_answers_it_and_nothing_wrongly(
        shop in shops(),
        scopes in proptest::collection::vec(scopes(), 2),
    ) {
        let (columns, packed) = (shop.columns(), Packed::of(&shop));
        let all: Vec<Question> = scopes.iter().flat_map(|scope| questions(scope, &shop)).collect();
        let nobody: Arc<dyn Source> = Arc::new(Recorded::default());
        let cubes: Arc<dyn Source> = Arc::new(cubes(&shop, &columns));
        for known in [nobody, cubes] {
            for question in &all {
                let Some(wanted) = wanted(&shop.meta, [question], &*known) else { continue };
                let source = packed.source(&shop, wanted, known.clone());
                prop_assert!(source.covers(question));
                prop_assert!(question.ask(&source).is_some(), "{:?}", question);
                compare(&source, &columns, &all)?;
            }
        }
    }

    #[test]
    fn what_is_read_for_many_questions_answers_all_of_them(
        shop in shops(),
        scopes in proptest::collection::vec(scopes(), 2),
    ) {
        let (columns, packed) = (shop.columns(), Packed::of(&shop));
        let known: Arc<dyn Source> = Arc::new(cubes(&shop, &columns));
        let all: Vec<Question> = scopes.iter().flat_map(|scope| questions(scope, &shop)).collect();
        let able: Vec<&Question> =
            all.iter().filter(|&it| wanted(&shop.meta, [it], &*known).is_some()).collect();
        let source =
            packed.source(&shop, wanted(&shop.meta, able.iter().copied(), &*known).unwrap(), known);
        prop_assert_eq!(compare(&source, &columns, &all)?, able.len());
        // Only who is without a purchase, and feedback that has no category, is left to all rows.
        let whole = all.iter().filter(|question| question.scope().takes_everybody(&shop.meta));
        if whole.count() == 0 {
            let left = all.len() - able.len();
            prop_assert!(left * 4 <= all.len(), "{} of {} are left", left, all.len());
        }
    }
}

/// Any shop, always the same.
fn small() -> Shop {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let shop = shops().new_tree(&mut runner).unwrap().current();
    assert!(!shop.people.is_empty());
    shop
}

fn range(shop: &Shop, from: u16, to: u16) -> DayRange {
    let day = |day: u16| shop.meta.first_day.plus(day.into());
    DayRange { from: day(from), to: day(to) }
}

fn want(shop: &Shop, question: &Question) -> Option<Wanted> {
    wanted(&shop.meta, [question], &Recorded::default())
}

#[test]
fn what_hangs_on_any_row_is_left_to_all_of_them() {
    let shop = small();
    let whole = Scope::of_range(range(&shop, 0, DAYS - 1));
    let groups = |scope: &Scope, grouping, part| {
        let scope = scope.clone();
        want(&shop, &Question::Groups { scope, grouping, part })
    };
    assert_eq!(groups(&whole, Grouping::Whole, Part::Customers), None, "without a purchase");
    assert_eq!(want(&shop, &Question::Points { scope: whole.clone(), most: 9 }), None);
    assert_eq!(want(&shop, &Question::Top { scope: whole.clone(), count: 9 }), None);
    assert_eq!(want(&shop, &Question::Members(most_valuable(&whole, 0, 9))), None);
    let buyers = Scope { buyers_only: true, ..whole };
    assert!(groups(&buyers, Grouping::Whole, Part::Customers).is_some());
    assert_eq!(groups(&buyers, Grouping::By(Dimension::Category), Part::Feedback), None);
    assert_eq!(groups(&buyers, Grouping::Of(Aspect::Channel), Part::Sales), None);
}

#[test]
fn only_what_a_question_looks_at_is_read() {
    let shop = small();
    let grid = Grid::of(&shop.meta).unwrap();
    assert_eq!((grid.spans(), grid.categories()), (5, 3));
    // The days of the second month, of the second category.
    let scope = Scope::of_range(range(&shop, 20, 40)).with(Dimension::Category, Set::of([1]));
    let groups = |scope: &Scope, part| {
        let (scope, grouping) = (scope.clone(), Grouping::Whole);
        want(&shop, &Question::Groups { scope, grouping, part }).unwrap()
    };
    let lines = [grid.block(1, 1)].into();
    let sales = groups(&scope, Part::Sales);
    let amounts = [grid.block(1, 1)].into();
    assert_eq!(sales, Wanted { lines, amounts, ..Wanted::default() });
    let customers = groups(&scope, Part::Customers);
    assert_eq!((customers.amounts.len(), customers.values), (0, true));
    let feedback = groups(&scope, Part::Feedback);
    assert_eq!((feedback.lines.len(), feedback.scores.len(), feedback.answers.len()), (1, 1, 1));
    let feedback = groups(&scope.without(Dimension::Category), Part::Feedback);
    assert_eq!((feedback.lines.len(), feedback.scores.len()), (0, 1));
    let members = want(&shop, &Question::Members(most_valuable(&scope, 0, 9))).unwrap();
    assert_eq!((members.lines.len(), members.scores.len()), (2, 5), "satisfaction is of all time");
    let retention = Question::Retention { before: range(&shop, 0, 19), scope: scope.clone() };
    assert_eq!(want(&shop, &retention).unwrap().lines.len(), 2);
    let outside = Scope::of_range(range(&shop, 400, 500));
    assert_eq!(groups(&outside, Part::Sales), Wanted::default());
}

#[test]
fn revenue_of_several_categories_adds_up() {
    let scope = Scope::of_range(range(&small(), 0, 40)).with(Dimension::Category, Set::of([0, 2]));
    let question =
        |part| Question::Groups { scope: scope.clone(), grouping: Grouping::Whole, part };
    assert_eq!(sums(&question(Part::Customers)), []);
    let parts = sums(&question(Part::Sales));
    let codes = parts.iter().map(|part| part.scope().categories.codes().to_vec());
    assert_eq!(codes.collect::<Vec<_>>(), [[0], [2]]);
}

#[test]
fn slices_that_do_not_fit_each_other_are_refused() {
    let shop = small();
    let mut packed = Packed::of(&shop);
    let grid = packed.grid;
    let every = |blocks: usize| (0_u32..).take(blocks).collect();
    let all = Wanted {
        lines: every(grid.spans() * grid.categories()),
        amounts: every(grid.spans() * grid.categories()),
        scores: every(grid.spans()),
        answers: every(grid.spans()),
        values: true,
    };
    assert!(packed.read(&all).is_ok());
    let filled = |packed: &Packed, name: &str| {
        let most = packed.packs.iter().filter(|pack| pack.name == name);
        most.max_by_key(|pack| pack.pack.rows).map(|pack| (pack.block, pack.pack.clone())).unwrap()
    };
    let (lines, amounts) = (filled(&packed, PACK_LINES), filled(&packed, PACK_AMOUNTS));
    let put = |packed: &mut Packed, name: &str, block: u32, pack: &EncodedPack| {
        let at = packed.packs.iter().position(|pack| (pack.name, pack.block) == (name, block));
        packed.packs[at.unwrap()].pack = pack.clone();
    };
    // Lines of other months are none of this one.
    let other = if lines.0 % 5 == 4 { lines.0 - 1 } else { lines.0 + 1 };
    let (_, there) = packed
        .packs
        .iter()
        .map(|it| (it, it.pack.clone()))
        .find(|(it, _)| (it.name, it.block) == (PACK_LINES, other))
        .unwrap();
    put(&mut packed, PACK_LINES, other, &lines.1);
    let mixed = packed.read(&all);
    put(&mut packed, PACK_LINES, other, &there);
    // Amounts of another number of lines are not theirs.
    let none = Packed::of(&Shop { lines: Vec::new(), ..shop.clone() });
    let empty = filled(&none, PACK_AMOUNTS).1;
    put(&mut packed, PACK_AMOUNTS, amounts.0, &empty);
    let read = packed.read(&all).unwrap();
    let refused = Sliced::new(shop.meta.clone(), read, all, Arc::new(Recorded::default()));
    assert!(refused.is_err());
    assert!(mixed.is_err() || lines.1.rows == 0);
}
