//! Questions about customers one by one, and those that only columns can answer.

use facts::{
    BucketSize, DayRange, Dimension, Grouping, MemberSort, MembersAsk, Part, Question, Scope, Set,
    View,
};
use snapshot::Meta;

use super::{Asker, CLASSES, before, beside, by_aspects, groups, retention, told_apart};

/// Points that the page draws.
const DRAWN: usize = 3_000;

/// Rows of top lists: fewer than leaders of any stratum.
const LONG_LIST: usize = 20;

impl Asker<'_> {
    /// Top lists of everybody and of each stratum, by everything that their lines tell.
    pub(super) fn leaders(&self) -> Vec<Question> {
        let mut questions = Vec::new();
        let whole = Scope::of_range(self.whole());
        for scope in [whole.clone()].into_iter().chain(self.of_each_class(&whole)) {
            questions.push(Question::Top { scope: scope.clone(), count: LONG_LIST });
            questions.push(most_valuable(scope.clone(), LONG_LIST));
            for scope in self.of_each(&scope, Dimension::Category) {
                questions.push(Question::Top { scope, count: LONG_LIST / 4 });
            }
            if let Some(range) = self.uneven(self.meta.as_of.plus(-200), self.meta.as_of) {
                questions.push(Question::Top { scope: scope.over(range), count: LONG_LIST / 4 });
                questions.push(most_valuable(scope.over(range), LONG_LIST / 4));
            }
        }
        questions
    }

    /// Top lists of each RFM segment, of each segment's and risk's too.
    pub(super) fn fine_leaders(&self) -> Vec<Question> {
        let whole = Scope::of_range(self.whole());
        let mut questions = Vec::new();
        let categories = self.values(Dimension::Category).cycle();
        for (scope, category) in self.of_each(&whole, Dimension::Rfm).iter().zip(categories) {
            for scope in [scope.clone()].into_iter().chain(self.of_each_class(scope)) {
                questions.push(Question::Top { scope: scope.clone(), count: LONG_LIST });
                questions.push(most_valuable(scope, LONG_LIST));
            }
            let category = scope.with(Dimension::Category, Set::of([category]));
            let recent = self.uneven(self.meta.as_of.plus(-200), self.meta.as_of);
            for scope in recent.map(|range| scope.over(range)).into_iter().chain([category]) {
                questions.push(Question::Top { scope, count: LONG_LIST / 4 });
            }
        }
        questions
    }

    /// Points of everybody, of each segment and RFM segment, and over windows of months.
    pub(super) fn pool(&self) -> Vec<Question> {
        let whole = Scope::of_range(self.whole());
        let mut scopes = vec![whole.clone()];
        scopes.extend(self.of_each(&whole, Dimension::Segment));
        scopes.extend(self.of_each(&whole, Dimension::Rfm));
        scopes.extend(self.of_each(&whole, Dimension::Category));
        scopes.extend(self.month_windows().into_iter().step_by(5).map(Scope::of_range));
        let of = |scope: Scope| {
            [DRAWN, usize::MAX].map(|most| Question::Points { scope: scope.clone(), most })
        };
        scopes.into_iter().flat_map(of).collect()
    }
}

/// The beginning of the list of a scope's customers.
fn most_valuable(scope: Scope, rows: usize) -> Question {
    let limit = u32::try_from(rows).unwrap_or(u32::MAX);
    let compared = Some(before(scope.range));
    let sort = MemberSort::LifetimeValue;
    Question::Members(MembersAsk { scope, compared, sort, descending: true, offset: 0, limit })
}

const SORTS: [MemberSort; 9] = [
    MemberSort::LifetimeValue,
    MemberSort::Revenue,
    MemberSort::Change,
    MemberSort::Orders,
    MemberSort::LastPurchase,
    MemberSort::Segment,
    MemberSort::Churn,
    MemberSort::Rfm,
    MemberSort::Satisfaction,
];

/// Questions of every kind under filters of every kind, several categories at once among them,
/// which all rows have to answer.
pub fn of_columns(meta: &Meta) -> Vec<Question> {
    let ask = Asker::of(meta);
    let (view, whole) = (View::default_for(meta).scope, Scope::of_range(ask.whole()));
    let mut scopes = vec![whole.clone(), view.clone()];
    scopes.push(view.with(Dimension::Rfm, Set::of([0, 2])));
    scopes.push(view.with(Dimension::Category, Set::of([0])));
    let several = Set::of(ask.values(Dimension::Category).step_by(2));
    scopes.push(whole.with(Dimension::Category, several.clone()));
    if let Some(range) = ask.uneven(meta.as_of.plus(-45), meta.as_of) {
        let days = view.over(range).with(Dimension::Segment, Set::of([0]));
        scopes.push(days.with(Dimension::Category, several.clone()));
        scopes.push(days.with(Dimension::Churn, Set::of([0])).with(Dimension::Rfm, Set::of([1])));
    }
    scopes.retain(|scope| {
        [Dimension::Category, Dimension::Rfm, Dimension::Segment, Dimension::Churn]
            .into_iter()
            .all(|of| scope.set(of).codes().iter().all(|code| ask.values(of).contains(code)))
    });
    scopes.iter().flat_map(|scope| ask.of_every_kind(scope)).collect()
}

impl Asker<'_> {
    fn of_every_kind(&self, scope: &Scope) -> Vec<Question> {
        let mut questions = Vec::new();
        // Of many lines, a wide range is asked less about: each answer counts all of them.
        if self.large && scope.range.days() > 100 {
            questions.extend(Part::ALL.map(|part| groups(scope, Grouping::Whole, part)));
            questions.push(retention(scope.clone()));
        } else {
            questions.extend(sums(scope, self.meta));
        }
        questions.push(Question::Top { scope: scope.clone(), count: LONG_LIST });
        questions.push(Question::Points { scope: scope.clone(), most: DRAWN });
        let compared = Some(before(scope.range));
        let sorts = SORTS.into_iter().step_by(if self.large { 4 } else { 1 });
        for (sort, descending) in sorts.zip([true, false].into_iter().cycle()) {
            let (scope, offset, limit) = (scope.clone(), 3, 40);
            let list = MembersAsk { scope, compared, sort, descending, offset, limit };
            questions.push(Question::Members(list));
        }
        questions
    }
}

/// Sums and counts in every grouping, and retention.
fn sums(scope: &Scope, meta: &Meta) -> Vec<Question> {
    let mut questions = Vec::new();
    let sizes = [BucketSize::Day, BucketSize::Week, BucketSize::Month];
    let dimensions = [CLASSES[0], CLASSES[1], Dimension::Rfm, Dimension::Category];
    for part in Part::ALL {
        questions.extend(told_apart(scope, &dimensions, part));
        questions.extend(sizes.map(|size| groups(scope, Grouping::Over(size), part)));
    }
    questions.extend(by_aspects(scope));
    questions.push(retention(scope.clone()));
    for size in [BucketSize::Week, BucketSize::Month] {
        let days = if size == BucketSize::Week { 60 } else { 366 };
        let from = scope.range.from.max(meta.last_day.plus(-days));
        let scope = scope.over(DayRange { from, to: scope.range.to });
        questions.push(Question::RetentionOverTime { scope, size, beside: None });
    }
    for size in sizes {
        let Some((scope, cut)) = beside(scope, meta, size) else { continue };
        questions.extend(Part::ALL.map(|part| groups(&scope, cut.into(), part)));
        if size == BucketSize::Week && scope.range.days() < 100 {
            questions.push(Question::RetentionOverTime { scope, size, beside: cut.beside });
        }
    }
    questions
}
