//! Questions and replies as data, so that they can be written down and sent.

use serde::{Deserialize, Serialize};

use crate::comparison::{Comparison, Cut};
use crate::measure::{Grouping, Part, Points, Retention, TopCustomer, Totals};
use crate::members::{Members, MembersAsk};
use crate::period::{BucketSize, DayRange};
use crate::scope::Scope;
use crate::source::Source;

/// One question to a [`Source`], with all that it depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "QuestionRecord")]
pub enum Question {
    /// [`Source::groups`].
    Groups {
        /// The filter.
        scope: Scope,
        /// How rows are put into groups.
        grouping: Grouping,
        /// Which fields of the totals are wanted.
        part: Part,
    },
    /// [`Source::retention`].
    Retention {
        /// The filter.
        scope: Scope,
        /// The period before.
        before: DayRange,
    },
    /// [`Source::retention_over_time`].
    RetentionOverTime {
        /// The filter.
        scope: Scope,
        /// Width of the buckets.
        size: BucketSize,
        /// Where the buckets are those that another period's are compared with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        beside: Option<Comparison>,
    },
    /// [`Source::top`].
    Top {
        /// The filter.
        scope: Scope,
        /// How many customers.
        count: usize,
    },
    /// [`Source::points`].
    Points {
        /// The filter.
        scope: Scope,
        /// How many points at most.
        most: usize,
    },
    /// [`Source::members`].
    Members(MembersAsk),
}

/// A [`Question`] as it is read: one reader for the fields of all kinds.
#[derive(Deserialize)]
struct QuestionRecord {
    groups: Option<Terms>,
    retention: Option<Terms>,
    retention_over_time: Option<Terms>,
    top: Option<Terms>,
    points: Option<Terms>,
    members: Option<MembersAsk>,
}

#[derive(Deserialize)]
struct Terms {
    scope: Scope,
    grouping: Option<Grouping>,
    part: Option<Part>,
    before: Option<DayRange>,
    size: Option<BucketSize>,
    beside: Option<Comparison>,
    count: Option<usize>,
    most: Option<usize>,
}

impl QuestionRecord {
    fn question(self) -> Option<Question> {
        if let Some(Terms { scope, grouping, part, .. }) = self.groups {
            return Some(Question::Groups { scope, grouping: grouping?, part: part? });
        }
        if let Some(Terms { scope, before, .. }) = self.retention {
            return Some(Question::Retention { scope, before: before? });
        }
        if let Some(Terms { scope, size, beside, .. }) = self.retention_over_time {
            return Some(Question::RetentionOverTime { scope, size: size?, beside });
        }
        if let Some(Terms { scope, count, .. }) = self.top {
            return Some(Question::Top { scope, count: count? });
        }
        if let Some(Terms { scope, most, .. }) = self.points {
            return Some(Question::Points { scope, most: most? });
        }
        self.members.map(Question::Members)
    }
}

impl TryFrom<QuestionRecord> for Question {
    type Error = &'static str;

    fn try_from(record: QuestionRecord) -> Result<Self, Self::Error> {
        record.question().ok_or("not a question")
    }
}

/// The reply to a [`Question`] of the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "as the question of the same name")]
pub enum Reply {
    Groups(Vec<Totals>),
    Retention(Retention),
    RetentionOverTime(Vec<Retention>),
    Top(Vec<TopCustomer>),
    Points(Points),
    Members(Members),
}

impl Question {
    /// Puts the question to a source.
    pub fn ask(&self, source: &dyn Source) -> Option<Reply> {
        match self {
            Self::Groups { scope, grouping, part } => {
                // Other parts that a source may know are not what was asked.
                let groups = source.groups(scope, *grouping, *part)?;
                Some(Reply::Groups(groups.iter().map(|group| group.only(*part)).collect()))
            }
            Self::Retention { scope, before } => {
                source.retention(scope, *before).map(Reply::Retention)
            }
            Self::RetentionOverTime { scope, size, beside } => {
                let cut = Cut { size: *size, beside: *beside };
                source.retention_over_time(scope, cut).map(Reply::RetentionOverTime)
            }
            Self::Top { scope, count } => source.top(scope, *count).map(Reply::Top),
            Self::Points { scope, most } => source.points(scope, *most).map(Reply::Points),
            Self::Members(ask) => source.members(ask).map(Reply::Members),
        }
    }

    /// The filter asked about.
    pub fn scope(&self) -> &Scope {
        match self {
            Self::Members(ask) => &ask.scope,
            Self::Groups { scope, .. }
            | Self::Retention { scope, .. }
            | Self::RetentionOverTime { scope, .. }
            | Self::Top { scope, .. }
            | Self::Points { scope, .. } => scope,
        }
    }
}

impl Reply {
    /// True if this can be the reply to a question.
    pub fn fits(&self, question: &Question) -> bool {
        matches!(
            (self, question),
            (Self::Groups(_), Question::Groups { .. })
                | (Self::Retention(_), Question::Retention { .. })
                | (Self::RetentionOverTime(_), Question::RetentionOverTime { .. })
                | (Self::Top(_), Question::Top { .. })
                | (Self::Points(_), Question::Points { .. })
                | (Self::Members(_), Question::Members(_))
        )
    }
}
