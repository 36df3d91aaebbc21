//! The source that knows what was recorded, and the wrapper that records.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::question::{Question, Reply};
use crate::comparison::Cut;
use crate::measure::{Grouping, Part, Points, Retention, TopCustomer, Totals};
use crate::members::{Members, MembersAsk};
use crate::period::DayRange;
use crate::scope::Scope;
use crate::source::Source;

/// Replies kept that came later than the first; a view asks some thirty questions.
const KEPT: usize = 400;

/// Rows from which on a list is a long one, and long ones kept: whoever writes a whole list to a file
/// asks for one after the other, and needs none again.
const LONG: usize = 500;
const KEPT_LONG: usize = 24;

/// A source that answers exactly the questions whose replies it was given.
#[derive(Debug, Default)]
pub struct Recorded {
    first: HashMap<Question, Reply>,
    later: Mutex<Later>,
}

/// Replies that came while the source was in use; the oldest go first.
#[derive(Debug, Default)]
struct Later {
    replies: HashMap<Question, Reply>,
    /// Questions in the order of their replies: of others, and of long lists.
    orders: [VecDeque<Question>; 2],
}

impl Later {
    fn add(&mut self, question: Question, reply: Reply) {
        let is_long = matches!(&reply, Reply::Members(members) if members.rows.len() > LONG);
        if self.replies.insert(question.clone(), reply).is_some() {
            return;
        }
        let [others, long] = &mut self.orders;
        let (order, most) = if is_long { (long, KEPT_LONG) } else { (others, KEPT) };
        order.push_back(question);
        if order.len() > most
            && let Some(oldest) = order.pop_front()
        {
            self.replies.remove(&oldest);
        }
    }
}

impl Recorded {
    /// A source of these replies; those that do not fit their questions are left out.
    pub fn new(replies: impl IntoIterator<Item = (Question, Reply)>) -> Self {
        let first = replies.into_iter().filter(|(question, reply)| reply.fits(question)).collect();
        Self { first, later: Mutex::default() }
    }

    /// Adds replies, for everybody who holds the source.
    pub fn add(&self, replies: impl IntoIterator<Item = (Question, Reply)>) {
        let mut later = held(&self.later);
        for (question, reply) in replies {
            if reply.fits(&question) {
                later.add(question, reply);
            }
        }
    }
}

/// Passes questions on to a source and writes down what it replies, in the order of asking.
pub struct Recorder {
    source: Arc<dyn Source>,
    heard: Mutex<Vec<(Question, Reply)>>,
}

impl Recorder {
    /// A recorder in front of a source.
    pub fn new(source: Arc<dyn Source>) -> Self {
        Self { source, heard: Mutex::default() }
    }

    /// What was recorded so far, each question once.
    pub fn heard(&self) -> Vec<(Question, Reply)> {
        held(&self.heard).clone()
    }
}

/// Something that takes questions as data; every measure follows from that.
trait Answers: Send + Sync {
    fn reply(&self, question: Question) -> Option<Reply>;
}

impl Answers for Recorded {
    fn reply(&self, question: Question) -> Option<Reply> {
        let known = self.first.get(&question).cloned();
        known.or_else(|| held(&self.later).replies.get(&question).cloned())
    }
}

impl Answers for Recorder {
    fn reply(&self, question: Question) -> Option<Reply> {
        let reply = question.ask(&*self.source)?;
        let mut heard = held(&self.heard);
        if !heard.iter().any(|(known, _)| *known == question) {
            heard.push((question, reply.clone()));
        }
        Some(reply)
    }
}

impl<T: Answers> Source for T {
    fn groups(&self, scope: &Scope, grouping: Grouping, part: Part) -> Option<Vec<Totals>> {
        match self.reply(Question::Groups { scope: scope.clone(), grouping, part })? {
            Reply::Groups(groups) => Some(groups),
            _ => None,
        }
    }

    fn retention(&self, scope: &Scope, before: DayRange) -> Option<Retention> {
        match self.reply(Question::Retention { scope: scope.clone(), before })? {
            Reply::Retention(retention) => Some(retention),
            _ => None,
        }
    }

    fn retention_over_time(&self, scope: &Scope, cut: Cut) -> Option<Vec<Retention>> {
        let Cut { size, beside } = cut;
        match self.reply(Question::RetentionOverTime { scope: scope.clone(), size, beside })? {
            Reply::RetentionOverTime(steps) => Some(steps),
            _ => None,
        }
    }

    fn top(&self, scope: &Scope, count: usize) -> Option<Vec<TopCustomer>> {
        match self.reply(Question::Top { scope: scope.clone(), count })? {
            Reply::Top(top) => Some(top),
            _ => None,
        }
    }

    fn points(&self, scope: &Scope, most: usize) -> Option<Points> {
        match self.reply(Question::Points { scope: scope.clone(), most })? {
            Reply::Points(points) => Some(points),
            _ => None,
        }
    }

    fn members(&self, ask: &MembersAsk) -> Option<Members> {
        match self.reply(Question::Members(ask.clone()))? {
            Reply::Members(members) => Some(members),
            _ => None,
        }
    }
}

/// A panic elsewhere leaves what is behind the lock as whole as it was.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use crate::members::{Member, MemberSort};

    use super::*;

    const BEFORE: DayRange = DayRange { from: snapshot::Day(-9), to: snapshot::Day(-5) };

    fn question(day: i32) -> Question {
        let day = snapshot::Day(day);
        Question::Retention {
            scope: Scope::of_range(DayRange { from: day, to: day }),
            before: BEFORE,
        }
    }

    #[test]
    fn a_record_answers_what_it_was_given_and_nothing_else() {
        let retention = Retention { kept: 3, before: 4 };
        let record = Recorded::new([(question(1), Reply::Retention(retention))]);
        assert_eq!(record.retention(question(1).scope(), BEFORE), Some(retention));
        assert_eq!(record.retention(question(2).scope(), BEFORE), None);
        assert_eq!(record.top(question(1).scope(), 5), None);
        record.add([(question(2), Reply::Retention(retention)), (question(3), Reply::Top(vec![]))]);
        assert_eq!(record.retention(question(2).scope(), BEFORE), Some(retention));
        assert_eq!(record.retention(question(3).scope(), BEFORE), None, "a reply of another kind");
    }

    #[test]
    fn the_oldest_of_the_later_replies_go_first() {
        let record = Recorded::new([(question(-1), Reply::Retention(Retention::default()))]);
        let later =
            (0..=KEPT as i32).map(|day| (question(day), Reply::Retention(Retention::default())));
        record.add(later);
        assert_eq!(record.retention(question(0).scope(), BEFORE), None);
        assert!(record.retention(question(1).scope(), BEFORE).is_some());
        assert!(record.retention(question(-1).scope(), BEFORE).is_some());
    }

    #[test]
    fn of_long_lists_only_the_last_are_kept() {
        let ask = |offset: u32, limit: u32| MembersAsk {
            scope: question(1).scope().clone(),
            compared: None,
            sort: MemberSort::default(),
            descending: true,
            offset,
            limit,
        };
        let members = |rows: usize| {
            let row = Member {
                customer: 7,
                segment: 0,
                churn: 0,
                rfm_segment: None,
                lifetime_value: 0,
                orders: 0,
                recency_days: None,
                revenue: 0,
                revenue_before: None,
                score_sum: 0,
                score_count: 0,
            };
            Reply::Members(Members { count: 90_000, rows: vec![row; rows] })
        };
        let record = Recorded::default();
        record.add([(Question::Members(ask(0, 20)), members(20))]);
        let asked: Vec<MembersAsk> = (0..=KEPT_LONG as u32).map(|at| ask(at * 900, 900)).collect();
        record.add(asked.iter().map(|ask| (Question::Members(ask.clone()), members(900))));
        let known = |ask: &MembersAsk| record.members(ask).is_some();
        assert_eq!(asked.iter().map(known).filter(|&known| known).count(), KEPT_LONG);
        assert!(!known(&asked[0]) && known(&ask(0, 20)));
        let later = held(&record.later);
        assert_eq!(later.orders.each_ref().map(VecDeque::len), [1, KEPT_LONG]);
        assert_eq!(later.replies.len(), KEPT_LONG + 1);
    }

    #[test]
    fn a_recorder_notes_each_question_once_and_its_notes_survive_json() {
        let record =
            Recorded::new([(question(1), Reply::Retention(Retention { kept: 1, before: 2 }))]);
        let recorder = Recorder::new(Arc::new(record));
        for _ in 0..2 {
            assert!(recorder.retention(question(1).scope(), BEFORE).is_some());
        }
        assert_eq!(recorder.retention(question(2).scope(), BEFORE), None);
        let heard = recorder.heard();
        assert_eq!(heard.len(), 1);
        let text = serde_json::to_string(&heard).unwrap();
        assert_eq!(serde_json::from_str::<Vec<(Question, Reply)>>(&text).unwrap(), heard);
    }
}
