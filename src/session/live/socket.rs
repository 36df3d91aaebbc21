//! A WebSocket: opened, read, and opened again when it breaks.

use std::rc::Rc;

use facts::live::MOST_FRAME_BYTES;
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use gloo::events::EventListener;
use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, WebSocket};

use super::told::{LineEvent, LineSender, Teller, Told};
use crate::host::again;
use crate::host::faults;
use crate::host::timing::now;

/// What both sides speak.
const PROTOCOL: &str = "insights-hub.live.v1";

/// Milliseconds after which a line that says nothing is given up: it should say so much as a tick.
const SILENCE: u32 = 40_000;

/// Milliseconds that a line must hold before its failures are forgotten.
const HOLDS: f64 = 10_000.0;

/// What a socket does.
enum Did {
    Open,
    Said(String),
    Closed,
}

/// Keeps a line to an address open for as long as somebody waits for it.
pub async fn connect(address: String, teller: Teller) {
    let mut failures = 0;
    teller.tell(Told::Line(LineEvent::Connecting));
    loop {
        let begun = now();
        if once(&address, &teller).await && now() - begun > HOLDS {
            failures = 0;
        }
        failures += 1;
        teller.tell(Told::Line(LineEvent::Broken));
        again::due(failures).await;
    }
}

/// One line, from its beginning to its end; true if it was ever open.
async fn once(address: &str, teller: &Teller) -> bool {
    let Ok(socket) = WebSocket::new_with_str(address, PROTOCOL) else {
        faults::note("live", &format!("{address} is no address of a WebSocket"));
        return false;
    };
    let line = Rc::new(Line(socket.clone()));
    let (sender, mut does) = unbounded();
    let _listening = listen(&socket, &sender);
    let mut was_open = false;
    loop {
        match within(SILENCE, does.next()).await {
            Some(Did::Open) => {
                was_open = true;
                teller.tell(Told::Line(LineEvent::Open(line.clone())));
            }
            Some(Did::Said(text)) => teller.tell(Told::Line(LineEvent::Frame(text))),
            Some(Did::Closed) | None => break,
        }
    }
    faults::note("live", &format!("the line to {address} is broken"));
    was_open
}

/// What comes within so many milliseconds, if anything does.
async fn within<T>(milliseconds: u32, work: impl Future<Output = Option<T>> + Unpin) -> Option<T> {
    use futures::future::{Either, select};
    use gloo::timers::future::TimeoutFuture;
    match select(work, TimeoutFuture::new(milliseconds)).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => None,
    }
}

fn listen(socket: &WebSocket, sender: &UnboundedSender<Did>) -> [EventListener; 3] {
    let did = |did: fn() -> Did| {
        let sender = sender.clone();
        move |_: &web_sys::Event| {
            let _ = sender.unbounded_send(did());
        }
    };
    let said = {
        let sender = sender.clone();
        move |event: &web_sys::Event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            let text = data.as_ref().and_then(|data| data.dyn_ref::<JsString>());
            // What is no text, or longer than a frame may be, tells nothing; it is not copied.
            let text = text.filter(|text| text.length() as usize <= MOST_FRAME_BYTES);
            let _ = sender.unbounded_send(Did::Said(text.map(String::from).unwrap_or_default()));
        }
    };
    [
        EventListener::new(socket, "open", did(|| Did::Open)),
        EventListener::new(socket, "message", said),
        EventListener::new(socket, "close", did(|| Did::Closed)),
    ]
}

/// The socket, closed when nobody holds it any more.
struct Line(WebSocket);

impl LineSender for Line {
    fn send(&self, text: &str) {
        // One that is not open yet, or any more, is opened anew, and then asked again.
        if self.0.ready_state() == WebSocket::OPEN {
            let _ = self.0.send_with_str(text);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        // One that is closed already stays so.
        let _ = self.0.close();
    }
}
