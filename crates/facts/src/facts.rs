//! The facts of one snapshot: every measure, asked of the cheapest source that can answer.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use snapshot::{ContactColumns, CustomerColumns, FeedbackColumns, Meta, PurchaseColumns};

use crate::answer::Answer;
use crate::believed;
use crate::columns::{Columns, FactsError};
use crate::comparison::Cut;
use crate::measure::{Grouping, Part, Points, Retention, TopCustomer, Totals};
use crate::members::{Members, MembersAsk};
use crate::period::DayRange;
use crate::recorded::Question;
use crate::scope::Scope;
use crate::source::Source;
use crate::trace::Trace;

/// Why a measure has no answer yet.
const WAITING: &str = "data is still being fetched";

/// All that is known of one snapshot so far.
#[derive(Clone)]
pub struct Facts {
    meta: Arc<Meta>,
    /// Cheapest first; each answers exactly or not at all.
    sources: Vec<Arc<dyn Source>>,
    /// Who is told what no source could answer.
    on_missing: Option<OnMissing>,
    /// What changes their answers.
    over: Option<Arc<dyn Over>>,
}

/// What lies over the sources of facts: it asks them, and changes what they say.
pub trait Over: Any + Send + Sync {
    /// What the snapshot says of itself, changed.
    fn meta(&self) -> &Arc<Meta>;

    /// A source that answers from those of the facts below, or not at all.
    fn over<'a>(&'a self, below: &'a Facts) -> Box<dyn Source + 'a>;

    /// Bytes that it takes in memory, about.
    fn memory_bytes(&self) -> usize;
}

/// Takes the questions that no source could answer.
pub type OnMissing = Arc<dyn Fn(Question) + Send + Sync>;

impl fmt::Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = &self.meta.snapshot_id;
        f.debug_struct("Facts").field("snapshot", id).field("sources", &self.sources.len()).finish()
    }
}

impl Facts {
    /// Facts that only know what the snapshot says of itself.
    pub fn of(meta: Arc<Meta>) -> Self {
        Self { meta, sources: Vec::new(), on_missing: None, over: None }
    }

    /// The same facts with one more source, asked after those that are there.
    #[must_use]
    pub fn with(&self, source: Arc<dyn Source>) -> Self {
        let mut facts = self.clone();
        facts.sources.push(source);
        facts
    }

    /// The same facts with changes over them, in the place of earlier ones. What is missing is still
    /// told as it is asked of the sources, who know nothing of the changes.
    #[must_use]
    pub fn under(&self, over: Arc<dyn Over>) -> Self {
        Self { over: Some(over), ..self.clone() }
    }

    /// What lies over the sources, if anything does.
    pub fn over(&self) -> Option<&dyn Over> {
        self.over.as_deref()
    }

    /// The facts of the snapshot as it was published.
    #[must_use]
    pub fn published(&self) -> Self {
        Self { over: None, ..self.clone() }
    }

    /// The same facts, which tell somebody what none of their sources could answer.
    #[must_use]
    pub fn telling(&self, on_missing: OnMissing) -> Self {
        Self { on_missing: Some(on_missing), ..self.clone() }
    }

    /// The same facts, which tell nobody.
    #[must_use]
    pub fn silent(&self) -> Self {
        Self { on_missing: None, ..self.clone() }
    }

    /// True if a question has an answer now; nobody is told if it has none.
    pub fn can_answer(&self, question: &Question) -> bool {
        let silent = self.silent();
        match question {
            Question::Groups { scope, grouping, part } => {
                silent.groups(scope, *grouping, &[*part]).ready().is_some()
            }
            Question::Retention { scope, before } => {
                silent.retention(scope, *before).ready().is_some()
            }
            Question::RetentionOverTime { scope, size, beside } => {
                let cut = Cut { size: *size, beside: *beside };
                silent.retention_over_time(scope, cut).ready().is_some()
            }
            Question::Top { scope, count } => silent.top(scope, *count).ready().is_some(),
            Question::Points { scope, most } => silent.points(scope, *most).ready().is_some(),
            Question::Members(ask) => silent.members(ask).ready().is_some(),
        }
    }

    /// Facts that can answer everything from decoded columns.
    ///
    /// # Errors
    /// [`FactsError::Damaged`] names the first thing that does not fit the rest.
    pub fn new(
        meta: Meta,
        customers: CustomerColumns,
        purchases: PurchaseColumns,
        feedback: Option<FeedbackColumns>,
        contacts: Option<ContactColumns>,
    ) -> Result<Self, FactsError> {
        let meta = Arc::new(meta);
        let columns = Columns::new(meta.clone(), customers, purchases, feedback, contacts)?;
        Ok(Self::of(meta).with(Arc::new(columns)))
    }

    /// What the snapshot says of itself.
    pub fn meta(&self) -> &Meta {
        self.over.as_ref().map_or(&self.meta, |over| over.meta())
    }

    /// Sums and counts of some parts, grouped; other fields of the totals stay 0.
    ///
    /// - [`Grouping::Whole`] gives one group.
    /// - [`Grouping::By`] gives one group a code, all under the whole scope. Customers of a
    ///   category are those with a line of it in scope; feedback and contacts have no category
    ///   and are not counted there. Guests belong to no customer group.
    /// - [`Grouping::Over`] gives one group a bucket of the scope's range, [`Grouping::Beside`]
    ///   one a bucket that another period's is compared with. Lines and customers
    ///   count as over the bucket's own range (but nobody without a purchase line); feedback
    ///   and contacts are those of the whole scope, dated in the bucket, so that they add up.
    /// - [`Grouping::Of`] gives one group a code, with the scores of the whole scope that tell it.
    pub fn groups(&self, scope: &Scope, by: Grouping, parts: &[Part]) -> Answer<Vec<Totals>> {
        let mut merged: Vec<Totals> = Vec::new();
        let count = believed::group_count(self.meta(), scope, by);
        for &part in parts {
            let question = || Question::Groups { scope: scope.clone(), grouping: by, part };
            let ask =
                |source: &dyn Source| believed::groups(source.groups(scope, by, part)?, count);
            match self.first(question, ask) {
                Answer::Ready(groups) => {
                    merged.resize_with(groups.len(), Totals::default);
                    merged.iter_mut().zip(&groups).for_each(|(into, from)| into.add(part, from));
                }
                Answer::Loading(why) => return Answer::Loading(why),
            }
        }
        Answer::Ready(merged)
    }

    /// Sums and counts of some parts over a scope.
    pub fn totals(&self, scope: &Scope, parts: &[Part]) -> Answer<Totals> {
        let groups = self.groups(scope, Grouping::Whole, parts);
        groups.map(|mut groups| groups.pop().unwrap_or_default())
    }

    /// Retention of a scope against another period, which ends before the scope's range.
    pub fn retention(&self, scope: &Scope, before: DayRange) -> Answer<Retention> {
        self.first(
            || Question::Retention { scope: scope.clone(), before },
            |source| source.retention(scope, before).map(believed::retention),
        )
    }

    /// Retention of each bucket against the bucket before it; the first is compared with the
    /// bucket of full width that ends the day before the range.
    pub fn retention_over_time(
        &self,
        scope: &Scope,
        cut: impl Into<Cut>,
    ) -> Answer<Vec<Retention>> {
        let cut = cut.into();
        let count = cut.buckets(scope.range).len();
        self.first(
            || Question::RetentionOverTime {
                scope: scope.clone(),
                size: cut.size,
                beside: cut.beside,
            },
            |source| believed::retentions(source.retention_over_time(scope, cut)?, count),
        )
    }

    /// The `count` customers in scope with the greatest lifetime value; ties by number.
    pub fn top(&self, scope: &Scope, count: usize) -> Answer<Vec<TopCustomer>> {
        self.first(
            || Question::Top { scope: scope.clone(), count },
            |source| believed::top(source.top(scope, count)?, count),
        )
    }

    /// Scored customers in scope, with at most about `most` of them as points.
    ///
    /// Where many are in scope, every stratum (segment, RFM segment) gives its share of points,
    /// always the same customers first, so that points stay where they are when filters change.
    /// They come from a fixed pool of customers, the same whoever answers, if it has enough.
    pub fn points(&self, scope: &Scope, most: usize) -> Answer<Points> {
        self.first(
            || Question::Points { scope: scope.clone(), most },
            |source| believed::points(source.points(scope, most)?, most, self.meta()),
        )
    }

    /// A window of the list of customers in scope.
    pub fn members(&self, ask: &MembersAsk) -> Answer<Members> {
        let question = || Question::Members(ask.clone());
        self.first(question, |source| believed::members(source.members(ask)?, ask, self.meta()))
    }

    /// The same facts, and what will have been asked of them.
    pub fn traced(&self) -> (Self, Trace) {
        let trace = Trace::of(&self.sources);
        (Self { sources: trace.sources(), ..self.clone() }, trace)
    }

    /// Bytes that all sources take in memory, about.
    pub fn memory_bytes(&self) -> usize {
        let sources = self.sources.iter().map(|source| source.memory_bytes());
        let over = self.over.iter().map(|over| over.memory_bytes());
        sources.chain(over).fold(0, usize::saturating_add)
    }

    fn first<T>(
        &self,
        question: impl FnOnce() -> Question,
        ask: impl Fn(&dyn Source) -> Option<T>,
    ) -> Answer<T> {
        let answer = match &self.over {
            // What is missing then, the sources below are asked for, and tell.
            Some(over) => ask(&*over.over(&self.published())),
            None => self.sources.iter().find_map(|source| ask(source.as_ref())),
        };
        if answer.is_none()
            && self.over.is_none()
            && let Some(on_missing) = &self.on_missing
        {
            on_missing(question());
        }
        answer.map_or(Answer::Loading(WAITING), Answer::Ready)
    }
}
