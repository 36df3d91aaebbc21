//! Recorded events of a demo, replayed as if they came now.

use std::rc::Rc;

use gloo::timers::future::TimeoutFuture;
use serde::Deserialize;
use serde_json::value::RawValue;
use snapshot::SideFile;

use super::told::{LineEvent, LineSender, Teller, Told};
use crate::host::again::jittered;
use crate::host::signal::Signal;
use crate::session::insist::insist;
use crate::session::supply::Supply;

/// Milliseconds before the first event: the reader sees the page as it was before.
const FIRST: u32 = 3_000;

/// Milliseconds between two events; some come soon after another.
const RHYTHM: u32 = 1_400;

/// The file of recorded events.
#[derive(Deserialize)]
struct Recorded {
    events: Vec<Box<RawValue>>,
}

/// Replays the events of a file, one after the other, for as long as somebody looks at the page.
pub async fn replay(supply: Rc<Supply>, file: SideFile, teller: Teller) {
    teller.tell(Told::Line(LineEvent::Connecting));
    let ask = async || supply.engine.read_beside::<Recorded>(&file).await;
    let Ok(Recorded { events }) = insist(engine::EngineError::is_tried_again, ask, |_| {}).await
    else {
        return teller.tell(Told::Line(LineEvent::Broken));
    };
    teller.tell(Told::Line(LineEvent::Open(Rc::new(Nobody))));
    TimeoutFuture::new(FIRST).await;
    for event in events {
        seen().await;
        teller.tell(Told::Line(LineEvent::Frame(event.get().to_owned())));
        TimeoutFuture::new(jittered(RHYTHM)).await;
    }
    teller.tell(Told::Line(LineEvent::Over));
}

/// Waits until somebody looks at the page.
async fn seen() {
    let document = gloo::utils::document();
    let is_seen = Rc::new(Signal::default());
    let told = is_seen.clone();
    let _listening = gloo::events::EventListener::new(&document, "visibilitychange", move |_| {
        told.set(!gloo::utils::document().hidden());
    });
    if document.hidden() {
        is_seen.raised().await;
    }
}

/// A recording hears nothing.
struct Nobody;

impl LineSender for Nobody {
    fn send(&self, _text: &str) {}

    fn is_recording(&self) -> bool {
        true
    }
}
