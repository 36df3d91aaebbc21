//! Kinds of questions: each filter, pairs of them, and what a view beside the dashboard asks.

use facts::{
    Aspect, DayRange, Dimension, Grouping, MemberSort, MembersAsk, Part, Question, Scope, Set, View,
};
use snapshot::Meta;

/// Rows of a list that are in sight at once, about.
const IN_SIGHT: u32 = 60;

/// Some questions that come together.
pub struct Kind {
    /// What it is called.
    pub name: &'static str,
    /// The view under which it is asked.
    pub view: View,
    /// What is asked.
    pub asks: Asks,
}

/// What is asked of a view.
pub enum Asks {
    /// Cards and key figures.
    Dashboard,
    /// These.
    Questions(Vec<Question>),
}

/// All kinds that are told of.
pub fn kinds(meta: &Meta) -> Vec<Kind> {
    let usual = View::default_for(meta);
    let scope = &usual.scope;
    let DayRange { from, to } = scope.range;
    let odd = DayRange { from: from.plus(9), to: to.plus(-10) };
    let recent = DayRange { from: to.plus(-29), to };
    let (quarter, year) =
        (DayRange { from: to.plus(-89), to }, DayRange { from: to.plus(-359), to });
    let of = |dimension, codes: &[u16]| scope.with(dimension, Set::of(codes.iter().copied()));
    let segment = of(Dimension::Segment, &[0]);
    let rfm = of(Dimension::Rfm, &[0]);
    let category = of(Dimension::Category, &[1]);
    let several = of(Dimension::Category, &[0, 1]);
    let five = of(Dimension::Category, &[0, 1, 2, 3, 4]);
    let high = |scope: &Scope| scope.with(Dimension::Churn, Set::of([2]));
    let dashboards = [
        ("default view", scope.clone()),
        ("one segment", segment.clone()),
        ("one churn risk", high(scope)),
        ("one RFM segment", rfm.clone()),
        ("one category", category.clone()),
        ("30 days", scope.over(recent)),
        ("odd year", scope.over(odd)),
        ("segment and churn risk", high(&segment)),
        ("segment and category", segment.with(Dimension::Category, Set::of([1]))),
        ("category, 30 days", category.over(recent)),
        ("category, odd year", category.over(odd)),
        ("several categories", several.clone()),
        ("several categories, one segment", several.with(Dimension::Segment, Set::of([0]))),
        ("one RFM segment, 30 days", rfm.over(recent)),
        ("one RFM segment, odd year", rfm.over(odd)),
        ("one RFM segment, one category, odd year", {
            rfm.with(Dimension::Category, Set::of([1])).over(odd)
        }),
        ("five categories", five.clone()),
        ("five categories, one segment", five.with(Dimension::Segment, Set::of([0]))),
        ("several categories, 90 days", several.over(quarter)),
        ("several categories, 360 days", several.over(year)),
        ("category, 360 days", category.over(year)),
        ("segment, risk, RFM, category, 90 days", {
            high(&segment)
                .with(Dimension::Rfm, Set::of([0]))
                .with(Dimension::Category, Set::of([1]))
                .over(quarter)
        }),
    ];
    let mut kinds: Vec<Kind> = dashboards
        .into_iter()
        .map(|(name, scope)| Kind { name, view: View::of(scope), asks: Asks::Dashboard })
        .collect();
    let mut add = |name, scope: &Scope, questions: Vec<Question>| {
        let asks = Asks::Questions(questions);
        kinds.push(Kind { name, view: View::of(scope.clone()), asks });
    };
    let aspects = |scope: &Scope| {
        let of = |aspect| (Grouping::Of(aspect), Part::Feedback);
        let question = |(grouping, part)| Question::Groups { scope: scope.clone(), grouping, part };
        Aspect::ALL.map(of).map(question).to_vec()
    };
    add("channel and reason", scope, aspects(scope));
    add("channel and reason, odd year", &scope.over(odd), aspects(&scope.over(odd)));
    add("channel and reason, one RFM segment", &rfm, aspects(&rfm));
    add(
        "channel and reason, RFM segment, 90 days",
        &rfm.over(quarter),
        aspects(&rfm.over(quarter)),
    );
    let points = |scope: &Scope| vec![Question::Points { scope: scope.clone(), most: 3_000 }];
    add("points", scope, points(scope));
    add("points, odd year", &scope.over(odd), points(&scope.over(odd)));
    let rfm_groups = |scope: &Scope| {
        let question = |part| Question::Groups {
            scope: scope.clone(),
            grouping: Grouping::By(Dimension::Rfm),
            part,
        };
        Part::ALL.map(question).to_vec()
    };
    add("by RFM segment", scope, rfm_groups(scope));
    add("by RFM segment, odd year", &scope.over(odd), rfm_groups(&scope.over(odd)));
    let list = |scope: &Scope, sort| {
        let compared = Some(scope.range.days_before());
        vec![Question::Members(MembersAsk {
            scope: scope.clone(),
            compared,
            sort,
            descending: true,
            offset: 0,
            limit: IN_SIGHT,
        })]
    };
    add("list of customers", scope, list(scope, MemberSort::LifetimeValue));
    add("list by change, one segment", &segment, list(&segment, MemberSort::Change));
    add("list of a category, 90 days", &category.over(quarter), {
        list(&category.over(quarter), MemberSort::LifetimeValue)
    });
    kinds
}
