//! Questions over whole months.

use facts::{BucketSize, Dimension, Grouping, Part, Question, Scope, Set};

use super::{Asker, CLASSES, by_aspects, groups, retention, told_apart};

const OVER_MONTHS: Grouping = Grouping::Over(BucketSize::Month);

impl Asker<'_> {
    /// Sums month by month, of everybody and of each segment and risk; everybody by classes.
    pub(super) fn months(&self) -> Vec<Question> {
        let mut questions = Vec::new();
        for variant in self.variants() {
            let scope = self.scope(self.whole(), variant);
            questions.extend(told_apart(&scope, &CLASSES, Part::Sales));
            questions.push(groups(&scope, OVER_MONTHS, Part::Sales));
        }
        let whole = Scope::of_range(self.whole());
        questions.push(groups(&whole, Grouping::By(Dimension::Category), Part::Sales));
        for scope in self.of_each_class(&whole) {
            questions.push(groups(&scope, OVER_MONTHS, Part::Sales));
            questions.push(groups(&scope, OVER_MONTHS, Part::Feedback));
            let all = [Dimension::Segment, Dimension::Churn, Dimension::Rfm];
            questions.extend(told_apart(&scope, &all, Part::Customers));
        }
        questions.push(groups(&whole, OVER_MONTHS, Part::Feedback));
        questions.extend(told_apart(&whole, &CLASSES, Part::Feedback));
        questions
    }

    /// Distinct customers of windows, and who stayed from one to the next.
    pub(super) fn windows(&self, variant: u32) -> Vec<Question> {
        let windows = self.month_windows();
        let whole = |range| self.scope(range, variant);
        let mut questions: Vec<Question> = windows
            .iter()
            .map(|&range| groups(&whole(range), Grouping::Whole, Part::Customers))
            .collect();
        if let Some(&last) = windows.last() {
            questions.extend(told_apart(&whole(last), &CLASSES, Part::Customers));
            questions.push(retention(whole(last)));
        }
        questions.push(groups(&whole(self.whole()), OVER_MONTHS, Part::Customers));
        questions
    }

    /// Sums and distinct customers of two categories: of one or the other, each counted once.
    pub(super) fn pair(&self, variant: u32) -> Vec<Question> {
        let whole = self.scope(self.whole(), variant);
        let mut questions = told_apart(&whole, &CLASSES, Part::Sales);
        for scope in [whole.clone()].into_iter().chain(self.of_each_class(&whole)) {
            questions.push(groups(&scope, OVER_MONTHS, Part::Sales));
        }
        questions.extend(self.windows(variant));
        questions
    }

    /// The same by RFM segment.
    pub(super) fn fine_pair(&self, variant: u32) -> Vec<Question> {
        let mut questions = self.fine_windows(variant);
        for range in self.each_month() {
            let scope = self.scope(range, variant);
            questions.push(groups(&scope, Grouping::By(Dimension::Rfm), Part::Sales));
        }
        for scope in self.of_each(&self.scope(self.whole(), variant), Dimension::Rfm) {
            questions.push(groups(&scope, OVER_MONTHS, Part::Sales));
        }
        questions
    }

    /// Scores of each month by channel and reason, and of each segment and risk.
    pub(super) fn aspects(&self) -> Vec<Question> {
        let months = self.each_month().into_iter().map(Scope::of_range);
        let classes = self.of_each_class(&Scope::of_range(self.whole()));
        let scopes: Vec<Scope> = months.chain(classes).collect();
        scopes.iter().flat_map(by_aspects).collect()
    }

    /// Under a category: each month, and some windows.
    pub(super) fn feedback_gaps(&self, variant: u32) -> Vec<Question> {
        let whole = self.scope(self.whole(), variant);
        let ranges = self.each_month().into_iter().chain(self.month_windows());
        let mut questions: Vec<Question> = ranges
            .map(|range| groups(&self.scope(range, variant), Grouping::Whole, Part::Feedback))
            .collect();
        questions.extend(told_apart(&whole, &CLASSES, Part::Feedback));
        questions.push(groups(&whole, OVER_MONTHS, Part::Feedback));
        questions
    }

    /// Sums of each month by RFM segment.
    pub(super) fn fine_months(&self) -> Vec<Question> {
        let by_rfm = Grouping::By(Dimension::Rfm);
        let mut questions = Vec::new();
        for range in self.each_month() {
            for variant in self.variants() {
                questions.push(groups(&self.scope(range, variant), by_rfm, Part::Sales));
            }
            questions.push(groups(&Scope::of_range(range), by_rfm, Part::Feedback));
        }
        for scope in self.of_each_class(&Scope::of_range(self.whole())) {
            questions.push(groups(&scope, by_rfm, Part::Sales));
            questions.push(groups(&scope, by_rfm, Part::Feedback));
        }
        for scope in self.of_each(&Scope::of_range(self.whole()), Dimension::Rfm) {
            questions.push(groups(&scope, OVER_MONTHS, Part::Sales));
        }
        questions
    }

    /// Distinct customers of windows by RFM segment, and what points tell of them.
    pub(super) fn fine_windows(&self, variant: u32) -> Vec<Question> {
        let mut questions = Vec::new();
        for range in self.month_windows() {
            let scope = self.scope(range, variant);
            questions.push(groups(&scope, Grouping::By(Dimension::Rfm), Part::Customers));
            questions.push(Question::Points { scope, most: usize::MAX });
        }
        if let Some(&range) = self.month_windows().last() {
            for scope in self.of_each_class(&self.scope(range, variant)) {
                questions.push(groups(&scope, Grouping::By(Dimension::Rfm), Part::Customers));
            }
        }
        questions
    }

    /// Scores of each RFM segment and month by channel and reason.
    pub(super) fn fine_aspects(&self) -> Vec<Question> {
        let of_month = |range| self.of_each(&Scope::of_range(range), Dimension::Rfm);
        let scopes: Vec<Scope> = self.each_month().into_iter().flat_map(of_month).collect();
        scopes.iter().flat_map(by_aspects).collect()
    }

    /// As under a category, by RFM segment.
    pub(super) fn fine_feedback_gaps(&self, variant: u32) -> Vec<Question> {
        let by_rfm = Grouping::By(Dimension::Rfm);
        let windows = self.month_windows().into_iter().step_by(4);
        let ranges = self.each_month().into_iter().chain(windows);
        let mut questions: Vec<Question> = ranges
            .map(|range| groups(&self.scope(range, variant), by_rfm, Part::Feedback))
            .collect();
        for scope in self.of_each(&self.scope(self.whole(), variant), Dimension::Rfm) {
            questions.push(groups(&scope, OVER_MONTHS, Part::Feedback));
        }
        questions
    }

    /// A scope of each segment with each risk.
    pub(super) fn of_each_class(&self, scope: &Scope) -> Vec<Scope> {
        let segments = self.of_each(scope, Dimension::Segment);
        segments.iter().flat_map(|scope| self.of_each(scope, Dimension::Churn)).collect()
    }

    /// A scope of each value of a dimension.
    pub(super) fn of_each(&self, scope: &Scope, dimension: Dimension) -> Vec<Scope> {
        let of = |code| scope.with(dimension, Set::of([code]));
        self.values(dimension).map(of).collect()
    }
}
