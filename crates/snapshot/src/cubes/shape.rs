//! How many cells the cubes of a snapshot have, and where each lies.

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
}

impl Shape {
    /// The shape for a description.
    pub fn of(meta: &crate::Meta) -> Self {
        let between = |from: i32, to: i32| usize::try_from(to - from + 1).unwrap_or(0);
        Self {
            segments: meta.labels.segments.len(),
            risks: meta.labels.churn_risks.len(),
            categories: meta.labels.categories.len(),
            rfm_segments: meta.labels.rfm_segments.len(),
            months: between(meta.first_day.month().0, meta.last_day.month().0),
            days: between(meta.first_day.0, meta.last_day.0),
            aspects: meta.labels.channels.len() + meta.labels.reasons.len(),
        }
    }

    /// Strata of customers; the stratum of this number is that of nobody known.
    pub fn strata(self) -> usize {
        self.segments * self.risks
    }

    /// All categories together and each alone.
    pub fn variants(self) -> usize {
        self.categories + 1
    }

    /// Cells of a cube of months or days, nobody's stratum included.
    pub fn cells(self, periods: usize) -> usize {
        (self.strata() + 1) * periods
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

    /// Rows of the census.
    pub fn census(self) -> usize {
        self.strata() * (self.rfm_segments + 1)
    }
}
