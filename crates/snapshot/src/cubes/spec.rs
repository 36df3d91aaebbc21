//! The one table of cubes: each is a described aggregation, and all else follows from it.
//!
//! To add a cube, name it in [`CubeId`] and describe it in [`CUBES`]. Names of its packs, its place
//! in the file, the layer it is read with, its shape and the room it takes are read from here; it
//! is made by what it counts (`facts`, `columns/cubing`), and planning finds it by the same words.

use std::ops::Range;

use super::shape::{Axis, Grain, Shape};

use Axis::{Always, Day, Month};
use Column as C;
use Counts::{Customers, Feedback, Irregular, Leaders, Pool, Sales, Scores};
use CubeId as Id;
use Form::{Pairs, Rows, Sums};
use Grain::{Coarse, Fine};
use Urgency::{Ahead, DefaultView, Opening};

/// Bytes of a cell.
const CELL: u64 = 8;

/// Names a cube; in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is described by its CubeSpec")]
pub enum CubeId {
    FinePairFeedbackGaps,
    FinePairSales,
    FinePairWindows,
    PairFeedbackGaps,
    PairSales,
    PairWindows,
    FineDayWindows,
    DayWindows,
    FeedbackGaps,
    NearFeedback,
    FineDayFeedback,
    FineDaySales,
    FineFeedbackGaps,
    FineMonthAspects,
    FineMonthFeedback,
    FineMonthSales,
    FineWindows,
    FineLeaders,
    DayAspects,
    MonthAspects,
    DaySales,
    DayFeedback,
    MonthSales,
    MonthFeedback,
    Headcount,
    Irregular,
    Windows,
    Leaders,
    Pool,
}

/// What a cube is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CubeSpec {
    /// Its name in code.
    pub id: CubeId,
    /// Names of its packs: one, or one a part of a list of customers.
    pub packs: &'static [&'static str],
    /// What is counted.
    pub counts: Counts,
    /// How cells add up.
    pub form: Form,
    /// Over which periods.
    pub axis: Axis,
    /// By which strata.
    pub grain: Grain,
    /// Of how many categories at once.
    pub chosen: Chosen,
    /// The cube whose layer it is read with: its own, or another's.
    pub read_with: CubeId,
    /// How soon its layer is wanted.
    pub urgency: Urgency,
}

/// What a cube counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counts {
    /// Sums over purchase lines.
    Sales,
    /// Feedback and campaign contacts.
    Feedback,
    /// Scores by channel and by reason.
    Scores,
    /// Distinct customers.
    Customers,
    /// The most valuable customers of each stratum, as they are.
    Leaders,
    /// The customers who may be drawn as points; of their lines, one a day and category, and
    /// neither amount nor order.
    Pool,
    /// Customers whose orders do not add up, and their lines (and such lines of guests): they are
    /// in no cube of sales or distinct customers, which are of no use without them.
    Irregular,
}

/// How the cells of a cube add up to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Each cell is of one period: any periods are their sum.
    Sums,
    /// Each cell is of two periods between which nothing happened, so that everybody is met once
    /// in a window: a window is the sum of the pairs of which one lies before it (or outside it).
    Pairs,
    /// Customers with their lines, to be asked like all customers.
    Rows,
}

/// Of how many categories at once a cube counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chosen {
    /// Of all of them, or of one.
    AllOrOne,
    /// Of two: what is distinct does not add up over them.
    Two,
}

/// In which variants a cube is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variants {
    /// All categories together alone.
    Together,
    /// All categories together, and each.
    All,
    /// Each category.
    Categories,
    /// Every two categories.
    Pairs,
}

/// How soon a layer is wanted, of all categories together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Nearly every view needs it: it is read with the first view, and ahead of others.
    Opening,
    /// The default view needs it: it is read with that.
    DefaultView,
    /// Most views under a filter of its kind need it: it is read ahead of others.
    Ahead,
    /// When it is wanted.
    Wanted,
}

/// What one column of a cube counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Net amount, in money units.
    Revenue,
    /// Net quantity.
    Units,
    /// Purchase lines.
    Lines,
    /// Distinct orders with a positive line.
    Orders,
    /// Scores of 1 to 5, by their number from 0.
    Scores(u8),
    /// Campaign contacts.
    Contacts,
    /// Contacts that were answered.
    Responses,
    /// Customers: all, or those with a purchase line.
    Customers,
    /// Their lifetime value, in money units.
    LifetimeValue,
    /// Those of them whose first purchase of all lies in the window.
    NewCustomers,
    /// Customers with an order.
    Ordering,
    /// Customers with an order ever, who over all time are new, too.
    EverOrdering,
    /// Customers with two orders.
    Repeat,
    /// Days from the customers' last purchases to the as-of day, summed over who has any.
    RecencyDays,
    /// The customers' orders of all time.
    OrdersEver,
    /// Customers with a purchase line, of whom the two below say what differs.
    Buying,
    /// Customers with an order, less those with a line.
    OrderingMore,
    /// Customers by their first and, once more, by their second order: customers with two orders
    /// are these less those with one.
    OnceAndAgain,
}

impl Column {
    /// True in a cube of which most cells are 0 if the column has a value for every cell that the
    /// first column has, 0 or not.
    pub fn is_beside_the_first(self) -> bool {
        matches!(self, Self::LifetimeValue | Self::RecencyDays | Self::OrdersEver)
    }
}

impl CubeSpec {
    const fn of_two(self) -> Self {
        Self { chosen: Chosen::Two, ..self }
    }

    const fn with(self, read_with: CubeId) -> Self {
        Self { read_with, ..self }
    }

    const fn urgent(self, urgency: Urgency) -> Self {
        Self { urgency, ..self }
    }
}

/// All cubes in the order of the file: what is read least comes first, and what is read together
/// lies together.
pub const CUBES: [CubeSpec; 29] = [
    cube(Id::FinePairFeedbackGaps, &["fine_pair_feedback_gaps"], Feedback, Pairs, Month, Fine)
        .of_two(),
    cube(Id::FinePairSales, &["fine_pair_sales"], Sales, Sums, Month, Fine)
        .of_two()
        .with(Id::FinePairWindows),
    cube(Id::FinePairWindows, &["fine_pair_windows"], Customers, Pairs, Month, Fine).of_two(),
    cube(Id::PairFeedbackGaps, &["pair_feedback_gaps"], Feedback, Pairs, Month, Coarse).of_two(),
    cube(Id::PairSales, &["pair_sales"], Sales, Sums, Month, Coarse).of_two().with(Id::PairWindows),
    cube(Id::PairWindows, &["pair_windows"], Customers, Pairs, Month, Coarse).of_two(),
    cube(Id::FineDayWindows, &["fine_day_windows"], Customers, Pairs, Day, Fine),
    cube(Id::DayWindows, &["day_windows"], Customers, Pairs, Day, Coarse),
    cube(Id::FeedbackGaps, &["feedback_gaps"], Feedback, Pairs, Month, Coarse),
    cube(Id::NearFeedback, &["near_feedback"], Feedback, Pairs, Day, Coarse),
    cube(Id::FineDayFeedback, &["fine_day_feedback"], Feedback, Sums, Day, Fine)
        .with(Id::FineDaySales),
    cube(Id::FineDaySales, &["fine_day_sales"], Sales, Sums, Day, Fine),
    cube(Id::FineFeedbackGaps, &["fine_feedback_gaps"], Feedback, Pairs, Month, Fine),
    cube(Id::FineMonthAspects, &["fine_month_aspects"], Scores, Sums, Month, Fine),
    cube(Id::FineMonthFeedback, &["fine_month_feedback"], Feedback, Sums, Month, Fine)
        .with(Id::FineMonthSales),
    cube(Id::FineMonthSales, &["fine_month_sales"], Sales, Sums, Month, Fine).urgent(Ahead),
    cube(Id::FineWindows, &["fine_windows"], Customers, Pairs, Month, Fine).urgent(Ahead),
    cube(Id::FineLeaders, FINE_LEADERS, Leaders, Rows, Always, Fine),
    cube(Id::DayAspects, &["day_aspects"], Scores, Sums, Day, Coarse),
    cube(Id::MonthAspects, &["month_aspects"], Scores, Sums, Month, Coarse),
    cube(Id::DaySales, &["day_sales"], Sales, Sums, Day, Coarse),
    cube(Id::DayFeedback, &["day_feedback"], Feedback, Sums, Day, Coarse).with(Id::DaySales),
    cube(Id::MonthSales, &["month_sales"], Sales, Sums, Month, Coarse).urgent(Opening),
    cube(Id::MonthFeedback, &["month_feedback"], Feedback, Sums, Month, Coarse)
        .with(Id::MonthSales),
    // Everybody, whether they bought or not.
    cube(Id::Headcount, &["headcount"], Customers, Sums, Always, Fine).with(Id::MonthSales),
    cube(Id::Irregular, IRREGULAR, Irregular, Rows, Always, Coarse).with(Id::MonthSales),
    cube(Id::Windows, &["windows"], Customers, Pairs, Month, Coarse).urgent(Opening),
    cube(Id::Leaders, LEADERS, Leaders, Rows, Always, Coarse).urgent(DefaultView),
    cube(Id::Pool, POOL, Pool, Rows, Always, Coarse),
];

/// Packs of customers, of their lines, and of their numbers.
const LEADERS: &[&str] = &["leaders", "leader_lines", "leader_numbers"];
const FINE_LEADERS: &[&str] = &["fine_leaders", "fine_leader_lines", "fine_leader_numbers"];
const POOL: &[&str] = &["pool", "pool_lines", "pool_numbers"];
const IRREGULAR: &[&str] = &["irregular_customers", "irregular_lines"];

/// A cube that is read when it is wanted, as a layer of its own.
const fn cube(
    id: CubeId,
    packs: &'static [&'static str],
    counts: Counts,
    form: Form,
    axis: Axis,
    grain: Grain,
) -> CubeSpec {
    let (chosen, urgency) = (Chosen::AllOrOne, Urgency::Wanted);
    CubeSpec { id, packs, counts, form, axis, grain, chosen, read_with: id, urgency }
}

impl CubeId {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        CUBES.iter().map(|spec| spec.id)
    }

    /// What this cube is.
    pub fn spec(self) -> &'static CubeSpec {
        &CUBES[self as usize]
    }

    /// The cube of all categories, or of one, that counts something over some periods and strata;
    /// none where there is none.
    pub fn find(counts: Counts, form: Form, axis: Axis, grain: Grain) -> Option<Self> {
        Self::find_of(counts, form, axis, grain, Chosen::AllOrOne)
    }

    /// As [`CubeId::find`], of as many categories at once.
    pub fn find_of(
        counts: Counts,
        form: Form,
        axis: Axis,
        grain: Grain,
        chosen: Chosen,
    ) -> Option<Self> {
        let is = |spec: &&CubeSpec| {
            (spec.counts, spec.form, spec.axis, spec.grain, spec.chosen)
                == (counts, form, axis, grain, chosen)
        };
        CUBES.iter().find(is).map(|spec| spec.id)
    }

    /// The cube that a pack belongs to, and which of its packs it is.
    pub fn of_pack(name: &str) -> Option<(Self, usize)> {
        CUBES.iter().find_map(|spec| {
            let part = spec.packs.iter().position(|&pack| pack == name)?;
            Some((spec.id, part))
        })
    }
}

impl CubeSpec {
    /// The shape of the cube's cells in a snapshot of some (coarse) shape.
    pub fn shape(&self, shape: Shape) -> Shape {
        match self.grain {
            Grain::Coarse => shape,
            Grain::Fine => shape.fine(),
        }
    }

    /// What each column counts, in the order in which they are stored.
    pub fn columns(&self) -> &'static [Column] {
        const FEEDBACK: &[C] = &[
            C::Scores(0),
            C::Scores(1),
            C::Scores(2),
            C::Scores(3),
            C::Scores(4),
            C::Contacts,
            C::Responses,
        ];
        const WINDOWS: &[C] = &[
            C::Customers,
            C::LifetimeValue,
            C::NewCustomers,
            C::Ordering,
            C::Repeat,
            C::RecencyDays,
            C::OrdersEver,
        ];
        const DAY_WINDOWS: &[C] = &[
            C::Buying,
            C::LifetimeValue,
            C::NewCustomers,
            C::OrderingMore,
            C::OnceAndAgain,
            C::RecencyDays,
            C::OrdersEver,
        ];
        match (self.counts, self.form, self.axis) {
            (Sales, ..) => &[C::Revenue, C::Units, C::Lines, C::Orders],
            (Feedback, ..) => FEEDBACK,
            (Scores, ..) => &FEEDBACK[..5],
            (Customers, Sums, _) => &[C::Customers, C::LifetimeValue, C::EverOrdering, C::Repeat],
            // Points, which are told of fine strata alone, need the last two.
            (Customers, _, Day) if self.grain == Coarse => &DAY_WINDOWS[..5],
            (Customers, _, Day) => DAY_WINDOWS,
            (Customers, ..) if self.grain == Coarse => &WINDOWS[..5],
            (Customers, ..) => WINDOWS,
            (Leaders | Pool | Irregular, ..) => &[],
        }
    }

    /// In which variants the cube is made.
    pub fn made_in(&self) -> Variants {
        match (self.counts, self.form) {
            _ if self.chosen == Chosen::Two => Variants::Pairs,
            (Sales, _) | (Customers, Pairs) => Variants::All,
            (Feedback, Pairs) => Variants::Categories,
            _ => Variants::Together,
        }
    }

    /// The variants that there are in a snapshot, by number; none where it has nothing to count.
    pub fn variants(&self, shape: Shape) -> Range<u32> {
        let all = u32::try_from(shape.variants()).unwrap_or(u32::MAX);
        match self.made_in() {
            Variants::Together if self.counts == Counts::Scores && shape.aspects == 0 => 0..0,
            Variants::Together => 0..1,
            Variants::All => 0..all,
            Variants::Categories => 1..all.max(1),
            Variants::Pairs => {
                let pairs = u32::try_from(shape.pairs()).unwrap_or(u32::MAX);
                all..all.saturating_add(pairs)
            }
        }
    }

    /// True if most cells are 0 and only the others are stored.
    pub fn is_sparse(&self) -> bool {
        // Windows of months are few enough to have a cell each.
        self.form == Form::Pairs && (self.axis, self.counts) != (Axis::Month, Counts::Customers)
    }

    /// How many cells a variant has, all of them stored; 0 where they are not. Of any shape, one
    /// that does not fit among them.
    pub fn cells(&self, shape: Shape) -> u64 {
        let shape = self.shape(shape);
        let classes = [shape.segments, shape.risks, shape.rfm_classes()];
        let of_all = |factors: &[usize]| {
            factors.iter().fold(1, |all: u64, &factor| all.saturating_mul(factor as u64))
        };
        let (strata, periods) = (of_all(&classes), shape.periods(self.axis));
        match (self.form, self.axis) {
            (Form::Sums, Axis::Always) => strata,
            (Form::Sums, _) => {
                let parts = if self.counts == Counts::Scores { shape.aspects } else { 1 };
                // Nobody known has a stratum, too.
                strata.saturating_add(1).saturating_mul(of_all(&[periods, parts]))
            }
            (Form::Pairs, _) if !self.is_sparse() => {
                let windows = of_all(&[periods, periods.saturating_add(1)]) / 2;
                strata.saturating_mul(windows)
            }
            (Form::Pairs | Form::Rows, _) => 0,
        }
    }

    /// Bytes that the cells of a variant take in memory; none that are known before for those of
    /// which most are 0, and little for lists of customers.
    pub fn bytes(&self, shape: Shape) -> u64 {
        self.cells(shape).saturating_mul(self.columns().len() as u64).saturating_mul(CELL)
    }

    /// True if each variant is stored in blocks of days.
    pub fn has_blocks(&self) -> bool {
        self.form == Form::Pairs && self.axis == Axis::Day
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_names() {
        for (at, spec) in CUBES.iter().enumerate() {
            assert_eq!(spec.id as usize, at, "{:?}", spec.id);
        }
    }

    #[test]
    fn a_cube_is_found_by_what_it_is_and_by_its_packs() {
        for spec in &CUBES {
            let CubeSpec { counts, form, axis, grain, chosen, .. } = *spec;
            assert_eq!(CubeId::find_of(counts, form, axis, grain, chosen), Some(spec.id));
            for (part, name) in spec.packs.iter().enumerate() {
                assert_eq!(CubeId::of_pack(name), Some((spec.id, part)));
            }
            assert_eq!(spec.columns().is_empty(), form == Form::Rows, "{:?}", spec.id);
        }
        let names: BTreeSet<_> = CUBES.iter().flat_map(|spec| spec.packs).collect();
        assert_eq!(names.len(), CUBES.iter().map(|spec| spec.packs.len()).sum::<usize>());
        assert_eq!(CubeId::of_pack("customers"), None);
    }

    #[test]
    fn what_is_read_with_another_has_no_layer_of_its_own() {
        for spec in &CUBES {
            assert_eq!(spec.read_with.spec().read_with, spec.read_with, "{:?}", spec.id);
        }
    }
}
