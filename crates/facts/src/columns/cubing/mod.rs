//! Makes the cubes of a snapshot from its columns, once, when the snapshot is built.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "sums of rows that `check` looked through, cells of a shape that passed `Shape::check`"
)]

mod apart;
mod aspects;
mod category_feedback;
mod day_windows;
mod periods;
mod sums;
mod tally;
mod windows;

use snapshot::columns::NOT_SCORED;
use snapshot::cubes::{
    Axis, Choice, Counts, Cube, CubeData, CubeId, CubeSpec, Form, Grain, Place, Shape,
};

use super::Columns;
use apart::Irregular;
use category_feedback::CategoryDays;
use periods::Periods;

/// Customers kept of each stratum, and of each fine one, for top lists.
const LEADERS: usize = 64;
const FINE_LEADERS: usize = 24;

/// Makes cubes of columns, one variant at a time, so that not all of them have to be held.
///
/// Distinct orders only add up when an order has one day and one customer. Customers with an order
/// that has not (and such orders of guests) stay out of the cubes of sales and distinct customers;
/// their lines go along as they are.
pub struct Maker<'a> {
    columns: &'a Columns,
    shape: Shape,
    irregular: Irregular,
}

impl Columns {
    /// A maker of the cubes of these columns.
    pub fn maker(&self) -> Maker<'_> {
        Maker { columns: self, shape: Shape::of(&self.meta), irregular: Irregular::find(self) }
    }

    /// All cubes at once, which take much memory where customers, categories and years are many.
    pub fn cubes(&self) -> CubeData {
        let maker = self.maker();
        let variants =
            |cube: CubeId| cube.spec().variants(maker.shape).map(move |variant| (cube, variant));
        let all = CubeId::all().flat_map(variants);
        CubeData(all.flat_map(|(cube, variant)| maker.make(cube, variant)).collect())
    }

    fn stratum(&self, shape: Shape, customer: usize) -> usize {
        let rfm = match self.customers.rfm_segment[customer] {
            NOT_SCORED => None,
            code => Some(usize::from(code)),
        };
        let (segment, churn) = (self.customers.segment[customer], self.customers.churn[customer]);
        shape.stratum(segment.into(), churn.into(), rfm)
    }
}

impl Maker<'_> {
    /// The shape of the cubes.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// One variant of a cube, block by block.
    pub fn make(&self, cube: CubeId, variant: u32) -> Vec<(Place, Cube)> {
        let blocks = self.blocks(cube.spec(), variant).into_iter();
        (0..).zip(blocks).map(|(block, made)| (Place { cube, variant, block }, made)).collect()
    }

    fn blocks(&self, spec: &CubeSpec, variant: u32) -> Vec<Cube> {
        let (columns, shape) = (self.columns, spec.shape(self.shape));
        let periods = Periods::of(&columns.meta, shape, spec.axis);
        let choice = shape.choice(variant);
        let one = |cube| vec![cube];
        let list = |excerpt| vec![Cube::Rows(Box::new(excerpt))];
        match (spec.counts, spec.form, spec.axis) {
            (Counts::Sales, ..) => one(columns.sales(shape, &periods, &self.irregular, choice)),
            (Counts::Feedback, Form::Sums, _) => one(columns.all_feedback(shape, &periods)),
            (Counts::Feedback, _, Axis::Day) => {
                columns.near_feedback(spec, shape, &self.bought(choice))
            }
            (Counts::Feedback, ..) => {
                one(columns.feedback_gaps(spec, shape, &periods, &self.bought(choice)))
            }
            (Counts::Scores, ..) => one(columns.aspects(shape, &periods)),
            (Counts::Customers, Form::Sums, _) => one(columns.headcount(shape)),
            (Counts::Customers, _, Axis::Day) => {
                columns.day_windows(spec, shape, &self.irregular, variant)
            }
            (Counts::Customers, ..) => {
                one(columns.windows(spec, shape, &periods, &self.irregular, choice))
            }
            (Counts::Leaders, ..) => {
                let most = if spec.grain == Grain::Fine { FINE_LEADERS } else { LEADERS };
                list(columns.leaders(shape, most))
            }
            (Counts::Pool, ..) => list(columns.pool_excerpt()),
            (Counts::Irregular, ..) => list(columns.irregular_excerpt(&self.irregular)),
        }
    }

    /// Who bought of chosen categories, and when.
    fn bought(&self, choice: Choice) -> CategoryDays {
        CategoryDays::of(self.columns, |line| self.columns.is_of(choice, line))
    }
}
