//! One listener: what it asks for, and what it is told, at its own pace but not at any.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::ask::{self, Resume};
use super::channel::{Channel, State};
use super::told::Told;
use crate::serve::log;

/// How long a frame may take to be sent.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a listener that is sent away may take to leave.
const FAREWELL: Duration = Duration::from_secs(2);

/// Events that may come while a frame is sent.
const MOST_BEHIND: u64 = 5_000;

/// How often a listener may ask between two words.
const MOST_ASKED: u32 = 20;

/// Why a listener is no longer told anything.
enum End {
    /// It has gone, or the line is broken.
    Gone,
    /// It does not read what it is sent.
    Slow,
    /// It is sent away.
    Away(u16, &'static str),
}

struct Listener<'a> {
    socket: WebSocket,
    channel: &'a Arc<Channel>,
    state: watch::Receiver<State>,
    /// The last event that it was told; nothing before it has asked.
    told: Option<u64>,
    /// How often it has asked since the last word.
    asked: u32,
    /// Whether something was sent since then.
    spoke: bool,
}

/// Tells a listener what it asks for, until one of the two ends it; after a tick silence is broken, and
/// after so long, if that is said, it may listen no more.
pub async fn serve(
    socket: WebSocket,
    channel: &Arc<Channel>,
    leave: watch::Receiver<()>,
    (tick, lasts): (Duration, Option<Duration>),
) {
    let state = channel.watch();
    let mut listener = Listener { socket, channel, state, told: None, asked: 0, spoke: false };
    let ended = tokio::select! {
        end = listener.run(leave, tick) => end,
        () = over(lasts) => End::Away(close_code::POLICY, "the session has ended"),
    };
    match ended {
        End::Gone => {}
        End::Slow => log::note("listener_dropped", "it does not read what it is sent"),
        End::Away(code, why) => {
            let frame = CloseFrame { code, reason: why.into() };
            // It hears why if what it says meanwhile is heard to its end.
            let _ = timeout(FAREWELL, listener.farewell(frame)).await;
        }
    }
}

/// Waits until somebody may listen no more.
async fn over(lasts: Option<Duration>) {
    match lasts {
        Some(lasts) => tokio::time::sleep(lasts).await,
        None => std::future::pending().await,
    }
}

impl Listener<'_> {
    async fn run(&mut self, mut leave: watch::Receiver<()>, tick: Duration) -> End {
        let mut words = interval(tick);
        words.set_missed_tick_behavior(MissedTickBehavior::Delay);
        words.tick().await;
        loop {
            let last = self.state.borrow_and_update().last;
            let waits = self.told.filter(|&told| told < last);
            let done = tokio::select! {
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => self.heard(message).await,
                    Some(Err(error)) => Err(unreadable(&error)),
                    None => Err(End::Gone),
                },
                _ = words.tick() => self.word(last).await,
                _ = leave.changed() => Err(End::Away(close_code::AWAY, "the channel closes")),
                () = std::future::ready(()), if waits.is_some() => self.tell(waits.unwrap_or_default()).await,
                changed = self.state.changed(), if waits.is_none() => changed.map_err(|_| End::Gone),
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn farewell(&mut self, frame: CloseFrame) {
        if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = self.socket.recv().await {}
        }
    }

    /// What the listener says: `resume` alone means something.
    async fn heard(&mut self, message: Message) -> Result<(), End> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => {
                return Err(End::Away(close_code::UNSUPPORTED, "frames are texts"));
            }
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(End::Gone),
        };
        self.asked = self.asked.saturating_add(1);
        if self.asked > MOST_ASKED {
            return Err(End::Away(close_code::POLICY, "asked too often"));
        }
        let Some(Resume { after, channel }) = ask::read(&text) else {
            return Err(End::Away(
                close_code::POLICY,
                "only resume is understood, as docs/live.md says",
            ));
        };
        let State { first, last } = *self.state.borrow();
        let name = self.channel.name();
        // What is after an event of another numbering, nobody knows: it is to be asked for anew.
        let same = channel.is_none_or(|channel| channel == name);
        self.told = Some(if same { after.min(last) } else { last });
        let hello = json!({ "type": "hello", "channel": name, "seq": last, "from": first });
        self.send(Message::Text(hello.to_string().into())).await
    }

    /// The next events, in one frame.
    async fn tell(&mut self, after: u64) -> Result<(), End> {
        let events = match self.channel.recent(after) {
            Some(events) => events,
            None => {
                let channel = self.channel.clone();
                let read = tokio::task::spawn_blocking(move || channel.older(after)).await;
                match read {
                    Ok(Ok(events)) => events,
                    _ => return Err(End::Away(close_code::ERROR, "something went wrong here")),
                }
            }
        };
        let Some(last) = events.last() else { return Ok(()) };
        self.told = Some(last.seq);
        self.send(Message::Text(frame(&events).into())).await
    }

    /// Breaks a silence, and sees whether anybody is there.
    async fn word(&mut self, last: u64) -> Result<(), End> {
        let (asked, spoke) = (self.asked, self.spoke);
        (self.asked, self.spoke) = (0, false);
        if asked == 0 && self.told.is_none() {
            return Err(End::Away(close_code::POLICY, "nothing was asked for"));
        }
        if !spoke {
            let tick = json!({ "type": "tick", "seq": self.told.unwrap_or(last) });
            self.send(Message::Text(tick.to_string().into())).await?;
            self.spoke = false;
        }
        self.send(Message::Ping(Vec::new().into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        self.spoke |= matches!(message, Message::Text(_));
        let (mut state, begun) = (self.state.clone(), self.state.borrow().last);
        let far = begun.saturating_add(MOST_BEHIND);
        tokio::select! {
            sent = timeout(PATIENCE, self.socket.send(message)) => match sent {
                Ok(sent) => sent.map_err(|_| End::Gone),
                Err(_) => Err(End::Slow),
            },
            _ = state.wait_for(|state| state.last > far) => Err(End::Slow),
        }
    }
}

/// Events as one text: an object, or a list where there are more.
fn frame(events: &[Told]) -> String {
    let texts: Vec<&str> = events.iter().map(|told| &*told.text).collect();
    match texts[..] {
        [one] => one.to_owned(),
        _ => format!("[{}]", texts.join(",")),
    }
}

/// Why what came cannot be read.
fn unreadable(error: &axum::Error) -> End {
    use std::error::Error;
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.to_string().contains("too long") || inner.to_string().contains("too big") {
            return End::Away(close_code::SIZE, "what was said is too long");
        }
        cause = inner.source();
    }
    End::Gone
}
