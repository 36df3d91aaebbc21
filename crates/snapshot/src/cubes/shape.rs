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
