//! How many cells the cubes of a snapshot have, and where each lies.

#![expect(
    clippy::arithmetic_side_effects,
    reason = "a shape passes `Shape::check` before it is computed with, so cells fit 32 bits"
)]

/// The shape of a snapshot's cubes, which follows from its meta.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Customer segments.
    pub segments: usize,
    /// Churn risks.
    pub risks: usize,
    /// Categories.
    pub categories: usize,
    /// RFM segments.
    pub rfm_segments: usize,
    /// Months from the first day's to the last day's.
    pub months: usize,
    /// Days from the first to the last.
    pub days: usize,
    /// Channels and reasons of feedback.
    pub aspects: usize,
    /// Whether strata tell RFM segments apart.
    pub grain: Grain,
    /// Whether there are cubes of every two categories, where there are few.
    pub pairs: bool,
}

/// Categories of which every two have cubes, at most: with more of them there are too many pairs.
const MOST_PAIRED: usize = 10;

/// The categories that a variant counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// All of them.
    All,
    /// One, by its code.
    One(u16),
    /// Lines of one or the other, the lesser code first.
    Two(u16, u16),
}

impl Choice {
    /// True if lines of a category count.
    #[inline]
    pub fn has(self, category: u16) -> bool {
        match self {
            Self::All => true,
            Self::One(one) => category == one,
            Self::Two(one, other) => category == one || category == other,
        }
    }

    /// The codes that are chosen; of all of them none.
    pub fn codes(self) -> impl Iterator<Item = u16> {
        let codes = match self {
            Self::All => [None, None],
            Self::One(one) => [Some(one), None],
            Self::Two(one, other) => [Some(one), Some(other)],
        };
        codes.into_iter().flatten()
    }
}

/// What a cube's periods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Months, from the first day's to the last day's.
    Month,
    /// Days, from the first to the last.
    Day,
    /// All time is one.
    Always,
}

/// How finely customers are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// By segment and churn risk.
    Coarse,
    /// By segment, churn risk and RFM segment; the unscored are the last class of each.
    Fine,
}

impl Shape {
    /// The shape for a description.
    pub fn of(meta: &crate::Meta) -> Self {
        let between = |from: i32, to: i32| {
            usize::try_from(to.saturating_sub(from).saturating_add(1)).unwrap_or(0)
        };
        Self {
            segments: meta.labels.segments.len(),
            risks: meta.labels.churn_risks.len(),
            categories: meta.labels.categories.len(),
            rfm_segments: meta.labels.rfm_segments.len(),
            months: between(meta.first_day.month().0, meta.last_day.month().0),
            days: between(meta.first_day.0, meta.last_day.0),
            aspects: meta.labels.channels.len() + meta.labels.reasons.len(),
            grain: Grain::Coarse,
            pairs: meta.features.category_pairs,
        }
    }

    /// The shape of the same snapshot's cubes of fine strata.
    #[must_use]
    pub fn fine(self) -> Self {
        Self { grain: Grain::Fine, ..self }
    }

    /// Classes of RFM segments that strata tell apart, the unscored among them.
    pub fn rfm_classes(self) -> usize {
        match self.grain {
            Grain::Coarse => 1,
            Grain::Fine => self.rfm_segments + 1,
        }
    }

    /// Strata of customers; the stratum of this number is that of nobody known.
    pub fn strata(self) -> usize {
        self.segments * self.risks * self.rfm_classes()
    }

    /// The stratum of customers of a segment, a risk and an RFM segment; none for the unscored.
    pub fn stratum(self, segment: usize, risk: usize, rfm: Option<usize>) -> usize {
        let class = match self.grain {
            Grain::Coarse => 0,
            Grain::Fine => rfm.unwrap_or(self.rfm_segments),
        };
        (segment * self.risks + risk) * self.rfm_classes() + class
    }

    /// Segment, risk and class of RFM segments of a stratum.
    pub fn classes(self, stratum: usize) -> (usize, usize, usize) {
        let (coarse, rfm) = (stratum / self.rfm_classes(), stratum % self.rfm_classes());
        (coarse / self.risks, coarse % self.risks, rfm)
    }

    /// All categories together and each alone.
    pub fn variants(self) -> usize {
        self.categories.saturating_add(1)
    }

    /// Pairs of categories that have cubes.
    pub fn pairs(self) -> usize {
        match self.categories {
            categories @ 2..=MOST_PAIRED if self.pairs => categories * (categories - 1) / 2,
            _ => 0,
        }
    }

    /// The number of the variant of some categories, ascending by code; none where no cube counts
    /// just these.
    pub fn variant(self, codes: &[u16]) -> Option<u32> {
        let known = |code: u16| Some(usize::from(code)).filter(|&code| code < self.categories);
        let variant = match *codes {
            [] => 0,
            [one] => 1 + known(one)?,
            [one, other] if self.pairs() > 0 && one < other => {
                let (one, other) = (known(one)?, known(other)?);
                // Each code has as many pairs with a greater one as there are greater ones.
                self.variants() + one * (2 * self.categories - one - 1) / 2 + (other - one - 1)
            }
            _ => return None,
        };
        u32::try_from(variant).ok()
    }

    /// The categories of a variant, as [`Shape::variant`] numbers them.
    pub fn choice(self, variant: u32) -> Choice {
        let code = |code: usize| u16::try_from(code).unwrap_or(u16::MAX);
        let number = variant as usize;
        match number.checked_sub(self.variants()) {
            None if number == 0 => Choice::All,
            None => Choice::One(code(number - 1)),
            Some(mut pair) => {
                let mut one = 0;
                while one + 1 < self.categories && pair >= self.categories - one - 1 {
                    pair -= self.categories - one - 1;
                    one += 1;
                }
                Choice::Two(code(one), code(one + 1 + pair))
            }
        }
    }

    /// Periods of an axis.
    pub fn periods(self, axis: Axis) -> usize {
        match axis {
            Axis::Month => self.months,
            Axis::Day => self.days,
            Axis::Always => 1,
        }
    }

    /// Windows that begin in one month or another.
    pub fn windows(self) -> usize {
        self.months * (self.months + 1) / 2
    }

    /// Index of the window from one month to another, both included, within a stratum.
    pub fn window(self, first: usize, last: usize) -> usize {
        // Rows of the months before take `months`, `months - 1`, … cells.
        first * self.months - first * first.saturating_sub(1) / 2 + (last - first)
    }
}
