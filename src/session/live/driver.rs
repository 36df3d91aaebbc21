//! Puts events in their order and lays them over snapshots.

mod lay;

use std::collections::BTreeMap;
use std::future::pending;
use std::pin::pin;
use std::rc::Rc;

use engine::EngineError;
use facts::live::{self, Event, Sequence};
use facts::overlay::Edit;
use futures::StreamExt;
use futures::channel::mpsc::UnboundedReceiver;
use futures::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use yew::UseReducerDispatcher;

use self::lay::Laid;
use super::status::{Came, LISTED, Live, LiveNews, Standing};
use super::told::{LineEvent, LineSender, Place, Told};
use crate::host::calm::Calm;
use crate::host::task::Pauses;
use crate::host::timing::now;
use crate::host::{again, faults, task};
use crate::session::insist::note;
use crate::session::state::{Action, Report, State};
use crate::session::why;

/// Shortest time between two turns in which events are laid, in milliseconds.
const SHORTEST: f64 = 100.0;
/// Longest time between two turns, in milliseconds.
const LONGEST: f64 = 2_000.0;
/// Of its time, the page spends no more than this part on events.
const SHARE: f64 = 1.0 / 3.0;
/// How long a gap may take to close by itself, in milliseconds; twice as long after each question.
const PATIENCE: f64 = 2_000.0;
/// Times that this doubles.
const MOST_ASKED: u32 = 4;

/// Takes what is told, in the order in which it is told, as long as it runs.
pub struct Driver {
    dispatch: UseReducerDispatcher<State>,
    told: UnboundedReceiver<Told>,
    calm: Calm,
    line: Option<Rc<dyn LineSender>>,
    standing: Standing,
    sequence: Option<Sequence>,
    /// Snapshots over which events lie, the open one first.
    places: Vec<Laid>,
    /// Events in their order that came since the last turn.
    came: Vec<Event>,
    edits: BTreeMap<String, Edit>,
    paused: bool,
    /// What could not be read, by number.
    unreadable: BTreeMap<u64, String>,
    recent: Vec<Event>,
    turns: u32,
    /// Failures in a row.
    failures: u32,
    /// Times that a gap was asked for since it is there.
    asked: u32,
    /// The event that does not come, and since when it is awaited.
    stuck: (u64, f64),
    /// The page has other things to do until then.
    rests_until: f64,
}

impl Driver {
    /// One that takes what is told there, and stirs the page by what it lays.
    pub fn new(
        dispatch: UseReducerDispatcher<State>,
        told: UnboundedReceiver<Told>,
        calm: Calm,
    ) -> Self {
        Self {
            dispatch,
            told,
            calm,
            line: None,
            standing: Standing::Off,
            sequence: None,
            places: Vec::new(),
            came: Vec::new(),
            edits: BTreeMap::new(),
            paused: false,
            unreadable: BTreeMap::new(),
            recent: Vec::new(),
            turns: 0,
            failures: 0,
            asked: 0,
            stuck: (0, 0.0),
            rests_until: 0.0,
        }
    }

    /// Takes what is told until nobody tells anything any more.
    pub async fn run(mut self) {
        while self.wait().await {
            let rest = self.rests_until - now();
            if rest > 0.0 {
                TimeoutFuture::new(rest as u32).await;
            }
            let pauses = Pauses::begun();
            while let Ok(told) = self.told.try_recv() {
                self.take(told);
                pauses.pause().await;
            }
            self.ask_for_gap();
            if !self.places.is_empty() {
                self.turn().await;
            }
            self.report();
        }
    }

    /// Waits for something to do; false if there will be nothing.
    async fn wait(&mut self) -> bool {
        let (failures, gap) = (self.failures, self.gap());
        let due = pin!(async {
            match gap {
                _ if failures > 0 => again::due(failures).await,
                Some(gap) => TimeoutFuture::new(gap as u32 + 1).await,
                None => pending().await,
            }
        });
        let told = match select(self.told.next(), due).await {
            Either::Left((told, _)) => told,
            Either::Right(_) => return true,
        };
        let Some(told) = told else { return false };
        self.take(told);
        true
    }

    fn take(&mut self, told: Told) {
        match told {
            Told::Line(event) => self.on_line(event),
            Told::Paused(paused) => self.paused = paused,
            Told::Edits(edits) => self.edits = edits,
            Told::Places(places) => self.settle(places),
        }
    }

    fn on_line(&mut self, event: LineEvent) {
        match event {
            LineEvent::Connecting => self.standing = Standing::Connecting,
            LineEvent::Open(line) => {
                self.line = Some(line);
                self.standing = Standing::Open;
                self.resume();
            }
            LineEvent::Frame(text) => self.read(&text),
            LineEvent::Broken => self.standing = Standing::Broken,
            LineEvent::Over => self.standing = Standing::Over,
        }
    }

    /// Reads a frame; what is none tells nothing, and what is missing is asked for again.
    fn read(&mut self, text: &str) {
        let frame = match live::read(text) {
            Ok(frame) => frame,
            Err(error) => return faults::note("live", &error.to_string()),
        };
        let Some(sequence) = &mut self.sequence else { return };
        let taken = sequence.take(frame);
        if taken.news.is_some() {
            // Other events have these numbers now, of which none was told before it is asked for.
            self.begin_anew();
            self.resume();
        }
        for bad in taken.bad {
            faults::note("live", &bad.to_string());
            if let Some(seq) = bad.seq {
                self.unreadable.insert(seq, bad.why);
            }
        }
        let newest = taken.events.len().saturating_sub(LISTED);
        self.recent.extend(taken.events[newest..].iter().cloned());
        let over = self.recent.len().saturating_sub(LISTED);
        self.recent.drain(..over);
        self.came.extend(taken.events);
    }

    fn begin_anew(&mut self) {
        self.came.clear();
        self.recent.clear();
        self.unreadable.clear();
        for laid in &mut self.places {
            laid.begin_anew();
            self.dispatch.dispatch(Action::More(laid.data()));
        }
    }

    /// From now on events are laid over these.
    fn settle(&mut self, places: Vec<Place>) {
        let before = std::mem::take(&mut self.places);
        let known = |place: &Place| before.iter().find(|laid| laid.is_of(place));
        self.places = places
            .into_iter()
            .filter_map(|place| match known(&place) {
                Some(laid) => Some(laid.clone().at(place)),
                None => Laid::new(place, before.first()).map_err(|error| self.damaged(&error)).ok(),
            })
            .collect();
        let Some(covered) = self.places.iter().map(Laid::covered).min() else { return };
        // What all of them hold by now waits for nothing.
        self.came.retain(|event| event.seq > covered);
        let known = before.iter().map(Laid::covered).min().filter(|&known| known <= covered);
        if let Some(sequence) = self.sequence.as_mut().filter(|_| known.is_some()) {
            self.came.extend(sequence.cover(covered));
        } else {
            // What an older snapshot does not hold has to come once more.
            self.sequence = Some(Sequence::after(covered));
            self.came.clear();
            self.resume();
        }
    }

    fn damaged(&self, error: &facts::overlay::OverlayError) {
        faults::note("live", &error.to_string());
    }

    /// Asks for all events that have not come.
    fn resume(&self) {
        let Some((line, sequence)) = self.line.as_ref().zip(self.sequence.as_ref()) else { return };
        let after = sequence.next().saturating_sub(1);
        let channel = sequence.channel();
        line.send(
            &serde_json::json!({ "type": "resume", "after": after, "channel": channel })
                .to_string(),
        );
    }

    /// Milliseconds until something that is missing is asked for again; none if nothing is.
    fn gap(&self) -> Option<f64> {
        let is_open = matches!(self.standing, Standing::Open | Standing::Behind);
        let sequence = self.sequence.as_ref().filter(|_| is_open)?;
        sequence.missing()?;
        let since = if self.stuck.0 == sequence.next() { self.stuck.1 } else { now() };
        let patience = PATIENCE * f64::from(1 << self.asked.min(MOST_ASKED));
        Some((since + patience - now()).max(0.0))
    }

    /// Asks for what is still missing after some patience.
    fn ask_for_gap(&mut self) {
        let Some(left) = self.gap() else {
            self.asked = 0;
            if self.standing == Standing::Behind {
                self.standing = Standing::Open;
            }
            return;
        };
        let next = self.sequence.as_ref().map_or(0, Sequence::next);
        if self.stuck.0 != next {
            (self.stuck, self.asked) = ((next, now()), 0);
        } else if left <= 0.0 {
            self.stuck.1 = now();
            self.asked += 1;
            self.standing = Standing::Behind;
            self.resume();
        }
    }

    /// Lays what came over every snapshot, the open one first; while events are to wait, what counted
    /// already, and what the reader has changed, alone.
    async fn turn(&mut self) {
        let begun = now();
        let came = if self.paused { Vec::new() } else { std::mem::take(&mut self.came) };
        let mut changed = false;
        if !came.is_empty() {
            self.calm.stir();
        }
        for at in 0..self.places.len() {
            let laid = &mut self.places[at];
            laid.expect(&came, &self.edits);
            if !laid.has_work() {
                laid.settled();
                continue;
            }
            match laid.lay().await {
                Ok(()) => {
                    changed = true;
                    self.dispatch.dispatch(Action::More(laid.data()));
                    laid.settled();
                    self.failures = 0;
                    if matches!(self.standing, Standing::Unread(_)) {
                        let is_open = self.line.is_some();
                        self.standing = if is_open { Standing::Open } else { Standing::Off };
                    }
                }
                Err(error) => {
                    note(&error);
                    self.fail(at, error);
                }
            }
        }
        if changed {
            self.turns += 1;
            // What follows from it is drawn before the next turn.
            task::idle().await;
            let rest = ((now() - begun) * (1.0 / SHARE - 1.0)).clamp(SHORTEST, LONGEST);
            self.rests_until = now() + rest;
        }
    }

    /// Rows could not be read: those of the open snapshot are asked for again; another snapshot is
    /// looked for anew.
    fn fail(&mut self, at: usize, error: EngineError) {
        if at == 0 {
            self.failures += 1;
            self.standing = Standing::Unread(why(&error).into());
        } else {
            let id = self.places[at].id().to_owned();
            self.dispatch.dispatch(Action::Supply(id, Report::Failed(error)));
        }
    }

    /// How the line stands, with what the numbering says of it.
    fn standing(&self) -> Standing {
        let is_open = matches!(self.standing, Standing::Open | Standing::Behind);
        let Some(sequence) = self.sequence.as_ref().filter(|_| is_open) else {
            return self.standing.clone();
        };
        match sequence.lost() {
            Some(lost) => Standing::Lost(*lost.start(), *lost.end()),
            None if sequence.is_short() => Standing::Behind,
            None => self.standing.clone(),
        }
    }

    fn report(&self) {
        let open = self.places.first();
        let waiting = self.came.len() + open.map_or(0, Laid::waiting);
        let held = self.sequence.as_ref().map_or(0, Sequence::held);
        let recent = self.recent.iter().rev().map(|event| Came {
            name: open.and_then(|open| open.name_of(event)),
            refused: open.and_then(|open| open.refusal_of(event)),
            event: Rc::new(event.clone()),
        });
        let live = Live {
            standing: self.standing(),
            simulated: self.line.as_ref().is_some_and(|line| line.is_recording()),
            paused: self.paused,
            waiting: waiting + held,
            counted: open.map_or(0, Laid::counted),
            refused: open.map_or(0, Laid::refused) + self.unreadable.len(),
            recent: Rc::new(recent.collect()),
            turns: self.turns,
            ..Live::default()
        };
        self.dispatch.dispatch(Action::Live(LiveNews::Stands(live)));
    }
}
